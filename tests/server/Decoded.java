/* SPDX-License-Identifier: MIT
 *
 * The messages of cdc-format --to canal beside what Canal's own decoder reads in
 * the log from which they were made: a message for each row event, its rows,
 * values and sqlType.  What becomes of a value is done here as Canal's
 * LogEventConvert does it, by the type that the message names.
 * usage: java … Decoded.java LOG LINES …
 */
import java.io.*;
import java.math.*;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.*;
import com.alibaba.fastjson2.*;
import com.taobao.tddl.dbsync.binlog.*;
import com.taobao.tddl.dbsync.binlog.event.*;

public class Decoded {
	static int values, differ;
	static BufferedReader in;

	public static void main(String[] args) throws Exception {
		for (int i = 0; i < args.length; i += 2) {
			in = new BufferedReader(new FileReader(args[i + 1], StandardCharsets.UTF_8));
			values = differ = 0;
			compareAll(new File(args[i]));
		}
	}

	static void compareAll(File log) throws Exception {
		FileLogFetcher fetcher = new FileLogFetcher(1 << 16);
		LogDecoder decoder = new LogDecoder();
		LogContext context = new LogContext();
		int messages = 0;
		/* not statements: it does not know the character sets of 11.8 */
		for (int type : new int[] { LogEvent.FORMAT_DESCRIPTION_EVENT, LogEvent.TABLE_MAP_EVENT,
		    LogEvent.WRITE_ROWS_EVENT_V1, LogEvent.UPDATE_ROWS_EVENT_V1, LogEvent.DELETE_ROWS_EVENT_V1 })
			decoder.handle(type);
		fetcher.open(log, 4L);
		context.setLogPosition(new LogPosition(log.getName()));
		while (fetcher.fetch()) {
			LogEvent event = decoder.decode(fetcher, context);
			if (event instanceof RowsLogEvent) {
				compare((RowsLogEvent) event);
				messages++;
			}
		}
		if (next() != null)
			complain("more messages than row events");
		System.out.println(log + ": " + messages + " messages, " + values + " values, " + differ + " differ");
	}

	static void complain(String what) {
		differ++;
		System.out.println(what);
	}

	/* The next message of rows. */
	static JSONObject next() throws IOException {
		for (String line; (line = in.readLine()) != null;) {
			JSONObject message = JSON.parseObject(line);
			if (!message.getBooleanValue("isDdl"))
				return message;
		}
		return null;
	}

	static void compare(RowsLogEvent event) throws Exception {
		JSONObject message = next();
		if (message == null) {
			complain("fewer messages than row events");
			return;
		}
		String table = event.getTable().getDbName() + "." + event.getTable().getTableName();
		if (!table.equals(message.getString("database") + "." + message.getString("table")))
			complain(table + ": not of that table: " + message);
		RowsLogBuffer buffer = event.getRowsBuf(StandardCharsets.UTF_8);
		boolean update = event instanceof UpdateRowsLogEvent;
		JSONArray data = message.getJSONArray("data"), old = message.getJSONArray("old");
		int rows = 0;
		for (; buffer.nextOneRow(event.getColumns(), false); rows++) {
			List<String> before = row(event, buffer, event.getColumns(), message, !update);
			JSONObject line = data.getJSONObject(rows);
			if (!update) {
				same(table, line, before, message);
				continue;
			}
			buffer.nextOneRow(event.getChangeColumns(), true);
			List<String> after = row(event, buffer, event.getChangeColumns(), message, true);
			same(table, line, after, message);
			List<String> was = new ArrayList<>();
			JSONObject named = new JSONObject();
			int i = 0;
			for (String name : line.keySet()) {
				if (!Objects.equals(before.get(i), after.get(i))) {
					was.add(before.get(i));
					named.put(name, null);
				}
				i++;
			}
			if (!named.keySet().equals(old.getJSONObject(rows).keySet()))
				complain(table + ": old " + old.get(rows) + ", Canal's " + named);
			else
				same(table, old.getJSONObject(rows), was, message);
		}
		if (rows != data.size())
			complain(table + ": " + data.size() + " rows, Canal's " + rows);
	}

	static void same(String table, JSONObject line, List<String> row, JSONObject message) {
		int i = 0;
		for (Map.Entry<String, Object> e : line.entrySet()) {
			values++;
			if (!equal((String) e.getValue(), row.get(i),
			    message.getJSONObject("mysqlType").getString(e.getKey())))
				complain(table + "." + e.getKey() + ": " + e.getValue() + ", Canal's " + row.get(i));
			i++;
		}
	}

	/* Of real numbers old Java has digits too many; of a decimal 0 Canal
	 * has fewer; of BINARY the log has no zeros at the end. */
	static boolean equal(String a, String b, String type) {
		if (a == null || b == null)
			return Objects.equals(a, b);
		if (a.contains("E") != b.contains("E"))
			return false;
		if (type.startsWith("float"))
			return Float.parseFloat(a) == Float.parseFloat(b);
		if (type.startsWith("double"))
			return Double.parseDouble(a) == Double.parseDouble(b);
		if (type.startsWith("decimal"))
			return new BigDecimal(a).compareTo(new BigDecimal(b)) == 0;
		if (type.startsWith("binary"))
			return a.replaceFirst("\0*$", "").equals(b);
		return a.equals(b);
	}

	static List<String> row(RowsLogEvent event, RowsLogBuffer buffer, BitSet columns, JSONObject message,
	    boolean check) {
		TableMapLogEvent.ColumnInfo[] infos = event.getTable().getColumnInfo();
		JSONObject types = message.getJSONObject("mysqlType");
		List<String> row = new ArrayList<>();
		Iterator<String> names = types.keySet().iterator();
		for (int i = 0; i < infos.length && names.hasNext(); i++) {
			String name = names.next(), type = types.getString(name);
			buffer.nextValue(name, i, infos[i].type, infos[i].meta, type.contains("binary"));
			int java = buffer.getJavaType();
			if (buffer.isNull()) {
				row.add(null);
				continue;
			}
			row.add(text(buffer, type));
			boolean bytes = java == Types.BINARY || java == Types.VARBINARY || java == Types.LONGVARBINARY;
			java = bytes ? type.matches("(tiny|medium|long)?text") ? Types.CLOB : Types.BLOB : java;
			if (message.getJSONArray("data").size() == 1 && check && larger(buffer, type, java) !=
			    message.getJSONObject("sqlType").getIntValue(name))
				complain(event.getTable().getTableName() + "." + name + ": sqlType " +
				    message.getJSONObject("sqlType").get(name) + ", Canal's " + java);
		}
		return row;
	}

	static boolean wraps(RowsLogBuffer buffer, String type) {
		return type.contains("unsigned") && buffer.getValue() instanceof Number &&
		    !(buffer.getValue() instanceof BigDecimal) && type.contains("int") &&
		    ((Number) buffer.getValue()).longValue() < 0;
	}

	static int larger(RowsLogBuffer buffer, String type, int java) {
		if (!wraps(buffer, type))
			return java;
		switch (buffer.getLength()) {
		case 1: return Types.SMALLINT;
		case 2: case 3: return Types.INTEGER;
		case 4: return Types.BIGINT;
		default: return Types.DECIMAL;
		}
	}

	static String text(RowsLogBuffer buffer, String type) {
		Object value = buffer.getValue();
		if (wraps(buffer, type))
			return BigInteger.ONE.shiftLeft(8 * buffer.getLength())
			    .add(BigInteger.valueOf(((Number) value).longValue())).toString();
		if (value instanceof byte[])
			return new String((byte[]) value, type.matches("(tiny|medium|long)?text") ?
			    StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
		if (value instanceof BigDecimal)
			return ((BigDecimal) value).toPlainString();
		return String.valueOf(value);
	}
}

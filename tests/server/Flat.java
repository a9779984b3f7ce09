/* SPDX-License-Identifier: MIT
 *
 * Lines of cdc-format --to canal, read as Canal's FlatMessage by fastjson2 and
 * written by it again, as Canal's producers do: "the same" where each line
 * comes out byte for byte.
 */
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import com.alibaba.fastjson2.*;
import com.alibaba.otter.canal.protocol.FlatMessage;

public class Flat {
	public static void main(String[] args) throws Exception {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		int lines = 0, same = 0;
		for (String line; (line = in.readLine()) != null; lines++) {
			FlatMessage message = JSON.parseObject(line, FlatMessage.class);
			order(message, JSON.parseObject(line));
			String again = new String(JSON.toJSONBytes(message, JSONWriter.Feature.WriteNulls,
			    JSONWriter.Feature.LargeObject), StandardCharsets.UTF_8);
			if (again.equals(line))
				same++;
			else
				System.out.println("not the same: " + line + "\n" + again);
		}
		System.out.println(lines + " lines, " + same + " the same");
	}

	/* Canal fills maps that keep their order; fastjson2 reads others.  They
	 * are replaced by the same ones in the order of the line. */
	static void order(FlatMessage message, JSONObject line) {
		message.setData(rows(message.getData(), line.getJSONArray("data")));
		message.setOld(rows(message.getOld(), line.getJSONArray("old")));
		message.setMysqlType(map(message.getMysqlType(), line.getJSONObject("mysqlType")));
		message.setSqlType(map(message.getSqlType(), line.getJSONObject("sqlType")));
	}

	static <T> Map<String, T> map(Map<String, T> read, JSONObject line) {
		if (read == null)
			return null;
		Map<String, T> ordered = new LinkedHashMap<>();
		for (String name : line.keySet())
			ordered.put(name, read.get(name));
		return ordered;
	}

	static List<Map<String, String>> rows(List<Map<String, String>> read, JSONArray line) {
		if (read == null)
			return null;
		List<Map<String, String>> ordered = new ArrayList<>();
		for (int i = 0; i < read.size(); i++)
			ordered.add(map(read.get(i), line.getJSONObject(i)));
		return ordered;
	}
}

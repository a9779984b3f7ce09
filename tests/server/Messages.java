/* SPDX-License-Identifier: MIT
 *
 * Lines of cdc-format --to maxwell without settings, read as Maxwell's RowMap
 * and written by it again: "the same" where both are the same JSON, but for
 * arrays and objects in rows, which Maxwell's reader passes over.
 */
import com.fasterxml.jackson.databind.*;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zendesk.maxwell.producer.MaxwellOutputConfig;
import com.zendesk.maxwell.row.RowMapDeserializer;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

public class Messages {
	public static void main(String[] args) throws Exception {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		PrintStream out = new PrintStream(System.out, false, "UTF-8");
		ObjectMapper mapper = new ObjectMapper();
		int lines = 0, same = 0;

		for (String line; (line = in.readLine()) != null; lines++) {
			String again = RowMapDeserializer.createFromString(line).toJSON(new MaxwellOutputConfig());
			ObjectNode ours = (ObjectNode) mapper.readTree(line);
			plain(ours, "data");
			plain(ours, "old");
			if (ours.equals(mapper.readTree(again)))
				same++;
			else
				out.println("not the same: " + line + "\n" + again);
		}
		out.println(lines + " lines, " + same + " the same");
		out.flush();
	}

	static void plain(ObjectNode message, String name) {
		ObjectNode row = (ObjectNode) message.get(name);

		if (row == null)
			return;
		for (Iterator<JsonNode> i = row.elements(); i.hasNext(); )
			if (i.next().isContainerNode())
				i.remove();
		if (name.equals("old") && row.size() == 0)
			message.remove(name);
	}
}

/* SPDX-License-Identifier: MIT
 *
 * Lines "rules TAB record": those whose record Maxwell's own filter includes.
 */
import com.fasterxml.jackson.databind.*;
import com.zendesk.maxwell.filtering.*;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.Map;

public class Includes {
	public static void main(String[] args) throws Exception {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		PrintStream out = new PrintStream(System.out, false, "UTF-8");
		ObjectMapper mapper = new ObjectMapper();

		for (String line; (line = in.readLine()) != null; ) {
			int tab = line.indexOf('\t');
			JsonNode record = mapper.readTree(line.substring(tab + 1));
			JsonNode source = record.get("source"), after = record.get("after");
			Map<String, Object> row = mapper.convertValue(after.isNull() ?
			    record.get("before") : after, Map.class);
			boolean includes;

			try {
				includes = new Filter(line.substring(0, tab)).includes(source.get("db").asText(),
				    source.get("table").asText(), row);
			} catch (InvalidFilterException e) {
				out.println(line.substring(0, tab) + "\tinvalid");
				continue;
			}
			if (includes)
				out.println(line);
		}
		out.flush();
	}
}

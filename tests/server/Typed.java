/* SPDX-License-Identifier: MIT
 *
 * Lines of cdc-format --to debezium, read by Kafka Connect's JsonConverter with
 * their schemas, and written by it again: "the same" where it takes all values
 * for what their schemas say and writes these as they came.
 */
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import com.fasterxml.jackson.databind.*;
import org.apache.kafka.connect.data.*;
import org.apache.kafka.connect.json.JsonConverter;

public class Typed {
	public static void main(String[] args) throws Exception {
		JsonConverter key = new JsonConverter(), value = new JsonConverter();
		key.configure(Map.of("schemas.enable", "true", "replace.null.with.default", "false"), true);
		value.configure(Map.of("schemas.enable", "true", "replace.null.with.default", "false"), false);
		ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		int lines = 0, same = 0;
		for (String line; (line = in.readLine()) != null; lines++) {
			JsonNode record = json.readTree(line);
			boolean good = check(json, key, record.get("key")) && check(json, value, record.get("payload"));
			if (good)
				same++;
			else
				System.out.println("not the same: " + line);
		}
		System.out.println(lines + " lines, " + same + " the same");
	}

	static boolean check(ObjectMapper json, JsonConverter converter, JsonNode part) throws Exception {
		if (part == null || part.isNull())
			return true;
		byte[] bytes = json.writeValueAsBytes(part);
		SchemaAndValue read = converter.toConnectData("t", bytes);
		ConnectSchema.validateValue(read.schema(), read.value());
		JsonNode again = json.readTree(converter.fromConnectData("t", read.schema(), read.value()));
		return json.readTree(bytes).get("schema").equals(Typed::compare,
		    again.get("schema"));
	}

	/* 0.00 is 0.0 */
	static int compare(JsonNode a, JsonNode b) {
		if (a.isNumber() && b.isNumber())
			return a.decimalValue().compareTo(b.decimalValue());
		return a.equals(b) ? 0 : 1;
	}
}

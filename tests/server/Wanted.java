/* SPDX-License-Identifier: MIT
 *
 * Which tables does Canal keep?  Lines of a filter, a black filter and a table,
 * with tabs between; those that it keeps are printed.
 */
import java.io.*;
import java.nio.charset.StandardCharsets;
import com.alibaba.otter.canal.filter.aviater.AviaterRegexFilter;

public class Wanted {
	public static void main(String[] args) throws Exception {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		PrintStream out = new PrintStream(System.out, false, "UTF-8");
		String last = null;
		AviaterRegexFilter filter = null, black = null;
		for (String line; (line = in.readLine()) != null;) {
			String[] part = line.split("\t");
			if (!(part[0] + "\t" + part[1]).equals(last)) {
				filter = new AviaterRegexFilter(part[0]);
				black = new AviaterRegexFilter(part[1], false);
				last = part[0] + "\t" + part[1];
			}
			if (filter.filter(part[2]) && !black.filter(part[2]))
				out.println(line);
		}
		out.flush();
	}
}

/* SPDX-License-Identifier: MIT
 *
 * What is learned of tables: a byte of choice, then a --schema file or the
 * text of statements, one a line.
 */
#include "fuzz.h"

#include <string.h>

#include "ddl/ddl.h"
#include "schema/schema_file.h"

static void
learn_lines(struct schemas *s, struct span text)
{
	while (text.n > 0) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) : text.n;
		struct query query = {
			.text = { text.p, n }, .default_db = SPAN("db"),
		};

		struct schema_changes changes = { 0 };

		ddl_learn(s, &query, "log.000001", 4, &changes);
		ddl_changes_clear(&changes);
		n += end != NULL;
		text.p += n;
		text.n -= n;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct schemas *s = schemas_new();
	struct err err = { 0 };

	if (size > 0 && data[0] % 2)
		schemas_load(s, fuzz_file(data + 1, size - 1), &err);
	else if (size > 0)
		learn_lines(s, (struct span){ (const char *)data + 1,
		    size - 1 });
	schemas_free(s);
	return 0;
}

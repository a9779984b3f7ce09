/* SPDX-License-Identifier: MIT
 *
 * Conditions: the first line is one, the rest a row.  A condition and its
 * negation never both hold.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "json/outline.h"
#include "json/scan.h"
#include "predicate/predicate.h"

static int
holds(const char *condition, struct span row)
{
	struct err err = { 0 };
	struct predicate *p = predicate_new(condition, &err);
	struct predicate_row images = {
		.row = row, .before = row, .after = SPAN("null"),
	};
	int got = p ? predicate_holds(p, &images, &err) : -1;

	predicate_free(p);
	return got;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = memchr(data, '\n', size);
	struct buf not = { 0 };
	struct span row;
	char *text;

	if (!end)
		return 0;
	row = (struct span){ (const char *)end + 1,
		size - (size_t)(end + 1 - data) };
	if (!json_valid(row) || row.p[0] != '{')
		return 0;
	text = xmemdup(data, (size_t)(end - data));
	buf_str(&not, "NOT (");
	buf_str(&not, text);
	buf_str(&not, "\n)");
	buf_char(&not, '\0');
	if (holds(text, row) == 1 && holds(not.p, row) == 1)
		abort();
	buf_free(&not);
	free(text);
	return 0;
}

/* SPDX-License-Identifier: MIT
 *
 * A value of a record as a target column's parameter: five bytes choose the
 * column and how the value is written, the rest is the value.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "convert/convert.h"
#include "base/alloc.h"
#include "json/scan.h"

static struct span labels[] = {
	{ "a", 1 }, { "b,", 2 }, { "\xC3\xA4", 2 }, { "1", 1 }, { "", 0 },
};

/* As information_schema could tell it. */
static struct target_column
column_of(const uint8_t *choice)
{
	struct target_column col = {
		.name = (char *)(uintptr_t)"c",
		.type = (char *)(uintptr_t)"type",
		.class = (enum type_class)(choice[0] % (CLASS_VECTOR + 1)),
		.is_unsigned = choice[1] & 1,
		.length = choice[1] & 2 ? UINT64_MAX : choice[2],
		.digits = choice[3] % 39,
		.labels = labels,
		.nlabels = sizeof labels / sizeof *labels,
	};

	if (col.class == CLASS_TEXT || col.class == CLASS_ENUM ||
	    col.class == CLASS_SET)
		col.charset = (char *)(uintptr_t)(choice[1] & 4 ? "latin1" :
		    "utf8mb4");
	col.bytes = target_class_is_binary(col.class);
	return col;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct target_column col;
	struct conversion c = { .to = &col };
	struct buf out = { 0 };
	char *text;

	if (size < 5)
		return 0;
	col = column_of(data);
	c.encoding = (enum encoding)(data[4] % (ENC_SOME_JSON + 1));
	c.scale = (int8_t)data[3];
	text = xmemdup((const char *)data + 5, size - 5);
	if (json_valid((struct span){ text, size - 5 })) {
		struct json_pos at = json_at((struct span){ text, size - 5 });
		struct span value;

		json_peek(&at);
		if (json_value(&at, &value))
			convert(&c, value, &out);
	}
	buf_free(&out);
	free(text);
	return 0;
}

/* SPDX-License-Identifier: MIT
 *
 * ENUM and SET: a number in the log, labels in the table map, which
 * column->labels holds as JSON strings.
 */
#include "value/types.h"

static bool
has_empty_label(const struct column *col)
{
	for (size_t i = 0; i < col->nlabels; i++)
		if (col->labels[i].n == (col->labels_ready ? 2 : 0))
			return true;
	return false;
}

/* Without strict mode a server takes a label twice. */
static bool
is_repeated(const struct column *col, uint64_t number)
{
	for (uint64_t i = 1; i < number; i++)
		if (span_eq(col->labels[i - 1], col->labels[number - 1]))
			return true;
	return false;
}

/* Do the labels of its members, side by side, say which they are? */
static bool
is_told(const struct column *col, uint64_t bits)
{
	for (uint64_t i = 0; i < col->nlabels; i++)
		if (bits >> i & 1 && is_repeated(col, i + 1))
			return false;
	return !bits || (bits & (bits - 1)) || !has_empty_label(col) ||
	    col->labels[__builtin_ctzll(bits)].n > 2;
}

static int
put_enum(const struct column *col, struct cursor *in, struct buf *out)
{
	uint64_t index = take_le(in, col->length);

	if (in->bad)
		return -1;
	if (index > col->nlabels)
		return value_bad(in, "an ENUM value beyond its last label");
	if (col->alike && is_repeated(col, index))
		buf_u64(out, index);
	else if (index == 0)    /* what strict mode would have refused */
		buf_str(out, has_empty_label(col) ? "0" : "\"\"");
	else
		buf_span(out, col->labels[index - 1]);
	return 0;
}

static int
put_set(const struct column *col, struct cursor *in, struct buf *out)
{
	uint64_t bits = take_le(in, col->length);
	bool first = true;

	if (in->bad)
		return -1;
	if (col->nlabels < 64 && bits >> col->nlabels)
		return value_bad(in, "a SET member beyond its last label");
	if (col->alike && !is_told(col, bits)) {
		buf_u64(out, bits);
		return 0;
	}
	buf_char(out, '"');
	for (size_t i = 0; bits; i++, bits >>= 1) {
		struct span label;

		if (!(bits & 1))
			continue;
		label = col->labels[i];
		if (!first)
			buf_char(out, ',');
		first = false;
		buf_put(out, label.p + 1, label.n - 2);
	}
	buf_char(out, '"');
	return 0;
}

/* Nobody says the labels: what the log holds. */
static int
put_number(const struct column *col, struct cursor *in, struct buf *out)
{
	uint64_t v = take_le(in, col->length);

	if (in->bad)
		return -1;
	buf_u64(out, v);
	return 0;
}

void
bind_label(struct column *col, const struct value_modes *modes)
{
	(void)modes;
	col->alike = has_empty_label(col);
	for (size_t i = 1; i <= col->nlabels && !col->alike; i++)
		col->alike = is_repeated(col, i);
	if (!col->nlabels)
		col->print = put_number;
	else
		col->print = col->type == TYPE_ENUM ? put_enum : put_set;
}

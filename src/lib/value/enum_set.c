/* SPDX-License-Identifier: MIT
 *
 * ENUM and SET: a number in the log, labels in the table map, which
 * column->labels holds as JSON strings.
 */
#include "value/types.h"

#include <string.h>

#include "base/hash.h"

static bool
is_empty(const struct column *col, size_t i)
{
	return col->labels[i].n == (col->labels_ready ? 2 : 0);
}

static bool
has_empty_label(const struct column *col)
{
	for (size_t i = 0; i < col->nlabels; i++)
		if (is_empty(col, i))
			return true;
	return false;
}

/* A catalogue, which is what a copy has, shows '?' for characters that it
 * cannot show. */
static bool
is_shown_only(const struct column *col, struct span label)
{
	return col->spelled && memchr(label.p, '?', label.n);
}

/* Without strict mode a server takes a label twice. */
static bool
is_repeated(const struct column *col, uint64_t number)
{
	struct span label = col->labels[number - 1];

	if (is_shown_only(col, label))
		return false;
	for (uint64_t i = 1; i < number; i++)
		if (span_eq(col->labels[i - 1], label))
			return true;
	return false;
}

/* Of bytes that are no characters, in a set whose characters have two or more?
 * An ALTER that gave it to the column left them; no catalogue shows them. */
static bool
is_broken(const struct column *col, struct span label)
{
	return col->charset && charset_is_wide(col->charset) &&
	    charset_has_strays(label);
}

/* Two of them look the same. */
static bool
are_broken(const struct column *col)
{
	size_t n = 0;

	for (size_t i = 0; i < col->nlabels; i++)
		n += is_broken(col, col->labels[i]);
	return n > 1;
}

static bool
is_told(const struct column *col, uint64_t number)
{
	return !is_repeated(col, number) &&
	    (!is_broken(col, col->labels[number - 1]) || !are_broken(col));
}

/* Does its label say which it is?  The error value's is "". */
static bool
enum_is_told(const struct column *col, uint64_t index)
{
	return index ? is_told(col, index) : !has_empty_label(col);
}

/* Do the labels of its members, side by side, say which they are? */
static bool
set_is_told(const struct column *col, uint64_t bits)
{
	for (uint64_t i = 0; i < col->nlabels; i++)
		if (bits >> i & 1 && (is_empty(col, i) ||
		    !is_told(col, i + 1)))
			return false;
	return true;
}

static int
put_enum(const struct column *col, struct cursor *in, struct buf *out)
{
	uint64_t index = take_le(in, col->length);

	if (in->bad)
		return -1;
	if (index > col->nlabels)
		return value_bad(in, "an ENUM value beyond its last label");
	if (col->alike && !enum_is_told(col, index))
		buf_u64(out, index);
	else if (index == 0)    /* what strict mode would have refused */
		buf_str(out, "\"\"");
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
	if (col->alike && !set_is_told(col, bits)) {
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

/* Its number in eight bytes, then the text, after its length in two. */
static int
put_spelled(const struct column *col, struct cursor *in, struct buf *out)
{
	uint64_t number = take_le(in, 8);
	struct span text = take_span(in, take_le(in, 2));

	if (in->bad)
		return -1;
	if (number > col->nlabels && col->type == COLUMN_ENUM)
		return value_bad(in, "an ENUM value beyond its last label");
	if (col->type == COLUMN_ENUM ? enum_is_told(col, number) :
	    set_is_told(col, number))
		col->put_bytes(col, text, out);
	else
		buf_u64(out, number);
	return 0;
}

/* By hash: a table may have 65,535 labels. */
static bool
any_is_repeated(const struct column *col)
{
	struct hash seen = { 0 };
	bool found = false;

	for (size_t i = 0; i < col->nlabels && !found; i++) {
		struct span label = col->labels[i];
		uint64_t hash = hash_span(label, hash_seed());
		struct hash_slot *slot = hash_find(&seen, hash);

		if (is_shown_only(col, label))
			continue;
		while (slot && !span_eq(col->labels[hash_value(slot)], label))
			slot = hash_next(&seen, slot);
		found = slot;
		hash_add(&seen, hash, i);
	}
	hash_clear(&seen);
	return found;
}

bool
enum_set_labels_alike(const struct column *col)
{
	return are_broken(col) || has_empty_label(col) || any_is_repeated(col);
}

void
value_bind_label(struct column *col, const struct value_modes *modes)
{
	col->alike = enum_set_labels_alike(col);
	if (col->spelled) {
		value_bind_bytes(col, modes);
		if (col->print)
			col->print = put_spelled;
	} else if (!col->nlabels)
		col->print = put_number;
	else
		col->print = col->type == COLUMN_ENUM ? put_enum : put_set;
}

/* SPDX-License-Identifier: MIT */
#include "convert/text.h"

/* Characters stay text, which the server converts. */
static enum converted
take_characters(struct conversion *c, struct buf *out, size_t at)
{
	switch (charset_take(c->from, c->to->set, out, at)) {
	case TAKEN_TEXT:
		return CONVERT_VALUE;
	case TAKEN_BYTES:
		return CONVERT_BYTES;
	default:
		break;
	}
	c->why = c->from ? "bytes that are not characters, which a column of "
	    "another character set cannot hold" : "bytes that are not "
	    "characters, in an unknown character set";
	c->hint = c->from ? "give the target's column the character set of the "
	    "source's" : "a schema record names it (cdc-tail --control, or "
	    "--schema FILE)";
	return CONVERT_BAD;
}

/* information_schema, which tells the labels, has '?' for characters beyond
 * three bytes of UTF-8. */
static bool
is_shown(struct span label)
{
	for (size_t i = 0; i < label.n; i++)
		if ((unsigned char)label.p[i] >= 0xF0)
			return false;
	return true;
}

static int
find_label(const struct target_column *col, struct span label, size_t from)
{
	for (size_t i = from; i < col->nlabels; i++)
		if (span_eq(col->labels[i], label))
			return (int)i;
	return -1;
}

/* If it is among the labels.  Of one that is there twice it is the first:
 * the other is printed as its number. */
static int
label_index(struct conversion *c, struct span label)
{
	int i = find_label(c->to, label, 0);

	c->why = "not one of its labels";
	if (c->to->labels_told)
		return i;
	if (is_shown(label) && (i < 0 || !memchr(label.p, '?', label.n) ||
	    find_label(c->to, label, (size_t)i + 1) < 0))
		return i;
	c->why = "one of the labels that information_schema shows as '?'";
	c->hint = "labels of the target's column look alike, or one is empty, "
	    "so values are written as numbers, and the number of this one is "
	    "not known: give the column labels that differ";
	return -1;
}

/* The members of a SET as bits; false if one is no label. */
static bool
take_members(struct conversion *c, struct span text, uint64_t *bits)
{
	*bits = 0;
	while (text.n > 0) {
		const char *comma = memchr(text.p, ',', text.n);
		size_t n = comma ? (size_t)(comma - text.p) : text.n;
		int i = label_index(c, (struct span){ text.p, n });

		if (i < 0 || i > 63)
			return false;
		*bits |= (uint64_t)1 << i;
		if (!comma)
			break;
		text = (struct span){ comma + 1, text.n - n - 1 };
	}
	return true;
}

/* A label's number; what is a number already is one. */
static enum converted
take_number(struct conversion *c, struct span json, struct buf *out, size_t at)
{
	struct span text = { out->p + at, out->n - at };
	uint64_t number = 0;
	int i = -1;

	if (json.p[0] != '"') {
		c->lenient = c->to->class == CLASS_ENUM && span_is(json, "0");
		return CONVERT_VALUE;
	}
	if (!text.n)
		text.p = "";
	if (c->to->class == CLASS_ENUM) {
		i = label_index(c, text);
		c->lenient = i < 0 && text.n == 0;
		number = (uint64_t)(i + 1);
	}
	if (c->to->class == CLASS_ENUM ? i < 0 && !c->lenient :
	    !take_members(c, text, &number))
		return CONVERT_BAD;
	out->n = at;
	buf_u64(out, number);
	return CONVERT_VALUE;
}

enum converted
text_take(struct conversion *c, struct span json, struct buf *out, size_t at)
{
	enum converted got = json.p[0] == '"' ? take_characters(c, out, at) :
	    CONVERT_VALUE;

	return got == CONVERT_VALUE && c->to->numbered ?
	    take_number(c, json, out, at) : got;
}

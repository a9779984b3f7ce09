/* SPDX-License-Identifier: MIT */
#include "apply/text.h"

#include "value/fold.h"

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
	c->why = c->from ? "bytes that are no characters, which a column of "
	    "another character set cannot hold" : "bytes that are no "
	    "characters, of a character set that nothing says";
	c->hint = c->from ? "give the target's column the character set of the "
	    "source's" : "a schema record tells (cdc-tail --control, or "
	    "--schema FILE)";
	return CONVERT_BAD;
}

static int
label_index(const struct target_column *col, struct span label)
{
	for (size_t i = 0; i < col->nlabels; i++)
		if (span_eq(col->labels[i], label))
			return (int)i;
	return -1;
}

/* The members of a SET as bits; false where one is no label. */
static bool
take_members(const struct target_column *col, struct span text, uint64_t *bits)
{
	*bits = 0;
	while (text.n > 0) {
		const char *comma = memchr(text.p, ',', text.n);
		size_t n = comma ? (size_t)(comma - text.p) : text.n;
		int i = label_index(col, (struct span){ text.p, n });

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
	int i;

	if (json.p[0] != '"') {
		c->lenient = c->to->class == CLASS_ENUM && span_is(json, "0");
		return CONVERT_VALUE;
	}
	if (!text.n)
		text.p = "";
	i = label_index(c->to, text);
	if (c->to->class == CLASS_ENUM) {
		c->lenient = i < 0 && text.n == 0;
		number = (uint64_t)(i + 1);
	}
	if (c->to->class == CLASS_ENUM ? i < 0 && !c->lenient :
	    !take_members(c->to, text, &number)) {
		c->why = "not one of its labels";
		return CONVERT_BAD;
	}
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

/* information_schema has '?' for what it cannot show, which is not alike. */
static bool
is_shown(const struct target_column *col)
{
	for (size_t i = 0; i < col->nlabels; i++)
		if (memchr(col->labels[i].p, '?', col->labels[i].n))
			return false;
	return true;
}

bool
text_labels_alike(const struct target_column *col)
{
	struct buf x = { 0 }, y = { 0 };
	bool alike = false;

	for (size_t i = 0; i < col->nlabels; i++)
		if (col->labels[i].n == 0)
			return true;
	for (size_t i = 0; i < col->nlabels && !alike && is_shown(col); i++) {
		x.n = 0;
		name_fold(&x, col->labels[i], FOLD_GENERAL);
		for (size_t k = 0; k < i && !alike; k++) {
			y.n = 0;
			name_fold(&y, col->labels[k], FOLD_GENERAL);
			alike = span_eq(buf_view(&x), buf_view(&y));
		}
	}
	buf_free(&x);
	buf_free(&y);
	return alike;
}

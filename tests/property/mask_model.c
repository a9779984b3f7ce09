/* What the manual says that cdc-mask --null makes of a line. */
#include "property.h"

static bool
is_masked(const struct filter *f, const struct rec *r, struct text column)
{
	return !column_admitted(f, r->table, column);
}

/* The object with null in place of what is masked. */
static struct node *
masked(const struct filter *f, const struct rec *r, struct node *object)
{
	for (size_t i = 0; object && object->kind == J_OBJECT &&
	    i < object->count; i++)
		if (is_masked(f, r, object->name[i]))
			object = with(object, object->name[i],
			    j_word(J_NULL));
	return object;
}

static bool
is_nest(const struct node *n)
{
	return n->kind == J_OBJECT || n->kind == J_ARRAY;
}

/* A key must not be masked to null, and has nothing nested. */
static bool
key_refused(const struct filter *f, const struct rec *r)
{
	const struct node *key = key_of_line(r);

	for (size_t i = 0; key && i < key->count; i++)
		if (is_masked(f, r, key->name[i]) || is_nest(key->value[i]))
			return true;
	return false;
}

/* Has the row an object that has a masked column in it? */
static bool
is_added(const struct filter *f, const struct rec *r, const struct node *row)
{
	for (size_t i = 0; i < row->count; i++) {
		const struct node *v = row->value[i];

		if (is_masked(f, r, row->name[i]) || v->kind != J_OBJECT)
			continue;
		for (size_t k = 0; k < v->count; k++)
			if (is_masked(f, r, v->name[k]))
				return true;
	}
	return false;
}

static struct node *
without_query(struct node *source)
{
	const struct node *query = source ? get(source, "query") : NULL;

	return query && query->kind != J_NULL ? with_s(source, "query",
	    j_word(J_NULL)) : source;
}

static bool
topic_differs(const struct rec *r)
{
	const struct node *topic = get(r->line, "topic");

	return topic && !text_eq(topic->text, topic_of(r->table));
}

/* A row, or a tombstone with a position. */
static enum fate
row_masked(const struct filter *f, struct rec *r)
{
	struct node *source = get(r->line, "source"), *row = payload_of(r);

	if (!source)
		return REFUSED;
	if (topic_differs(r) || key_refused(f, r) ||
	    (r->what == ROW && is_added(f, r, row)))
		return REFUSED;
	if (without_query(source) != source) {
		if (r->what == ROW)     /* it may be in the row, too */
			return SKIPPED;
		r->line = with_s(r->line, "source", without_query(source));
		r->bytes.p = NULL;
	}
	if (r->what == ROW && masked(f, r, row) != row) {
		payload_set(r, masked(f, r, row));
		r->bytes.p = NULL;
	}
	return PASSED;
}

static enum fate
envelope_masked(const struct filter *f, struct rec *r)
{
	static const char *const images[] = { "before", "after" };
	struct node *e = payload_of(r), *was = e, *image;

	if (key_refused(f, r))
		return REFUSED;
	for (size_t i = 0; i < 2; i++)
		if ((image = get(e, images[i])) && masked(f, r, image) != image)
			e = with_s(e, images[i], masked(f, r, image));
	image = without_query(get(e, "source"));
	if (image != get(e, "source"))
		e = with_s(e, "source", image);
	if (e != was) {
		payload_set(r, e);
		r->bytes.p = NULL;
	}
	if (r->shape == SCHEMA) {       /* null, where it could lie */
		r->line = with_s(r->line, "schema", j_word(J_ANY));
		r->bytes.p = NULL;
	}
	return PASSED;
}

enum fate
mask_model(struct filter *f, struct rec *r)
{
	if (r->what == UNPLACED || get(r->line, "headers"))
		return REFUSED;
	switch (r->what) {
	case BEAT:
	case TXN:
		return PASSED;
	case DDL:
		return SKIPPED;
	case ENVELOPE:
		return envelope_masked(f, r);
	default:
		return row_masked(f, r);
	}
}

/* SPDX-License-Identifier: MIT */
#include "route/renumber.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/integer.h"
#include "json/scan.h"

void
renumber_begin(struct renumber *n, struct span transaction)
{
	struct span id = object_member(transaction, "id");

	if (!id.p || span_eq(id, buf_view(&n->id)))
		return;
	n->id.n = 0;
	buf_span(&n->id, id);
	n->more = 0;
	for (size_t i = 0; i < n->n; i++)
		buf_free(&n->tables[i].name);
	n->n = 0;
	hash_empty(&n->names);
}

static struct renumber_table *
find(const struct renumber *n, struct span name)
{
	struct hash_slot *slot = hash_find(&n->names, hash_span(name,
	    hash_seed()));

	for (; slot; slot = hash_next(&n->names, slot))
		if (span_eq(buf_view(&n->tables[hash_value(slot)].name), name))
			return &n->tables[hash_value(slot)];
	return NULL;
}

/* NULL if nothing was added to it; n->name is its name. */
static struct renumber_table *
table_of(struct renumber *n, struct span db, struct span table)
{
	n->name.n = 0;
	buf_span(&n->name, db);
	buf_char(&n->name, '.');
	buf_span(&n->name, table);
	return find(n, buf_view(&n->name));
}

void
renumber_add(struct renumber *n, struct span db, struct span table,
    int64_t more)
{
	struct renumber_table *t = table_of(n, db, table);

	if (!t) {
		hash_add(&n->names, hash_span(buf_view(&n->name),
		    hash_seed()), n->n);
		t = ARRAY_PUSH(n->tables, n->n, n->cap);
		*t = (struct renumber_table){ n->name, 0 };
		n->name = (struct buf){ 0 };
	}
	t->more += more;
	n->more += more;
}

/* The number of a member and some more; false if there cannot be such. */
static bool
put_sum(struct buf *out, struct span number, int64_t more)
{
	uint64_t v;

	if (!integer_read(number, INT64_MAX / 2, &v) ||
	    (more < 0 && v < (uint64_t)-more))
		return false;
	buf_u64(out, v + (uint64_t)more);
	return true;
}

/* A copy of an object, in which the numbers of two members have more. */
static bool
put_object(struct buf *out, struct span object, const char *name,
    int64_t more, const char *other, int64_t other_more)
{
	struct json_pos at = json_at(object);
	struct span member, value;
	const char *from = object.p;

	json_enter(&at, '{');
	while (json_next(&at, &member) > 0 && json_value(&at, &value)) {
		bool is = json_inside_is(member, name);

		if (!is && (!other || !json_inside_is(member, other)))
			continue;
		buf_span(out, span_between(from, value.p));
		if (!put_sum(out, value, is ? more : other_more))
			return false;
		from = value.p + value.n;
	}
	buf_span(out, span_between(from, object.p + object.n));
	return true;
}

struct span
renumber_block(struct renumber *n, struct span transaction, struct span db,
    struct span table, int64_t plus, struct buf *out)
{
	const struct renumber_table *t;
	int64_t more = n->more + plus, of_table;

	if (!transaction.p || transaction.p[0] != '{')
		return transaction;
	t = n->n ? table_of(n, db, table) : NULL;
	of_table = (t ? t->more : 0) + plus;
	if (!more && !of_table)
		return transaction;
	out->n = 0;
	return put_object(out, transaction, "total_order", more,
	    "data_collection_order", of_table) ? buf_view(out) :
	    (struct span){ NULL, 0 };
}

/* [{"data_collection":"db.table","event_count":1},…] */
static bool
put_collections(struct renumber *n, struct span array, struct buf *out)
{
	struct json_pos at = json_at(array);
	struct buf scratch = { 0 };
	struct span one;
	const char *from = array.p;
	bool good = true;

	json_enter(&at, '[');
	while (good && json_next_element(&at) > 0 && json_value(&at, &one)) {
		struct span name = json_value_text(object_member(one,
		    "data_collection"), &scratch);
		const struct renumber_table *t = find(n, name);

		if (!t || !t->more)
			continue;
		buf_span(out, span_between(from, one.p));
		good = put_object(out, one, "event_count", t->more, NULL, 0);
		from = one.p + one.n;
	}
	buf_span(out, span_between(from, array.p + array.n));
	buf_free(&scratch);
	return good;
}

int
renumber_end(struct renumber *n, struct record *rec, struct buf *made,
    struct err *err)
{
	struct span id = object_member(rec->body, "id");
	struct span count = object_member(rec->body, "event_count");
	struct span array = object_member(rec->body, "data_collections");

	if (!id.p || !n->n || !span_eq(id, buf_view(&n->id)) ||
	    !json_is_text(object_member(rec->body, "status"), "END"))
		return 0;
	made->n = n->collections.n = 0;
	if (record_check_control(rec, err) < 0)
		return -1;
	if (!put_sum(made, count, n->more) || array.p[0] != '[' ||
	    !put_collections(n, array, &n->collections))
		return record_fault(rec, "it does not count its records", err);
	record_replace(rec, count, buf_view(made));
	record_replace(rec, array, buf_view(&n->collections));
	return 0;
}

void
renumber_clear(struct renumber *n)
{
	for (size_t i = 0; i < n->n; i++)
		buf_free(&n->tables[i].name);
	free(n->tables);
	hash_clear(&n->names);
	buf_free(&n->id);
	buf_free(&n->name);
	buf_free(&n->collections);
}

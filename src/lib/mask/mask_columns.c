/* SPDX-License-Identifier: MIT
 *
 * Rows of a table have the same columns in the same order, so the verdict on
 * the n-th member is nearly always the one found for the n-th name before.
 */
#include "mask/mask_columns.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "json/object.h"
#include "record/topic.h"

enum {
	SLOTS = 1024,
	MAX_COLUMNS = 4096,     /* of a server's table; more are forgotten */
};

struct mask_known {
	char *name;             /* db '\0' table '\0' column, owned */
	size_t n;
	uint64_t limit;
};

/* ---- what schema records told */

static struct span
join(struct buf *out, struct span db, struct span table, struct span column)
{
	out->n = 0;
	buf_span(out, db);
	buf_char(out, '\0');
	buf_span(out, table);
	buf_char(out, '\0');
	buf_span(out, column);
	return buf_view(out);
}

static struct mask_known *
find_known(const struct mask_columns *all, struct span name)
{
	struct hash_slot *slot = hash_find(&all->names,
	    hash_span(name, hash_seed()));

	for (; slot; slot = hash_next(&all->names, slot)) {
		struct mask_known *k = &all->known[hash_value(slot)];

		if (span_eq((struct span){ k->name, k->n }, name))
			return k;
	}
	return NULL;
}

/* Of a column whose names were told; NULL: it was not. */
static const struct mask_known *
known_of(const struct mask_columns *all, struct span db, struct span table,
    struct span column)
{
	struct buf name = { 0 };
	const struct mask_known *k = find_known(all, join(&name, db, table,
	    column));

	buf_free(&name);
	return k;
}

static void
forget_columns(struct mask_table *t)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		free(t->columns[i].name);
	t->ncolumns = 0;
	t->described = false;
}

/* However its name is written. */
static void
update(struct mask_table *t, struct span column, uint64_t limit)
{
	struct buf scratch = { 0 };

	for (size_t i = 0; i < t->ncolumns; i++) {
		struct mask_column *c = &t->columns[i];

		if (!span_eq(json_string_text((struct span){ c->name, c->n },
		    &scratch), column))
			continue;
		c->limit = limit;
		c->typed = true;
	}
	buf_free(&scratch);
}

void
mask_columns_know(struct mask_columns *all, struct span db,
    struct span table, struct span column, uint64_t limit)
{
	struct buf buf = { 0 };
	struct span name = join(&buf, db, table, column);
	struct mask_known *k = find_known(all, name);

	if (!k) {
		hash_add(&all->names, hash_span(name, hash_seed()),
		    all->nknown);
		k = ARRAY_PUSH(all->known, all->nknown, all->cap);
		*k = (struct mask_known){ xmemdup(name.p, name.n), name.n,
			0 };
	}
	k->limit = limit;
	update(mask_columns_table(all, db, table), column, limit);
	buf_free(&buf);
}

/* ---- verdicts */

static void
forget(struct mask_table *t)
{
	forget_columns(t);
	free(t->columns);
	free(t->name);
	buf_free(&t->topic);
	*t = (struct mask_table){ 0 };
}

struct mask_table *
mask_columns_table(struct mask_columns *all, struct span db,
    struct span table)
{
	struct mask_table *t = all->last;
	struct buf name = { 0 };

	if (t && span_eq(t->table, table) && span_eq(t->db, db))
		return t;
	if (!all->tables)
		all->tables = xcalloc(SLOTS, sizeof(*all->tables));
	t = &all->tables[hash_span(table, hash_span(db, hash_seed())) %
	    SLOTS];
	all->last = t;
	if (t->name && span_eq(t->db, db) && span_eq(t->table, table))
		return t;
	forget(t);
	t->id = ++all->ids;
	join(&name, db, table, SPAN(""));
	t->name = name.p;
	t->db = (struct span){ t->name, db.n };
	t->table = (struct span){ t->name + db.n + 1, table.n };
	buf_char(&t->topic, '.');
	topic_put_part(&t->topic, db);
	buf_char(&t->topic, '.');
	topic_put_part(&t->topic, table);
	t->may_mask = mask_rules_may_mask(all->rules, db, table);
	return t;
}

static bool
is_named(const struct mask_column *c, struct span name)
{
	return c->n == name.n && memcmp(c->name, name.p, name.n) == 0;
}

const struct mask_column *
mask_columns_find(struct mask_columns *all, struct mask_table *t,
    struct span name, size_t i)
{
	struct buf scratch = { 0 };
	const struct mask_known *known;
	struct mask_column *c;
	struct span text;

	if (i < t->ncolumns && is_named(&t->columns[i], name))
		return &t->columns[i];
	for (size_t k = 0; k < t->ncolumns; k++)
		if (is_named(&t->columns[k], name))
			return &t->columns[k];
	if (t->ncolumns == MAX_COLUMNS)
		forget_columns(t);
	text = json_string_text(name, &scratch);
	known = known_of(all, t->db, t->table, text);
	c = ARRAY_ADD(t->columns, t->ncolumns);
	*c = (struct mask_column){ xmemdup(name.p, name.n), name.n,
		mask_rules_find(all->rules, t->db, t->table, text),
		known ? known->limit : 0, known };
	buf_free(&scratch);
	return c;
}

void
mask_columns_clear(struct mask_columns *all)
{
	for (size_t i = 0; all->tables && i < SLOTS; i++)
		forget(&all->tables[i]);
	free(all->tables);
	for (size_t i = 0; i < all->nknown; i++)
		free(all->known[i].name);
	free(all->known);
	hash_clear(&all->names);
	*all = (struct mask_columns){ 0 };
}

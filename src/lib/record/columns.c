/* SPDX-License-Identifier: MIT
 *
 * Rows of a table have the same columns in the same order, so the verdict on
 * the n-th member is nearly always the one found for the n-th name before.
 */
#include "record/columns.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/hash.h"
#include "record/record.h"
#include "record/unique.h"
#include "json/scan.h"

enum {
	SLOTS = 1024,
	MAX_COLUMNS = 4096,     /* of a server's table; more are forgotten */
};

struct column_verdict {
	char *name;             /* as it stands between the quotes, owned */
	size_t n;
	bool keeps;
};

struct table_columns {
	char *name;             /* db '.' table, owned */
	size_t n;
	struct column_verdict *columns;
	size_t ncolumns;
};

struct column_filter {
	const struct table_filter *lists;
	struct unique unique;
	struct table_columns slots[SLOTS];
};

struct column_filter *
column_filter_new(const struct table_filter *lists)
{
	struct column_filter *f = xcalloc(1, sizeof(*f));

	f->lists = lists;
	return f;
}

static void
forget_columns(struct table_columns *t)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		free(t->columns[i].name);
	t->ncolumns = 0;
}

static void
forget(struct table_columns *t)
{
	forget_columns(t);
	free(t->columns);
	free(t->name);
	*t = (struct table_columns){ 0 };
}

void
column_filter_free(struct column_filter *f)
{
	for (size_t i = 0; f && i < SLOTS; i++)
		forget(&f->slots[i]);
	if (f)
		unique_clear(&f->unique);
	free(f);
}

static struct table_columns *
table_of(struct column_filter *f, struct span db, struct span table)
{
	struct table_columns *t =
	    &f->slots[hash_span(table, hash_span(db, hash_seed())) %
	    SLOTS];
	struct buf name = { 0 };

	if (t->name && t->n == db.n + 1 + table.n &&
	    memcmp(t->name, db.p, db.n) == 0 && t->name[db.n] == '.' &&
	    memcmp(t->name + db.n + 1, table.p, table.n) == 0)
		return t;
	forget(t);
	buf_span(&name, db);
	buf_char(&name, '.');
	buf_span(&name, table);
	t->name = name.p;
	t->n = name.n;
	return t;
}

static bool
is_named(const struct column_verdict *v, struct span name)
{
	return v->n == name.n && memcmp(v->name, name.p, name.n) == 0;
}

/* The verdict on the member `name`, expected at place i; *known: it was found
 * there. */
static bool
keeps(struct column_filter *f, struct table_columns *t, struct span db,
    struct span table, struct span name, size_t i, bool *known)
{
	struct buf scratch = { 0 };
	struct column_verdict *v;

	if (i < t->ncolumns && is_named(&t->columns[i], name))
		return t->columns[i].keeps;
	*known = false;
	for (size_t k = 0; k < t->ncolumns; k++)
		if (is_named(&t->columns[k], name))
			return t->columns[k].keeps;
	if (t->ncolumns == MAX_COLUMNS)
		forget_columns(t);
	v = ARRAY_ADD(t->columns, t->ncolumns);
	v->name = xmemdup(name.p, name.n);
	v->n = name.n;
	v->keeps = table_filter_keeps_column(f->lists, db, table,
	    json_string_text(name, &scratch));
	buf_free(&scratch);
	return v->keeps;
}

bool
column_filter_row(struct column_filter *f, const struct outline *o,
    struct span db, struct span table, struct span *row, struct buf *out)
{
	struct table_columns *t = table_of(f, db, table);
	struct outline_pos at;
	struct span name, value;
	bool all = true, known = !o->escapes;

	if (!row->p || row->p[0] != '{')
		return true;
	at = outline_at(o, *row);
	outline_enter(&at);
	out->n = 0;
	for (size_t i = 0; outline_next(&at, &name); i++) {
		value = outline_value(&at);
		if (!keeps(f, t, db, table, name, i, &known)) {
			all = false;
			continue;
		}
		buf_char(out, out->n ? ',' : '{');
		buf_put(out, name.p - 1,
		    (size_t)(value.p + value.n - name.p + 1));
	}
	/* names in the order that is kept are different */
	if (!known && !unique_names(&f->unique, o, outline_at(o, *row).at))
		return false;
	if (all)
		return true;
	if (out->n == 0)
		buf_char(out, '{');
	buf_char(out, '}');
	*row = buf_view(out);
	return true;
}

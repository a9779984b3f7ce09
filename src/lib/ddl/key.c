/* SPDX-License-Identifier: MIT
 *
 * The server's mysql_prepare_create_table(), as far as keys go.
 */
#include "ddl/key.h"

#include <stdlib.h>

#include "base/alloc.h"

struct schema_key *
keys_find(const struct schema_table *t, struct span name)
{
	for (size_t i = 0; i < t->nkeys; i++)
		if (!t->keys[i].period && schema_same_name(t->keys[i].name,
		    name))
			return &t->keys[i];
	return NULL;
}

static const struct schema_key *
find_period(const struct schema_table *t, const char *name)
{
	for (size_t i = 0; i < t->nkeys; i++)
		if (t->keys[i].period && schema_same_name(t->keys[i].name,
		    span_of(name)))
			return &t->keys[i];
	return NULL;
}

/* A period's name is replaced by its columns, the end in front. */
static void
open_period(struct schema_table *t, struct schema_key *key)
{
	const struct schema_key *period = key->overlaps && key->ncolumns ?
	    find_period(t, key->columns[key->ncolumns - 1]) : NULL;

	if (key->overlaps && key->ncolumns)
		free(key->columns[--key->ncolumns]);
	for (size_t i = period ? period->ncolumns : 0; i > 0; i--)
		schema_key_add(key, xstrdup(period->columns[i - 1]));
	key->overlaps = false;
}

/* … as its columns are called, however the key writes them. */
static void
name_columns(struct schema_table *t, struct schema_key *key)
{
	for (size_t i = 0; i < key->ncolumns; i++) {
		const struct schema_column *col = schema_column_find(t,
		    span_of(key->columns[i]));
		char *name = col ? xstrdup(col->name) : NULL;

		if (!name)
			continue;
		free(key->columns[i]);
		key->columns[i] = name;
	}
}

/* Of a primary key and of a period no column is ever NULL, and stays so
 * without them. */
static void
require(struct schema_table *t, const struct schema_key *key)
{
	for (size_t i = 0; i < key->ncolumns; i++) {
		struct schema_column *col = schema_column_find(t,
		    span_of(key->columns[i]));

		if (col && (key->primary || key->period))
			col->required = true;
	}
}

static bool
begins_with(const struct schema_key *key, const struct schema_key *with)
{
	if (key->ncolumns < with->ncolumns || key->period)
		return false;
	for (size_t i = 0; i < with->ncolumns; i++)
		if (!schema_same_name(key->columns[i],
		    span_of(with->columns[i])))
			return false;
	return true;
}

/* The index of a foreign key is not made where another one will do. */
static void
drop_foreign(struct schema_table *t)
{
	for (size_t i = t->nkeys; i-- > 0;) {
		bool other = false;

		if (!t->keys[i].foreign)
			continue;
		for (size_t k = 0; k < t->nkeys; k++)
			other |= k != i && begins_with(&t->keys[k],
			    &t->keys[i]);
		t->keys[i].foreign = false;
		if (other)
			schema_key_drop(t, i);
	}
}

/* As its first column, or that with _2, _3, …; never PRIMARY. */
static char *
make_name(const struct schema_table *t, const char *column)
{
	struct buf name = { 0 };
	char *text;

	buf_str(&name, column);
	for (int i = 2; schema_same_name("PRIMARY", buf_view(&name)) ||
	    keys_find(t, buf_view(&name)); i++) {
		name.n = 0;
		buf_printf(&name, "%s_%d", column, i);
	}
	text = xmemdup(name.p, name.n);
	buf_free(&name);
	return text;
}

static bool
is_long(const struct schema_column *col)
{
	return schema_column_type(col)->log == COLUMN_BLOB;
}

/* UNIQUE of the whole of a long column. */
static void
find_hash(struct schema_table *t, struct schema_key *key)
{
	for (size_t i = 0; i < key->ncolumns && !key->partial; i++) {
		const struct schema_column *col = schema_column_find(t,
		    span_of(key->columns[i]));

		key->hashed |= col && is_long(col);
	}
}

enum { RANK_PRIMARY, RANK_UNIQUE, RANK_PARTIAL, RANK_NULLABLE, RANK_PLAIN };

static int
rank(struct schema_table *t, struct schema_key *key)
{
	bool nullable = false;

	if (key->primary || key->plain)
		return key->primary ? RANK_PRIMARY : RANK_PLAIN;
	for (size_t i = 0; i < key->ncolumns; i++) {
		const struct schema_column *col = schema_column_find(t,
		    span_of(key->columns[i]));

		nullable |= !col || !col->required;
		key->partial |= col && is_long(col);
	}
	return nullable ? RANK_NULLABLE : key->partial ? RANK_PARTIAL :
	    RANK_UNIQUE;
}

static void
sort(struct schema_table *t)
{
	for (size_t i = 1; i < t->nkeys; i++) {
		struct schema_key key = t->keys[i];
		int own = rank(t, &key);
		size_t k;

		for (k = i; k > 0 && rank(t, &t->keys[k - 1]) > own; k--)
			t->keys[k] = t->keys[k - 1];
		t->keys[k] = key;
	}
}

void
keys_settle(struct schema_table *t)
{
	for (size_t i = 0; i < t->nkeys; i++) {
		open_period(t, &t->keys[i]);
		name_columns(t, &t->keys[i]);
		require(t, &t->keys[i]);
		find_hash(t, &t->keys[i]);
	}
	drop_foreign(t);
	for (size_t i = 0; i < t->nkeys; i++)
		if (!t->keys[i].name && t->keys[i].ncolumns)
			t->keys[i].name = make_name(t, t->keys[i].columns[0]);
	sort(t);
}

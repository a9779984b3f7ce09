/* SPDX-License-Identifier: MIT */
#include "schema/schema.h"

#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/array.h"
#include "charset/fold.h"

static void
texts_free(char **texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(texts[i]);
	free(texts);
}

void
schema_column_clear(struct schema_column *column)
{
	free(column->name);
	free(column->type);
	free(column->suffix);
	free(column->charset);
	free(column->fallback);
	free(column->comment);
	texts_free(column->labels, column->nlabels);
	texts_free(column->doubted, column->ndoubted);
}

static void
key_clear(struct schema_key *key)
{
	free(key->name);
	for (size_t i = 0; i < key->ncolumns; i++)
		free(key->columns[i]);
	free(key->columns);
}

struct schema_table *
schema_table_new(void)
{
	return xcalloc(1, sizeof(struct schema_table));
}

void
schema_table_free(struct schema_table *table)
{
	if (!table)
		return;
	for (size_t i = 0; i < table->ncolumns; i++)
		schema_column_clear(&table->columns[i]);
	for (size_t i = 0; i < table->nkeys; i++)
		key_clear(&table->keys[i]);
	for (size_t i = 0; i < table->nforeign; i++)
		free(table->foreign[i]);
	free(table->foreign);
	free(table->columns);
	free(table->keys);
	free(table->charset);
	free(table->comment);
	free(table->file);
	free(table);
}

static char *
copy_text(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static char **
copy_texts(char *const *from, size_t n)
{
	char **to = n ? xcalloc(n, sizeof(*to)) : NULL;

	for (size_t i = 0; i < n; i++)
		to[i] = xstrdup(from[i]);
	return to;
}

static void
copy_column(struct schema_column *to, const struct schema_column *from)
{
	*to = *from;
	to->name = copy_text(from->name);
	to->type = copy_text(from->type);
	to->suffix = copy_text(from->suffix);
	to->charset = copy_text(from->charset);
	to->fallback = copy_text(from->fallback);
	to->comment = copy_text(from->comment);
	to->labels = copy_texts(from->labels, from->nlabels);
	to->doubted = copy_texts(from->doubted, from->ndoubted);
}

struct schema_table *
schema_table_copy(const struct schema_table *from)
{
	struct schema_table *to = schema_table_new();

	for (size_t i = 0; i < from->ncolumns; i++)
		copy_column(schema_add_column(to), &from->columns[i]);
	for (size_t i = 0; i < from->nkeys; i++) {
		struct schema_key *k = schema_add_key(to,
		    from->keys[i].primary);

		k->name = copy_text(from->keys[i].name);
		k->plain = from->keys[i].plain;
		k->partial = from->keys[i].partial;
		k->hashed = from->keys[i].hashed;
		k->period = from->keys[i].period;
		for (size_t n = 0; n < from->keys[i].ncolumns; n++)
			schema_key_add(k,
			    copy_text(from->keys[i].columns[n]));
	}
	for (size_t i = 0; i < from->nforeign; i++)
		schema_add_foreign(to, copy_text(from->foreign[i]));
	to->complete = from->complete;
	to->versioned = from->versioned;
	to->merges = from->merges;
	to->charset = copy_text(from->charset);
	to->comment = copy_text(from->comment);
	return to;
}

struct schema_column *
schema_add_column(struct schema_table *table)
{
	struct schema_column *c;

	c = ARRAY_ADD(table->columns, table->ncolumns);
	*c = (struct schema_column){ .length = -1, .scale = -1 };
	return c;
}

void
schema_add_foreign(struct schema_table *table, char *name)
{
	*ARRAY_ADD(table->foreign, table->nforeign) = name;
}

struct schema_key *
schema_add_key(struct schema_table *table, bool primary)
{
	struct schema_key *k;

	k = ARRAY_ADD(table->keys, table->nkeys);
	*k = (struct schema_key){ .primary = primary };
	return k;
}

void
schema_key_add(struct schema_key *key, char *column)
{
	*ARRAY_ADD(key->columns, key->ncolumns) = column;
}

static bool
is_ascii(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

bool
schema_same_name(const char *name, struct span b)
{
	struct span a = { name, name ? strlen(name) : 0 };
	struct buf x = { 0 }, y = { 0 };
	bool same = a.n == b.n && strncasecmp(a.p, b.p, b.n) == 0;

	if (!name || same || (is_ascii(a) && is_ascii(b)))
		return name && same;
	fold_name(&x, a, FOLD_GENERAL1400);
	fold_name(&y, b, FOLD_GENERAL1400);
	same = span_eq(buf_view(&x), buf_view(&y));
	buf_free(&x);
	buf_free(&y);
	return same;
}

struct schema_column *
schema_column_find(const struct schema_table *table, struct span name)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (schema_same_name(table->columns[i].name, name))
			return &table->columns[i];
	return NULL;
}

void
schema_column_remove(struct schema_table *table, struct span name)
{
	struct schema_column *c = schema_column_find(table, name);
	size_t i = c ? (size_t)(c - table->columns) : 0;

	if (!c)
		return;
	schema_column_clear(c);
	table->ncolumns--;
	memmove(c, c + 1, (table->ncolumns - i) * sizeof(*c));
}

const struct sql_type *
schema_column_type(const struct schema_column *column)
{
	return sqltype_named(span_of(column->type));
}

bool
schema_column_is_text(const struct schema_column *column)
{
	const struct sql_type *type = schema_column_type(column);

	return (type->class == CLASS_TEXT && type->id != DECLARED_JSON) ||
	    type->class == CLASS_ENUM || type->class == CLASS_SET;
}

void
schema_key_drop(struct schema_table *table, size_t i)
{
	key_clear(&table->keys[i]);
	table->nkeys--;
	memmove(&table->keys[i], &table->keys[i + 1],
	    (table->nkeys - i) * sizeof(*table->keys));
}

void
schema_key_remove(struct schema_table *table, struct span name)
{
	for (size_t i = 0; i < table->nkeys; i++)
		if (schema_same_name(table->keys[i].name, name)) {
			schema_key_drop(table, i);
			return;
		}
}

bool
schema_table_is_before(const struct schema_table *record, const char *file,
    uint64_t pos)
{
	int order = record->file ? strcmp(record->file, file) : 0;

	return order < 0 || (order == 0 && record->pos <= pos);
}

const struct schema_table *
schema_entry_before(const struct schema_entry *entry, const char *file,
    uint64_t pos)
{
	const struct schema_table *newest = NULL;

	for (size_t i = 0; i < entry->nrecords; i++) {
		const struct schema_table *t = entry->records[i];

		if (schema_table_is_before(t, file, pos) && (t->asked <= pos ||
		    strcmp(t->file, file) != 0))
			newest = t;
	}
	return newest;
}

const struct schema_table *
schema_entry_record(const struct schema_entry *entry, const char *file,
    uint64_t pos)
{
	const struct schema_table *newest = NULL;

	for (size_t i = 0; i < entry->nrecords; i++)
		if (schema_table_is_before(entry->records[i], file, pos))
			newest = entry->records[i];
	return newest;
}

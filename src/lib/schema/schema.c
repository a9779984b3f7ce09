/* SPDX-License-Identifier: MIT */
#include "schema/schema.h"

#include <search.h>
#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"

struct schemas {
	void *tree;             /* of struct schema_entry */
};

struct schemas *
schemas_new(void)
{
	return xcalloc(1, sizeof(struct schemas));
}

void
schema_column_clear(struct schema_column *column)
{
	free(column->name);
	free(column->type);
	free(column->charset);
	for (size_t i = 0; i < column->nlabels; i++)
		free(column->labels[i]);
	free(column->labels);
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
	free(table->columns);
	free(table->keys);
	free(table->file);
	free(table);
}

static char *
copy_text(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

struct schema_table *
schema_table_copy(const struct schema_table *from)
{
	struct schema_table *to = schema_table_new();

	for (size_t i = 0; i < from->ncolumns; i++) {
		struct schema_column *c = schema_add_column(to);

		*c = from->columns[i];
		c->name = copy_text(c->name);
		c->type = copy_text(c->type);
		c->charset = copy_text(c->charset);
		c->labels = NULL;
		c->nlabels = 0;
	}
	for (size_t i = 0; i < from->nkeys; i++) {
		struct schema_key *k = schema_add_key(to,
		    from->keys[i].primary);

		k->name = copy_text(from->keys[i].name);
		for (size_t n = 0; n < from->keys[i].ncolumns; n++)
			schema_key_add(k,
			    copy_text(from->keys[i].columns[n]));
	}
	to->complete = from->complete;
	to->versioned = from->versioned;
	return to;
}

struct schema_column *
schema_add_column(struct schema_table *table)
{
	struct schema_column *c;

	table->columns = xreallocarray(table->columns, table->ncolumns + 1,
	    sizeof(*table->columns));
	c = &table->columns[table->ncolumns++];
	*c = (struct schema_column){ .length = -1, .scale = -1 };
	return c;
}

struct schema_key *
schema_add_key(struct schema_table *table, bool primary)
{
	struct schema_key *k;

	table->keys = xreallocarray(table->keys, table->nkeys + 1,
	    sizeof(*table->keys));
	k = &table->keys[table->nkeys++];
	*k = (struct schema_key){ .primary = primary };
	return k;
}

void
schema_key_add(struct schema_key *key, char *column)
{
	key->columns = xreallocarray(key->columns, key->ncolumns + 1,
	    sizeof(*key->columns));
	key->columns[key->ncolumns++] = column;
}

static bool
same_name(const char *a, struct span b)
{
	return a && strlen(a) == b.n && strncasecmp(a, b.p, b.n) == 0;
}

struct schema_column *
schema_column_find(const struct schema_table *table, struct span name)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (same_name(table->columns[i].name, name))
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

void
schema_key_remove(struct schema_table *table, struct span name)
{
	for (size_t i = 0; i < table->nkeys; i++) {
		if (!same_name(table->keys[i].name, name))
			continue;
		key_clear(&table->keys[i]);
		table->nkeys--;
		memmove(&table->keys[i], &table->keys[i + 1],
		    (table->nkeys - i) * sizeof(*table->keys));
		return;
	}
}

static int
compare(const void *a, const void *b)
{
	const struct schema_entry *x = a, *y = b;
	int order = strcmp(x->db, y->db);

	return order ? order : strcmp(x->name, y->name);
}

struct schema_entry *
schemas_entry(struct schemas *s, struct span db, struct span name, bool make)
{
	struct schema_entry key = {
		.db = xmemdup(db.p, db.n), .name = xmemdup(name.p, name.n),
	};
	struct schema_entry **found = tfind(&key, &s->tree, compare);
	struct schema_entry *entry = found ? *found : NULL;

	if (entry || !make) {
		free(key.db);
		free(key.name);
		return entry;
	}
	entry = xcalloc(1, sizeof(*entry));
	*entry = key;
	tsearch(entry, &s->tree, compare);
	return entry;
}

void
schema_entry_outdate(struct schema_entry *entry)
{
	size_t n = 0;

	for (size_t i = 0; i < entry->nrecords; i++) {
		if (entry->records[i]->live)
			schema_table_free(entry->records[i]);
		else
			entry->records[n++] = entry->records[i];
	}
	entry->nrecords = n;
	entry->outdated = true;
}

static void
take_outdated(const void *node, VISIT visit, void *found)
{
	struct schema_entry *entry = *(struct schema_entry *const *)node;

	if ((visit == postorder || visit == leaf) && entry->outdated)
		*(struct schema_entry **)found = entry;
}

struct schema_entry *
schemas_outdated(struct schemas *s)
{
	struct schema_entry *entry = NULL;

	twalk_r(s->tree, take_outdated, &entry);
	if (entry)
		entry->outdated = false;
	return entry;
}

void
schema_entry_forget(struct schema_entry *entry)
{
	schema_table_free(entry->learned);
	entry->learned = NULL;
}

static void
forget_if_in(const void *node, VISIT visit, void *db)
{
	struct schema_entry *entry = *(struct schema_entry *const *)node;

	if ((visit == postorder || visit == leaf) &&
	    span_is(*(struct span *)db, entry->db))
		schema_entry_forget(entry);
}

void
schemas_forget_db(struct schemas *s, struct span db)
{
	twalk_r(s->tree, forget_if_in, &db);
}

void
schemas_free(struct schemas *s)
{
	while (s->tree) {
		struct schema_entry *entry = *(struct schema_entry **)s->tree;

		tdelete(entry, &s->tree, compare);
		schema_entry_forget(entry);
		for (size_t i = 0; i < entry->nrecords; i++)
			schema_table_free(entry->records[i]);
		free(entry->records);
		free(entry->db);
		free(entry->name);
		free(entry);
	}
	free(s);
}

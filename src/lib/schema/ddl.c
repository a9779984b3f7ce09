/* SPDX-License-Identifier: MIT */
#include "schema/ddl.h"

#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "binlog/sql.h"
#include "schema/definition.h"

/* A statement in hand. */
struct ddl {
	struct schemas *schemas;
	struct sql sql;
	struct span db;         /* of names without one */
};

static struct schema_entry *
take_entry(struct ddl *d, bool make)
{
	struct span db = d->db, name;
	char *db_text, *name_text;
	struct schema_entry *entry;

	if (!sql_table(&d->sql, &db, &name))
		return NULL;
	db_text = sql_unquote(db);
	name_text = sql_unquote(name);
	entry = schemas_entry(d->schemas, span_of(db_text),
	    span_of(name_text), make);
	free(db_text);
	free(name_text);
	if (entry)
		schema_entry_outdate(entry);
	return entry;
}

/* Behind the definitions: WITH SYSTEM VERSIONING; AS SELECT adds columns that
 * nobody told us of. */
static void
parse_table_options(struct sql *s, struct schema_table *t)
{
	while (sql_more(s)) {
		if (sql_word(s, "WITH")) {
			if (sql_word(s, "SYSTEM"))
				t->versioned = true;
		} else if (sql_word(s, "SELECT")) {
			t->complete = false;
			return;
		} else {
			sql_skip(s);
		}
	}
}

static void
create_like(struct ddl *d, struct schema_entry *entry)
{
	const struct schema_entry *like = take_entry(d, false);

	if (like && like != entry && like->learned)
		entry->learned = schema_table_copy(like->learned);
}

static bool
create_table(struct ddl *d)
{
	bool maybe = sql_if_exists(&d->sql);
	struct schema_entry *entry = take_entry(d, true);
	struct sql at;

	if (!entry || (maybe && entry->learned && entry->learned->complete))
		return false;
	schema_entry_forget(entry);
	at = d->sql;
	sql_sign(&at, '(');
	if (sql_word(&at, "LIKE")) {
		d->sql = at;
		create_like(d, entry);
		return true;
	}
	entry->learned = schema_table_new();
	if (sql_sign(&d->sql, '(')) {
		definitions_parse(&d->sql, entry->learned);
		entry->learned->complete = true;
	}
	parse_table_options(&d->sql, entry->learned);
	return true;
}

static void
alter_add(struct sql *s, struct schema_table *t)
{
	if (sql_word(s, "SYSTEM")) {
		t->versioned = true;
		return;
	}
	sql_word(s, "COLUMN");
	sql_if_exists(s);
	if (sql_sign(s, '('))
		definitions_parse(s, t);
	else
		definition_parse(s, t);
}

static void
alter_drop(struct sql *s, struct schema_table *t)
{
	bool index;
	struct span name;

	if (sql_word(s, "SYSTEM")) {
		t->versioned = false;
		return;
	}
	if (sql_word(s, "PRIMARY")) {
		schema_key_remove(t, span_of("PRIMARY"));
		return;
	}
	if (sql_word(s, "FOREIGN") || sql_word(s, "PARTITION") ||
	    sql_word(s, "PERIOD"))
		return;
	index = sql_word(s, "INDEX") || sql_word(s, "KEY") ||
	    sql_word(s, "CONSTRAINT");
	if (!index)
		sql_word(s, "COLUMN");
	sql_if_exists(s);
	if (!sql_name(s, &name))
		return;
	if (index)
		schema_key_remove(t, name);
	else
		schema_column_remove(t, name);
}

/* Keys go with their columns' names. */
static void
rename_in_keys(struct schema_table *t, struct span from, const char *to)
{
	for (size_t i = 0; i < t->nkeys; i++)
		for (size_t k = 0; k < t->keys[i].ncolumns; k++) {
			char **column = &t->keys[i].columns[k];

			if (strlen(*column) != from.n ||
			    strncasecmp(*column, from.p, from.n) != 0)
				continue;
			free(*column);
			*column = xstrdup(to);
		}
}

/* MODIFY name … | CHANGE old name … */
static void
alter_column(struct sql *s, struct schema_table *t, bool renames)
{
	struct span old;
	struct sql at;

	sql_word(s, "COLUMN");
	sql_if_exists(s);
	at = *s;
	if (!sql_name(&at, &old))
		return;
	if (renames)
		*s = at;
	schema_column_remove(t, old);
	definition_column(s, t);
	if (renames && t->ncolumns)
		rename_in_keys(t, old, t->columns[t->ncolumns - 1].name);
}

static void
rename_column(struct sql *s, struct schema_table *t)
{
	struct span from, to;
	struct schema_column *col;

	if (!sql_name(s, &from) || !sql_word(s, "TO") || !sql_name(s, &to))
		return;
	col = schema_column_find(t, from);
	if (!col)
		return;
	free(col->name);
	col->name = sql_unquote(to);
	rename_in_keys(t, from, col->name);
}

static void
move_learned(struct schema_entry *from, struct schema_entry *to)
{
	if (!from || !to || from == to)
		return;
	schema_entry_forget(to);
	to->learned = from->learned;
	from->learned = NULL;
}

/* RENAME COLUMN | INDEX | [TO|AS] name; the entry that it is now. */
static struct schema_entry *
alter_rename(struct ddl *d, struct schema_entry *entry)
{
	struct schema_entry *to;

	if (sql_word(&d->sql, "COLUMN")) {
		rename_column(&d->sql, entry->learned);
		return entry;
	}
	if (sql_word(&d->sql, "INDEX") || sql_word(&d->sql, "KEY"))
		return entry;
	if (!sql_word(&d->sql, "TO"))
		sql_word(&d->sql, "AS");
	to = take_entry(d, true);
	move_learned(entry, to);
	return to ? to : entry;
}

static bool
alter_table(struct ddl *d)
{
	struct sql *s = &d->sql;
	struct schema_entry *entry;

	sql_if_exists(s);
	entry = take_entry(d, true);
	if (!entry)
		return false;
	do {
		if (!entry->learned)
			entry->learned = schema_table_new();
		if (sql_word(s, "ADD"))
			alter_add(s, entry->learned);
		else if (sql_word(s, "DROP"))
			alter_drop(s, entry->learned);
		else if (sql_word(s, "MODIFY"))
			alter_column(s, entry->learned, false);
		else if (sql_word(s, "CHANGE"))
			alter_column(s, entry->learned, true);
		else if (sql_word(s, "RENAME"))
			entry = alter_rename(d, entry);
		while (sql_more(s) && *s->p != ',')
			sql_skip(s);
	} while (sql_sign(s, ','));
	return true;
}

static bool
drop_tables(struct ddl *d)
{
	sql_if_exists(&d->sql);
	do {
		struct schema_entry *entry = take_entry(d, false);

		if (entry)
			schema_entry_forget(entry);
	} while (sql_sign(&d->sql, ','));
	return true;
}

static bool
rename_tables(struct ddl *d)
{
	sql_if_exists(&d->sql);
	do {
		struct schema_entry *from = take_entry(d, true);

		while (sql_more(&d->sql) && !sql_word(&d->sql, "TO"))
			sql_skip(&d->sql);
		move_learned(from, take_entry(d, true));
	} while (sql_sign(&d->sql, ','));
	return true;
}

/* CREATE UNIQUE INDEX name … ON table (…) */
static bool
create_unique(struct ddl *d)
{
	struct schema_entry *entry;
	struct schema_key *key;
	struct span name;

	if (!sql_word(&d->sql, "INDEX"))
		return false;
	sql_if_exists(&d->sql);
	if (!sql_name(&d->sql, &name))
		return false;
	while (sql_more(&d->sql) && !sql_word(&d->sql, "ON"))
		sql_skip(&d->sql);
	entry = take_entry(d, true);
	if (!entry)
		return false;
	if (!entry->learned)
		entry->learned = schema_table_new();
	key = schema_add_key(entry->learned, false);
	key->name = sql_unquote(name);
	definition_key_columns(&d->sql, key);
	return true;
}

static bool
drop_index(struct ddl *d)
{
	struct schema_entry *entry;
	struct span name;

	sql_if_exists(&d->sql);
	if (!sql_name(&d->sql, &name) || !sql_word(&d->sql, "ON"))
		return false;
	entry = take_entry(d, false);
	if (entry && entry->learned)
		schema_key_remove(entry->learned, name);
	return entry != NULL;
}

static bool
drop_database(struct ddl *d)
{
	struct span name;
	char *text;

	sql_if_exists(&d->sql);
	if (!sql_name(&d->sql, &name))
		return false;
	text = sql_unquote(name);
	schemas_forget_db(d->schemas, span_of(text));
	free(text);
	return true;
}

static bool
learn(struct ddl *d)
{
	struct sql *s = &d->sql;

	if (sql_word(s, "CREATE")) {
		if (sql_word(s, "OR"))
			sql_word(s, "REPLACE");
		return sql_word(s, "TABLE") ? create_table(d) :
		    sql_word(s, "UNIQUE") && create_unique(d);
	}
	if (sql_word(s, "ALTER")) {
		sql_word(s, "ONLINE");
		sql_word(s, "IGNORE");
		return sql_word(s, "TABLE") && alter_table(d);
	}
	if (sql_word(s, "DROP")) {
		if (sql_word(s, "TABLE") || sql_word(s, "TABLES"))
			return drop_tables(d);
		if (sql_word(s, "DATABASE") || sql_word(s, "SCHEMA"))
			return drop_database(d);
		return sql_word(s, "INDEX") && drop_index(d);
	}
	if (sql_word(s, "RENAME"))
		return (sql_word(s, "TABLE") || sql_word(s, "TABLES")) &&
		    rename_tables(d);
	return false;
}

bool
schemas_learn(struct schemas *schemas, const struct query *query)
{
	struct ddl d = {
		.schemas = schemas, .db = query->default_db,
		.sql = query_statement(query->text),
	};

	return learn(&d);
}

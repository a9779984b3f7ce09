/* SPDX-License-Identifier: MIT */
#include "schema/alter.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "schema/definition.h"
#include "schema/typename.h"

static void
replace_text(char **field, char *text)
{
	free(*field);
	*field = text;
}

/* [DEFAULT] CHARACTER SET | CHARSET | COLLATE [=] name; false where it is
 * something else. */
bool
alter_charset(struct sql *s, char **charset)
{
	struct sql at = *s;
	char *name;

	sql_word(&at, "DEFAULT");
	if (sql_word(&at, "CHARSET") || (sql_word(&at, "CHARACTER") &&
	    sql_word(&at, "SET")))
		name = typename_charset(&at);
	else if (sql_word(&at, "COLLATE"))
		name = typename_collate(&at);
	else
		return false;
	*s = at;
	if (name)
		replace_text(charset, name);
	return true;
}

/* Text columns that do not say their character set have the table's. */
static void
fill_charsets(struct schema_table *t)
{
	for (size_t i = 0; t->charset && i < t->ncolumns; i++) {
		struct schema_column *c = &t->columns[i];

		if (!c->charset && schema_column_is_text(c))
			c->charset = xstrdup(t->charset);
	}
}

/* A primary key's columns are NOT NULL, and stay it without the key. */
static void
require_key(struct schema_table *t, const struct schema_key *key)
{
	for (size_t i = 0; i < key->ncolumns; i++) {
		struct schema_column *c = schema_column_find(t,
		    span_of(key->columns[i]));

		if (c)
			c->required = true;
	}
}

void
alter_settle(struct schema_table *t)
{
	fill_charsets(t);
	for (size_t i = 0; i < t->nkeys; i++)
		if (t->keys[i].primary)
			require_key(t, &t->keys[i]);
}

static void
convert_charsets(struct schema_table *t)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		if (schema_column_is_text(&t->columns[i]))
			replace_text(&t->columns[i].charset, NULL);
	fill_charsets(t);
}

/* One option of a table; AS SELECT adds columns that nobody told us of. */
void
alter_option(struct sql *s, struct schema_table *t)
{
	if (alter_charset(s, &t->charset))
		return;
	if (sql_word(s, "COMMENT"))
		replace_text(&t->comment, definition_comment(s));
	else if (sql_word(s, "WITH"))
		t->versioned = sql_word(s, "SYSTEM") || t->versioned;
	else if (sql_word(s, "SELECT"))
		t->complete = false;
	else
		sql_skip(s);
}

/* ADD COLUMN IF NOT EXISTS of one that does. */
static bool
has_column(struct sql at, const struct schema_table *t)
{
	struct span name;

	return sql_name(&at, &name) && schema_column_find(t, name);
}

static void
alter_add(struct sql *s, struct schema_table *t)
{
	bool maybe;

	if (sql_word(s, "SYSTEM")) {
		t->versioned = true;
		return;
	}
	sql_word(s, "COLUMN");
	maybe = sql_if_exists(s);
	if (sql_sign(s, '('))
		definitions_parse(s, t);
	else if (!maybe || !has_column(*s, t))
		definition_parse(s, t);
}

static void
alter_drop(struct sql *s, struct schema_table *t)
{
	struct span name;
	bool index;

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
	if (index) {
		schema_key_remove(t, name);
	} else {
		schema_column_remove(t, name);
		schema_keys_without(t, name);
	}
}

/* Keys go with their columns' names. */
static void
rename_in_keys(struct schema_table *t, struct span from, const char *to)
{
	for (size_t i = 0; i < t->nkeys; i++)
		for (size_t k = 0; k < t->keys[i].ncolumns; k++) {
			char **column = &t->keys[i].columns[k];

			if (schema_same_name(*column, from))
				replace_text(column, xstrdup(to));
		}
}

/* MODIFY name … | CHANGE old name …: where it was, unless told otherwise */
static void
alter_column(struct sql *s, struct schema_table *t, bool renames)
{
	struct schema_column *col;
	struct span old, now;
	struct sql at;
	size_t place;
	char *name;

	sql_word(s, "COLUMN");
	sql_if_exists(s);
	at = *s;
	if (!sql_name(&at, &old))
		return;
	if (renames)
		*s = at;
	at = *s;
	if (!sql_name(&at, &now))
		return;
	col = schema_column_find(t, old);
	place = col ? (size_t)(col - t->columns) : t->ncolumns;
	schema_column_remove(t, old);
	if (!definition_column(s, t) && place < t->ncolumns)
		schema_column_move(t, t->ncolumns - 1, place);
	name = sql_unquote(now);
	rename_in_keys(t, old, name);
	free(name);
}

/* ALTER [COLUMN] name SET DEFAULT … | DROP DEFAULT */
static void
alter_default(struct sql *s, struct schema_table *t)
{
	struct schema_column *col;
	struct span name;

	sql_word(s, "COLUMN");
	sql_if_exists(s);
	if (sql_word(s, "INDEX") || sql_word(s, "KEY") || !sql_name(s, &name))
		return;
	col = schema_column_find(t, name);
	if (!col)
		return;
	if (sql_word(s, "SET") && sql_word(s, "DEFAULT"))
		replace_text(&col->fallback, typename_default(s));
	else if (sql_word(s, "DROP"))
		replace_text(&col->fallback, NULL);
}

/* RENAME COLUMN name TO name; keys' names do not matter */
static void
rename_column(struct sql *s, struct schema_table *t)
{
	struct span from, to;
	struct schema_column *col;

	if (!sql_word(s, "COLUMN") || !sql_name(s, &from) ||
	    !sql_word(s, "TO") || !sql_name(s, &to))
		return;
	col = schema_column_find(t, from);
	if (!col)
		return;
	replace_text(&col->name, sql_unquote(to));
	rename_in_keys(t, from, col->name);
}

static void
alter_convert(struct sql *s, struct schema_table *t)
{
	if (!sql_word(s, "TO"))
		return;
	alter_charset(s, &t->charset);          /* with its collation */
	alter_charset(s, &t->charset);
	convert_charsets(t);
}

static void
alter_modify(struct sql *s, struct schema_table *t)
{
	alter_column(s, t, false);
}

static void
alter_change(struct sql *s, struct schema_table *t)
{
	alter_column(s, t, true);
}

void
alter_one(struct sql *s, struct schema_table *t)
{
	static const struct {
		const char *word;
		void (*alter)(struct sql *s, struct schema_table *t);
	} rows[] = {
		{ "ADD", alter_add }, { "DROP", alter_drop },
		{ "MODIFY", alter_modify }, { "CHANGE", alter_change },
		{ "ALTER", alter_default }, { "RENAME", rename_column },
		{ "CONVERT", alter_convert },
	};
	size_t i = 0, n = sizeof(rows) / sizeof(*rows);

	while (i < n && !sql_word(s, rows[i].word))
		i++;
	if (i < n)
		rows[i].alter(s, t);
	while (sql_more(s) && *s->p != ',')
		if (i < n)
			sql_skip(s);
		else
			alter_option(s, t);
}

/* SPDX-License-Identifier: MIT */
#include "ddl/definition.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "ddl/attributes.h"
#include "ddl/key.h"
#include "ddl/phrases.h"
#include "schema/type_name.h"

/* To the comma or parenthesis that ends a definition. */
static void
skip_definition(struct sql *s)
{
	while (sql_more(s) && *s->p != ',' && *s->p != ')')
		sql_skip(s);
}

/* ---- keys */

/* column [(length)] [ASC|DESC], or period WITHOUT OVERLAPS; false at an
 * expression. */
static bool
take_key_part(struct sql *s, struct schema_key *key)
{
	struct span name;

	if (!sql_name(s, &name))
		return false;
	if (key->ncolumns < MAX_PARTS)
		schema_key_add(key, sql_unquote(name));
	if (sql_more(s) && *s->p == '(')
		key->partial = true;
	if (sql_word(s, "WITHOUT"))
		key->overlaps = true;
	while (sql_more(s) && *s->p != ',' && *s->p != ')')
		sql_skip(s);
	return true;
}

void
definition_key_columns(struct sql *s, struct schema_key *key)
{
	while (sql_more(s) && *s->p != '(')     /* its name, USING … */
		if (sql_word(s, "HASH"))
			key->partial = key->hashed = true;
		else
			sql_skip(s);
	if (!sql_sign(s, '('))
		return;
	do {
		if (!take_key_part(s, key)) {
			key->plain = true;      /* MySQL: of an expression */
			while (sql_more(s) && *s->p != ',' && *s->p != ')')
				sql_skip(s);
		}
	} while (sql_sign(s, ','));
	sql_sign(s, ')');
}

/* What follows the words that say which key it is; named: CONSTRAINT name,
 * which is its name, too. */
static void
take_key(struct sql *s, struct schema_table *t, struct schema_key *key,
    struct span named)
{
	struct span name = named;
	struct sql at = *s;

	if (sql_more(s) && *s->p != '(' && !sql_word(&at, "USING") &&
	    !(sql_word(&at, "TYPE") && !sql_sign(&at, '(')))
		sql_name(s, &name);
	if (!key->name && name.n)
		key->name = sql_unquote(name);
	definition_key_columns(s, key);
	while (sql_more(s) && *s->p != ',' && *s->p != ')')
		if (sql_word(s, "HASH"))
			key->partial = key->hashed = true;
		else
			sql_skip(s);
	if (!key->name && !key->ncolumns && !key->plain)
		phrase_trouble(t, "a key without columns");
}

bool
definition_key_exists(const struct schema_table *exists,
    const struct schema_key *key)
{
	const char *name = key->name ? key->name : key->ncolumns ?
	    key->columns[0] : NULL;

	return exists && name && keys_find(exists, span_of(name));
}

enum key_kind { KEY_NONE, KEY_PRIMARY, KEY_UNIQUE, KEY_PLAIN };

/* UNIQUE [KEY|INDEX], …: over the words in front of the name. */
static enum key_kind
take_kind(struct sql *s)
{
	struct sql at = *s;
	enum key_kind kind = KEY_PLAIN;

	if (sql_word(s, "PRIMARY"))
		return sql_word(s, "KEY"), KEY_PRIMARY;
	if (sql_word(s, "KEY") || sql_word(s, "INDEX"))
		return KEY_PLAIN;
	if (sql_word(&at, "VECTOR") && !sql_word(&at, "KEY") &&
	    !sql_word(&at, "INDEX"))
		return KEY_NONE;                /* a column's name */
	if (sql_word(s, "UNIQUE"))
		kind = KEY_UNIQUE;
	else if (!sql_word(s, "FULLTEXT") && !sql_word(s, "SPATIAL") &&
	    !sql_word(s, "VECTOR"))
		return KEY_NONE;
	if (!sql_word(s, "KEY"))
		sql_word(s, "INDEX");
	return kind;
}

static bool
parse_key(struct sql *s, struct schema_table *t, struct span named,
    const struct schema_table *exists)
{
	enum key_kind kind = take_kind(s);
	struct schema_key *key;
	bool maybe;

	if (kind == KEY_NONE)
		return false;
	if (t->nkeys == MAX_KEYS) {
		t->overflown = true;
		skip_definition(s);
		return true;
	}
	maybe = phrase_if_exists(s);
	key = schema_add_key(t, kind == KEY_PRIMARY);
	key->plain = kind == KEY_PLAIN;
	if (key->primary)
		key->name = xstrdup("PRIMARY");
	take_key(s, t, key, named);
	if (maybe && definition_key_exists(exists, key))
		schema_key_drop(t, t->nkeys - 1);
	return true;
}

/* PERIOD FOR name (start, end) */
static void
parse_period(struct sql *s, struct schema_table *t)
{
	struct schema_key *key;
	struct span name;

	if (!sql_name(s, &name) || t->nkeys == MAX_KEYS) {
		phrase_trouble(t, "a PERIOD");
		return;
	}
	key = schema_add_key(t, false);
	key->plain = key->period = true;
	key->name = sql_unquote(name);
	definition_key_columns(s, key);
	if (key->ncolumns != 2)
		phrase_trouble(t, "a PERIOD");
}

/* The index that a foreign key brings goes by its name. */
static void
parse_foreign(struct sql *s, struct schema_table *t, struct span named)
{
	struct schema_key *key;

	sql_word(s, "KEY");
	phrase_if_exists(s);
	if (t->nkeys == MAX_KEYS) {
		t->overflown = true;
		skip_definition(s);
		return;
	}
	key = schema_add_key(t, false);
	key->plain = key->foreign = true;
	take_key(s, t, key, named);
}

/* CONSTRAINT [IF NOT EXISTS] [name] */
static struct span
take_constraint(struct sql *s)
{
	static const char *const kinds[] = { "PRIMARY", "UNIQUE", "FOREIGN",
		"CHECK" };
	struct span name = { NULL, 0 };
	struct sql at;

	if (!sql_word(s, "CONSTRAINT"))
		return name;
	phrase_if_exists(s);
	at = *s;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (sql_word(&at, kinds[i]))
			return name;
	sql_name(s, &name);
	return name;
}

bool
definition_is_key(struct sql *s, struct schema_table *t,
    const struct schema_table *exists)
{
	struct span named = take_constraint(s);

	if (parse_key(s, t, named, exists))
		return true;
	if (sql_word(s, "FOREIGN"))
		parse_foreign(s, t, named);
	else if (phrase_period(s))
		parse_period(s, t);
	else if (!sql_word(s, "CHECK"))
		return false;
	skip_definition(s);
	return true;
}

/* ---- columns */

bool
definition_column(
    struct sql *s, struct schema_table *t, struct ddl_place *place)
{
	struct schema_column *col;
	struct span name;

	if (t->ncolumns == MAX_COLUMNS) {       /* not of a server */
		t->overflown = true;
		skip_definition(s);
		return false;
	}
	phrase_over_table(s);
	if (!sql_name(s, &name)) {
		phrase_trouble(t, "a column without a name");
		return false;
	}
	col = schema_add_column(t);
	col->fresh = true;
	col->name = sql_unquote(name);
	attributes_type(s, t, col, place);
	return true;
}

static void
parse_one(struct sql *s, struct schema_table *t)
{
	struct ddl_place none;

	if (!definition_is_key(s, t, NULL))
		definition_column(s, t, &none);
	if (sql_more(s) && *s->p != ',' && *s->p != ')') {
		phrase_trouble(t, "unknown text after a definition");
		skip_definition(s);
	}
}

void
definition_parse_all(struct sql *s, struct schema_table *t)
{
	do
		parse_one(s, t);
	while (sql_sign(s, ','));
	if (!sql_sign(s, ')'))
		phrase_trouble(t, "a list without its parenthesis");
}

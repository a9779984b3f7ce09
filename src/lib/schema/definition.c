/* SPDX-License-Identifier: MIT */
#include "schema/definition.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "schema/typename.h"

bool
sql_if_exists(struct sql *s)
{
	if (!sql_word(s, "IF"))
		return false;
	sql_word(s, "NOT");
	return sql_word(s, "EXISTS");
}

/* To the comma or parenthesis that ends a definition. */
static void
skip_definition(struct sql *s)
{
	while (sql_more(s) && *s->p != ',' && *s->p != ')')
		sql_skip(s);
}

/* (column [(length)] [ASC|DESC], …) */
void
definition_key_columns(struct sql *s, struct schema_key *key)
{
	struct span name;

	while (sql_more(s) && *s->p != '(')     /* its name, USING … */
		sql_skip(s);
	if (!sql_sign(s, '('))
		return;
	do {
		if (!sql_name(s, &name))
			break;
		if (key->ncolumns < MAX_PARTS)
			schema_key_add(key, sql_unquote(name));
		while (sql_more(s) && *s->p != ',' && *s->p != ')')
			sql_skip(s);
	} while (sql_sign(s, ','));
	sql_sign(s, ')');
}

/* [CONSTRAINT [name]] PRIMARY KEY | UNIQUE [KEY|INDEX] [name] (…); false
 * where it is something else. */
static bool
parse_key(struct sql *s, struct schema_table *t)
{
	struct schema_key *key;
	struct span name = { NULL, 0 };

	if (t->nkeys == MAX_KEYS && (sql_word(s, "PRIMARY") ||
	    sql_word(s, "UNIQUE"))) {
		t->overflown = true;
		skip_definition(s);
		return true;
	}
	if (sql_word(s, "PRIMARY")) {
		sql_word(s, "KEY");
		key = schema_add_key(t, true);
		key->name = xstrdup("PRIMARY");
	} else if (sql_word(s, "UNIQUE")) {
		if (!sql_word(s, "KEY"))
			sql_word(s, "INDEX");
		sql_if_exists(s);
		key = schema_add_key(t, false);
		if (sql_more(s) && *s->p != '(' && sql_name(s, &name))
			key->name = sql_unquote(name);
	} else {
		return false;
	}
	definition_key_columns(s, key);
	if (!key->name && key->ncolumns)        /* as the server names it */
		key->name = xstrdup(key->columns[0]);
	skip_definition(s);
	return true;
}

char *
definition_json_check(struct sql *s)
{
	struct span name;

	if (!sql_word(s, "json_valid") || !sql_sign(s, '(') ||
	    !sql_name(s, &name) || !sql_sign(s, ')'))
		return NULL;
	return sql_unquote(name);
}

void
definition_make_json(struct schema_column *col)
{
	if (strcmp(col->type, "LONGTEXT") != 0)
		return;
	free(col->type);
	col->type = xstrdup("JSON");
}

/* CHECK (json_valid(`name`)), of the column itself */
static bool
is_json_check(struct sql at, const char *column)
{
	char *name = sql_sign(&at, '(') ? definition_json_check(&at) : NULL;
	bool same = name && sql_sign(&at, ')') &&
	    schema_same_name(name, span_of(column));

	free(name);
	return same;
}

/* … AS ROW START | END */
static void
parse_row_time(struct sql *s, struct schema_table *t,
    struct schema_column *col)
{
	if (!sql_word(s, "ROW"))
		return;
	if (sql_word(s, "START"))
		col->row_time = ROW_START;
	else if (sql_word(s, "END"))
		col->row_time = ROW_END;
	t->versioned = true;
}

static void
add_own_key(struct schema_table *t, const struct schema_column *col,
    bool primary)
{
	struct schema_key *key;

	if (t->nkeys == MAX_KEYS)
		return;
	key = schema_add_key(t, primary);
	key->name = xstrdup(primary ? "PRIMARY" : col->name);
	schema_key_add(key, xstrdup(col->name));
}

typedef void attribute_fn(struct sql *s, struct schema_table *t,
    struct schema_column *col);

static void
take_unsigned(struct sql *s, struct schema_table *t,
    struct schema_column *col)
{
	(void)s, (void)t;
	if (!col->is_unsigned)
		typename_suffix(col, "UNSIGNED");
	col->is_unsigned = true;
}

static void
take_zerofill(struct sql *s, struct schema_table *t,
    struct schema_column *col)
{
	take_unsigned(s, t, col);
	typename_suffix(col, "ZEROFILL");
}

static void
take_signed(struct sql *s, struct schema_table *t, struct schema_column *col)
{
	(void)s, (void)t;
	typename_suffix(col, "SIGNED");
}

static void
take_binary(struct sql *s, struct schema_table *t, struct schema_column *col)
{
	(void)s, (void)t;
	typename_suffix(col, "BINARY");
}

static void
take_not(struct sql *s, struct schema_table *t, struct schema_column *col)
{
	(void)t;
	col->required = sql_word(s, "NULL");
}

static void
take_auto_increment(struct sql *s, struct schema_table *t,
    struct schema_column *col)
{
	(void)s, (void)t;
	col->auto_increment = true;
}

static void
take_primary(struct sql *s, struct schema_table *t, struct schema_column *col)
{
	sql_word(s, "KEY");
	add_own_key(t, col, true);
}

static void
take_unique(struct sql *s, struct schema_table *t, struct schema_column *col)
{
	sql_word(s, "KEY");
	add_own_key(t, col, false);
}

static void
take_as(struct sql *s, struct schema_table *t, struct schema_column *col)
{
	if (sql_more(s) && *s->p == '(') {
		col->generated = true;
		sql_skip(s);
	} else {
		parse_row_time(s, t, col);
	}
}

static void
take_check(struct sql *s, struct schema_table *t, struct schema_column *col)
{
	(void)t;
	if (is_json_check(*s, col->name))
		definition_make_json(col);
	sql_skip(s);
}

static void
take_default(struct sql *s, struct schema_table *t, struct schema_column *col)
{
	(void)t;
	free(col->fallback);
	col->fallback = typename_default(s);
}

static void
take_comment(struct sql *s, struct schema_table *t, struct schema_column *col)
{
	(void)t;
	free(col->comment);
	col->comment = definition_comment(s);
}

/* ON UPDATE NOW(6), ON DELETE SET DEFAULT */
static void
take_on(struct sql *s, struct schema_table *t, struct schema_column *col)
{
	(void)t, (void)col;
	sql_skip(s);
	if (sql_word(s, "SET"))
		sql_word(s, "DEFAULT");
}

static void
take_charset(struct sql *s, struct schema_table *t, struct schema_column *col)
{
	(void)t;
	free(col->charset);
	col->charset = typename_charset(s);
}

static void
take_character(struct sql *s, struct schema_table *t,
    struct schema_column *col)
{
	if (sql_word(s, "SET"))
		take_charset(s, t, col);
}

static void
take_collate(struct sql *s, struct schema_table *t, struct schema_column *col)
{
	char *charset = typename_collate(s);

	(void)t;
	if (charset && !col->charset)
		col->charset = charset;
	else
		free(charset);
}

/* What follows a column's type; other words are passed over. */
static void
parse_attribute(struct sql *s, struct schema_table *t,
    struct schema_column *col)
{
	static const struct { const char *word; attribute_fn *take; } rows[] = {
		{ "UNSIGNED", take_unsigned }, { "ZEROFILL", take_zerofill },
		{ "SIGNED", take_signed }, { "BINARY", take_binary },
		{ "NOT", take_not }, { "AUTO_INCREMENT", take_auto_increment },
		{ "PRIMARY", take_primary }, { "KEY", take_primary },
		{ "UNIQUE", take_unique }, { "AS", take_as },
		{ "CHECK", take_check }, { "DEFAULT", take_default },
		{ "COMMENT", take_comment }, { "ON", take_on },
		{ "CHARACTER", take_character }, { "CHARSET", take_charset },
		{ "COLLATE", take_collate },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (sql_word(s, rows[i].word)) {
			rows[i].take(s, t, col);
			return;
		}
	sql_skip(s);
}

/* FIRST | AFTER column, of the last column; false where neither is there. */
static bool
take_place(struct sql *s, struct schema_table *t)
{
	size_t last = t->ncolumns - 1, to = 0;
	const struct schema_column *after;
	struct span name;

	if (sql_word(s, "AFTER") && sql_name(s, &name)) {
		after = schema_column_find(t, name);
		to = after ? (size_t)(after - t->columns) + 1 : last;
	} else if (!sql_word(s, "FIRST")) {
		return false;
	}
	schema_column_move(t, last, to < last ? to : last);
	return true;
}

bool
definition_column(struct sql *s, struct schema_table *t)
{
	struct schema_column *col;
	struct span name;

	if (!sql_name(s, &name))
		return false;
	col = schema_add_column(t);
	col->name = sql_unquote(name);
	typename_parse(s, col);
	if (col->auto_increment)                /* SERIAL */
		add_own_key(t, col, false);
	while (sql_more(s) && *s->p != ',' && *s->p != ')') {
		if (take_place(s, t))
			return true;
		parse_attribute(s, t, col);
	}
	return false;
}

char *
definition_comment(struct sql *s)
{
	struct buf text = { 0 };
	char *comment = NULL;

	sql_sign(s, '=');
	if (sql_string(s, &text))
		comment = xmemdup(text.p ? text.p : "", text.n);
	buf_free(&text);
	return comment;
}

/* What begins a definition that is neither a column nor a key of ours. */
static bool
is_other_definition(struct sql *s)
{
	static const char *const words[] = {
		"INDEX", "KEY", "FULLTEXT", "SPATIAL", "VECTOR", "FOREIGN",
		"CHECK", "PERIOD", "PARTITION",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (sql_word(s, words[i]))
			return true;
	return false;
}

void
definition_parse(struct sql *s, struct schema_table *t)
{
	struct sql at = *s;
	struct span name;

	if (sql_word(&at, "CONSTRAINT")) {
		struct sql named = at;

		if (sql_name(&named, &name) && !parse_key(&at, t))
			at = named;
		*s = at;
		if (!parse_key(s, t))
			skip_definition(s);
		return;
	}
	if (parse_key(s, t))
		return;
	if (is_other_definition(&at)) {
		skip_definition(s);
	} else if (t->ncolumns < MAX_COLUMNS) {
		definition_column(s, t);
	} else {                        /* not of a server */
		t->overflown = true;
		skip_definition(s);
	}
}

void
definitions_parse(struct sql *s, struct schema_table *t)
{
	do {
		definition_parse(s, t);
		skip_definition(s);
	} while (sql_sign(s, ','));
	sql_sign(s, ')');
}


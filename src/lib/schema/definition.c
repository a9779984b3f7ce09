/* SPDX-License-Identifier: MIT */
#include "schema/definition.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "json/write.h"

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

static char *
upper(struct span word)
{
	char *text = xmemdup(word.p, word.n);

	for (char *c = text; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return text;
}

/* A short number, or -1. */
static int64_t
take_number(struct sql *s)
{
	int64_t n = -1;

	sql_more(s);
	for (int i = 0; i < 9 && s->p < s->end &&
	    isdigit((unsigned char)*s->p); i++, s->p++)
		n = (n < 0 ? 0 : n * 10) + (*s->p - '0');
	return n;
}

/* 'a','b': of ENUM and SET, as JSON strings. */
static void
parse_labels(struct sql s, struct schema_column *col)
{
	struct buf text = { 0 }, json = { 0 };

	if (strcmp(col->type, "ENUM") != 0 && strcmp(col->type, "SET") != 0)
		return;
	while (sql_string(&s, &text)) {
		json_string(&json, buf_view(&text));
		col->labels = xreallocarray(col->labels, col->nlabels + 1,
		    sizeof(*col->labels));
		col->labels[col->nlabels++] = xmemdup(json.p, json.n);
		text.n = json.n = 0;
		if (!sql_sign(&s, ','))
			break;
	}
	buf_free(&text);
	buf_free(&json);
}

/* type[(length[, scale])] */
static void
parse_type(struct sql *s, struct schema_column *col)
{
	struct span word;
	struct sql in;

	if (!sql_name(s, &word))
		return;
	col->type = upper(word);
	if (!sql_more(s) || *s->p != '(')
		return;
	in = *s;
	sql_sign(&in, '(');
	parse_labels(in, col);
	col->length = take_number(&in);
	if (sql_sign(&in, ','))
		col->scale = take_number(&in);
	sql_skip(s);
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
	    strcasecmp(name, column) == 0;

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
	struct schema_key *key = schema_add_key(t, primary);

	key->name = xstrdup(primary ? "PRIMARY" : col->name);
	schema_key_add(key, xstrdup(col->name));
}

static void
parse_attribute(struct sql *s, struct schema_table *t,
    struct schema_column *col)
{
	struct buf text = { 0 };

	if (sql_word(s, "UNSIGNED") || sql_word(s, "ZEROFILL")) {
		col->is_unsigned = true;
	} else if (sql_word(s, "PRIMARY")) {
		sql_word(s, "KEY");
		add_own_key(t, col, true);
	} else if (sql_word(s, "UNIQUE")) {
		sql_word(s, "KEY");
		add_own_key(t, col, false);
	} else if (sql_word(s, "KEY")) {
		add_own_key(t, col, true);
	} else if (sql_word(s, "AS")) {
		parse_row_time(s, t, col);
	} else if (sql_word(s, "CHECK")) {
		if (is_json_check(*s, col->name))
			definition_make_json(col);
		sql_skip(s);
	} else if (sql_word(s, "DEFAULT") || sql_word(s, "COMMENT")) {
		if (!sql_string(s, &text))
			sql_skip(s);
	} else {
		sql_skip(s);
	}
	buf_free(&text);
}

void
definition_column(struct sql *s, struct schema_table *t)
{
	struct schema_column *col;
	struct span name;

	if (!sql_name(s, &name))
		return;
	col = schema_add_column(t);
	col->name = sql_unquote(name);
	parse_type(s, col);
	if (!col->type)
		col->type = xstrdup("");
	while (sql_more(s) && *s->p != ',' && *s->p != ')')
		parse_attribute(s, t, col);
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
	if (is_other_definition(&at))
		skip_definition(s);
	else
		definition_column(s, t);
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


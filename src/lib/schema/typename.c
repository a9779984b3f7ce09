/* SPDX-License-Identifier: MIT */
#include "schema/typename.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "json/write.h"
#include "value/charset.h"

enum { MAX_SUFFIX = 64 };       /* bytes; who says more repeats himself */

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

static void
append_word(struct buf *out, struct span word)
{
	if (out->n)
		buf_char(out, ' ');
	for (size_t i = 0; i < word.n; i++)
		buf_char(out, (char)toupper((unsigned char)word.p[i]));
}

/* Types of several words: DOUBLE PRECISION, NATIONAL CHAR VARYING, … */
static void
append_more(struct buf *out, struct sql *s)
{
	static const struct { const char *first, *more[5]; } longer[] = {
		{ "DOUBLE", { "PRECISION" } },
		{ "CHAR", { "VARYING" } }, { "CHARACTER", { "VARYING" } },
		{ "NATIONAL", { "VARCHAR", "VARCHARACTER", "CHARACTER",
		    "CHAR" } },
		{ "NCHAR", { "VARYING", "VARCHAR" } },
		{ "LONG", { "VARCHAR", "VARCHARACTER", "VARBINARY" } },
		{ "NATIONAL CHAR", { "VARYING" } },
		{ "NATIONAL CHARACTER", { "VARYING" } },
	};

	for (size_t i = 0; i < sizeof(longer) / sizeof(*longer); i++) {
		if (!span_is(buf_view(out), longer[i].first))
			continue;
		for (const char *const *m = longer[i].more; *m; m++)
			if (sql_word(s, *m)) {
				append_word(out, span_of(*m));
				break;
			}
	}
}

/* What a type is without being told. */
static void
fill_in(struct schema_column *col)
{
	const char *t = col->type;

	if (schema_column_is_text(col) && (strncmp(t, "NATIONAL", 8) == 0 ||
	    strcmp(t, "NCHAR") == 0 || strcmp(t, "NVARCHAR") == 0))
		col->charset = xstrdup("utf8");
	if (strcmp(t, "SERIAL") == 0) {
		free(col->type);
		col->type = xstrdup("BIGINT");
		col->is_unsigned = col->required = col->auto_increment = true;
		typename_suffix(col, "UNSIGNED");
	}
}

/* Lengths that nobody writes, as Debezium counts them. */
static void
measure(struct schema_column *col)
{
	static const char *const decimals[] = {
		"DECIMAL", "DEC", "FIXED", "NUMERIC", "NUMBER",
	};

	if (strcmp(col->type, "ENUM") == 0 ||
	    (strcmp(col->type, "BIT") == 0 && col->length < 0))
		col->length = 1;
	if (strcmp(col->type, "SET") == 0 && col->nlabels)
		col->length = 2 * (int64_t)col->nlabels - 1;
	for (size_t i = 0; i < sizeof(decimals) / sizeof(*decimals); i++) {
		if (strcmp(col->type, decimals[i]) != 0)
			continue;
		if (col->length < 0)
			col->length = 10;
		if (col->scale < 0)
			col->scale = 0;
	}
}

void
typename_parse(struct sql *s, struct schema_column *col)
{
	struct buf name = { 0 };
	struct span word;

	if (sql_name(s, &word))
		append_word(&name, word);
	append_more(&name, s);
	free(col->type);
	col->type = xmemdup(name.p ? name.p : "", name.n);
	buf_free(&name);
	if (sql_more(s) && *s->p == '(') {
		struct sql in = *s;

		sql_sign(&in, '(');
		if (strcmp(col->type, "ENUM") == 0 ||
		    strcmp(col->type, "SET") == 0)
			parse_labels(in, col);
		col->length = take_number(&in);
		if (sql_sign(&in, ','))
			col->scale = take_number(&in);
		sql_skip(s);
	}
	measure(col);
	fill_in(col);
}

void
typename_suffix(struct schema_column *col, const char *word)
{
	struct buf text = { 0 };

	if (col->suffix && strlen(col->suffix) > MAX_SUFFIX)
		return;
	if (col->suffix)
		buf_str(&text, col->suffix);
	buf_char(&text, ' ');
	buf_str(&text, word);
	free(col->suffix);
	col->suffix = xmemdup(text.p, text.n);
	buf_free(&text);
}

/* A number, or a word and what belongs to it: b'101', NOW(6). */
static void
skip_expression(struct sql *s)
{
	if (*s->p == '-' || *s->p == '+' || *s->p == '.' ||
	    isdigit((unsigned char)*s->p)) {
		do
			s->p++;
		while (s->p < s->end && (isalnum((unsigned char)*s->p) ||
		    *s->p == '.' || ((*s->p == '-' || *s->p == '+') &&
		    (s->p[-1] == 'e' || s->p[-1] == 'E'))));
		return;
	}
	if (sql_word(s, "NEXT")) {              /* NEXT VALUE FOR name */
		sql_skip(s);
		sql_skip(s);
	}
	sql_skip(s);
	if (s->p < s->end && (*s->p == '\'' || *s->p == '('))
		sql_skip(s);
	while (sql_sign(s, '.'))                /* of a name */
		sql_skip(s);
}

char *
typename_default(struct sql *s)
{
	struct buf text = { 0 };
	struct span raw;
	char *value;

	if (sql_word(s, "NULL"))
		return NULL;
	if (sql_string(s, &text)) {
		value = xmemdup(text.p ? text.p : "", text.n);
		buf_free(&text);
		return value;
	}
	buf_free(&text);
	if (!sql_more(s) || *s->p == ')' || *s->p == ',')
		return NULL;
	raw.p = s->p;
	skip_expression(s);
	raw.n = (size_t)(s->p - raw.p);
	if (raw.n > 3 && (raw.p[0] == 'b' || raw.p[0] == 'B') &&
	    raw.p[1] == '\'')
		raw = (struct span){ raw.p + 2, raw.n - 3 };
	while (raw.n && isspace((unsigned char)raw.p[raw.n - 1]))
		raw.n--;
	return xmemdup(raw.p, raw.n);
}

static char *
take_word(struct sql *s)
{
	struct buf text = { 0 };
	struct span word;
	char *name = NULL;

	sql_sign(s, '=');
	if (sql_string(s, &text))
		name = xmemdup(text.p ? text.p : "", text.n);
	else if (sql_name(s, &word))
		name = sql_unquote(word);
	buf_free(&text);
	for (char *c = name; c && *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return name;
}

/* DEFAULT, too, is what it already is. */
char *
typename_charset(struct sql *s)
{
	char *name = take_word(s);

	if (name && strcmp(name, "default") != 0)
		return name;
	free(name);
	return NULL;
}

char *
typename_collate(struct sql *s)
{
	char *name = take_word(s);
	char *end = name ? strchr(name, '_') : NULL;

	if (end)
		*end = '\0';
	if (name && charset_collation(name))
		return name;
	free(name);
	return NULL;
}

const char *
typename_plain(const char *type)
{
	static const char *const names[][2] = {
		{ "INTEGER", "INT" }, { "INT4", "INT" }, { "INT1", "TINYINT" },
		{ "INT2", "SMALLINT" }, { "INT3", "MEDIUMINT" },
		{ "MIDDLEINT", "MEDIUMINT" }, { "INT8", "BIGINT" },
		{ "SERIAL", "BIGINT" }, { "BOOL", "TINYINT" },
		{ "BOOLEAN", "TINYINT" }, { "DEC", "DECIMAL" },
		{ "FIXED", "DECIMAL" }, { "NUMERIC", "DECIMAL" },
		{ "NUMBER", "DECIMAL" }, { "FLOAT4", "FLOAT" },
		{ "FLOAT8", "DOUBLE" }, { "REAL", "DOUBLE" },
		{ "DOUBLE PRECISION", "DOUBLE" }, { "CHARACTER", "CHAR" },
		{ "NCHAR", "CHAR" }, { "NATIONAL CHAR", "CHAR" },
		{ "NATIONAL CHARACTER", "CHAR" }, { "NVARCHAR", "VARCHAR" },
		{ "VARCHARACTER", "VARCHAR" }, { "VARCHAR2", "VARCHAR" },
		{ "NATIONAL VARCHAR", "VARCHAR" },
		{ "CHARACTER VARYING", "VARCHAR" }, { "CLOB", "LONGTEXT" },
		{ "LONG", "MEDIUMTEXT" }, { "LONG VARCHAR", "MEDIUMTEXT" },
		{ "LONG VARBINARY", "MEDIUMBLOB" }, { "XMLTYPE", "LONGTEXT" },
		{ "POINT", "GEOMETRY" }, { "LINESTRING", "GEOMETRY" },
		{ "POLYGON", "GEOMETRY" }, { "MULTIPOINT", "GEOMETRY" },
		{ "MULTILINESTRING", "GEOMETRY" },
		{ "MULTIPOLYGON", "GEOMETRY" },
		{ "GEOMETRYCOLLECTION", "GEOMETRY" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(type, names[i][0]) == 0)
			return names[i][1];
	return type;
}

enum real_type
typename_real(const char *type)
{
	static const struct {
		const char *type;
		enum real_type real;
	} types[] = {
		{ "UUID", REAL_UUID }, { "INET4", REAL_INET4 },
		{ "INET6", REAL_INET6 }, { "VECTOR", REAL_VECTOR },
		{ "JSON", REAL_JSON }, { "TIME", REAL_OLD_TIME },
		{ "DATETIME", REAL_OLD_TIME },
		{ "TIMESTAMP", REAL_OLD_TIME },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(type, types[i].type) == 0)
			return types[i].real;
	return REAL_AS_LOGGED;
}

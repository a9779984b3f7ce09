/* SPDX-License-Identifier: MIT */
#include "schema/type_name.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/hex.h"
#include "json/write.h"
#include "charset/charset.h"
#include "sql/statement.h"

enum { MAX_SUFFIX = 64 };       /* bytes; who says more repeats himself */

/* A number that is the length of something, or -1. */
static int64_t
take_number(struct sql *s)
{
	int64_t n = -1;

	sql_more(s);
	for (int i = 0; i < 18 && s->p < s->end &&
	    isdigit((unsigned char)*s->p); i++, s->p++)
		n = (n < 0 ? 0 : n * 10) + (*s->p - '0');
	return n;
}

/* x'41', 0x41: bytes, if they are ASCII; what else they are depends on a
 * character set. */
static bool
take_hex_literal(struct sql *s, struct buf *out)
{
	const char *p = s->p;
	struct span digits;
	char end = 0;

	if (s->end - p < 3 || p[1] != (*p == '0' ? 'x' : '\'') ||
	    !one_of(*p, "0xX"))
		return false;
	end = *p == '0' ? 0 : '\'';
	digits.p = p += 2;
	while (p < s->end && hex_value(*p) >= 0)
		p++;
	digits.n = (size_t)(p - digits.p);
	if (!hex_take(out, digits) || (end && (p == s->end || *p++ != end)))
		return false;
	s->p = p;
	for (size_t i = 0; i < out->n; i++)
		if ((unsigned char)out->p[i] >= 0x80)
			return false;
	return true;
}

/* Blanks at a label's end are taken off, if it is text. */
static void
add_label(struct schema_column *col, struct span text)
{
	struct buf json = { 0 };

	while (text.n && text.p[text.n - 1] == ' ')
		text.n--;
	json_data(&json, text);
	*ARRAY_ADD(col->labels, col->nlabels) = xmemdup(json.p, json.n);
	buf_free(&json);
}

/* 'a','b': of ENUM and SET, as JSON strings; false if one is written in
 * another way than is understood. */
static bool
parse_labels(struct sql s, struct schema_column *col)
{
	struct buf text = { 0 };
	bool good;

	do {
		text.n = 0;
		good = sql_at_string(&s) ? sql_string(&s, &text) :
		    take_hex_literal(&s, &text);
		if (good)
			add_label(col, buf_view(&text));
	} while (good && sql_sign(&s, ','));
	buf_free(&text);
	return good && sql_sign(&s, ')');
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
	struct sql longest = *s;
	const char *found = NULL, *more;

	for (size_t i = 0; (more = sqltype_longer(buf_view(out), i)); i++) {
		struct sql at = *s;

		if (sql_words(&at, more) && at.p > longest.p) {
			longest = at;
			found = more;
		}
	}
	if (found)
		append_word(out, span_of(found));
	*s = longest;
}

void
type_name_become(struct schema_column *col, const char *type)
{
	free(col->type);
	col->type = xstrdup(type);
}

/* What a type is without being told. */
static void
fill_in(struct schema_column *col)
{
	const char *t = col->type;

	if (strncmp(t, "NATIONAL", 8) == 0 || strncmp(t, "NCHAR", 5) == 0 ||
	    strcmp(t, "NVARCHAR") == 0)
		col->charset = xstrdup("utf8mb3");
	if (strcmp(t, "SERIAL") == 0) {
		type_name_become(col, "BIGINT");
		col->is_unsigned = col->required = col->auto_increment = true;
		type_name_suffix(col, "UNSIGNED");
	}
}

/* What is another type by sql_mode, and (DATE, TIMESTAMP) by the schema in
 * front of it. */
static void
choose_dialect(struct schema_column *col, unsigned mode, unsigned schema)
{
	static const struct {
		unsigned mode, schema;
		const char *type, *real;
	} rows[] = {
		{ 0, SQL_ORACLE, "DATE", "DATETIME" },
		{ 0, SQL_MAXDB, "TIMESTAMP", "DATETIME" },
		{ SQL_ORACLE, 0, "BLOB", "LONGBLOB" },
		{ SQL_ORACLE, 0, "NUMBER", "DECIMAL" },
		{ SQL_REAL_AS_FLOAT, 0, "REAL", "FLOAT" },
	};
	bool bare = col->length < 0;
	size_t i = 0, n = sizeof(rows) / sizeof(*rows);

	while (i < n && !((rows[i].mode & mode || rows[i].schema & schema) &&
	    strcmp(rows[i].type, col->type) == 0))
		i++;
	if (i == n || (!bare && strcmp(col->type, "BLOB") == 0))
		return;
	type_name_become(col, bare && strcmp(col->type, "NUMBER") == 0 ?
	    "DOUBLE" : rows[i].real);
}

/* FLOAT(n): how many bits it must have. */
static void
choose_float(struct schema_column *col)
{
	if (schema_column_type(col)->id != DECLARED_FLOAT ||
	    col->scale >= 0 || col->length <= 24)
		return;
	type_name_become(col, "DOUBLE");
	col->length = -1;
}

/* Lengths that are not written out, as Debezium counts them. */
static void
measure(struct schema_column *col)
{
	switch (schema_column_type(col)->class) {
	case CLASS_ENUM:
		col->length = 1;
		break;
	case CLASS_SET:
		if (col->nlabels)
			col->length = 2 * (int64_t)col->nlabels - 1;
		break;
	case CLASS_BIT:
		if (col->length < 1)
			col->length = 1;
		break;
	case CLASS_DECIMAL:
		if (col->length < 1)
			col->length = 10;
		if (col->scale < 0)
			col->scale = 0;
		break;
	default:
		break;
	}
}

/* oracle_schema.DATE: over the schema; the mode in which it is read. */
static unsigned
take_schema(struct sql *s, struct span *word)
{
	static const struct { const char *name; unsigned mode; } rows[] = {
		{ "mariadb_schema", 0 }, { "oracle_schema", SQL_ORACLE },
		{ "maxdb_schema", SQL_MAXDB },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (span_is_nocase(*word, rows[i].name) && sql_sign(s, '.'))
			return sql_name(s, word), rows[i].mode;
	return s->mode;
}

/* (length[, scale]), or labels */
static bool
take_measures(struct sql *s, struct schema_column *col)
{
	const struct sql_type *type = schema_column_type(col);
	struct sql in = *s;
	bool good = true;

	if (!sql_sign(&in, '('))
		return true;
	if (type->class == CLASS_ENUM || type->class == CLASS_SET) {
		good = parse_labels(in, col);
	} else {
		col->length = take_number(&in);
		if (sql_sign(&in, ','))
			col->scale = take_number(&in);
		good = col->length >= 0 && sql_sign(&in, ')');
	}
	sql_skip(s);
	return good;
}

const char *
type_name_parse(struct sql *s, struct schema_column *col)
{
	struct buf name = { 0 };
	struct span word = { "", 0 };
	unsigned schema = s->mode;
	bool good;

	if (sql_name(s, &word)) {
		schema = take_schema(s, &word);
		append_word(&name, word);
	}
	append_more(&name, s);
	free(col->type);
	col->type = xmemdup(name.p ? name.p : "", name.n);
	buf_free(&name);
	good = take_measures(s, col);
	if (strcmp(col->type, "RAW") == 0)
		type_name_become(col, "VARBINARY");
	choose_dialect(col, s->mode, schema);
	choose_float(col);
	measure(col);
	fill_in(col);
	return !schema_column_type(col)->id ? "a type that is not known" :
	    !good ? "lengths or labels that are not understood" : NULL;
}

void
type_name_suffix(struct schema_column *col, const char *word)
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

/* -1.5e3 */
static void
skip_number(struct sql *s)
{
	do
		s->p++;
	while (s->p < s->end && (isalnum((unsigned char)*s->p) ||
	    *s->p == '.' || ((*s->p == '-' || *s->p == '+') &&
	    (s->p[-1] == 'e' || s->p[-1] == 'E') && s->p + 1 < s->end &&
	    isdigit((unsigned char)s->p[1]))));
}

/* A number, or a word and what belongs to it: b'101', NOW(6), CASE … END. */
static void
skip_expression(struct sql *s)
{
	if (sql_sign(s, '-') || sql_sign(s, '+'))
		sql_more(s);
	if (s->p < s->end && (*s->p == '.' ||
	    isdigit((unsigned char)*s->p))) {
		skip_number(s);
		return;
	}
	if (sql_word(s, "NEXT") || sql_word(s, "PREVIOUS")) {
		sql_skip(s);                    /* VALUE FOR name */
		sql_skip(s);
	}
	if (sql_more(s) && *s->p == '_')        /* _latin1 x'41' */
		sql_skip(s);
	if (sql_word(s, "CASE"))
		while (sql_more(s) && !sql_word(s, "END"))
			sql_skip(s);
	else
		sql_skip(s);
	while (sql_sign(s, '.'))                /* of a name */
		sql_skip(s);
	while (sql_more(s) && (*s->p == '\'' || *s->p == '('))
		sql_skip(s);
}

/* 'one' 'two': one string. */
static bool
take_strings(struct sql *s, struct buf *text)
{
	if (!sql_string(s, text))
		return false;
	while (sql_string(s, text))
		;
	return true;
}

/* ((NULL)) */
static bool
is_null(struct span raw)
{
	while (raw.n > 2 && *raw.p == '(' && raw.p[raw.n - 1] == ')')
		raw = (struct span){ raw.p + 1, raw.n - 2 };
	return span_is_nocase(raw, "NULL");
}

char *
type_name_default(struct sql *s, enum default_kind *kind)
{
	struct buf text = { 0 };
	struct span raw;
	char *value;

	*kind = DEFAULT_TEXT;
	if (sql_word(s, "NULL"))
		return NULL;
	if (take_strings(s, &text)) {
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
	*kind = DEFAULT_OTHER;
	if (raw.n > 3 && (raw.p[0] == 'b' || raw.p[0] == 'B') &&
	    raw.p[1] == '\'') {
		raw = (struct span){ raw.p + 2, raw.n - 3 };
		*kind = DEFAULT_BITS;
	}
	while (raw.n && isspace((unsigned char)raw.p[raw.n - 1]))
		raw.n--;
	return is_null(raw) ? NULL : xmemdup(raw.p, raw.n);
}

static bool
is_number(const char *text)
{
	struct sql s = sql_of(span_of(text));

	if (sql_sign(&s, '-') || sql_sign(&s, '+'))
		sql_more(&s);
	if (s.p == s.end || (*s.p != '.' && !isdigit((unsigned char)*s.p)) ||
	    (s.p[0] == '0' && s.p + 1 < s.end &&
	    isalpha((unsigned char)s.p[1])))
		return false;
	skip_number(&s);
	return s.p == s.end;
}

/* A number that is the same as a string: not 007, 1e3, .5. */
static bool
is_plain(const char *text)
{
	const char *p = text + (*text == '-');
	size_t whole = strspn(p, "0123456789");

	return whole && (p[0] != '0' || whole == 1) && (!p[whole] ||
	    (p[whole] == '.' && p[whole + 1]));
}

/* Is a number that is a column's default written like a string of it? */
static bool
is_value(const struct schema_column *column, const char *text)
{
	switch (schema_column_type(column)->class) {
	case CLASS_BIT:
	case CLASS_ENUM:
	case CLASS_SET:
		return false;
	case CLASS_TEXT:
	case CLASS_BINARY:
		return is_number(text) && is_plain(text);
	default:
		return is_number(text);
	}
}

/* The text is now what SQL has for it. */
static char *
quote_default(char *text, const char *before, char quote)
{
	struct buf sql = { 0 };

	buf_str(&sql, before);
	sql_put_quoted(&sql, span_of(text), quote);
	free(text);
	return buf_cstr(&sql);
}

/* Digits alone are bits of a BIT, and numbers of other types. */
void
type_name_set_default(struct schema_column *column, char *text,
    enum default_kind kind)
{
	bool bit = schema_column_type(column)->id == DECLARED_BIT;
	bool value = kind == DEFAULT_TEXT ? !bit :
	    kind == DEFAULT_BITS ? bit : text && is_value(column, text);

	free(column->fallback);
	if (text && !value && kind != DEFAULT_OTHER)
		text = quote_default(text, kind == DEFAULT_BITS ? "b" : "",
		    '\'');
	column->fallback = text;
	column->computed = text && !value;
	column->told = true;
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
type_name_charset(struct sql *s)
{
	char *name = take_word(s);

	if (name && strcmp(name, "default") != 0)
		return name;
	free(name);
	return NULL;
}

/* uca1400_ai_ci is of the set that is there already. */
char *
type_name_collate(struct sql *s)
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

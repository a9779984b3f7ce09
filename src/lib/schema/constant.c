/* SPDX-License-Identifier: MIT */
#include "schema/constant.h"

#include <ctype.h>

#include "sql/lex.h"
#include "value/sqltype.h"

/* ((5)) */
static struct span
inside(struct span sql)
{
	for (;;) {
		while (sql.n && isspace((unsigned char)*sql.p))
			sql = (struct span){ sql.p + 1, sql.n - 1 };
		while (sql.n && isspace((unsigned char)sql.p[sql.n - 1]))
			sql.n--;
		if (sql.n < 2 || *sql.p != '(' || sql.p[sql.n - 1] != ')')
			return sql;
		sql = (struct span){ sql.p + 1, sql.n - 2 };
	}
}

static bool
is_digits(struct span text)
{
	size_t point = 0, i = text.n && *text.p == '-';

	if (i == text.n)
		return false;
	for (; i < text.n; i++) {
		point += text.p[i] == '.';
		if (text.p[i] != '.' && !isdigit((unsigned char)text.p[i]))
			return false;
	}
	return point <= 1 && text.p[text.n - 1] != '.';
}

/* A string; of one with a backslash the session decides what it is. */
static bool
take_string(struct span sql, struct buf *text)
{
	struct sql at = sql_of(sql);
	size_t was = text->n;

	if (sql.n && *sql.p == '\'' && !memchr(sql.p, '\\', sql.n) &&
	    sql_string(&at, text) && at.p == at.end)
		return true;
	text->n = was;
	return false;
}

static enum constant
read_expression(struct span sql, struct buf *text)
{
	sql = inside(sql);
	if (take_string(sql, text))
		return CONSTANT_STRING;
	if (span_is_nocase(sql, "TRUE") || span_is_nocase(sql, "FALSE"))
		buf_char(text, toupper((unsigned char)*sql.p) == 'T' ? '1' :
		    '0');
	else if (is_digits(sql))
		buf_span(text, sql);
	else
		return CONSTANT_UNKNOWN;
	return CONSTANT_DIGITS;
}

enum constant
constant_of(const struct schema_column *col, struct buf *text)
{
	if (!col->told || col->auto_increment || col->generated)
		return CONSTANT_UNKNOWN;
	if (!col->fallback)
		return CONSTANT_ABSENT;
	if (col->computed)
		return read_expression(span_of(col->fallback), text);
	buf_str(text, col->fallback);
	return schema_column_type(col)->class == CLASS_BIT ? CONSTANT_BITS :
	    CONSTANT_STRING;
}

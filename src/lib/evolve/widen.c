/* SPDX-License-Identifier: MIT */
#include "evolve/widen.h"

#include <stdlib.h>

#include "base/integer.h"
#include "charset/charset.h"
#include "evolve/define.h"
#include "json/scan.h"
#include "schema/type_name.h"
#include "sql/lex.h"

enum family {
	OTHER, INTEGER, DECIMAL, FLOATING, BITS, TEXT, BYTES, LABELS, TIMES,
};

/*
 * THE TABLE: size is bytes of an integer, decimal digits beside it; the rank
 * of FLOATING and TIMES; of TEXT and BYTES what no length says, bytes, or 0.
 */
static const struct kind {
	const char *name;
	enum family family;
	uint64_t size;
	unsigned digits;
	bool fixed;             /* padded to its length */
} kinds[] = {
	{ "TINYINT", INTEGER, 1, 3, 0 }, { "SMALLINT", INTEGER, 2, 5, 0 },
	{ "MEDIUMINT", INTEGER, 3, 8, 0 }, { "INT", INTEGER, 4, 10, 0 },
	{ "BIGINT", INTEGER, 8, 20, 0 }, { "DECIMAL", DECIMAL, 0, 0, 0 },
	{ "FLOAT", FLOATING, 1, 0, 0 }, { "DOUBLE", FLOATING, 2, 0, 0 },
	{ "BIT", BITS, 0, 0, 0 }, { "CHAR", TEXT, 0, 0, 1 },
	{ "VARCHAR", TEXT, 0, 0, 0 }, { "TINYTEXT", TEXT, 255, 0, 0 },
	{ "TEXT", TEXT, 65535, 0, 0 }, { "MEDIUMTEXT", TEXT, 16777215, 0, 0 },
	{ "LONGTEXT", TEXT, UINT32_MAX, 0, 0 },
	{ "JSON", TEXT, UINT32_MAX, 0, 0 }, { "BINARY", BYTES, 0, 0, 1 },
	{ "VARBINARY", BYTES, 0, 0, 0 }, { "TINYBLOB", BYTES, 255, 0, 0 },
	{ "BLOB", BYTES, 65535, 0, 0 }, { "MEDIUMBLOB", BYTES, 16777215, 0, 0 },
	{ "LONGBLOB", BYTES, UINT32_MAX, 0, 0 }, { "ENUM", LABELS, 1, 0, 0 },
	{ "SET", LABELS, 2, 0, 0 }, { "DATE", TIMES, 1, 0, 0 },
	{ "DATETIME", TIMES, 2, 0, 0 }, { "TIME", TIMES, 4, 0, 0 },
	{ "TIMESTAMP", TIMES, 8, 0, 0 },
};

/* A type, of either side. */
struct width {
	const struct kind *kind;
	uint64_t length, scale;
	bool is_unsigned;
	const char *charset;    /* of TEXT and LABELS, or NULL */
	unsigned most;          /* bytes of a character */
};

static const struct kind *
kind_of(struct span name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (span_is_nocase(name, kinds[i].name))
			return &kinds[i];
	return NULL;
}

static unsigned
bytes_of(const char *charset)
{
	const struct charset *set = charset ?
	    charset_of_collation(charset_collation(charset)) : NULL;

	return set ? set->mbmaxlen : 4;
}

/* "decimal(10,2) unsigned"; FLOAT(7,2) is a type of its own. */
static struct width
width_of_target(const struct target_column *to)
{
	size_t n = strcspn(to->type, "( ");
	const char *at = to->type + n;
	struct span rest;
	struct width w = { .kind = kind_of((struct span){ to->type, n }),
		.is_unsigned = to->is_unsigned, .charset = to->charset,
		.most = bytes_of(to->charset) };

	if (w.kind && w.kind->family == FLOATING && *at == '(')
		w.kind = NULL;
	if (!w.kind || *at != '(' || w.kind->family == LABELS)
		return w;
	rest = span_of(at + 1);
	if (integer_take(&rest, UINT64_MAX, &w.length) &&
	    one_of(rest.p[0], ",")) {
		rest = span_of(rest.p + 1);
		integer_take(&rest, UINT64_MAX, &w.scale);
	}
	return w;
}

static struct width
width_of_source(const struct schema_column *from)
{
	const char *type = type_name_plain(from->type);
	struct width w = { .kind = kind_of(span_of(type)),
		.length = from->length < 0 ? 0 : (uint64_t)from->length,
		.scale = from->scale < 0 ? 0 : (uint64_t)from->scale,
		.is_unsigned = from->is_unsigned, .charset = from->charset,
		.most = bytes_of(from->charset) };

	if (w.kind && w.kind->family == FLOATING && from->scale >= 0)
		w.kind = NULL;
	if (w.kind && from->length < 0 && (w.kind->fixed ||
	    w.kind->family == BITS))
		w.length = 1;
	if (w.kind && w.kind->family == DECIMAL && from->length < 0)
		w.length = 10;
	/* of a map that does not tell it, the length is one of bytes */
	if (w.kind && w.kind->family == TEXT && !w.charset && !from->told)
		w.kind = NULL;
	return w;
}

/* ---- does one hold all that the other may? */

static bool
holds_decimal(const struct width *a, const struct width *b)
{
	uint64_t whole = b->kind->family == INTEGER ? b->kind->digits :
	    b->length - b->scale;

	if (b->kind->family != INTEGER && b->kind->family != DECIMAL)
		return false;
	return a->length - a->scale >= whole && a->scale >= b->scale &&
	    (!a->is_unsigned || b->is_unsigned);
}

static bool
holds_integer(const struct width *a, const struct width *b)
{
	if (a->is_unsigned)
		return b->is_unsigned && a->kind->size >= b->kind->size;
	return b->is_unsigned ? a->kind->size > b->kind->size :
	    a->kind->size >= b->kind->size;
}

static bool
holds_length(const struct width *a, const struct width *b)
{
	if (a->kind->size && b->kind->size)
		return a->kind->size >= b->kind->size;
	if (a->kind->size)
		return a->kind->size >= b->length * (b->kind->family == TEXT ?
		    b->most : 1);
	return !b->kind->size && a->length >= b->length;
}

/* DATE in DATETIME(6), TIME in TIME(3) */
static bool
holds_time(const struct width *a, const struct width *b)
{
	bool date = a->kind->size == 2 && b->kind->size == 1;

	return date || (a->kind->size == b->kind->size &&
	    a->length >= b->length);
}

/* Of labels: see holds_labels(). */
static bool
holds(const struct width *a, const struct width *b)
{
	if (a->kind->family == DECIMAL)
		return holds_decimal(a, b);
	if (a->kind->family != b->kind->family)
		return false;
	switch (a->kind->family) {
	case INTEGER:
		return holds_integer(a, b);
	case FLOATING:
		return a->kind->size >= b->kind->size &&
		    (!a->is_unsigned || b->is_unsigned);
	case BITS:
		return a->length >= b->length;
	case TEXT:
	case BYTES:
		return holds_length(a, b);
	case TIMES:
		return holds_time(a, b);
	default:
		return false;
	}
}

static bool
is_label(const char *json, struct span label)
{
	struct buf text = { 0 };
	bool same = json_unescape(&text, json_inside(span_of(json))) &&
	    span_eq(buf_view(&text), label);

	buf_free(&text);
	return same;
}

/* Labels that are appended; the same from the first on. */
static enum widen
judge_labels(const struct width *was, const struct width *is,
    const struct target_column *to, const struct schema_column *from)
{
	size_t n = to->nlabels < from->nlabels ? to->nlabels : from->nlabels;

	if (!to->nlabels || !from->nlabels)
		return WIDEN_NO;
	if (was->kind != is->kind)
		return WIDEN_CANNOT;
	for (size_t i = 0; i < n; i++)
		if (!is_label(from->labels[i], to->labels[i]))
			return WIDEN_CANNOT;
	return from->nlabels > n ? WIDEN_YES : WIDEN_NO;
}

/* BINARY pads what it keeps with zeros, and CHAR loses blanks at the end. */
static bool
pads(const struct width *a, const struct width *b)
{
	return a->kind->fixed && !b->kind->fixed &&
	    a->kind->family == b->kind->family;
}

static enum widen
judge_type(const struct target_column *to, const struct schema_column *from)
{
	struct width was = width_of_target(to), is = width_of_source(from);

	if (!was.kind || !is.kind)
		return WIDEN_NO;
	if (was.kind->family == LABELS && is.kind->family == LABELS)
		return judge_labels(&was, &is, to, from);
	if (holds(&was, &is) && !pads(&was, &is))
		return WIDEN_NO;
	return holds(&is, &was) ? WIDEN_YES : WIDEN_CANNOT;
}

/* ---- character sets, NULL */

static bool
is_one_of(const char *charset, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(charset, *list) == 0)
			return true;
	return false;
}

/* Has the source's set all characters of the target's, and more? */
static bool
is_wider_set(const struct target_column *to, const struct schema_column *from)
{
	static const char *const all[] = { "utf8mb4", "utf16", "utf16le",
		"utf32", "binary", NULL };
	static const char *const plane[] = { "utf8mb3", "utf8", "ucs2", NULL };

	if (!to->charset || !from->charset || (to->class != CLASS_TEXT &&
	    to->class != CLASS_ENUM && to->class != CLASS_SET) ||
	    strcmp(to->charset, from->charset) == 0 ||
	    is_one_of(to->charset, all) || !charset_collation(from->charset))
		return false;
	return strcmp(from->charset, "utf8mb4") == 0 ||
	    strcmp(to->charset, "ascii") == 0 ||
	    (is_one_of(from->charset, plane) && !is_one_of(to->charset, plane));
}

static bool
takes_null(const struct target_column *to, const struct schema_column *from)
{
	return !to->nullable && !from->required && !from->auto_increment &&
	    to->key_part < 0;
}

enum widen
widen_judge(const struct target_column *to, const struct schema_column *from)
{
	enum widen type = WIDEN_NO;

	if (to->computed || from->row_time)
		return WIDEN_NO;
	if (*from->type)
		type = judge_type(to, from);
	if (type != WIDEN_NO)
		return type;
	return takes_null(to, from) || is_wider_set(to, from) ? WIDEN_YES :
	    WIDEN_NO;
}

/* ---- the definition */

struct span
widen_line(struct span table, const char *column)
{
	const char *end = table.p + table.n;

	for (const char *p = table.p; p < end;) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		struct span line = span_between(p, stop ? stop : end);
		struct sql at = sql_of(line);
		struct span name;
		char *text;
		bool found;

		p = line.p + line.n + 1;
		if (!sql_more(&at) || *at.p != '`' || !sql_name(&at, &name))
			continue;
		text = sql_unquote(name);
		found = strcmp(text, column) == 0;
		free(text);
		if (line.p[line.n - 1] == ',')
			line.n--;
		if (found)
			return line;
	}
	return (struct span){ NULL, 0 };
}

/* The type of a line, and the words that belong to it: where it is, is
 * returned, and the line is behind it. */
static struct span
over_type(struct sql *line)
{
	struct span name, type = { line->p, 0 };

	sql_name(line, &name);
	sql_more(line);
	type.p = line->p;
	sql_skip(line);
	if (sql_more(line) && *line->p == '(')
		sql_skip(line);
	while (sql_word(line, "UNSIGNED") || sql_word(line, "ZEROFILL"))
		;
	type.n = (size_t)(line->p - type.p);
	return type;
}

/* A CHAR of the source pads what a VARCHAR of the target has not padded. */
static int
put_type(struct statement *sql, const struct target_column *to,
    const struct schema_column *from, struct err *err)
{
	struct width was = width_of_target(to), is = width_of_source(from);
	struct schema_column col = *from;
	char varchar[] = "VARCHAR", varbinary[] = "VARBINARY",
	    longtext[] = "LONGTEXT";

	if (is.kind->fixed && !was.kind->fixed)
		col.type = is.kind->family == TEXT ? varchar : varbinary;
	if (col.type != from->type)
		col.length = (int64_t)is.length;
	if (strcmp(is.kind->name, "JSON") == 0)
		col.type = longtext;
	return define_type(sql, &col, err);
}

/* [CHARACTER SET x] [COLLATE y], as it is or the source's. */
static void
put_charset(struct statement *sql, struct sql *line,
    const struct target_column *to, const struct schema_column *from)
{
	struct span collation = { NULL, 0 };
	const char *begin = line->p;

	if (sql_word(line, "CHARACTER") && sql_word(line, "SET"))
		sql_skip(line);
	if (sql_word(line, "COLLATE"))
		sql_name(line, &collation);
	if (!is_wider_set(to, from)) {
		statement_add(sql, SQL(" "),
		    SQL_FOREIGN(span_between(begin, line->p)));
		return;
	}
	statement_add(sql, SQL(" CHARACTER SET "),
	    SQL_WORD(span_of(from->charset)));
	if (to->key_part >= 0 || (collation.n > 4 && memcmp(collation.p +
	    collation.n - 4, "_bin", 4) == 0))
		statement_add(sql, SQL(" COLLATE "),
		    SQL_WORD(span_of(from->charset)), SQL("_bin"));
}

int
widen_define(struct statement *sql, const struct target_column *to,
    const struct schema_column *from, struct span name, struct span line,
    struct err *err)
{
	struct sql at = sql_of(line);
	struct span type = over_type(&at);

	statement_add(sql, SQL_NAME(name), SQL(" "));
	if (!*from->type || judge_type(to, from) != WIDEN_YES)
		statement_add(sql, SQL_FOREIGN(type));
	else if (put_type(sql, to, from, err) < 0)
		return -1;
	put_charset(sql, &at, to, from);
	if (takes_null(to, from)) {
		statement_add(sql, SQL(" NULL"));
		if (sql_word(&at, "NOT"))
			sql_word(&at, "NULL");
	}
	statement_add(sql, SQL(" "), SQL_FOREIGN(span_between(at.p, at.end)));
	return 0;
}

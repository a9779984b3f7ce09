/* SPDX-License-Identifier: MIT */
#include "evolve/widen.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/integer.h"
#include "charset/charset.h"
#include "db/query.h"
#include "evolve/define.h"
#include "json/scan.h"
#include "sql/lex.h"

/* A type, of either side. */
struct width {
	const struct sql_type *type;    /* NULL: not to be compared */
	uint64_t length, scale;
	bool is_unsigned;
	const char *charset;    /* of text and labels, or NULL */
	unsigned most;          /* bytes of a character */
};

static bool
is_labels(const struct sql_type *type)
{
	return type->class == CLASS_ENUM || type->class == CLASS_SET;
}

static bool
is_real(const struct sql_type *type)
{
	return type->class == CLASS_FLOAT || type->class == CLASS_DOUBLE;
}

/* Padded to its length. */
static bool
is_fixed(const struct sql_type *type)
{
	return type->log == COLUMN_STRING;
}

/* NULL where one cannot be told to hold another. */
static const struct sql_type *
comparable(const struct sql_type *type)
{
	return type->class == CLASS_OTHER || type->class == CLASS_YEAR ||
	    type->class == CLASS_GEOMETRY || type->class == CLASS_VECTOR ?
	    NULL : type;
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
	struct width w = { .type = comparable(sqltype_named(
		(struct span){ to->type, n })),
		.is_unsigned = to->is_unsigned, .charset = to->charset,
		.most = bytes_of(to->charset) };

	if (w.type && is_real(w.type) && *at == '(')
		w.type = NULL;
	if (!w.type || *at != '(' || is_labels(w.type))
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
	struct width w = { .type = comparable(schema_column_type(from)),
		.length = from->length < 0 ? 0 : (uint64_t)from->length,
		.scale = from->scale < 0 ? 0 : (uint64_t)from->scale,
		.is_unsigned = from->is_unsigned, .charset = from->charset,
		.most = bytes_of(from->charset) };

	if (w.type && is_real(w.type) && from->scale >= 0)
		w.type = NULL;
	if (!w.type)
		return w;
	if (from->length < 0)
		w.length = w.type->class == CLASS_DECIMAL ? 10 :
		    is_fixed(w.type) || w.type->class == CLASS_BIT;
	/* of a map that does not tell it, the length is one of bytes */
	if (w.type->class == CLASS_TEXT && !w.charset && !from->told)
		w.type = NULL;
	return w;
}

/* ---- does one hold all that the other may? */

static bool
holds_decimal(const struct width *a, const struct width *b)
{
	static const unsigned digits[] = {      /* of so many bytes */
		[1] = 3, [2] = 5, [3] = 8, [4] = 10, [8] = 20,
	};
	bool integer = b->type->class == CLASS_INT;
	uint64_t whole = integer ? digits[b->type->width] :
	    b->length - b->scale;

	if (!integer && b->type->class != CLASS_DECIMAL)
		return false;
	return a->length - a->scale >= whole && a->scale >= b->scale &&
	    (!a->is_unsigned || b->is_unsigned);
}

static bool
holds_integer(const struct width *a, const struct width *b)
{
	if (a->is_unsigned)
		return b->is_unsigned && a->type->width >= b->type->width;
	return b->is_unsigned ? a->type->width > b->type->width :
	    a->type->width >= b->type->width;
}

static bool
holds_real(const struct width *a, const struct width *b)
{
	return is_real(b->type) && a->type->width >= b->type->width &&
	    (!a->is_unsigned || b->is_unsigned);
}

/* Bytes of a LOB; 0 of what has a length of its own. */
static uint64_t
lob_size(const struct sql_type *type)
{
	return type->log == COLUMN_BLOB ?
	    ((uint64_t)1 << 8 * type->width) - 1 : 0;
}

static bool
holds_length(const struct width *a, const struct width *b)
{
	uint64_t most = lob_size(a->type), lob = lob_size(b->type);

	if (most && lob)
		return most >= lob;
	if (most)
		return most >= b->length *
		    (b->type->class == CLASS_TEXT ? b->most : 1);
	return !lob && a->length >= b->length;
}

/* DATE in DATETIME(6), TIME in TIME(3).  Of labels: see judge_labels(). */
static bool
holds(const struct width *a, const struct width *b)
{
	if (a->type->class == CLASS_DECIMAL)
		return holds_decimal(a, b);
	if (is_real(a->type))
		return holds_real(a, b);
	if (a->type->class == CLASS_DATETIME && b->type->class == CLASS_DATE)
		return true;
	if (a->type->class != b->type->class || is_labels(a->type))
		return false;
	if (a->type->class == CLASS_INT)
		return holds_integer(a, b);
	if (a->type->class == CLASS_TEXT || a->type->class == CLASS_BINARY)
		return holds_length(a, b);
	return a->length >= b->length;
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
	if (was->type != is->type)
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
	return is_fixed(a->type) && !is_fixed(b->type) &&
	    a->type->class == b->type->class;
}

static enum widen
judge_type(const struct target_column *to, const struct schema_column *from)
{
	struct width was = width_of_target(to), is = width_of_source(from);

	if (!was.type || !is.type)
		return WIDEN_NO;
	if (is_labels(was.type) && is_labels(is.type))
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

static bool
has_more_labels(const struct target_column *to,
    const struct schema_column *from)
{
	if (!to->nlabels || !from->nlabels)
		return false;
	for (size_t i = 0; i < to->nlabels; i++)
		if (i >= from->nlabels || !is_label(from->labels[i],
		    to->labels[i]))
			return true;
	return false;
}

bool
widen_is_more(const struct target_column *to,
    const struct schema_column *from)
{
	struct width was = width_of_target(to), is = width_of_source(from);

	if (to->computed || from->row_time)
		return false;
	if (from->generated || (to->nullable && from->required &&
	    to->key_part < 0))
		return true;
	if (!was.type || !is.type)
		return false;
	if (is_labels(was.type) && is_labels(is.type))
		return has_more_labels(to, from);
	return !holds(&is, &was) || pads(&is, &was) || (to->charset &&
	    from->charset && strcmp(to->charset, from->charset) != 0 &&
	    !is_wider_set(to, from));
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
 * returned, and the line is after it. */
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

	if (is_fixed(is.type) && !is_fixed(was.type))
		col.type = is.type->class == CLASS_TEXT ? varchar : varbinary;
	if (col.type != from->type)
		col.length = (int64_t)is.length;
	if (is.type->id == DECLARED_JSON)
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

static int
take_lines(void *arg, char **v, size_t n)
{
	char **lines = arg;

	if (n >= 2 && v[1] && !*lines)
		*lines = xstrdup(v[1]);
	return 0;
}

int
widen_read(struct db *db, const struct target *t, const char *column,
    char **lines, struct span *line, struct err *err)
{
	if (!*lines && db_rows(db, take_lines, lines, err,
	    SQL("SHOW CREATE TABLE "), target_sql(t)) < 0)
		return -1;
	*line = widen_line(span_of(*lines ? *lines : ""), column);
	return 0;
}

/* SPDX-License-Identifier: MIT
 *
 * A value of a row as a literal, which its own column takes unchanged.
 */
#include "charset/charset.h"
#include "convert/check_value.h"
#include "format/format.h"
#include "format/format_text.h"
#include "format/sql.h"
#include "format/sql_value.h"

static bool
has_exponent(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == 'e' || text.p[i] == 'E')
			return true;
	return false;
}

/* Would bytes that a session has not as characters (SET NAMES binary) be its
 * value, as they are? */
static bool
takes_bytes(const struct format_column *column)
{
	const struct charset *set = column->as.set;

	switch (column->as.class) {
	case CLASS_OTHER:       /* UUID, INET6 */
		return true;
	case CLASS_TEXT:
	case CLASS_ENUM:
	case CLASS_SET:
		return !set || charset_is_wide(set);
	default:
		return false;
	}
}

static void
put_text(struct sql_value *to, const struct format_column *column,
    struct span text)
{
	if (to->anywhere && takes_bytes(column))
		statement_add(to->sql, SQL_CHARACTERS(text));
	else if (to->anywhere)
		statement_add(to->sql, SQL_TEXT_ANYWHERE(text));
	else
		statement_add(to->sql, SQL_TEXT(text));
}

static void
put_number(struct sql_value *to, const struct format_column *column,
    struct span text)
{
	enum type_class class = column->as.class;

	if ((class == CLASS_FLOAT || class == CLASS_DOUBLE) &&
	    has_exponent(text)) {
		to->bytes->n = 0;
		buf_span(to->bytes, text);
		check_value_at_limit(&column->as, to->bytes, 0);
		text = buf_view(to->bytes);
	}
	/* -0 and digits without end are what a text keeps */
	if ((class == CLASS_INT || class == CLASS_DECIMAL ||
	    column->as.numbered) && !has_exponent(text))
		statement_add(to->sql, SQL_DECIMAL(text));
	else
		put_text(to, column, text);
}

/* What is not simply text: bytes of the column's character set, the number of
 * a label. */
static int
put_converted(struct formatter *f, struct sql_value *to,
    const struct format_table *table, const struct format_cell *cell,
    struct err *err)
{
	struct conversion *c = &cell->column->conversion;
	struct buf *out = &f->scratch;

	out->n = 0;
	buf_room(out, 1);
	switch (convert(c, cell->json, out)) {
	case CONVERT_BAD:
		return format_text_refuse(table, cell, c->why, c->hint, err);
	case CONVERT_NULL:
		statement_add(to->sql, SQL("NULL"));
		break;
	case CONVERT_BYTES:
		statement_add(to->sql, SQL("CONVERT("), SQL_BYTES(
		    buf_view(out)), SQL(" USING "),
		    SQL_WORD(span_of(c->to->charset)), SQL(")"));
		break;
	default:
		if (c->to->numbered)
			put_number(to, cell->column, buf_view(out));
		else if (c->to->bytes)
			statement_add(to->sql, SQL_BYTES(buf_view(out)));
		else
			put_text(to, cell->column, buf_view(out));
	}
	to->needs_lenient = to->needs_lenient || c->lenient;
	return 0;
}

/* The error value of an ENUM, which no strict mode takes. */
static bool
is_no_label(const struct format_column *column, struct span text)
{
	if (column->as.class != CLASS_ENUM || text.n)
		return false;
	for (size_t i = 0; i < column->as.nlabels; i++)
		if (!column->as.labels[i].n)
			return false;
	return true;
}

/* Does the server make of a text what it was?  Of characters that its column's
 * set has in another way, and bytes that are none, it does not. */
static bool
is_as_it_was(const struct format_column *column, struct span text)
{
	const struct charset *set = column->as.set;

	if (!set || charset_is_utf8(set))
		return !charset_has_strays(text);
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] >= 0x80 || text.p[i] == '\\' ||
		    text.p[i] == '~')
			return false;
	return true;
}

static bool
is_special(const struct format_column *column)
{
	return column->as.numbered || column->as.class == CLASS_VECTOR ||
	    column->conversion.encoding == ENC_SOME_JSON;
}

static int
put_null(struct formatter *f, struct sql_value *to,
    const struct format_table *table, const struct format_cell *cell,
    struct err *err)
{
	const struct target_column *as = &cell->column->as;

	if (!as->nullable && !as->computed)
		return put_converted(f, to, table, cell, err);
	statement_add(to->sql, SQL("NULL"));
	return 0;
}

int
sql_value_write(struct formatter *f, struct sql_value *to,
    const struct format_table *table, const struct format_cell *cell,
    struct err *err)
{
	struct format_value v;

	if (!cell->column->schema)
		return format_text_refuse(table, cell, "its type is not known",
		    NULL, err);
	if (cell->json.p[0] == 'n')
		return put_null(f, to, table, cell, err);
	if (is_special(cell->column))
		return put_converted(f, to, table, cell, err);
	if (format_text(f, table, cell, &v, err) < 0)
		return -1;
	switch (v.kind) {
	case VALUE_NUMBER:
		put_number(to, cell->column, v.bytes);
		return 0;
	case VALUE_BYTES:
		statement_add(to->sql, SQL_BYTES(v.bytes));
		return 0;
	case VALUE_TEXT:
		if (cell->column->as.class == CLASS_DECIMAL ||
		    cell->column->as.class == CLASS_INT) {
			put_number(to, cell->column, v.bytes);
			return 0;
		}
		if (!is_as_it_was(cell->column, v.bytes))
			return put_converted(f, to, table, cell, err);
		to->needs_lenient = to->needs_lenient ||
		    is_no_label(cell->column, v.bytes);
		break;
	default:
		break;
	}
	put_text(to, cell->column, v.bytes);
	return 0;
}

int
sql_value_put(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct err *err)
{
	struct sql_writer *w = sql_writer_of(f);
	struct sql_value to = { .sql = &w->sql, .bytes = &w->bytes };
	int status = sql_value_write(f, &to, table, cell, err);

	w->needs_lenient = w->needs_lenient || to.needs_lenient;
	return status;
}

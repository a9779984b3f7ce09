/* SPDX-License-Identifier: MIT */
#include "format/singer_value.h"

#include <ctype.h>

#include "base/hex.h"
#include "format/format.h"
#include "format/format_text.h"
#include "json/scalar.h"
#include "json/write.h"

/* ---- types */

/* THE TABLE, of the classes of types.  Null is a value of every column: a date
 * that does not exist is one, whatever the column says. */
static const char *const schemas[] = {
	[CLASS_OTHER] = "\"string\"]",
	[CLASS_DECIMAL] = "\"number\"]", [CLASS_FLOAT] = "\"number\"]",
	[CLASS_DOUBLE] = "\"number\"]", [CLASS_BIT] = "\"integer\"]",
	[CLASS_YEAR] = "\"integer\"]",
	[CLASS_DATE] = "\"string\"],\"format\":\"date\"",
	[CLASS_TIME] = "\"string\"]",
	[CLASS_DATETIME] = "\"string\"],\"format\":\"date-time\"",
	[CLASS_TIMESTAMP] = "\"string\"],\"format\":\"date-time\"",
	[CLASS_BINARY] = "\"string\"],\"format\":\"binary\"",
	[CLASS_GEOMETRY] = "\"string\"],\"format\":\"binary\"",
	[CLASS_ENUM] = "\"string\"]", [CLASS_SET] = "\"string\"]",
	[CLASS_VECTOR] = "\"array\"],\"items\":{\"type\":\"number\"}",
};

static void
put_integer(struct buf *out, unsigned bytes, bool is_unsigned)
{
	uint64_t most = UINT64_MAX >> (64 - 8 * bytes + !is_unsigned);

	buf_str(out, "\"integer\"],\"minimum\":");
	if (is_unsigned)
		buf_char(out, '0');
	else
		buf_i64(out, -(int64_t)most - 1);
	buf_str(out, ",\"maximum\":");
	buf_u64(out, most);
}

void
singer_value_schema(struct buf *out, const struct schema_column *column)
{
	const struct sql_type *type = schema_column_type(column);

	buf_str(out, "{\"type\":[\"null\",");
	if (type->class == CLASS_INT) {
		put_integer(out, type->width, column->is_unsigned);
	} else if (type->class == CLASS_BIT && column->length == 1) {
		buf_str(out, "\"boolean\"]");
	} else if (type->class == CLASS_TEXT) {
		buf_str(out, "\"string\"]");
		if (column->length > 0) {
			buf_str(out, ",\"maxLength\":");
			buf_i64(out, column->length);
		}
	} else {
		buf_str(out, schemas[type->class]);
	}
	buf_char(out, '}');
}

/* ---- values */

/* The number of n digits; -1: they are none. */
static int
digits_at(struct span text, size_t at, size_t n)
{
	int v = 0;

	if (text.n < at + n)
		return -1;
	for (size_t i = at; i < at + n; i++) {
		if (!isdigit((unsigned char)text.p[i]))
			return -1;
		v = 10 * v + text.p[i] - '0';
	}
	return v;
}

/* YYYY-MM-DD, a day of the calendar that Python knows, too. */
static bool
is_day(struct span text)
{
	static const int days[] = { 0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int year = digits_at(text, 0, 4), month = digits_at(text, 5, 2);
	int day = digits_at(text, 8, 2);
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return year > 0 && month > 0 && month <= 12 && day > 0 &&
	    day <= days[month] && (month != 2 || day < 29 || leap);
}

static int
put_date(const struct format_table *table, const struct format_cell *cell,
    struct span text, struct buf *out, struct err *err)
{
	bool time = cell->column->as.class != CLASS_DATE;

	if (!is_day(text) || (time ? text.n < 19 : text.n != 10))
		return format_text_refuse(table, cell, "no date that exists",
		    "cdc-tail without --time string prints such dates as null",
		    err);
	buf_char(out, '"');
	buf_put(out, text.p, 10);
	if (time) {
		buf_char(out, 'T');
		buf_put(out, text.p + 11, text.n - 11);
		buf_str(out, "+00:00");
	}
	buf_char(out, '"');
	return 0;
}

/* Of a number that is a text in the record, too. */
static int
put_number(const struct format_table *table, const struct format_cell *cell,
    struct span text, struct buf *out, struct err *err)
{
	const char *end = text.p + text.n;

	if (!text.n || json_over_number(text.p, end) != end)
		return format_text_refuse(table, cell, "no number of JSON",
		    NULL, err);
	buf_span(out, text);
	return 0;
}

static void
put_bytes(const struct format_column *column, struct span bytes,
    struct buf *out)
{
	uint64_t bits;

	if (column->as.class != CLASS_BIT) {
		buf_char(out, '"');
		hex_append(out, bytes, hex_upper);
		buf_char(out, '"');
		return;
	}
	bits = format_text_bits(bytes);
	if (column->schema->length == 1)
		buf_str(out, bits ? "true" : "false");
	else
		buf_u64(out, bits);
}

static bool
is_number(enum type_class class)
{
	return class == CLASS_INT || class == CLASS_DECIMAL ||
	    class == CLASS_FLOAT || class == CLASS_DOUBLE ||
	    class == CLASS_YEAR;
}

static int
put_text(const struct format_table *table, const struct format_cell *cell,
    struct span text, struct buf *out, struct err *err)
{
	enum type_class class = cell->column->as.class;

	if (class == CLASS_YEAR && span_is(text, "0000"))
		text = SPAN("0");
	if (is_number(class))
		return put_number(table, cell, text, out, err);
	if (class == CLASS_DATE || class == CLASS_DATETIME ||
	    class == CLASS_TIMESTAMP)
		return put_date(table, cell, text, out, err);
	if (class == CLASS_VECTOR)
		return format_text_refuse(table, cell, "no array", NULL, err);
	json_string(out, text);
	return 0;
}

int
singer_value_put(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct buf *out, struct err *err)
{
	enum type_class class = cell->column->as.class;
	struct format_value v;

	if (format_text(f, table, cell, &v, err) < 0)
		return -1;
	switch (v.kind) {
	case VALUE_NULL:
		buf_str(out, "null");
		return 0;
	case VALUE_NUMBER:
		if (is_number(class))
			buf_span(out, v.bytes);
		else            /* of a label */
			json_string(out, v.bytes);
		return 0;
	case VALUE_BYTES:
		put_bytes(cell->column, v.bytes, out);
		return 0;
	case VALUE_JSON:
		if (class == CLASS_VECTOR)
			buf_span(out, v.bytes);
		else
			json_string(out, v.bytes);
		return 0;
	default:
		return put_text(table, cell, v.bytes, out, err);
	}
}

/* SPDX-License-Identifier: MIT */
#include "format/maxwell_value.h"

#include "base/base64.h"
#include "base/log.h"
#include "format/format.h"
#include "format/format_text.h"
#include "format/java_number.h"
#include "format/wkt.h"
#include "json/write.h"
#include "value/modes.h"
#include "value/types.h"

enum { SRID = 4, ELEMENT = 4 /* of a vector */, BITS = 8 /* bytes */ };

/* What is neither text nor a number of its own: null, or what the text says
 * (take), or why that fails. */
static int
put_text_by(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct buf *out,
    const char *print(struct buf *out, struct format_value *v,
    const struct format_cell *cell), struct err *err)
{
	struct format_value v;
	const char *why;

	if (format_text(f, table, cell, &v, err) < 0)
		return -1;
	if (v.kind == VALUE_NULL) {
		buf_str(out, "null");
		return 1;
	}
	why = print(out, &v, cell);
	return why ? format_text_refuse(table, cell, why, NULL, err) : 0;
}

#define PRINTER(name, take)                                                  \
	static int                                                           \
	name(struct formatter *f, const struct format_table *table,          \
	    const struct format_cell *cell, struct buf *out, struct err *err)\
	{                                                                    \
		return put_text_by(f, table, cell, out, take, err);          \
	}

/* ---- what stands in the record as it is */

static const char *
take_any(struct buf *out, struct format_value *v,
    const struct format_cell *cell)
{
	(void)cell;
	switch (v->kind) {
	case VALUE_BYTES:
		buf_char(out, '"');
		base64_append(out, v->bytes, false);
		buf_char(out, '"');
		break;
	case VALUE_TEXT:
		json_string(out, v->bytes);
		break;
	default:
		json_put_line(out, v->bytes);
	}
	return NULL;
}

PRINTER(put_any, take_any)

/* Strings that are text, labels or base64. */
static int
put_string(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct buf *out, struct err *err)
{
	if (cell->json.p[0] != '"')
		return put_any(f, table, cell, out, err);
	buf_span(out, cell->json);
	return 0;
}

/* ---- numbers */

static const char not_number[] = "not a number";

static const char *
take_integer(struct buf *out, struct format_value *v,
    const struct format_cell *cell)
{
	size_t digits = v->bytes.n && v->bytes.p[0] == '-';

	(void)cell;
	for (size_t i = digits; i < v->bytes.n; i++)
		if (v->kind != VALUE_NUMBER && (v->bytes.p[i] < '0' ||
		    v->bytes.p[i] > '9'))
			return not_number;
	if (v->bytes.n == digits)
		return not_number;
	buf_span(out, v->bytes);
	return NULL;
}

PRINTER(put_other_integer, take_integer)

static int
put_integer(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct buf *out, struct err *err)
{
	char first = cell->json.p[0];

	if (first != '-' && (first < '0' || first > '9'))
		return put_other_integer(f, table, cell, out, err);
	buf_span(out, cell->json);
	return 0;
}

static const char *
take_decimal(struct buf *out, struct format_value *v,
    const struct format_cell *cell)
{
	(void)cell;
	if (v->kind == VALUE_NUMBER && (memchr(v->bytes.p, 'e', v->bytes.n) ||
	    memchr(v->bytes.p, 'E', v->bytes.n))) {
		buf_span(out, v->bytes);        /* --decimal double */
		return NULL;
	}
	return java_number_decimal(out, v->bytes) ? NULL : not_number;
}

PRINTER(put_decimal, take_decimal)

static const char *
take_real(struct buf *out, struct format_value *v,
    const struct format_cell *cell)
{
	(void)cell;
	return java_number_real(out, v->bytes) ? NULL : not_number;
}

PRINTER(put_real, take_real)

static const char *
take_bits(struct buf *out, struct format_value *v,
    const struct format_cell *cell)
{
	(void)cell;
	if (v->kind != VALUE_BYTES || v->bytes.n > BITS)
		return "no bits";
	buf_u64(out, format_text_bits(v->bytes));
	return NULL;
}

PRINTER(put_bits, take_bits)

/* "0000" is 0, and "2026" a number. */
static const char *
take_year(struct buf *out, struct format_value *v,
    const struct format_cell *cell)
{
	struct span digits = v->bytes;

	(void)cell;
	while (digits.n > 1 && digits.p[0] == '0')
		digits = (struct span){ digits.p + 1, digits.n - 1 };
	return java_number_decimal(out, digits) ? NULL : not_number;
}

PRINTER(put_year, take_year)

/* ---- time */

/* With all places of the fraction that the column has. */
static const char *
take_temporal(struct buf *out, struct format_value *v,
    const struct format_cell *cell)
{
	unsigned digits = cell->column->as.digits;
	const char *point = memchr(v->bytes.p, '.', v->bytes.n);
	size_t places = point ? (size_t)(v->bytes.p + v->bytes.n - point) - 1 :
	    0;

	buf_char(out, '"');
	json_part(out, v->bytes);
	if (cell->column->as.class != CLASS_DATE && places < digits) {
		if (!point)
			buf_char(out, '.');
		for (; places < digits; places++)
			buf_char(out, '0');
	}
	buf_char(out, '"');
	return NULL;
}

PRINTER(put_temporal, take_temporal)

bool
maxwell_is_zero_date(const struct format_column *column, struct span printed)
{
	enum type_class class = column->as.class;

	return column->schema && (class == CLASS_DATE ||
	    class == CLASS_DATETIME || class == CLASS_TIMESTAMP) &&
	    printed.n > 10 && memcmp(printed.p, "\"0000-00-00", 11) == 0;
}

/* ---- the rest */

/* No label has a comma. */
static const char *
take_set(struct buf *out, struct format_value *v,
    const struct format_cell *cell)
{
	struct span rest = v->bytes;
	const char *comma;

	(void)cell;
	if (v->kind == VALUE_NUMBER) {  /* labels that are alike */
		buf_span(out, v->bytes);
		return NULL;
	}
	buf_char(out, '[');
	while ((comma = memchr(rest.p, ',', rest.n))) {
		json_string(out, span_between(rest.p, comma));
		buf_char(out, ',');
		rest = span_between(comma + 1, rest.p + rest.n);
	}
	if (v->bytes.n)
		json_string(out, rest);
	buf_char(out, ']');
	return NULL;
}

PRINTER(put_set, take_set)

static const char *
take_json(struct buf *out, struct format_value *v,
    const struct format_cell *cell)
{
	(void)cell;
	if (v->kind == VALUE_TEXT && !json_embeddable(v->bytes))
		return "what MariaDB takes for JSON, and others do not";
	json_put_line(out, v->bytes);
	return NULL;
}

PRINTER(put_json, take_json)

static const char *
take_vector(struct buf *out, struct format_value *v,
    const struct format_cell *cell)
{
	if (v->kind != VALUE_BYTES)
		return take_any(out, v, cell);
	if (v->bytes.n % ELEMENT)
		return "no vector";
	buf_char(out, '[');
	for (size_t i = 0; i < v->bytes.n; i += ELEMENT) {
		const uint8_t *p = (const uint8_t *)v->bytes.p + i;
		uint32_t bits = (uint32_t)(p[0] | p[1] << 8 | p[2] << 16) |
		    (uint32_t)p[3] << 24;
		float element;

		memcpy(&element, &bits, sizeof(element));
		if (i)
			buf_char(out, ',');
		value_put_float(out, element);
	}
	buf_char(out, ']');
	return NULL;
}

PRINTER(put_vector, take_vector)

/* SRID u32, WKB; the text has no SRID. */
static const char *
take_geometry(struct buf *out, struct format_value *v,
    const struct format_cell *cell)
{
	static bool warned;
	struct span wkb = v->bytes;

	if (wkb.n && wkb.n <= SRID)
		return "no geometry";
	if (wkb.n && memcmp(wkb.p, "\0\0\0", SRID) != 0 && !warned) {
		log_warn("column %s has geometries with an SRID, which "
		    "Maxwell's text lacks (further columns are not reported)",
		    cell->column->text.p);
		warned = true;
	}
	buf_char(out, '"');
	if (wkb.n && !wkt_put(out, (struct span){ wkb.p + SRID,
	    wkb.n - SRID }))
		return "no geometry";
	buf_char(out, '"');
	return NULL;
}

PRINTER(put_geometry, take_geometry)

/* THE TABLE: by class */
static maxwell_printer *const printers[] = {
	[CLASS_OTHER] = put_string, [CLASS_INT] = put_integer,
	[CLASS_DECIMAL] = put_decimal, [CLASS_FLOAT] = put_real,
	[CLASS_DOUBLE] = put_real, [CLASS_BIT] = put_bits,
	[CLASS_YEAR] = put_year, [CLASS_DATE] = put_temporal,
	[CLASS_TIME] = put_temporal, [CLASS_DATETIME] = put_temporal,
	[CLASS_TIMESTAMP] = put_temporal, [CLASS_TEXT] = put_string,
	[CLASS_BINARY] = put_any, [CLASS_ENUM] = put_string,
	[CLASS_SET] = put_set, [CLASS_GEOMETRY] = put_geometry,
	[CLASS_VECTOR] = put_vector,
};

maxwell_printer *
maxwell_printer_of(const struct formatter *f,
    const struct format_column *column)
{
	enum type_class class = column->as.class;

	if (!column->schema)
		return put_any;
	if (class == CLASS_TEXT && schema_column_type(column->schema)->id ==
	    DECLARED_JSON)
		return put_json;
	if (class == CLASS_TEXT && f->tables.modes.json == JSON_EMBED)
		return put_any;
	if (class == CLASS_BINARY && f->tables.modes.binary == BINARY_BASE64)
		return put_string;
	return printers[class];
}

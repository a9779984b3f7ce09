/* SPDX-License-Identifier: MIT */
#include "format/canal_value.h"

#include <ctype.h>

#include "base/integer.h"
#include "format/format.h"
#include "format/format_text.h"
#include "format/java_number.h"
#include "json/write.h"
#include "sql/statement.h"

/* THE TABLE: java.sql.Types of the types of a column; what is not here is
 * VARCHAR. */
enum {
	JDBC_BIT = -7, JDBC_TINYINT = -6, JDBC_BIGINT = -5, JDBC_CHAR = 1,
	JDBC_DECIMAL = 3, JDBC_INTEGER = 4, JDBC_SMALLINT = 5, JDBC_REAL = 7,
	JDBC_DOUBLE = 8, JDBC_VARCHAR = 12, JDBC_DATE = 91, JDBC_TIME = 92,
	JDBC_TIMESTAMP = 93, JDBC_BLOB = 2004, JDBC_CLOB = 2005,
};

static const int jdbc_types[] = {
	[DECLARED_TINYINT] = JDBC_TINYINT, [DECLARED_SMALLINT] = JDBC_SMALLINT,
	[DECLARED_MEDIUMINT] = JDBC_INTEGER, [DECLARED_INT] = JDBC_INTEGER,
	[DECLARED_BIGINT] = JDBC_BIGINT, [DECLARED_FLOAT] = JDBC_REAL,
	[DECLARED_DOUBLE] = JDBC_DOUBLE, [DECLARED_DECIMAL] = JDBC_DECIMAL,
	[DECLARED_BIT] = JDBC_BIT, [DECLARED_DATE] = JDBC_DATE,
	[DECLARED_TIME] = JDBC_TIME, [DECLARED_DATETIME] = JDBC_TIMESTAMP,
	[DECLARED_TIMESTAMP] = JDBC_TIMESTAMP, [DECLARED_CHAR] = JDBC_CHAR,
	[DECLARED_TINYTEXT] = JDBC_CLOB, [DECLARED_TEXT] = JDBC_CLOB,
	[DECLARED_MEDIUMTEXT] = JDBC_CLOB, [DECLARED_LONGTEXT] = JDBC_CLOB,
	[DECLARED_XMLTYPE] = JDBC_CLOB, [DECLARED_BINARY] = JDBC_BLOB,
	[DECLARED_VARBINARY] = JDBC_BLOB, [DECLARED_TINYBLOB] = JDBC_BLOB,
	[DECLARED_BLOB] = JDBC_BLOB, [DECLARED_MEDIUMBLOB] = JDBC_BLOB,
	[DECLARED_LONGBLOB] = JDBC_BLOB, [DECLARED_ENUM] = JDBC_INTEGER,
	[DECLARED_SET] = JDBC_BIT, [DECLARED_GEOMETRY] = JDBC_BLOB,
	[DECLARED_POINT] = JDBC_BLOB, [DECLARED_LINESTRING] = JDBC_BLOB,
	[DECLARED_POLYGON] = JDBC_BLOB, [DECLARED_MULTIPOINT] = JDBC_BLOB,
	[DECLARED_MULTILINESTRING] = JDBC_BLOB,
	[DECLARED_MULTIPOLYGON] = JDBC_BLOB,
	[DECLARED_GEOMETRYCOLLECTION] = JDBC_BLOB, [DECLARED_UUID] = JDBC_CHAR,
	[DECLARED_INET6] = JDBC_CHAR, [DECLARED_INET4] = JDBC_CHAR,
};

/* The next larger type, of an unsigned integer above what Java's has. */
static const struct {
	enum declared_type type;
	uint64_t most;
	int larger;
} limits[] = {
	{ DECLARED_TINYINT, INT8_MAX, JDBC_SMALLINT },
	{ DECLARED_SMALLINT, INT16_MAX, JDBC_INTEGER },
	{ DECLARED_INT, INT32_MAX, JDBC_BIGINT },
	{ DECLARED_BIGINT, INT64_MAX, JDBC_DECIMAL },
};

static enum declared_type
type_of(const struct format_column *column)
{
	return column->type->id;
}

static int
jdbc_of(const struct format_column *column)
{
	size_t type = type_of(column);

	return type < sizeof(jdbc_types) / sizeof(*jdbc_types) &&
	    jdbc_types[type] ? jdbc_types[type] : JDBC_VARCHAR;
}

static int
jdbc_of_number(const struct format_column *column, struct span digits)
{
	uint64_t v;

	if (column->as.is_unsigned && integer_read(digits, UINT64_MAX, &v))
		for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
			if (limits[i].type == type_of(column) &&
			    v > limits[i].most)
				return limits[i].larger;
	return jdbc_of(column);
}

/* ---- the type's text */

void
canal_value_type(struct buf *out, const struct format_column *column)
{
	const struct schema_column *from = column->schema;
	const struct target_column *as = &column->as;
	const char *suffix = from->suffix ? from->suffix : "";

	for (const char *p = from->type; *p; p++)
		buf_char(out, (char)tolower((unsigned char)*p));
	if (as->nlabels) {
		for (size_t i = 0; i < as->nlabels; i++) {
			buf_char(out, i ? ',' : '(');
			sql_put_quoted(out, as->labels[i], '\'');
		}
		buf_char(out, ')');
	} else if (from->length >= 0 && as->class != CLASS_ENUM) {
		buf_char(out, '(');
		buf_i64(out, from->length);
		if (from->scale >= 0) {
			buf_char(out, ',');
			buf_i64(out, from->scale);
		}
		buf_char(out, ')');
	}
	for (; *suffix; suffix++)
		buf_char(out, (char)tolower((unsigned char)*suffix));
}

/* ---- labels */

/* The number of a label, from 1; 0: it is none. */
static unsigned
label_number(const struct target_column *as, struct span label)
{
	for (size_t i = 0; i < as->nlabels; i++)
		if (span_eq(as->labels[i], label))
			return (unsigned)i + 1;
	return 0;
}

/* Its bits; false if one is none of its members. */
static bool
member_bits(const struct target_column *as, struct span text, uint64_t *bits)
{
	for (*bits = 0; text.n;) {
		const char *comma = memchr(text.p, ',', text.n);
		size_t n = comma ? (size_t)(comma - text.p) : text.n;
		unsigned number = label_number(as,
		    (struct span){ text.p, n });

		if (!number || number > 64)
			return false;
		*bits |= (uint64_t)1 << (number - 1);
		n += comma != NULL;
		text.p += n;
		text.n -= n;
	}
	return true;
}

/* '' is the error value, where it is no label. */
static int
put_labels(const struct format_table *table, const struct format_cell *cell,
    struct span text, struct buf *out, struct err *err)
{
	const struct target_column *as = &cell->column->as;
	uint64_t number;
	bool known;

	if (!as->nlabels && (text.n || as->class == CLASS_ENUM))
		return format_text_refuse(table, cell, "the schema record does "
		    "not have its labels, of which Canal writes the number",
		    "a server tells labels with characters above U+FFFF "
		    "wrongly, so a copy has none: leave its schema records "
		    "out, and give those of cdc-tail --control with --schema",
		    err);
	if (as->class == CLASS_ENUM) {
		number = label_number(as, text);
		known = number || !text.n;
	} else {
		known = member_bits(as, text, &number);
	}
	if (!known)
		return format_text_refuse(table, cell, "not one of its labels",
		    "the schema record is of another version of the table",
		    err);
	buf_char(out, '"');
	buf_u64(out, number);
	buf_char(out, '"');
	return 0;
}

/* ---- values */

static void
put_bits(struct span bytes, struct buf *out)
{
	buf_char(out, '"');
	buf_u64(out, format_text_bits(bytes));
	buf_char(out, '"');
}

/* Byte XX is U+00XX. */
static void
put_latin1(struct span bytes, struct buf *out)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < bytes.n; i++)
		json_utf8_put(&text, (unsigned char)bytes.p[i]);
	json_string(out, buf_view(&text));
	buf_free(&text);
}

static void
put_number(const struct format_column *column, struct span digits,
    struct buf *out)
{
	enum type_class class = column->as.class;
	bool real = class == CLASS_FLOAT || class == CLASS_DOUBLE;
	bool zero = class == CLASS_YEAR && span_is(digits, "0");

	buf_char(out, '"');
	if (!real || !java_number_real(out, digits))
		buf_span(out, zero ? SPAN("0000") : digits);
	buf_char(out, '"');
}

int
canal_value_put(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct buf *out, int *jdbc,
    struct err *err)
{
	enum type_class class = cell->column->as.class;
	struct format_value v;

	*jdbc = jdbc_of(cell->column);
	if (format_text(f, table, cell, &v, err) < 0)
		return -1;
	switch (v.kind) {
	case VALUE_NULL:
		buf_str(out, "null");
		return 0;
	case VALUE_NUMBER:
		*jdbc = jdbc_of_number(cell->column, v.bytes);
		put_number(cell->column, v.bytes, out);
		return 0;
	case VALUE_BYTES:
		(class == CLASS_BIT ? put_bits : put_latin1)(v.bytes, out);
		return 0;
	case VALUE_TEXT:
		if (class == CLASS_ENUM || class == CLASS_SET)
			return put_labels(table, cell, v.bytes, out, err);
		if (class == CLASS_INT)
			*jdbc = jdbc_of_number(cell->column, v.bytes);
		break;
	default:
		break;
	}
	json_string(out, v.bytes);
	return 0;
}

/* SPDX-License-Identifier: MIT
 *
 * Every row of the table of types, all the way: its name in a statement, the
 * map that its column would have, a value of a result as a row image, that
 * printed, and taken back as a parameter of a column of a target; the statement
 * that makes such a column.  A row that has no sample here fails.
 */
#include "tap.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/hex.h"
#include "convert/convert.h"
#include "copy/encode_image.h"
#include "evolve/define.h"
#include "schema/synthesize_map.h"
#include "schema/type_name.h"

#define POINT "\"wkb\":\"AQEAAAAAAAAAAADwPwAAAAAAAABA\",\"srid\":null}"
#define XY "0101000000000000000000f03f0000000000000040"

/* A value as a server sends it, as a record has it (times adaptive, bytes in
 * base64), and as a target gets it: text, or the digits of bytes. */
static const struct sample {
	const char *type, *result, *json, *parameter;
} samples[] = {
	{ "TINYINT", "ff", "-1", "-1" },
	{ "SMALLINT UNSIGNED", "feff", "65534", "65534" },
	{ "MEDIUMINT", "fdffffff", "-3", "-3" },
	{ "INT", "fcffffff", "-4", "-4" },
	{ "BIGINT", "fbffffffffffffff", "-5", "-5" },
	{ "FLOAT", "0000c03f", "1.5", "1.5" },
	{ "DOUBLE", "000000000000f83f", "1.5", "1.5" },
	{ "DECIMAL(5,2)", "062d31322e3530", "\"-12.50\"", "-12.50" },
	{ "BIT(10)", "020201", "\"AQI=\"", "0201" },
	{ "YEAR", "ea07", "2026", "2026" },
	{ "DATE", "04ea070b1b", "20784", "2026-11-27" },
	{ "TIME(3)", "0c000000000001020378e00100", "3723123000",
	    "01:02:03.123" },
	{ "DATETIME", "07ea070b1b010203", "1795741323000",
	    "2026-11-27 01:02:03" },
	{ "TIMESTAMP", "07ea070b1b010203", "\"2026-11-27T01:02:03Z\"",
	    "2026-11-27 01:02:03" },
	{ "CHAR(5)", "03c3a463", "\"\xC3\xA4" "c\"", "\xC3\xA4" "c" },
	{ "VARCHAR(10)", "03c3a463", "\"\xC3\xA4" "c\"", "\xC3\xA4" "c" },
	{ "TINYTEXT", "026162", "\"ab\"", "ab" },
	{ "TEXT", "026162", "\"ab\"", "ab" },
	{ "MEDIUMTEXT", "026162", "\"ab\"", "ab" },
	{ "LONGTEXT", "026162", "\"ab\"", "ab" },
	{ "BINARY(3)", "026162", "\"YWIA\"", "616200" },
	{ "VARBINARY(10)", "026162", "\"YWI=\"", "6162" },
	{ "TINYBLOB", "026162", "\"YWI=\"", "6162" },
	{ "BLOB", "026162", "\"YWI=\"", "6162" },
	{ "MEDIUMBLOB", "026162", "\"YWI=\"", "6162" },
	{ "LONGBLOB", "026162", "\"YWI=\"", "6162" },
	{ "ENUM('a','b')", "0162", "\"b\"", "b" },
	{ "SET('a','b')", "03612c62", "\"a,b\"", "a,b" },
	{ "GEOMETRY", "1900000000" XY, "{" POINT, "00000000" XY },
	{ "POINT", "1900000000" XY, "{\"x\":1.0,\"y\":2.0," POINT,
	    "00000000" XY },
	{ "LINESTRING", "1900000000" XY, "{" POINT, "00000000" XY },
	{ "POLYGON", "1900000000" XY, "{" POINT, "00000000" XY },
	{ "MULTIPOINT", "1900000000" XY, "{" POINT, "00000000" XY },
	{ "MULTILINESTRING", "1900000000" XY, "{" POINT, "00000000" XY },
	{ "MULTIPOLYGON", "1900000000" XY, "{" POINT, "00000000" XY },
	{ "GEOMETRYCOLLECTION", "1900000000" XY, "{" POINT, "00000000" XY },
	{ "JSON", "055b312c325d", "\"[1,2]\"", "[1,2]" },
	{ "XMLTYPE", "043c612f3e", "\"<a/>\"", "<a/>" },
	{ "UUID", "2430313233343536372d383961622d636465662d303132332d"
	    "343536373839616263646566",
	    "\"01234567-89ab-cdef-0123-456789abcdef\"",
	    "01234567-89ab-cdef-0123-456789abcdef" },
	{ "INET4", "07312e322e332e34", "\"1.2.3.4\"", "1.2.3.4" },
	{ "INET6", "033a3a31", "\"::1\"", "::1" },
	{ "VECTOR(1)", "040000c03f", "[1.5]", "0000c03f" },
};

static const struct value_modes modes;
static const struct known_modes known;

static size_t
unhex(uint8_t *to, const char *hex)
{
	struct buf bytes = { 0 };
	size_t n;

	hex_take(&bytes, span_of(hex));
	n = bytes.n;
	memcpy(to, bytes.p, n);
	buf_free(&bytes);
	return n;
}

static const struct sample *
sample_of(const struct sql_type *type)
{
	size_t n = strlen(type->word);

	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++)
		if (strncmp(samples[i].type, type->word, n) == 0 &&
		    !isalnum((unsigned char)samples[i].type[n]))
			return &samples[i];
	return NULL;
}

/* As a statement of the log has it. */
static bool
parse(struct schema_column *col, const char *text)
{
	struct sql sql = sql_of(span_of(text));
	bool good;

	*col = (struct schema_column){ .length = -1, .scale = -1 };
	col->name = strdup("c");
	good = !type_name_parse(&sql, col);
	col->is_unsigned = sql_word(&sql, "UNSIGNED");
	if (!col->charset && (schema_column_is_text(col) ||
	    strcmp(col->type, "JSON") == 0))
		col->charset = strdup("utf8mb4");
	return good;
}

static bool
is_same(const struct schema_column *a, const struct schema_column *b)
{
	return schema_column_type(a) == schema_column_type(b) &&
	    a->length == b->length && a->scale == b->scale &&
	    a->is_unsigned == b->is_unsigned && a->nlabels == b->nlabels;
}

/* The statement that makes such a column makes the same. */
static void
define(const struct schema_column *col, const char *name)
{
	struct statement sql = { 0 };
	struct schema_column again = { 0 };
	struct err err = { 0 };
	struct span text = { "", 0 };
	char *copy;

	result(define_type(&sql, col, &err) == 0 &&
	    statement_text(&sql, &text, &err) == 0, name);
	copy = strndup(text.p, text.n);
	if (!result(parse(&again, copy) && is_same(col, &again), name))
		printf("# %s\n", copy);
	free(copy);
	schema_column_clear(&again);
	statement_free(&sql);
}

/* What was printed, for a column of a target. */
static void
take_back(const struct schema_column *col, struct span json,
    const struct sample *s)
{
	struct target_column to = { .name = col->name, .type = col->type,
		.class = schema_column_type(col)->class, .digits = 6,
		.length = UINT64_MAX, .is_unsigned = col->is_unsigned };
	struct span labels[] = { SPAN("a"), SPAN("b") };
	struct conversion c = { .to = &to,
		.encoding = encoding_of(col, &known, &to) };
	struct buf out = { 0 }, hex = { 0 };

	if (col->charset)
		to.charset = col->charset;
	to.set = c.from = charset_named(col->charset);
	to.labels = labels;
	to.nlabels = col->nlabels;
	to.bytes = target_class_is_binary(to.class);
	if (!result(convert(&c, json, &out) == CONVERT_VALUE, s->type))
		printf("# %s\n", c.why ? c.why : "");
	hex_append(&hex, buf_view(&out), hex_lower);
	if (to.bytes)
		is_text(buf_view(&hex), s->parameter, s->type);
	else
		is_text(buf_view(&out), s->parameter, s->type);
	buf_free(&out);
	buf_free(&hex);
}

/* A value of a result, as the log has it, printed. */
static void
print(struct table *t, const struct schema_column *col,
    const struct sample *s)
{
	struct buf image = { 0 }, json = { 0 };
	uint8_t row[64] = { 0 };
	struct err err = { 0 };
	struct cursor in;

	encode_prepare(t);
	value_bind_column(&t->columns[0], &modes);
	result(t->columns[0].print, s->type);
	if (!result(encode_row(&image, t, row, 1 + unhex(row + 1, s->result),
	    &err) == 0, s->type))
		printf("# %s\n", err.text);
	in = cursor_of((const uint8_t *)image.p + 1, image.n - 1);
	result(t->columns[0].print(&t->columns[0], &in, &json) == 0 &&
	    cursor_left(&in) == 0, s->type);
	is_text(buf_view(&json), s->json, s->type);
	take_back(col, buf_view(&json), s);
	buf_free(&image);
	buf_free(&json);
}

/* A geometry's map need not say which. */
static bool
is_shown(const struct sql_type *is, const struct sql_type *want)
{
	return is == want || (is->id == DECLARED_GEOMETRY &&
	    want->class == CLASS_GEOMETRY);
}

static void
follow(const struct sql_type *type, const struct sample *s)
{
	struct schema_column col;
	struct schema_table *from = schema_table_new();
	struct sized_type sized;
	struct err err = { 0 };
	struct table t;

	result(parse(&col, s->type), s->type);
	result(schema_column_type(&col) == type, "its row");
	define(&col, s->type);
	*schema_add_column(from) = col;
	if (!result(schema_make_table(&t, "d", "t", from, &err) == 0,
	    s->type)) {
		printf("# %s\n", err.text);
		return;
	}
	sized = sqltype_of_column(&t.columns[0]);
	result(is_shown(sized.type, type), "what its map shows");
	result(!type->hidden || t.columns[0].declared == type->id,
	    "what its map hides");
	is_number(type->hidden && sized.length < 0 ? col.length :
	    sized.length, type->class == CLASS_SET || (col.length == 0 &&
	    type->class != CLASS_TEXT) ? sized.length : col.length,
	    "its length");
	is_number(sized.scale, col.scale, "its scale");
	print(&t, &col, s);
	table_map_clear(&t);
	schema_table_free(from);
}

/* Other names say the same. */
static void
other_names(void)
{
	static const struct {
		const char *word;
		enum declared_type id;
	} names[] = {
#define TYPE_NAME(word, id, jdbc) { word, DECLARED_##id },
#include "value/types.def"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct schema_column col;

		parse(&col, names[i].word);
		result(schema_column_type(&col)->id == names[i].id,
		    names[i].word);
		is_text(span_of(col.type), strcmp(names[i].word, "RAW") == 0 ?
		    "VARBINARY" : strcmp(names[i].word, "SERIAL") == 0 ?
		    "BIGINT" : names[i].word, "the whole name");
		schema_column_clear(&col);
	}
}

int
main(void)
{
	for (enum declared_type i = DECLARED_NONE + 1; i < DECLARED_TYPES;
	    i++) {
		const struct sql_type *type = sqltype_get(i);
		const struct sample *s = sample_of(type);

		if (result(s != NULL, type->word))
			follow(type, s);
		else
			printf("# samples[] has no column of type %s\n",
			    type->word);
	}
	other_names();
	return done();
}

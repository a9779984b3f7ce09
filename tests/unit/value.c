/* SPDX-License-Identifier: MIT
 *
 * One row for each column type and edge: its metadata, its bytes, the JSON.
 * The bytes are what MariaDB 11.8 writes; mode letters are in modes_of().
 */
#include "value/types.h"

#include <stdlib.h>

#include "base/escape.h"
#include "json/scan.h"
#include "tap.h"
#include "value/sqltype.h"

struct vector {
	uint8_t type;
	const char *meta;       /* hex */
	const char *bytes;      /* hex */
	const char *flags;      /* u unsigned; else see modes_of() */
	const char *want;       /* NULL: refused or malformed */
};

/* d double, p precise; c connect, i isostring, s string; h hex, l url-safe;
 * n number as string; e embed; b binary, 1 latin1, 8 utf8mb4, a ascii,
 * 2 ucs2, 3 utf32, g gbk, L latin2; P point; set_declared() */
static struct value_modes
modes_of(const char *flags)
{
	struct value_modes m = { 0 };

	m.decimal = strchr(flags, 'd') ? DECIMAL_DOUBLE :
	    strchr(flags, 'p') ? DECIMAL_PRECISE : DECIMAL_STRING;
	m.time = strchr(flags, 'c') ? TIME_CONNECT : strchr(flags, 'i') ?
	    TIME_ISOSTRING : strchr(flags, 's') ? TIME_STRING : TIME_ADAPTIVE;
	m.binary = strchr(flags, 'h') ? BINARY_HEX : strchr(flags, 'l') ?
	    BINARY_BASE64_URL_SAFE : BINARY_BASE64;
	m.bigint_unsigned = strchr(flags, 'n') ? BIGINT_STRING :
	    strchr(flags, 'p') ? BIGINT_PRECISE : BIGINT_NUMBER;
	m.json = strchr(flags, 'e') ? JSON_EMBED : JSON_STRING;
	return m;
}

static uint64_t
collation_of(const char *flags)
{
	if (strchr(flags, 'b'))
		return COLLATION_BINARY;
	if (strchr(flags, '1'))
		return 8;
	if (strchr(flags, 'a'))
		return 11;
	if (strchr(flags, 'g'))
		return 28;
	if (strchr(flags, 'L'))
		return 9;
	if (strchr(flags, '2'))
		return 35;
	if (strchr(flags, '3'))
		return 60;
	return strchr(flags, '8') || strchr(flags, 'e') ?
	    COLLATION_UTF8MB4_BIN : 0;
}

static const struct vector vectors[] = {
	{ COLUMN_TINY, "", "80", "", "-128" },
	{ COLUMN_TINY, "", "ff", "u", "255" },
	{ COLUMN_SHORT, "", "0080", "", "-32768" },
	{ COLUMN_SHORT, "", "ffff", "u", "65535" },
	{ COLUMN_INT24, "", "000080", "", "-8388608" },
	{ COLUMN_INT24, "", "ffffff", "u", "16777215" },
	{ COLUMN_LONG, "", "00000080", "", "-2147483648" },
	{ COLUMN_LONG, "", "ffffffff", "u", "4294967295" },
	{ COLUMN_LONGLONG, "", "0000000000000080", "", "-9223372036854775808" },
	{ COLUMN_LONGLONG, "", "ffffffffffffffff", "", "-1" },
	{ COLUMN_LONGLONG, "", "ffffffffffffffff", "u", "18446744073709551615" },
	{ COLUMN_LONGLONG, "", "ffffffffffffffff", "un",
	    "\"18446744073709551615\"" },
	{ COLUMN_LONGLONG, "", "ffffffffffffffff", "up", "\"AP//////////\"" },
	{ COLUMN_LONGLONG, "", "0000000000000000", "up", "\"AA==\"" },
	{ COLUMN_LONGLONG, "", "7f00000000000000", "up", "\"fw==\"" },
	{ COLUMN_LONGLONG, "", "8000000000000000", "up", "\"AIA=\"" },
	{ COLUMN_LONG, "", "010203", "", NULL },

	{ COLUMN_FLOAT, "04", "cdcccc3d", "", "0.1" },
	{ COLUMN_FLOAT, "04", "000080bf", "", "-1.0" },
	{ COLUMN_FLOAT, "04", "01000000", "", "1.4e-45" },
	{ COLUMN_FLOAT, "04", "ffff7f7f", "", "3.4028235e38" },
	{ COLUMN_FLOAT, "04", "0000c07f", "", NULL },
	{ COLUMN_DOUBLE, "08", "9a9999999999b93f", "", "0.1" },
	{ COLUMN_DOUBLE, "08", "0000000000000080", "", "-0.0" },
	{ COLUMN_DOUBLE, "08", "7dc39425ad49b254", "", "1.0e100" },
	{ COLUMN_DOUBLE, "08", "0100000000000000", "", "4.9e-324" },
	{ COLUMN_DOUBLE, "08", "555555555555d53f", "", "0.3333333333333333" },
	{ COLUMN_DOUBLE, "08", "000000000000f07f", "", NULL },

	{ COLUMN_BIT, "0100", "01", "", "true" },
	{ COLUMN_BIT, "0100", "00", "", "false" },
	{ COLUMN_BIT, "0101", "0101", "h", "\"AQE=\"" },
	{ COLUMN_BIT, "0008", "8000000000000001", "", "\"AQAAAAAAAIA=\"" },
	{ COLUMN_YEAR, "", "00", "", "0" },
	{ COLUMN_YEAR, "", "ff", "", "2155" },

	{ COLUMN_NEWDECIMAL, "0a02", "8000000032", "", "\"0.50\"" },
	{ COLUMN_NEWDECIMAL, "0a02", "8000000132", "", "\"1.50\"" },
	{ COLUMN_NEWDECIMAL, "0a02", "7ffffffecd", "", "\"-1.50\"" },
	{ COLUMN_NEWDECIMAL, "0a02", "8000000000", "", "\"0.00\"" },
	{ COLUMN_NEWDECIMAL, "0a02", "7fffffffff", "", "\"0.00\"" },
	{ COLUMN_NEWDECIMAL, "0a02", "8000000132", "d", "1.5" },
	{ COLUMN_NEWDECIMAL, "0a02", "8000000100", "p", "\"ZA==\"" },
	{ COLUMN_NEWDECIMAL, "0a02", "7ffffffecd", "p", "\"/2o=\"" },
	{ COLUMN_NEWDECIMAL, "0a02", "8000000000", "p", "\"AA==\"" },
	{ COLUMN_NEWDECIMAL, "0101", "85", "", "\"0.5\"" },
	{ COLUMN_NEWDECIMAL, "0a02", "ffffffff00", "", NULL },
	{ COLUMN_NEWDECIMAL, "0a02", "80000001", "", NULL },
	{ COLUMN_NEWDECIMAL, "420a", "00", "", NULL },

	{ COLUMN_DATE, "", "49d30f", "", "20370" },
	{ COLUMN_DATE, "", "49d30f", "i", "\"2025-10-09Z\"" },
	{ COLUMN_DATE, "", "49d30f", "s", "\"2025-10-09\"" },
	{ COLUMN_DATE, "", "000000", "", "null" },
	{ COLUMN_DATE, "", "000000", "s", "\"0000-00-00\"" },
	{ COLUMN_DATE, "", "5fd20f", "", "null" },

	{ COLUMN_TIME2, "00", "80c8b8", "", "45296000000" },
	{ COLUMN_TIME2, "00", "80c8b8", "c", "45296000" },
	{ COLUMN_TIME2, "00", "80c8b8", "i", "\"12:34:56Z\"" },
	{ COLUMN_TIME2, "00", "80c8b8", "s", "\"12:34:56\"" },
	{ COLUMN_TIME2, "02", "7fffffff", "s", "\"-00:00:00.01\"" },
	{ COLUMN_TIME2, "02", "7fffffff", "", "-10000" },
	{ COLUMN_TIME2, "02", "7fffffff", "i", "\"-00:00:00.01\"" },
	{ COLUMN_TIME2, "00", "4b9105", "", "-3020399000000" },
	{ COLUMN_TIME2, "00", "b46efb", "s", "\"838:59:59\"" },
	{ COLUMN_TIME2, "00", "ffffff", "", NULL },

	{ COLUMN_DATETIME2, "00", "99b7d28d54", "", "1760000000000" },
	{ COLUMN_DATETIME2, "03", "99b7d28d5404d2", "", "1760000000123" },
	{ COLUMN_DATETIME2, "06", "99b7d28d5401e240", "", "1760000000123456" },
	{ COLUMN_DATETIME2, "06", "99b7d28d5401e240", "c", "1760000000123" },
	{ COLUMN_DATETIME2, "06", "99b7d28d5401e240", "i",
	    "\"2025-10-09T08:53:20.123456Z\"" },
	{ COLUMN_DATETIME2, "03", "99b7d28d5403e8", "i",
	    "\"2025-10-09T08:53:20.1Z\"" },
	{ COLUMN_DATETIME2, "03", "99b7d28d5403e8", "s",
	    "\"2025-10-09 08:53:20.100\"" },
	{ COLUMN_DATETIME2, "00", "8000000000", "", "null" },
	{ COLUMN_DATETIME2, "00", "8000000000", "s",
	    "\"0000-00-00 00:00:00\"" },
	{ COLUMN_DATETIME2, "00", "0000000000", "", NULL },

	{ COLUMN_TIMESTAMP2, "00", "68e77800", "", "\"2025-10-09T08:53:20Z\"" },
	{ COLUMN_TIMESTAMP2, "02", "68e778000a", "",
	    "\"2025-10-09T08:53:20.10Z\"" },
	{ COLUMN_TIMESTAMP2, "00", "68e77800", "s", "\"2025-10-09 08:53:20\"" },
	{ COLUMN_TIMESTAMP2, "00", "ffffffff", "", "\"2106-02-07T06:28:15Z\"" },
	{ COLUMN_TIMESTAMP2, "00", "00000000", "", "null" },

	{ COLUMN_VARCHAR, "1400", "0568c3a96c6c", "8", "\"héll\"" },
	{ COLUMN_VARCHAR, "1400", "04e9808122", "1", "\"é€\xC2\x81\\\"\"" },
	{ COLUMN_VARCHAR, "0401", "0300616263", "8", "\"abc\"" },
	{ COLUMN_VARCHAR, "1400", "02ff61", "8", "\"\xee\xbf\xbf" "a\"" },
	{ COLUMN_VARCHAR, "1400", "02c3a9", "a", "\"\xee\xbf\x83" "\xee\xbe\xa9" "\"" },
	{ COLUMN_VARCHAR, "1400", "0800e9d83dde00d800", "2",
	    "\"é😀" "\xee\xbf\x98" "\xee\xbc\x80" "\"" },
	{ COLUMN_VARCHAR, "1400", "0300e9d8", "2", "\"é\xee\xbf\x98" "\"" },
	{ COLUMN_VARCHAR, "1400", "080001f6000000d800", "3", "\"😀" "\xee\xbc\x80" "\xee\xbc\x80" "\xee\xbf\x98" "\xee\xbc\x80" "\"" },
	{ COLUMN_VARCHAR, "1400", "0561", "8", NULL },
	{ COLUMN_VARCHAR, "1400", "03616263", "", "\"abc\"" },
	{ COLUMN_VARCHAR, "1400", "03fffefd", "b", "\"//79\"" },
	{ COLUMN_VARCHAR, "1400", "03fffefd", "bl", "\"__79\"" },
	{ COLUMN_VARCHAR, "1400", "03fffefd", "bh", "\"fffefd\"" },
	{ COLUMN_VARCHAR, "1400", "06babad7d68120", "g",
	    "\"汉字\xee\xbe\x81 \"" },
	{ COLUMN_VARCHAR, "1400", "02b3b6", "L", "\"łś\"" },
	{ COLUMN_STRING, "fe08", "020102", "b", "\"AQIAAAAAAAA=\"" },
	{ COLUMN_STRING, "fe08", "00", "bh", "\"0000000000000000\"" },
	{ COLUMN_STRING, "fe08", "026162", "8", "\"ab\"" },
	{ COLUMN_STRING, "ce20", "0300616263", "8", "\"abc\"" },
	{ COLUMN_BLOB, "02", "0300616263", "8", "\"abc\"" },
	{ COLUMN_BLOB, "04", "070000007b2261223a317d", "e", "{\"a\":1}" },
	{ COLUMN_BLOB, "04", "020000007b22", "e", "\"{\\\"\"" },
	{ COLUMN_BLOB, "04", "090000007b2261220a3a0d317d", "e",
	    "{\"a\" : 1}" },
	{ COLUMN_BLOB, "05", "00", "8", NULL },
	{ COLUMN_GEOMETRY, "04", "00000000", "",
	    "{\"wkb\":\"\",\"srid\":null}" },
	{ COLUMN_GEOMETRY, "04", "00000000", "P",
	    "{\"wkb\":\"\",\"srid\":null}" },
	{ COLUMN_GEOMETRY, "04", "0100000000", "", NULL },
	{ COLUMN_GEOMETRY, "04", "1900000000000000010100000000000000000"
	    "0f83f00000000000004c0", "",
	    "{\"wkb\":\"AQEAAAAAAAAAAAD4PwAAAAAAAATA\",\"srid\":null}" },
	{ COLUMN_GEOMETRY, "04", "19000000e6100000010100000000000000000"
	    "0f83f00000000000004c0", "P",
	    "{\"x\":1.5,\"y\":-2.5,\"wkb\":\"AQEAAAAAAAAAAAD4PwAAAAAAAATA\","
	    "\"srid\":4326}" },
	{ COLUMN_GEOMETRY, "04", "04000000e6100000", "P", NULL },
	{ COLUMN_BLOB_COMPRESSED, "02", "040000616263", "8", "\"abc\"" },
	{ COLUMN_BLOB_COMPRESSED, "02", "120089dc4bcecf2d284a2d2e4e4d51481e6e4c00",
	    "bh", "\""
	    "636f6d7072657373656420636f6d7072657373656420636f6d7072657373"
	    "656420636f6d7072657373656420636f6d7072657373656420636f6d7072"
	    "657373656420636f6d7072657373656420636f6d7072657373656420636f"
	    "6d7072657373656420636f6d7072657373656420636f6d70726573736564"
	    "20636f6d7072657373656420636f6d7072657373656420636f6d70726573"
	    "73656420636f6d7072657373656420636f6d7072657373656420636f6d70"
	    "72657373656420636f6d7072657373656420636f6d707265737365642063"
	    "6f6d7072657373656420\"" },
	{ COLUMN_BLOB_COMPRESSED, "02", "0000", "8", "\"\"" },
	{ COLUMN_VARCHAR_COMPRESSED, "1400", "0400616263", "8", "\"abc\"" },
	{ COLUMN_VARCHAR_COMPRESSED, "1400", "030061", "8", NULL },
	{ COLUMN_BLOB_COMPRESSED, "02", "02007061", "8", NULL },
	/* what a map does not say */
	{ COLUMN_STRING, "fe10", "0f123e4567e89b12d3a456426614174000", "bU", NULL },
	{ COLUMN_STRING, "fe10", "0f123e4567e89b12d3a4564266141740", "bU",
	    "\"123e4567-e89b-12d3-a456-426614174000\"" },
	{ COLUMN_STRING, "fe10", "00", "bU",
	    "\"00000000-0000-0000-0000-000000000000\"" },
	{ COLUMN_STRING, "fe04", "010a", "b4", "\"10.0.0.0\"" },
	{ COLUMN_STRING, "fe10", "00", "b6", "\"::\"" },
	{ COLUMN_STRING, "fe10", "10000000000000000000000000000000010a", "b6",
	    NULL },
	{ COLUMN_STRING, "fe10", "1000000000000000000000ffffc0000280", "b6",
	    "\"::ffff:192.0.2.128\"" },
	{ COLUMN_VARCHAR, "0800", "080000803f0000c0bf", "bV", "[1.0,-1.5]" },
	{ COLUMN_VARCHAR, "0800", "070000803f0000c0", "bV", NULL },
	{ COLUMN_VARCHAR, "0800", "040000c07f", "bV", NULL },
	{ COLUMN_VECTOR, "04", "080000000000803f0000c0bf", "", "[1.0,-1.5]" },
	/* temporals before 5.6 and 10.1; with a fraction: mariadb-5.3 */
	{ COLUMN_DATETIME, "", "45442f2c6d120000", "sO0", "\"2026-01-02 03:04:05\"" },
	{ COLUMN_DATETIME, "", "45442f2c6d120000", "O0", "1767323045000" },
	{ COLUMN_DATETIME, "", "0000000000000000", "sO0",
	    "\"0000-00-00 00:00:00\"" },
	{ COLUMN_DATETIME, "", "ffffffffffffffff", "sO0", NULL },
	{ COLUMN_DATETIME, "", "0102b7739549f580", "sO6",
	    "\"2026-01-02 03:04:05.123456\"" },
	{ COLUMN_TIME, "", "25d8ff", "sO0", "\"-01:02:03\"" },
	{ COLUMN_TIME, "", "9f86ff", "sO0", NULL },
	{ COLUMN_TIME, "", "00b3ced4c0", "sO3", "\"-01:02:03.456\"" },
	{ COLUMN_TIMESTAMP, "", "a5355769", "sO0", "\"2026-01-02 03:04:05\"" },
	{ COLUMN_TIMESTAMP, "", "695735a5007b", "sO3", "\"2026-01-02 03:04:05.123\"" },
	{ COLUMN_TIMESTAMP, "", "00000000", "s", NULL },   /* precision? */
	/* MySQL's JSON */
	{ COLUMN_JSON, "04", "0d00000000" "01000c000b00010005" "010061", "",
	    "\"{\\\"a\\\":1}\"" },
	{ COLUMN_JSON, "04", "0d00000000" "01000c000b00010005" "010061", "e",
	    "{\"a\":1}" },
	{ COLUMN_JSON, "04", "00000000", "e", "\"null\"" },
	{ COLUMN_JSON, "04", "020000000401", "e", "true" },
	{ COLUMN_JSON, "04", "020000000405", "e", NULL },
	{ COLUMN_JSON, "04", "050000000c03c3a922", "e", "\"é\\\"\"" },
	{ COLUMN_JSON, "04", "050000000c04c3a922", "e", NULL },
	{ COLUMN_JSON, "04", "0800000002" "01000700020000", "e", NULL },
	{ COLUMN_JSON, "04", "0800000002" "01000700020700", "e", NULL },
	{ COLUMN_JSON, "04", "0800000002" "ffff0700020700", "e", NULL },
	{ COLUMN_JSON, "04", "08000000020100070007ffff", "e", NULL },
};

static size_t
unhex(uint8_t *to, const char *hex)
{
	size_t n = strlen(hex) / 2;

	for (size_t i = 0; i < n; i++) {
		char two[3] = { hex[2 * i], hex[2 * i + 1], 0 };

		to[i] = (uint8_t)strtoul(two, NULL, 16);
	}
	return n;
}

/* U UUID, 4 INET4, 6 INET6, V VECTOR; O and a digit: mariadb-5.3 */
static void
set_declared(struct column *col, const char *flags)
{
	const char *old = strchr(flags, 'O');

	col->declared = strchr(flags, 'U') ? DECLARED_UUID :
	    strchr(flags, 'V') ? DECLARED_VECTOR : DECLARED_NONE;
	if (old) {
		col->declared = (uint8_t)value_type(col->type)->as;
		col->fsp = (uint8_t)(old[1] - '0');
	} else if (strpbrk(flags, "46")) {
		col->declared = strchr(flags, '4') ? DECLARED_INET4 :
		    DECLARED_INET6;
	}
}

/* The JSON of a vector, or false where it is refused. */
static bool
print(const struct vector *v, struct buf *out)
{
	struct value_modes modes = modes_of(v->flags);
	struct column col = { .type = v->type, .sign_known = true,
		.is_unsigned = strchr(v->flags, 'u'),
		.geometry = strchr(v->flags, 'P') ? GEOMETRY_POINT : 0 };
	uint8_t bytes[64];
	struct cursor in = cursor_of(bytes, unhex(bytes, v->meta));

	if (!value_read_meta(&col, &in) || cursor_left(&in))
		return false;
	col.collation = collation_of(v->flags);
	col.charset = charset_of_collation(col.collation);
	set_declared(&col, v->flags);
	value_bind_column(&col, &modes);
	if (!col.print)
		return false;
	in = cursor_of(bytes, unhex(bytes, v->bytes));
	return col.print(&col, &in, out) == 0 && cursor_left(&in) == 0;
}

static void
labels(void)
{
	struct span names[] = { SPAN("\"a\""), SPAN("\"b,c\""), SPAN("\"d\"") };
	struct column col = { .type = COLUMN_ENUM, .length = 1, .labels = names,
		.nlabels = 3 };
	struct value_modes modes = { 0 };
	uint8_t bytes[] = { 2, 0, 4 };
	struct cursor in = cursor_of(bytes, 3);
	struct buf out = { 0 };

	value_bind_column(&col, &modes);
	col.print(&col, &in, &out);
	col.print(&col, &in, &out);
	is_text(buf_view(&out), "\"b,c\"\"\"", "ENUM 2 and 0");
	result(col.print(&col, &in, &out) < 0, "ENUM behind its labels");
	col.type = COLUMN_SET;
	value_bind_column(&col, &modes);
	bytes[0] = 5;
	in = cursor_of(bytes, 3);
	out.n = 0;
	col.print(&col, &in, &out);
	col.print(&col, &in, &out);
	is_text(buf_view(&out), "\"a,d\"\"\"", "SET 5 and 0");
	bytes[2] = 8;
	result(col.print(&col, &in, &out) < 0, "SET behind its labels");
	buf_free(&out);
}

/* A label that is there twice, which a server takes without strict mode: it
 * says the first, so the second is its number. */
static void
labels_twice(void)
{
	struct span names[] = { SPAN("\"a\""), SPAN("\"b\""), SPAN("\"a\"") };
	struct column col = { .type = COLUMN_ENUM, .length = 1, .labels = names,
		.nlabels = 3, .labels_ready = true };
	struct value_modes modes = { 0 };
	uint8_t bytes[] = { 1, 2, 3, 1, 3, 4, 6 };
	struct cursor in = cursor_of(bytes, sizeof(bytes));
	struct buf out = { 0 };

	value_bind_column(&col, &modes);
	for (int i = 0; i < 3; i++)
		col.print(&col, &in, &out);
	is_text(buf_view(&out), "\"a\"\"b\"3", "ENUM of a label twice");
	col.type = COLUMN_SET;
	value_bind_column(&col, &modes);
	out.n = 0;
	for (int i = 0; i < 4; i++)
		col.print(&col, &in, &out);
	is_text(buf_view(&out), "\"a\"\"a,b\"46", "SET of a label twice");
	buf_free(&out);
}

/* Whatever a map may hold has a name in a schema record. */
static void
type_names(void)
{
	for (int i = 0; i < 256; i++) {
		struct column col = { .type = (uint8_t)i, .len_bytes = 1 };
		struct sized_type is;

		if (!value_type((uint8_t)i))
			continue;
		is = sqltype_of_column(&col);
		result(is.type->id && is.length < 65536,
		    value_type((uint8_t)i)->name);
	}
}

/* A third of a character, a fourth byte in utf8mb3: no server has them. */
static bool
may_be_refused(const char *set, size_t n)
{
	return strcmp(set, "utf8mb3") == 0 ||
	    (strcmp(set, "utf32") == 0 && n % 4) ||
	    ((strncmp(set, "utf16", 5) == 0 || strcmp(set, "ucs2") == 0) &&
	    n % 2);
}

/* Are bytes of a set, printed and taken back, the same? */
static bool
comes_back(const struct charset *set, struct span bytes)
{
	struct buf json = { 0 }, text = { 0 }, again = { 0 };
	enum taken taken;
	bool same;

	charset_put(set, &json, bytes);
	json_unescape(&text, json_inside(buf_view(&json)));
	taken = charset_take(set, set, &text, 0);
	for (size_t i = 0, n; taken == TAKEN_TEXT && i < text.n; i += n) {
		unsigned code;

		n = escape_utf8_next(text.p + i, text.n - i, &code);
		if (!set->take(set, &again, code))
			taken = TAKEN_NOT;
	}
	same = span_eq(taken == TAKEN_TEXT ? buf_view(&again) :
	    buf_view(&text), bytes);
	buf_free(&json);
	buf_free(&text);
	buf_free(&again);
	return same || (taken == TAKEN_NOT &&
	    may_be_refused(set->name, bytes.n));
}

static bool
all_come_back(const struct charset *set)
{
	static const char likely[] = "\\a\xee\xbc\xbf\x80\xd8\xdc\x81\x8f";
	uint32_t seed = 1;
	char bytes[16];

	for (int round = 0; round < 20000; round++) {
		size_t n = (size_t)round % 9;

		for (size_t i = 0; i < n; i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = seed >> 31 ? (char)(seed >> 16) :
			    likely[(seed >> 16) % (sizeof(likely) - 1)];
			if (i % 4 < 2 && strcmp(set->name, "utf32") == 0)
				bytes[i] &= i % 4 ? 0x11 : 0;
		}
		if (!comes_back(set, (struct span){ bytes, n }))
			return false;
	}
	return true;
}

static void
there_and_back(void)
{
	for (uint64_t id = 1; id < 248; id++) {
		const struct charset *set = charset_of_collation(id);

		if (set && set->put && charset_collation(set->name) == id)
			result(all_come_back(set), set->name);
	}
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		const struct vector *v = &vectors[i];
		const struct value_type *type = value_type(v->type);
		struct buf out = { 0 };
		bool good = print(v, &out);
		char name[128];

		snprintf(name, sizeof(name), "%s %s %s %s", type->name,
		    v->meta, v->bytes, v->flags);
		if (v->want)
			is_text(good ? buf_view(&out) :
			    (struct span){ NULL, 0 }, v->want, name);
		else
			result(!good, name);
		buf_free(&out);
	}
	labels();
	labels_twice();
	type_names();
	there_and_back();
	return done();
}

/* SPDX-License-Identifier: MIT
 *
 * Values of records as parameters of columns: vectors of each encoding, what
 * is refused and why, and properties against libc and arithmetic of our own.
 * Which encoding a column has is in encoding.c.
 */
#include "convert/convert.h"

#include <stdlib.h>
#include <time.h>

#include "convert/check_value.h"
#include "tap.h"

static struct span colours[] = {
	{ "red", 3 }, { "gr\xC3\xBCn", 5 }, { "7", 1 }, { "a,b", 3 },
};
static uint64_t seed = 88172645463325252;

static uint64_t
any(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

/* ---- vectors */

struct vector {
	enum type_class class;
	enum encoding encoding;
	const char *json, *want;        /* '!' and why: it is refused */
};

static struct target_column
column_of(enum type_class class)
{
	struct target_column col = { .class = class,
		.name = (char *)(uintptr_t)"c", .type = (char *)(uintptr_t)"",
		.length = 4, .digits = 2, .nullable = true, .labels = colours,
		.nlabels = sizeof(colours) / sizeof(*colours) };

	if (class == CLASS_TEXT || class == CLASS_ENUM || class == CLASS_SET) {
		col.charset = (char *)(uintptr_t)"utf8mb4";
		col.set = charset_named("utf8mb4");
	}
	col.bytes = target_class_is_binary(class);
	return col;
}

/* Bytes that are no text, as \xHH. */
static void
put_shown(struct buf *out, struct span bytes)
{
	for (size_t i = 0; i < bytes.n; i++)
		if ((unsigned char)bytes.p[i] < ' ' ||
		    (unsigned char)bytes.p[i] == 0x7F)
			buf_printf(out, "\\x%02X", (unsigned char)bytes.p[i]);
		else
			buf_char(out, bytes.p[i]);
}

static void
show(struct buf *out, struct conversion *c, struct span json)
{
	static const char *const kinds[] = { [CONVERT_VALUE] = "",
		[CONVERT_NULL] = "NULL", [CONVERT_BYTES] = "bytes ",
		[CONVERT_NONE] = "none" };
	struct buf value = { 0 };
	enum converted got = convert(c, json, &value);

	out->n = 0;
	if (got == CONVERT_BAD) {
		buf_printf(out, "!%s", c->why);
	} else {
		buf_str(out, kinds[got]);
		put_shown(out, buf_view(&value));
		buf_str(out, c->lenient ? " (lenient)" : "");
	}
	buf_free(&value);
}

static void
check_one(struct conversion *c, const char *json, const char *want)
{
	struct buf got = { 0 };

	show(&got, c, span_of(json));
	if (!result(strcmp(buf_cstr(&got), want) == 0, json))
		printf("# class %d, encoding %d\n# got:  %s\n# want: %s\n",
		    c->to->class, c->encoding, buf_cstr(&got), want);
	buf_free(&got);
}

static void
check_all(const struct vector *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct target_column col = column_of(v[i].class);
		struct conversion c = { .to = &col,
			.encoding = v[i].encoding, .scale = 2 };

		check_one(&c, v[i].json, v[i].want);
	}
}
#define CHECK(vectors) check_all(vectors, sizeof(vectors) / sizeof(*vectors))

static void
plain(void)
{
	static const struct vector v[] = {
		{ CLASS_INT, ENC_PLAIN, "-7", "-7" },
		{ CLASS_INT, ENC_PLAIN, "18446744073709551615",
		    "18446744073709551615" },
		{ CLASS_INT, ENC_PLAIN, "true", "1" },
		{ CLASS_INT, ENC_PLAIN, "false", "0" },
		{ CLASS_INT, ENC_PLAIN, "\"12\"", "12" },
		{ CLASS_INT, ENC_PLAIN, "1.0", "!not a whole number" },
		{ CLASS_INT, ENC_PLAIN, "1e2", "!not a whole number" },
		{ CLASS_INT, ENC_PLAIN, "\"\"", "!not a whole number" },
		{ CLASS_INT, ENC_PLAIN, "\"-\"", "!not a whole number" },
		{ CLASS_INT, ENC_PLAIN, "[1]",
		    "!an object is not a value of it" },
		{ CLASS_INT, ENC_PLAIN, "null", "NULL" },
		{ CLASS_DECIMAL, ENC_PLAIN, "1.25", "1.25" },
		{ CLASS_DECIMAL, ENC_PLAIN, "1.250", "1.250" },
		{ CLASS_DECIMAL, ENC_PLAIN, "1.255", "!it would be rounded" },
		{ CLASS_DECIMAL, ENC_PLAIN, "125e-2", "125e-2" },
		{ CLASS_DECIMAL, ENC_PLAIN, "125e-3", "!it would be rounded" },
		{ CLASS_DECIMAL, ENC_PLAIN, "1.2345e+2", "1.2345e+2" },
		{ CLASS_DECIMAL, ENC_PLAIN, "1.2345e1",
		    "!it would be rounded" },
		{ CLASS_DECIMAL, ENC_PLAIN, "\"1e\"", "!not a number" },
		{ CLASS_DECIMAL, ENC_PLAIN, "1e99999999", "!not a number" },
		{ CLASS_FLOAT, ENC_PLAIN, "1.5", "1.5" },
		{ CLASS_FLOAT, ENC_PLAIN, "3.4028235e38",
		    "3.4028234663852886e38" },
		{ CLASS_FLOAT, ENC_PLAIN, "-3.4028235e38",
		    "-3.4028234663852886e38" },
		{ CLASS_DOUBLE, ENC_PLAIN, "1.7976931348623157e308",
		    "1.7976931348623157e308" },
		{ CLASS_TEXT, ENC_PLAIN, "\"a\\u00e4\\n\"", "a\xC3\xA4\\x0A" },
		{ CLASS_TEXT, ENC_PLAIN, "{\"a\":[1, 2]}", "{\"a\":[1, 2]}" },
		{ CLASS_TEXT, ENC_PLAIN, "12345", "12345" },
		{ CLASS_TEXT, ENC_PLAIN, "\"\xF0\x9F\x98\x80   \"",
		    "\xF0\x9F\x98\x80   " },
		{ CLASS_TEXT, ENC_PLAIN, "\"abcd \"", "!it is too long" },
		{ CLASS_TEXT, ENC_PLAIN, "\"abcde\"", "abcde" },
		{ CLASS_TEXT, ENC_PLAIN, "\"\\uD800\"", "!a broken escape" },
		{ CLASS_OTHER, ENC_PLAIN, "\"::1\"", "::1" },
		{ CLASS_DATE, ENC_PLAIN, "\"2026-01-02 00:00:00\"",
		    "2026-01-02 00:00:00" },
		{ CLASS_DATE, ENC_PLAIN, "\"2026-01-02 00:00:01\"",
		    "!its time of day would be cut" },
	};

	CHECK(v);
}

static void
labels(void)
{
	static const struct vector v[] = {
		{ CLASS_ENUM, ENC_PLAIN, "\"red\"", "red" },
		{ CLASS_ENUM, ENC_PLAIN, "\"7\"", "7" },
		{ CLASS_ENUM, ENC_PLAIN, "\"2\"", "!not one of its labels" },
		{ CLASS_ENUM, ENC_PLAIN, "0", " (lenient)" },
		{ CLASS_ENUM, ENC_PLAIN, "\"\"", " (lenient)" },
		{ CLASS_SET, ENC_PLAIN, "\"red,7\"", "red,7" },
		{ CLASS_SET, ENC_PLAIN, "\"\"", "" },
		{ CLASS_SET, ENC_PLAIN, "\"7\"", "7" },
		{ CLASS_SET, ENC_PLAIN, "\"12\"", "!not one of its labels" },
	};
	static const struct vector numbered[] = {
		{ CLASS_ENUM, ENC_PLAIN, "\"red\"", "1" },
		{ CLASS_ENUM, ENC_PLAIN, "\"gr\\u00fcn\"", "2" },
		{ CLASS_ENUM, ENC_PLAIN, "\"7\"", "3" },
		{ CLASS_ENUM, ENC_PLAIN, "2", "2" },
		{ CLASS_ENUM, ENC_PLAIN, "0", "0 (lenient)" },
		{ CLASS_ENUM, ENC_PLAIN, "\"\"", "0 (lenient)" },
		{ CLASS_ENUM, ENC_PLAIN, "\"blue\"",
		    "!not one of its labels" },
		{ CLASS_ENUM, ENC_PLAIN, "\"\xF0\x9F\x98\x80\"",
		    "!one of the labels that information_schema shows as '?'" },
		{ CLASS_SET, ENC_PLAIN, "\"red,7\"", "5" },
		{ CLASS_SET, ENC_PLAIN, "\"\"", "0" },
		{ CLASS_SET, ENC_PLAIN, "\"red,blue\"",
		    "!not one of its labels" },
	};

	CHECK(v);
	for (size_t i = 0; i < sizeof(numbered) / sizeof(*numbered); i++) {
		struct target_column col = column_of(numbered[i].class);
		struct conversion c = { .to = &col };

		col.numbered = true;
		check_one(&c, numbered[i].json, numbered[i].want);
	}
}

static void
alike(void)
{
	static const struct {
		const char *labels[3], *collation;
		bool want;
	} v[] = {
		{ { "a", "b" }, "utf8mb4_general_ci", false },
		{ { "a", "A" }, "utf8mb4_general_ci", true },
		{ { "a", "\xC3\xA4" }, "utf8mb4_general_ci", true },
		{ { "a", "" }, "utf8mb4_bin", true },
		{ { "a?", "b?" }, "utf8mb4_bin", false },
		{ { "?", "?" }, "utf8mb4_bin", false },
		{ { "?", "?" }, "utf8mb4_general_ci", true },
		{ { "?", "?" }, "utf8mb4_uca1400_ai_ci", false },
		{ { "a" }, "latin1_swedish_ci", false },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct span all[3];
		struct target_column col = { .labels = all,
			.collation = (char *)(uintptr_t)v[i].collation };

		for (; col.nlabels < 3 && v[i].labels[col.nlabels];
		    col.nlabels++)
			all[col.nlabels] = span_of(v[i].labels[col.nlabels]);
		is_number(target_labels_are_alike(&col), v[i].want,
		    v[i].collation);
	}
}

static void
times(void)
{
	static const struct vector v[] = {
		{ CLASS_DATE, ENC_DAYS, "0", "1970-01-01" },
		{ CLASS_DATE, ENC_DAYS, "-719162", "0001-01-01" },
		{ CLASS_DATE, ENC_DAYS, "-719163", "!not a day" },
		{ CLASS_DATE, ENC_DAYS, "2932896", "9999-12-31" },
		{ CLASS_DATE, ENC_DAYS, "2932897", "!not a day" },
		{ CLASS_DATE, ENC_DAYS, "1.5", "!not a day" },
		{ CLASS_DATE, ENC_DAYS, "\"2024-02-29Z\"", "2024-02-29" },
		{ CLASS_TIME, ENC_TIME_MILLIS, "-1500", "-00:00:01.5" },
		{ CLASS_TIME, ENC_TIME_MICROS, "3020399000000", "838:59:59" },
		{ CLASS_TIME, ENC_TIME_MICROS, "1",
		    "!its fraction would be cut" },
		{ CLASS_TIME, ENC_TIME_NANOS, "10000000", "00:00:00.01" },
		{ CLASS_TIME, ENC_TIME_NANOS, "1",
		    "!nanoseconds, which the column does not store" },
		{ CLASS_TIME, ENC_TIME_MILLIS, "9223372036854775807",
		    "!not a number of such units" },
		{ CLASS_DATETIME, ENC_MILLIS, "-1", "!its fraction would be "
		    "cut" },
		{ CLASS_DATETIME, ENC_MILLIS, "-10", "1969-12-31 23:59:59.99" },
		{ CLASS_DATETIME, ENC_MICROS, "0", "1970-01-01 00:00:00" },
		{ CLASS_DATETIME, ENC_NANOS, "253402300799990000000",
		    "9999-12-31 23:59:59.99" },
		{ CLASS_DATETIME, ENC_MILLIS, "253402300800000",
		    "!not a time in the years 1 to 9999" },
		{ CLASS_TIMESTAMP, ENC_ISO, "\"2026-11-22T10:00:00Z\"",
		    "2026-11-22 10:00:00" },
		{ CLASS_TIMESTAMP, ENC_ISO, "\"2026-01-01T00:30:00.5+01:00\"",
		    "2025-12-31 23:30:00.5" },
		{ CLASS_TIMESTAMP, ENC_ISO, "\"2026-11-22T23:00:00-05:30\"",
		    "2026-11-23 04:30:00" },
		{ CLASS_TIMESTAMP, ENC_ISO, "\"1971-01-01T00:00:00-00:44:30\"",
		    "1971-01-01 00:44:30" },
		{ CLASS_TIMESTAMP, ENC_ISO, "\"2026-11-22T23:00:00+5:00\"",
		    "!not a time with an offset" },
		{ CLASS_TIMESTAMP, ENC_ISO, "\"2026-11-22T10:00:00.125Z\"",
		    "!its fraction would be cut" },
		{ CLASS_TIMESTAMP, ENC_ISO, "\"2026-11-22T10:00:00.120Z\"",
		    "2026-11-22 10:00:00.120" },
		{ CLASS_DATETIME, ENC_ISO, "7", "!not a text" },
		{ CLASS_TIME, ENC_PLAIN, "1000", "!not a time" },
		{ CLASS_TIME, ENC_PLAIN, "\"2026-01-02 10:00:00\"",
		    "!its date would be cut" },
		{ CLASS_TIME, ENC_PLAIN, "\"-838:59:59\"", "-838:59:59" },
		{ CLASS_YEAR, ENC_PLAIN, "5", "!not a year" },
		{ CLASS_YEAR, ENC_PLAIN, "false", "!not a year" },
		{ CLASS_YEAR, ENC_PLAIN, "2026", "2026" },
		{ CLASS_BIT, ENC_PLAIN, "5", "!not bits" },
		{ CLASS_YEAR, ENC_YEAR, "0", "0000" },
		{ CLASS_YEAR, ENC_YEAR, "2026", "2026" },
		{ CLASS_YEAR, ENC_YEAR, "\"2026\"", "2026" },
		{ CLASS_YEAR, ENC_YEAR, "10000", "!not a year" },
		{ CLASS_DATETIME, ENC_SOME_TEMPORAL, "\"2026-01-02\"",
		    "2026-01-02" },
		{ CLASS_DATETIME, ENC_SOME_TEMPORAL, "5",
		    "!a number in unknown units" },
	};

	CHECK(v);
}

static void
bytes(void)
{
	static const struct vector v[] = {
		{ CLASS_BINARY, ENC_BASE64, "\"AAEC\"", "\\x00\\x01\\x02" },
		{ CLASS_BINARY, ENC_BASE64, "\"YQ==\"", "a" },
		{ CLASS_BINARY, ENC_BASE64, "\"YQ\"", "a" },
		{ CLASS_BINARY, ENC_BASE64, "\"YQ=\"", "!not base64" },
		{ CLASS_BINARY, ENC_BASE64, "\"YR==\"",
		    "!truncated base64" },
		{ CLASS_BINARY, ENC_BASE64, "\"Y\"", "!truncated base64" },
		{ CLASS_BINARY, ENC_BASE64, "\"A\"", "!truncated base64" },
		{ CLASS_BINARY, ENC_BASE64, "\"Y*\"", "!not base64" },
		{ CLASS_BINARY, ENC_BASE64, "\"Pz8\\/\"", "???" },
		{ CLASS_BINARY, ENC_BASE64, "\"Pz8_\"", "???" },
		{ CLASS_BINARY, ENC_BASE64, "\"\"", "" },
		{ CLASS_BINARY, ENC_BASE64, "7", "!not base64" },
		{ CLASS_BINARY, ENC_HEX, "\"616B\"", "ak" },
		{ CLASS_BINARY, ENC_HEX, "\"616\"", "!not hex" },
		{ CLASS_BINARY, ENC_SOME_BINARY, "\"616B\"",
		    "!base64 or hex: the encoding is unknown" },
		{ CLASS_DECIMAL, ENC_UNSCALED, "\"BNI=\"", "12.34" },
		{ CLASS_DECIMAL, ENC_UNSCALED, "\"+y4=\"", "-12.34" },
		{ CLASS_DECIMAL, ENC_UNSCALED, "\"AA==\"", "0.00" },
		{ CLASS_DECIMAL, ENC_UNSCALED, "\"/w==\"", "-0.01" },
		{ CLASS_DECIMAL, ENC_UNSCALED, "1.5", "1.5" },
		{ CLASS_DECIMAL, ENC_UNSCALED, "\"\"",
		    "!not a Decimal of Kafka Connect" },
		{ CLASS_DECIMAL, ENC_SOME_DECIMAL, "\"1.25\"", "1.25" },
		{ CLASS_DECIMAL, ENC_SOME_DECIMAL, "\"BNI=\"",
		    "!digits or base64: the encoding is unknown" },
		{ CLASS_BIT, ENC_BITS, "true", "\\x01" },
		{ CLASS_BIT, ENC_BITS, "5",
		    "\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x05" },
		{ CLASS_BIT, ENC_BITS, "\"AQI=\"", "\\x02\\x01" },
		{ CLASS_BIT, ENC_BITS, "\"*\"", "!no bits" },
		{ CLASS_INT, ENC_BITS, "true", "1" },
		{ CLASS_GEOMETRY, ENC_GEOMETRY,
		    "{\"wkb\":\"AQ==\",\"srid\":258}",
		    "\\x02\\x01\\x00\\x00\\x01" },
		{ CLASS_GEOMETRY, ENC_GEOMETRY, "{\"wkb\":\"AQ==\"}",
		    "\\x00\\x00\\x00\\x00\\x01" },
		{ CLASS_GEOMETRY, ENC_GEOMETRY, "{\"wkb\":\"\"}", "none" },
		{ CLASS_GEOMETRY, ENC_GEOMETRY, "{\"srid\":1}",
		    "!no geometry" },
		{ CLASS_GEOMETRY, ENC_GEOMETRY,
		    "{\"wkb\":\"AQ==\",\"srid\":-1}", "!no SRID" },
		{ CLASS_VECTOR, ENC_VECTOR, "[1,-2.5]",
		    "\\x00\\x00\x80?\\x00\\x00 \xC0" },
		{ CLASS_VECTOR, ENC_VECTOR, "[1,1e99]", "!no vector" },
		{ CLASS_VECTOR, ENC_VECTOR, "[1,\"2\"]", "!no vector" },
		{ CLASS_VECTOR, ENC_VECTOR, "\"AACAPw==\"",
		    "\\x00\\x00\x80?" },
		{ CLASS_VECTOR, ENC_VECTOR, "{}", "!no vector" },
	};

	CHECK(v);
}

static void
json(void)
{
	static const struct vector v[] = {
		{ CLASS_TEXT, ENC_JSON, "{\"a\": 1}", "{\"a\": 1}" },
		{ CLASS_TEXT, ENC_JSON, "\"a\"", "\"a\"" },
		{ CLASS_TEXT, ENC_JSON, "\"null\"", "null" },
		{ CLASS_TEXT, ENC_JSON, "true", "true" },
		{ CLASS_TEXT, ENC_SOME_JSON, "\"a\"", "a" },
		{ CLASS_TEXT, ENC_SOME_JSON, "[1]", "[1]" },
	};

	CHECK(v);
}

/* A text of characters that a column lacks, and one that is bytes. */
static void
charsets(void)
{
	struct target_column col = column_of(CLASS_TEXT);
	struct conversion c = { .to = &col };

	col.set = charset_named("latin1");
	c.from = charset_named("latin1");
	check_one(&c, "\"\xC3\xA4\"", "\xC3\xA4");
	col.set = charset_named("utf8mb4");
	c.from = NULL;
	check_one(&c, "\"\xEE\xBC\x80\"", "!bytes that are not characters, in "
	    "an unknown character set");
	is_text(span_of(c.hint), "a schema record names it (cdc-tail "
	    "--control, or --schema FILE)", "… and what to do");
	c.from = col.set;
	check_one(&c, "\"\xEE\xBF\xBF\"", "bytes \xFF");
	c.from = charset_named("latin1");
	check_one(&c, "\"\xEE\xBF\xBF\"", "!bytes that are not characters, "
	    "which a column of another character set cannot hold");
}

static void
nulls(void)
{
	struct target_column col = column_of(CLASS_DATE);
	struct conversion c = { .to = &col };

	col.nullable = false;
	check_one(&c, "null", "!it is NOT NULL");
	is_text(span_of(c.hint), "a zero date is null, except with "
	    "cdc-tail "
	    "--time string", "… of a date: why");
	col.computed = true;
	check_one(&c, "null", "NULL");
	is_number(encoding_is_bytes(ENC_HEX, &col), 1, "hex is bytes");
	is_number(encoding_is_bytes(ENC_PLAIN, &col), 0, "a date is none");
}

/* FLOAT(8,2) and its last value; of exact numbers what it would change. */
static void
limits(void)
{
	struct target_column col = column_of(CLASS_FLOAT);
	struct conversion c = { .to = &col };

	col.type = (char *)(uintptr_t)"float(8,2)";
	check_one(&c, "1e6", "999999.99");
	check_one(&c, "-1e6", "-999999.99");
	check_one(&c, "999999", "999999");
	c.exact = true;
	check_one(&c, "16777216", "16777216");
	check_one(&c, "16777217", "!it would be rounded");
	check_one(&c, "0.123456", "0.123456");
	check_one(&c, "0.1234567", "!it would be rounded");
	col.class = CLASS_DOUBLE;
	check_one(&c, "9007199254740992", "9007199254740992");
	check_one(&c, "9007199254740993", "!it would be rounded");
}

/* ---- properties */

static void
put_base64(struct buf *out, const uint8_t *p, size_t n, bool url, bool pads)
{
	const char *set = url ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst"
	    "uvwxyz0123456789-_" : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno"
	    "pqrstuvwxyz0123456789+/";

	buf_char(out, '"');
	for (size_t i = 0; i < n; i += 3) {
		unsigned bits = (unsigned)p[i] << 16 |
		    (i + 1 < n ? (unsigned)p[i + 1] << 8 : 0) |
		    (i + 2 < n ? p[i + 2] : 0);

		for (size_t k = 0; k < 4; k++)
			if (k <= n - i)
				buf_char(out, set[bits >> (18 - 6 * k) & 63]);
			else if (pads)
				buf_char(out, '=');
	}
	buf_char(out, '"');
}

static void
any_bytes(void)
{
	struct target_column col = column_of(CLASS_BINARY);
	struct conversion c = { .to = &col, .encoding = ENC_BASE64 };
	struct buf text = { 0 }, out = { 0 };
	int wrong = 0;

	for (int round = 0; round < 20000; round++) {
		uint8_t raw[40];
		size_t n = any() % sizeof(raw);

		for (size_t i = 0; i < n; i++)
			raw[i] = (uint8_t)any();
		text.n = out.n = 0;
		put_base64(&text, raw, n, any() & 1, any() & 1);
		wrong += convert(&c, buf_view(&text), &out) !=
		    CONVERT_VALUE || out.n != n ||
		    (n && memcmp(out.p, raw, n) != 0);
	}
	is_number(wrong, 0, "bytes as base64, and back");
	buf_free(&text);
	buf_free(&out);
}

__extension__ typedef __int128 wide;

/* A whole number with a point before its last digits. */
static void
put_wide(struct buf *out, wide v, int scale)
{
	char digits[64];
	size_t n = 0;
	bool negative = v < 0;

	for (int i = 0; v || i <= scale; i++, v /= 10) {
		digits[n++] = (char)('0' + (int)(negative ? -(v % 10) :
		    v % 10));
		if (i + 1 == scale)
			digits[n++] = '.';
	}
	if (negative)
		buf_char(out, '-');
	while (n > 0)
		buf_char(out, digits[--n]);
}

static void
any_unscaled(void)
{
	struct target_column col = column_of(CLASS_DECIMAL);
	struct conversion c = { .to = &col, .encoding = ENC_UNSCALED };
	struct buf text = { 0 }, out = { 0 }, want = { 0 };
	int wrong = 0;

	col.digits = 38;
	for (int round = 0; round < 20000; round++) {
		unsigned n = 1 + (unsigned)any() % 15;
		wide v = (wide)((unsigned __int128)any() << 64 | any());
		uint8_t raw[16];

		v >>= 128 - 8 * n;
		for (unsigned i = 0; i < n; i++)
			raw[i] = (uint8_t)(v >> 8 * (n - 1 - i));
		c.scale = (int64_t)(any() % 20);
		text.n = out.n = want.n = 0;
		put_base64(&text, raw, n, false, true);
		put_wide(&want, v, (int)c.scale);
		wrong += convert(&c, buf_view(&text), &out) !=
		    CONVERT_VALUE || !span_eq(buf_view(&out),
		    buf_view(&want));
	}
	is_number(wrong, 0, "Decimals of Connect, by 128 bits");
	buf_free(&text);
	buf_free(&out);
	buf_free(&want);
}

/* gmtime() is the oracle. */
static void
any_moment(void)
{
	struct target_column col = column_of(CLASS_DATETIME);
	struct conversion c = { .to = &col, .encoding = ENC_MICROS };
	struct buf text = { 0 }, out = { 0 };
	int wrong = 0;

	col.digits = 6;
	for (int round = 0; round < 20000; round++) {
		int64_t micros = (int64_t)(any() % 315537897600000000) -
		    62135596800000000;
		time_t s = micros / 1000000 - (micros % 1000000 < 0);
		char want[64], day[32];
		struct tm tm;
		size_t n;

		gmtime_r(&s, &tm);
		strftime(day, sizeof(day), "%m-%d %H:%M:%S", &tm);
		snprintf(want, sizeof(want), "%04d-%s.%06d", tm.tm_year + 1900,
		    day, (int)(micros - s * 1000000));
		for (n = strlen(want); want[n - 1] == '0'; n--)
			;
		n -= want[n - 1] == '.';
		text.n = out.n = 0;
		buf_printf(&text, "%lld", (long long)micros);
		wrong += convert(&c, buf_view(&text), &out) !=
		    CONVERT_VALUE || !span_eq(buf_view(&out),
		    (struct span){ want, n });
	}
	is_number(wrong, 0, "moments of the years 1 to 9999, by gmtime()");
	buf_free(&text);
	buf_free(&out);
}

/* The digits that count, one after the other. */
static size_t
significant(char *to, const char *number)
{
	size_t n = 0;

	for (; *number && *number != 'e'; number++)
		if (*number >= (n ? '0' : '1') && *number <= '9')
			to[n++] = *number;
	while (n > 0 && to[n - 1] == '0')
		n--;
	to[n] = '\0';
	return n;
}

static void
put_number(char *text, size_t digits, size_t scale)
{
	size_t n = 0;

	for (size_t i = 0; i < digits; i++) {
		if (i == digits - scale)
			text[n++] = '.';
		text[n++] = (char)('0' + (i ? any() % 10 : 1 + any() % 9));
	}
	text[n] = '\0';
}

/* An exact number that is taken has the same digits in binary. */
static void
any_real(void)
{
	int wrong = 0, taken = 0;

	for (int round = 0; round < 50000; round++) {
		bool single = any() & 1, no_label;
		struct target_column col = column_of(single ? CLASS_FLOAT :
		    CLASS_DOUBLE);
		char text[64], back[64], was[64], is[64];
		size_t digits = 1 + any() % 18, n;

		put_number(text, digits, any() % digits);
		if (check_value_misfit(&col, span_of(text), true, &no_label))
			continue;
		taken++;
		n = significant(was, text);
		snprintf(back, sizeof(back), "%.*e", (int)n - 1, single ?
		    (double)strtof(text, NULL) : strtod(text, NULL));
		significant(is, back);
		wrong += strcmp(is, was) != 0;
	}
	is_number(wrong, 0, "exact numbers in FLOAT and DOUBLE");
	result(taken > 10000, "… of which many fit");
}

/* What CHAR(4) and BINARY(4) give back, and what they do not. */
static void
fixed(void)
{
	struct target_column text = { .type = TEXT("char(4)"),
		.class = CLASS_TEXT, .length = 4 };
	struct target_column bytes = { .type = TEXT("binary(4)"),
		.class = CLASS_BINARY, .length = 4 };
	bool no_label;

	result(!check_value_misfit(&text, SPAN(" a b"), false, &no_label),
	    "CHAR, blanks inside");
	is_text(span_of(check_value_misfit(&text, SPAN("a "), false,
	    &no_label)), "CHAR would cut the blanks at its end",
	    "CHAR, a blank at the end");
	result(!check_value_misfit(&bytes, SPAN("abcd"), false, &no_label),
	    "BINARY, whole");
	is_text(span_of(check_value_misfit(&bytes, SPAN("abc"), false,
	    &no_label)), "BINARY would append zero bytes to it",
	    "BINARY, too short");
	text.type = TEXT("varchar(4)");
	bytes.type = TEXT("varbinary(4)");
	result(!check_value_misfit(&text, SPAN("a "), false, &no_label) &&
	    !check_value_misfit(&bytes, SPAN("abc"), false, &no_label),
	    "VARCHAR and VARBINARY hold them");
}

int
main(void)
{
	plain();
	fixed();
	labels();
	alike();
	times();
	bytes();
	json();
	charsets();
	nulls();
	limits();
	any_bytes();
	any_unscaled();
	any_moment();
	any_real();
	return done();
}

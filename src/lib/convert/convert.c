/* SPDX-License-Identifier: MIT */
#include "convert/convert.h"

#include <stdlib.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/hex.h"
#include "base/integer.h"
#include "convert/check_value.h"
#include "convert/iso_offset.h"
#include "convert/text.h"
#include "json/scan.h"
#include "record/record.h"

enum {
	DAY_S = 86400, MICROS = 1000000, MAX_UNSCALED = 64, SRID = 4,
	MAX_DAY = 2932896 /* 9999-12-31 */, MIN_DAY = -719162 /* 0001-01-01 */,
};

static int
bad(struct conversion *c, const char *why)
{
	c->why = why;
	return -1;
}

/* A JSON string's characters. */
static int
put_string(struct conversion *c, struct span json, struct buf *out)
{
	struct span inside = json_inside(json);

	if (!memchr(inside.p, '\\', inside.n)) {
		buf_span(out, inside);
		return 0;
	}
	return json_unescape(out, inside) ? 0 : bad(c, "a broken escape");
}

static int
decode_plain(struct conversion *c, struct span json, struct buf *out)
{
	if (json.p[0] == '"')
		return put_string(c, json, out);
	if (json.p[0] == 't' || json.p[0] == 'f')
		buf_char(out, json.p[0] == 't' ? '1' : '0');
	else if ((json.p[0] == '{' || json.p[0] == '[') &&
	    c->to->class != CLASS_TEXT)
		return bad(c, "an object is not a value of it");
	else
		buf_span(out, json);
	return 0;
}

/* "2026-11-22T10:00:00Z" as MariaDB writes it, in UTC; its own text stays. */
static int
decode_iso(struct conversion *c, struct span json, struct buf *out)
{
	size_t at = out->n;

	if (json.p[0] != '"')
		return bad(c, "not a text");
	if (put_string(c, json, out) < 0)
		return -1;
	if (iso_offset_apply(out, at) < 0)
		return bad(c, "not a time with an offset");
	if (out->n > at && out->p[out->n - 1] == 'Z')
		out->n--;
	if (out->n > at + 10 && out->p[at + 10] == 'T')
		out->p[at + 10] = ' ';
	return 0;
}

static void
put_date(struct buf *out, int64_t day)
{
	unsigned y, m, d;
	char *p = buf_room(out, 16);

	clock_civil_from_days((unsigned)day, &y, &m, &d);
	p = buf_put_digits(p, y, 4);
	*p++ = '-';
	p = put_two(p, m);
	*p++ = '-';
	p = put_two(p, d);
	out->n = (size_t)(p - out->p);
}

/* A span of time, and its fraction, if it has one. */
static void
put_clock(struct buf *out, uint64_t micros)
{
	uint64_t s = micros / MICROS, fraction = micros % MICROS;
	uint64_t hours = s / 3600;
	char *p = buf_room(out, 40);

	p = hours > 99 ? buf_put_u64(p, hours) : put_two(p, (unsigned)hours);
	*p++ = ':';
	p = put_two(p, (unsigned)(s / 60 % 60));
	*p++ = ':';
	p = put_two(p, (unsigned)(s % 60));
	if (fraction) {
		*p++ = '.';
		p = buf_put_digits(p, fraction, 6);
		while (p[-1] == '0')
			p--;
	}
	out->n = (size_t)(p - out->p);
}

static int
decode_days(struct conversion *c, struct span json, struct buf *out)
{
	int64_t day;

	if (json.p[0] == '"')
		return decode_iso(c, json, out);
	if (!integer_read_signed(json, &day) || day < MIN_DAY || day > MAX_DAY)
		return bad(c, "not a day");
	put_date(out, day);
	return 0;
}

/* Units of 10^-digits of a second. */
static const struct {
	int64_t each, divided;  /* micros = v * each / divided */
} units[] = {
	[ENC_TIME_MILLIS] = { 1000, 1 }, [ENC_TIME_MICROS] = { 1, 1 },
	[ENC_TIME_NANOS] = { 1, 1000 }, [ENC_MILLIS] = { 1000, 1 },
	[ENC_MICROS] = { 1, 1 }, [ENC_NANOS] = { 1, 1000 },
};

/* A number of these units as microseconds. */
static int
take_micros(struct conversion *c, struct span json, int64_t *micros)
{
	int64_t v, each = units[c->encoding].each;
	int64_t divided = units[c->encoding].divided;

	/* nanoseconds of far years have more than 64 bits, and end in 000 */
	if (divided > 1 && json.n > 4 &&
	    memcmp(json.p + json.n - 3, "000", 3) == 0) {
		json.n -= 3;
		divided = 1;
	}
	if (!integer_read_signed(json, &v) || (each > 1 &&
	    (v > INT64_MAX / each || v < INT64_MIN / each)))
		return bad(c, "not a number of such units");
	if (v % divided)
		return bad(c, "nanoseconds, which the column does not store");
	*micros = v * each / divided;
	return 0;
}

static int
decode_time(struct conversion *c, struct span json, struct buf *out)
{
	int64_t v;

	if (json.p[0] == '"')
		return decode_iso(c, json, out);
	if (take_micros(c, json, &v) < 0)
		return -1;
	if (v < 0)
		buf_char(out, '-');
	put_clock(out, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
	return 0;
}

static int
decode_moment(struct conversion *c, struct span json, struct buf *out)
{
	int64_t v, day, rest;

	if (json.p[0] == '"')
		return decode_iso(c, json, out);
	if (take_micros(c, json, &v) < 0)
		return -1;
	day = v / ((int64_t)DAY_S * MICROS);
	rest = v % ((int64_t)DAY_S * MICROS);
	if (rest < 0) {
		rest += (int64_t)DAY_S * MICROS;
		day--;
	}
	if (day < MIN_DAY || day > MAX_DAY)
		return bad(c, "not a time in the years 1 to 9999");
	put_date(out, day);
	buf_char(out, ' ');
	put_clock(out, (uint64_t)rest);
	return 0;
}

/* The text "0" would be the year 2000. */
static int
decode_year(struct conversion *c, struct span json, struct buf *out)
{
	int64_t v;

	if (json.p[0] == '"')
		return put_string(c, json, out);
	if (!integer_read_signed(json, &v) || v < 0 || v > 9999)
		return bad(c, "not a year");
	out->n += (size_t)(buf_put_digits(buf_room(out, 8), (uint64_t)v, 4) -
	    (out->p + out->n));
	return 0;
}

static int
base64_text(struct conversion *c, struct span inside, struct buf *out)
{
	const char *why = inside.p ? base64_take(out, inside) : "not base64";

	return why ? bad(c, why) : 0;
}

static int
hex_text(struct conversion *c, struct span inside, struct buf *out)
{
	return inside.p && hex_take(out, inside) ? 0 : bad(c, "not hex");
}

/* Of a string's characters: others write each '/' with a backslash. */
static int
decode_text(struct conversion *c, struct span json, struct buf *out,
    int decode(struct conversion *, struct span, struct buf *))
{
	struct buf scratch = { 0 };
	int status = decode(c, json_value_text(json, &scratch), out);

	buf_free(&scratch);
	return status;
}

static int
decode_base64(struct conversion *c, struct span json, struct buf *out)
{
	return decode_text(c, json, out, base64_text);
}

static int
decode_hex(struct conversion *c, struct span json, struct buf *out)
{
	return decode_text(c, json, out, hex_text);
}

/* n bytes, big-endian, divided by ten; the remainder. */
static unsigned
divide_by_ten(uint8_t *bytes, size_t n)
{
	unsigned rest = 0;

	for (size_t i = 0; i < n; i++) {
		rest = rest << 8 | bytes[i];
		bytes[i] = (uint8_t)(rest / 10);
		rest %= 10;
	}
	return rest;
}

static bool
all_zero(const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bytes[i])
			return false;
	return true;
}

/* Two's complement into its absolute value. */
static void
negate(uint8_t *bytes, size_t n)
{
	unsigned carry = 1;

	for (size_t i = n; i-- > 0;) {
		carry += (uint8_t)~bytes[i];
		bytes[i] = (uint8_t)carry;
		carry >>= 8;
	}
}

/* Connect's Decimal: base64 of the unscaled integer, big-endian. */
static int
decode_unscaled(struct conversion *c, struct span json, struct buf *out)
{
	struct buf raw = { 0 };
	char digits[4 * MAX_UNSCALED];
	size_t n = 0;
	uint8_t *bytes;
	bool negative;

	if (json.p[0] != '"')
		return decode_plain(c, json, out);
	if (decode_base64(c, json, &raw) < 0 || raw.n == 0 ||
	    raw.n > MAX_UNSCALED || c->scale < 0 || c->scale > 65) {
		buf_free(&raw);
		return bad(c, "not a Decimal of Kafka Connect");
	}
	bytes = (uint8_t *)raw.p;
	negative = bytes[0] & 0x80;
	if (negative)
		negate(bytes, raw.n);
	/* with a digit in front of the point, too */
	while (!all_zero(bytes, raw.n) ||
	    n <= (size_t)c->scale + (c->scale > 0)) {
		digits[n++] = (char)('0' + divide_by_ten(bytes, raw.n));
		if (n == (size_t)c->scale)
			digits[n++] = '.';
	}
	if (negative)
		buf_char(out, '-');
	while (n > 0)
		buf_char(out, digits[--n]);
	buf_free(&raw);
	return 0;
}

/* BIT, in a string of bytes that begins with the highest. */
static int
decode_bits(struct conversion *c, struct span json, struct buf *out)
{
	size_t at = out->n;
	int64_t v;

	if (c->to->class != CLASS_BIT && json.p[0] != '"')
		return decode_plain(c, json, out);
	if (json.p[0] == 't' || json.p[0] == 'f') {
		buf_char(out, json.p[0] == 't');
		return 0;
	}
	if (integer_read_signed(json, &v)) {
		for (int shift = 56; shift >= 0; shift -= 8)
			buf_char(out, (char)((uint64_t)v >> shift));
		return 0;
	}
	if (decode_base64(c, json, out) < 0)
		return bad(c, "no bits");
	for (size_t i = at, k = out->n; i + 1 < k; i++) {
		char swap = out->p[i];

		out->p[i] = out->p[--k];
		out->p[k] = swap;
	}
	return 0;
}

/* {"wkb":"…","srid":…} as the server keeps it: SRID u32, WKB. */
static int
decode_geometry(struct conversion *c, struct span json, struct buf *out)
{
	struct span wkb = object_member(json, "wkb");
	struct span srid = object_member(json, "srid");
	uint64_t v = 0;

	if (json.p[0] != '{' || !json_inside(wkb).p)
		return bad(c, "no geometry");
	if (srid.p && srid.p[0] != 'n' && !integer_read(srid, UINT32_MAX, &v))
		return bad(c, "no SRID");
	if (json_inside(wkb).n == 0) {  /* of no bytes, as ALTER makes it */
		c->none = true;
		return 0;
	}
	buf_le(out, v, SRID);
	return decode_base64(c, wkb, out);
}

/* A number as a float, little-endian. */
static bool
put_element(struct span value, struct buf *out)
{
	char text[64], *end;
	float f;
	uint32_t bits;

	if (value.n == 0 || value.n >= sizeof(text) ||
	    (value.p[0] != '-' && (value.p[0] < '0' || value.p[0] > '9')))
		return false;
	memcpy(text, value.p, value.n);
	text[value.n] = '\0';
	f = strtof(text, &end);
	if (*end || f - f != 0)         /* infinite */
		return false;
	memcpy(&bits, &f, sizeof(bits));
	for (int i = 0; i < 32; i += 8)
		buf_char(out, (char)(bits >> i));
	return true;
}

static int
decode_vector(struct conversion *c, struct span json, struct buf *out)
{
	struct json_pos at = json_at(json);
	struct span value;
	int more;

	if (json.p[0] == '"')
		return decode_base64(c, json, out);
	if (!json_enter(&at, '['))
		return bad(c, "no vector");
	while ((more = json_next_element(&at)) > 0)
		if (!json_value(&at, &value) || !put_element(value, out))
			return bad(c, "no vector");
	return more < 0 ? bad(c, "no vector") : 0;
}

static bool
has_point(struct span json)
{
	struct buf scratch = { 0 };
	struct span text = json_value_text(json, &scratch);
	bool has = text.n && memchr(text.p, '.', text.n);

	buf_free(&scratch);
	return has;
}

/* The scale is unknown; a point shows that it is no base64. */
static int
decode_some_decimal(struct conversion *c, struct span json, struct buf *out)
{
	if (json.p[0] == '"' && !has_point(json)) {
		c->hint = "a schema record says (cdc-tail --control, or "
		    "--schema FILE), or --decimal does";
		return bad(c, "digits or base64: the encoding is unknown");
	}
	return decode_plain(c, json, out);
}

static int
decode_some_temporal(struct conversion *c, struct span json, struct buf *out)
{
	if (json.p[0] == '"')
		return decode_iso(c, json, out);
	c->hint = "a schema record says (cdc-tail --control, or --schema "
	    "FILE), or --time does";
	return bad(c, "a number in unknown units");
}

static int
decode_json(struct conversion *c, struct span json, struct buf *out)
{
	if (json.p[0] == '"')
		return put_string(c, json, out);
	buf_span(out, json);
	return 0;
}

static int
decode_some_binary(struct conversion *c, struct span json, struct buf *out)
{
	(void)json;
	(void)out;
	c->hint = "cdc-tail --control tells, or --binary";
	return bad(c, "base64 or hex: the encoding is unknown");
}

static int (*const decoders[])(struct conversion *, struct span,
    struct buf *) = {
	[ENC_PLAIN] = decode_plain, [ENC_DAYS] = decode_days,
	[ENC_TIME_MILLIS] = decode_time, [ENC_TIME_MICROS] = decode_time,
	[ENC_TIME_NANOS] = decode_time, [ENC_MILLIS] = decode_moment,
	[ENC_MICROS] = decode_moment, [ENC_NANOS] = decode_moment,
	[ENC_ISO] = decode_iso, [ENC_YEAR] = decode_year,
	[ENC_BASE64] = decode_base64, [ENC_HEX] = decode_hex,
	[ENC_UNSCALED] = decode_unscaled, [ENC_BITS] = decode_bits,
	[ENC_GEOMETRY] = decode_geometry, [ENC_VECTOR] = decode_vector,
	[ENC_SOME_DECIMAL] = decode_some_decimal,
	[ENC_SOME_TEMPORAL] = decode_some_temporal,
	[ENC_SOME_BINARY] = decode_some_binary, [ENC_JSON] = decode_json,
	[ENC_SOME_JSON] = decode_json,
};

bool
encoding_is_bytes(enum encoding encoding, const struct target_column *to)
{
	return encoding == ENC_BASE64 || encoding == ENC_HEX ||
	    target_class_is_binary(to->class);
}

static enum converted
take_null(struct conversion *c)
{
	if (c->to->nullable || c->to->computed)
		return CONVERT_NULL;
	c->why = "it is NOT NULL";
	if (c->to->class >= CLASS_DATE && c->to->class <= CLASS_TIMESTAMP)
		c->hint = "a zero date is null, except with cdc-tail "
		    "--time string";
	return CONVERT_BAD;
}

/* Of the encodings that leave texts as they are, in characters. */
static enum converted
take_text(struct conversion *c, struct span json, struct buf *out, size_t at)
{
	enum converted got = text_take(c, json, out, at);

	if (c->encoding != ENC_JSON || json.p[0] != '"' ||
	    json_fate((struct span){ out->p + at, out->n - at }) ==
	    JSON_STAYS_TEXT)
		return got;
	out->n = at;            /* a JSON string, embedded like others */
	buf_span(out, json);
	return CONVERT_VALUE;
}

enum converted
convert(struct conversion *c, struct span json, struct buf *out)
{
	enum converted got = CONVERT_VALUE;
	size_t at = out->n;
	struct span text;

	c->why = c->hint = NULL;
	c->lenient = c->none = false;
	if (json.p[0] == 'n')
		return take_null(c);
	if (c->to->class == CLASS_ENUM && !c->to->numbered &&
	    span_is(json, "0"))
		json = SPAN("\"\"");    /* the error value, of others' labels */
	if (decoders[c->encoding](c, json, out) < 0)
		return CONVERT_BAD;
	if (c->none)
		return CONVERT_NONE;
	if (c->encoding == ENC_PLAIN && c->to->class == CLASS_BIT) {
		c->why = "not bits";
		return CONVERT_BAD;
	}
	if (c->encoding == ENC_PLAIN || c->encoding == ENC_SOME_JSON ||
	    c->encoding == ENC_JSON)
		got = take_text(c, json, out, at);
	if (got != CONVERT_VALUE || c->to->numbered)
		return got;
	buf_room(out, 1);               /* also an empty value is somewhere */
	check_value_at_limit(c->to, out, at);
	text = (struct span){ out->p + at, out->n - at };
	c->why = check_value_misfit(c->to, text, c->exact, &c->lenient);
	return c->why ? CONVERT_BAD : CONVERT_VALUE;
}

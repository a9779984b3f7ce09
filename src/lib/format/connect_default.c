/* SPDX-License-Identifier: MIT */
#include "format/connect_default.h"

#include <stdlib.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/hex.h"
#include "base/integer.h"
#include "json/scan.h"
#include "json/write.h"

/* What is known of a default. */
struct fallback {
	struct span text;
	const struct connect_type *type;
	const struct schema_column *from;
	const struct target_column *as;
	const struct known_modes *modes;
};

/* Each appends a value, or says that there is none. */
typedef bool put_fn(struct buf *out, const struct fallback *f);

/* TRUE and FALSE are expressions, if the value of one is known. */
static bool
is_boolean(const struct fallback *f)
{
	return f->as->class == CLASS_INT && (span_is_nocase(f->text,
	    "TRUE") || span_is_nocase(f->text, "FALSE"));
}

static bool
put_number(struct buf *out, const struct fallback *f)
{
	int64_t v;

	if (f->type->kind == CONNECT_TEXT)      /* --bigint-unsigned */
		return false;
	if (is_boolean(f)) {
		buf_char(out, f->text.n == 4 ? '1' : '0');
		return true;
	}
	if (f->as->class == CLASS_INT ? !integer_read_signed(f->text, &v) :
	    !json_valid(f->text) || one_of(f->text.p[0], "\"[{tfn"))
		return false;
	buf_span(out, f->text);
	return true;
}

/* "1.5" of DECIMAL(5,2) is "1.50". */
static bool
put_decimal(struct buf *out, const struct fallback *f)
{
	const char *point = memchr(f->text.p, '.', f->text.n);
	size_t fraction = point ? (size_t)(f->text.p + f->text.n - point - 1) :
	    0;

	if (f->modes->decimal != DECIMAL_STRING)
		return f->modes->decimal != DECIMAL_PRECISE &&
		    put_number(out, f);
	for (size_t i = 0; i < f->text.n; i++)
		if (!one_of(f->text.p[i], "-.0123456789"))
			return false;
	if (fraction > f->as->digits)
		return false;
	buf_char(out, '"');
	buf_span(out, f->text);
	if (!point && f->as->digits)
		buf_char(out, '.');
	for (; fraction < f->as->digits; fraction++)
		buf_char(out, '0');
	buf_char(out, '"');
	return true;
}

/* The digits of b'101', as bits of so many bytes, the lowest first. */
static bool
put_bits(struct buf *out, const struct fallback *f)
{
	size_t bytes = f->from->length > 0 ?
	    ((size_t)f->from->length + 7) / 8 : 1;
	struct buf raw = { 0 };
	uint64_t v = 0;

	if (!f->text.n || f->text.n > 64)
		return false;
	for (size_t i = 0; i < f->text.n; i++) {
		if (f->text.p[i] != '0' && f->text.p[i] != '1')
			return false;
		v = v << 1 | (uint64_t)(f->text.p[i] - '0');
	}
	if (f->type->kind == CONNECT_BOOLEAN) {
		buf_str(out, v ? "true" : "false");
		return true;
	}
	buf_le(&raw, v, bytes);
	buf_char(out, '"');
	base64_append(out, buf_view(&raw), false);
	buf_char(out, '"');
	buf_free(&raw);
	return true;
}

/* Digits, and what stands after them. */
static bool
take_part(struct span *text, unsigned most, char behind, unsigned *v)
{
	uint64_t n;

	if (!integer_take(text, most, &n) || (behind && (!text->n ||
	    text->p[0] != behind)))
		return false;
	if (behind) {
		text->p++;
		text->n--;
	}
	*v = (unsigned)n;
	return true;
}

static bool
take_date(struct span *text, int64_t *days)
{
	unsigned y, m, d;

	if (!take_part(text, 9999, '-', &y) || !take_part(text, 12, '-', &m) ||
	    !take_part(text, 31, '\0', &d) || !y || !m || !d)
		return false;
	*days = clock_days_from_civil(y, m, d);
	return true;
}

/* 01:02:03[.456] */
static bool
take_clock(struct span *text, int64_t *micros)
{
	unsigned h, m, s;
	int64_t unit = 100000;

	if (!take_part(text, 838, ':', &h) || !take_part(text, 59, ':', &m) ||
	    !take_part(text, 59, '\0', &s))
		return false;
	*micros = ((int64_t)h * 3600 + (int64_t)m * 60 + s) * 1000000;
	if (text->n && text->p[0] == '.')
		for (size_t i = 1; i < text->n; i++, unit /= 10) {
			if (text->p[i] < '0' || text->p[i] > '9')
				return false;
			*micros += unit * (text->p[i] - '0');
		}
	else if (text->n)
		return false;
	return true;
}

/* Time of day, if there is one. */
static bool
take_moment(struct span text, int64_t *days, int64_t *micros)
{
	*micros = 0;
	if (!take_date(&text, days))
		return false;
	if (!text.n)
		return true;
	text.p++;
	text.n--;
	return take_clock(&text, micros);
}

/* Units of a second: of the type's name. */
static int64_t
unit_of(const struct connect_type *type)
{
	static const char *const nanos[] = { "io.debezium.time.NanoTime",
		"io.debezium.time.NanoTimestamp" };
	static const char *const micros[] = { "io.debezium.time.MicroTime",
		"io.debezium.time.MicroTimestamp" };

	for (size_t i = 0; i < 2; i++) {
		if (strcmp(type->name, nanos[i]) == 0)
			return 1000000000;
		if (strcmp(type->name, micros[i]) == 0)
			return 1000000;
	}
	return 1000;
}

static void
put_units(struct buf *out, const struct fallback *f, int64_t micros)
{
	int64_t unit = unit_of(f->type);

	buf_i64(out, unit == 1000 ? micros / 1000 : micros);
	if (unit == 1000000000 && micros)
		buf_str(out, "000");
}

/* 2000-01-01T00:00:01.000Z, with the column's digits. */
static void
put_zoned(struct buf *out, const struct fallback *f)
{
	size_t digits = f->from->length > 0 ? (size_t)f->from->length : 0;
	const char *point = memchr(f->text.p, '.', f->text.n);
	size_t whole = point ? (size_t)(point - f->text.p) : f->text.n;

	buf_char(out, '"');
	buf_put(out, f->text.p, 10);
	buf_char(out, 'T');
	if (whole > 11)
		buf_put(out, f->text.p + 11, whole - 11);
	else
		buf_str(out, "00:00:00");
	for (size_t i = 0; i < digits; i++) {
		if (!i)
			buf_char(out, '.');
		buf_char(out, whole + 1 + i < f->text.n ?
		    f->text.p[whole + 1 + i] : '0');
	}
	buf_str(out, "Z\"");
}

static bool
put_temporal(struct buf *out, const struct fallback *f)
{
	struct span text = f->text;
	int64_t days = 0, micros = 0;
	bool good = f->as->class == CLASS_TIME ? take_clock(&text, &micros) :
	    take_moment(text, &days, &micros);

	if (!good || f->modes->time == TIME_ISOSTRING)
		return false;
	if (f->modes->time == TIME_STRING)
		json_string(out, f->text);
	else if (f->as->class == CLASS_TIMESTAMP)
		put_zoned(out, f);
	else if (f->as->class == CLASS_DATE)
		buf_i64(out, days);
	else
		put_units(out, f, days * 86400 * 1000000 + micros);
	return true;
}

static bool
put_text(struct buf *out, const struct fallback *f)
{
	json_string(out, f->text);
	return true;
}

static bool
put_bytes(struct buf *out, const struct fallback *f)
{
	for (size_t i = 0; i < f->text.n; i++)
		if ((unsigned char)f->text.p[i] >= 0x80)
			return false;   /* which bytes it was is not told */
	buf_char(out, '"');
	if (f->modes->binary == BINARY_HEX)
		hex_append(out, f->text, hex_lower);
	else
		base64_append(out, f->text,
		    f->modes->binary == BINARY_BASE64_URL_SAFE);
	buf_char(out, '"');
	return true;
}

static put_fn *const puts_of[] = {
	[CLASS_INT] = put_number, [CLASS_DECIMAL] = put_decimal,
	[CLASS_FLOAT] = put_number, [CLASS_DOUBLE] = put_number,
	[CLASS_BIT] = put_bits, [CLASS_YEAR] = put_number,
	[CLASS_DATE] = put_temporal, [CLASS_TIME] = put_temporal,
	[CLASS_DATETIME] = put_temporal, [CLASS_TIMESTAMP] = put_temporal,
	[CLASS_TEXT] = put_text, [CLASS_BINARY] = put_bytes,
	[CLASS_ENUM] = put_text, [CLASS_SET] = put_text,
	[CLASS_VECTOR] = NULL,
};

void
connect_default_put(struct buf *out, const struct connect_type *type,
    const struct schema_column *from, const struct target_column *as,
    const struct known_modes *modes)
{
	struct fallback f = { .type = type, .from = from, .as = as,
		.modes = modes };
	size_t at = out->n;

	if (!from->fallback || !puts_of[as->class])
		return;
	f.text = span_of(from->fallback);
	if (from->computed && !is_boolean(&f))
		return;
	buf_str(out, ",\"default\":");
	if (!puts_of[as->class](out, &f))
		out->n = at;
}

/* SPDX-License-Identifier: MIT
 *
 * DATE, TIME, DATETIME and TIMESTAMP, in the forms of MySQL 5.6 and later.
 *
 * A date that does not exist (0000-00-00, 2026-00-00, 2026-02-31) has no day
 * number: it is null, except in --time string, which prints what MariaDB
 * prints.
 */
#include "value/types.h"

#include "base/clock.h"

enum {
	DAY_S = 86400,
	MICROS = 1000000,
	DATETIME_BYTES = 5,
	TIME_BYTES = 3,
};

struct moment {
	bool negative;          /* TIME only */
	unsigned year, month, day, hour, minute, second, micros;
};

static const unsigned fraction_units[7] = {
	1000000, 100000, 10000, 1000, 100, 10, 1,
};

static bool
date_exists(const struct moment *t)
{
	static const uint8_t days[] = {
		0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
	};
	bool leap = (t->year % 4 == 0 && t->year % 100) || t->year % 400 == 0;

	if (t->year == 0 || t->month < 1 || t->month > 12 || t->day < 1)
		return false;
	return t->day <= (unsigned)(days[t->month] + (t->month == 2 && leap));
}

static int64_t
day_number(const struct moment *t)
{
	return clock_days_from_civil(t->year, t->month, t->day);
}

static char *
put_date(char *p, const struct moment *t)
{
	p = put_two(p, t->year / 100);
	p = put_two(p, t->year % 100);
	*p++ = '-';
	p = put_two(p, t->month);
	*p++ = '-';
	return put_two(p, t->day);
}

/* "10:00:00", and digits of the fraction; hours may be three digits. */
static char *
put_clock(char *p, const struct moment *t, int digits)
{
	p = t->hour > 99 ? buf_put_digits(p, t->hour, 3) : put_two(p, t->hour);
	*p++ = ':';
	p = put_two(p, t->minute);
	*p++ = ':';
	p = put_two(p, t->second);
	if (digits == 0)
		return p;
	*p++ = '.';
	return buf_put_digits(p, t->micros / fraction_units[digits], digits);
}

/* As many digits of the fraction as it needs: ISO 8601 as Java prints it. */
static int
needed_digits(unsigned micros)
{
	int digits = 6;

	while (digits > 0 && micros % 10 == 0) {
		micros /= 10;
		digits--;
	}
	return digits;
}

enum { MOMENT_TEXT = 48 };

/* A quoted text that a callback-free caller fills between the quotes. */
static char *
text_begin(struct buf *out)
{
	char *p = buf_room(out, MOMENT_TEXT);

	*p = '"';
	return p + 1;
}

static int
text_end(struct buf *out, char *p)
{
	*p++ = '"';
	out->n = (size_t)(p - out->p);
	return 0;
}

static int
put_null(struct buf *out)
{
	buf_put(out, "null", 4);
	return 0;
}

/* The fraction after a value: (fsp + 1) / 2 bytes, in units of 10^-even. */
static unsigned
micros_of(uint64_t raw, unsigned fsp)
{
	static const unsigned scale[4] = { 0, 10000, 100, 1 };

	return (unsigned)raw * scale[(fsp + 1) / 2];
}

/* DATE: | day 5 | month 4 | year 15 | from the low bit, little-endian. */
static int
read_date(struct cursor *in, struct moment *t)
{
	const uint8_t *p = take(in, 3);
	unsigned v;

	if (!p)
		return -1;
	v = (unsigned)load_le(p, 3);
	*t = (struct moment){ .day = v & 31, .month = v >> 5 & 15,
		.year = v >> 9 };
	if (t->year > 9999 || t->month > 12)
		return value_bad(in, "no date");
	return 0;
}

static int
put_date_days(const struct column *col, struct cursor *in, struct buf *out)
{
	struct moment t;

	(void)col;
	if (read_date(in, &t) < 0)
		return -1;
	if (!date_exists(&t))
		return put_null(out);
	buf_i64(out, day_number(&t));
	return 0;
}

static int
put_date_iso(const struct column *col, struct cursor *in, struct buf *out)
{
	struct moment t;
	char *p;

	(void)col;
	if (read_date(in, &t) < 0)
		return -1;
	if (!date_exists(&t))
		return put_null(out);
	p = put_date(text_begin(out), &t);
	*p++ = 'Z';
	return text_end(out, p);
}

static int
put_date_text(const struct column *col, struct cursor *in, struct buf *out)
{
	struct moment t;

	(void)col;
	if (read_date(in, &t) < 0)
		return -1;
	return text_end(out, put_date(text_begin(out), &t));
}

void
value_bind_date(struct column *col, const struct value_modes *modes)
{
	static value_fn *const printers[] = {
		[TIME_ADAPTIVE] = put_date_days,
		[TIME_CONNECT] = put_date_days,
		[TIME_ISOSTRING] = put_date_iso,
		[TIME_STRING] = put_date_text,
		[TIME_MICROSECONDS] = put_date_days,
		[TIME_NANOSECONDS] = put_date_days,
	};

	col->print = printers[modes->time];
}

/*
 * TIME: 3 bytes and the fraction, big-endian, as one number; half of its
 * range is zero, so a negative one is negated whole, fraction included:
 *   | sign 1 | unused 1 | hour 10 | minute 6 | second 6 | fraction |
 */
static int
read_time(const struct column *col, struct cursor *in, struct moment *t)
{
	size_t extra = (col->fsp + 1u) / 2;
	const uint8_t *p = take(in, TIME_BYTES + extra);
	unsigned bits = (unsigned)(8 * extra);
	int64_t v;

	if (!p)
		return -1;
	v = (int64_t)load_be(p, TIME_BYTES + extra) -
	    ((int64_t)1 << (23 + bits));
	*t = (struct moment){ .negative = v < 0 };
	if (v < 0)
		v = -v;
	t->micros = micros_of((uint64_t)v & ((1u << bits) - 1), col->fsp);
	v >>= bits;
	t->second = v & 63;
	t->minute = v >> 6 & 63;
	t->hour = v >> 12 & 1023;
	if (t->hour > 838 || t->minute > 59 || t->second > 59 ||
	    t->micros >= MICROS)
		return value_bad(in, "no time");
	return 0;
}

static int64_t
time_micros(const struct moment *t)
{
	int64_t v = ((int64_t)t->hour * 3600 + t->minute * 60 + t->second) *
	    MICROS + t->micros;

	return t->negative ? -v : v;
}

static int
put_time_micros(const struct column *col, struct cursor *in, struct buf *out)
{
	struct moment t;

	if (read_time(col, in, &t) < 0)
		return -1;
	buf_i64(out, time_micros(&t));
	return 0;
}

static int
put_time_millis(const struct column *col, struct cursor *in, struct buf *out)
{
	struct moment t;

	if (read_time(col, in, &t) < 0)
		return -1;
	buf_i64(out, time_micros(&t) / 1000);
	return 0;
}

static int
put_time_nanos(const struct column *col, struct cursor *in, struct buf *out)
{
	struct moment t;

	if (read_time(col, in, &t) < 0)
		return -1;
	buf_i64(out, time_micros(&t) * 1000);
	return 0;
}

/* A time of day gets its Z; a span of time (negative, or a day and more) is
 * none, and keeps MariaDB's text. */
static int
put_time_iso(const struct column *col, struct cursor *in, struct buf *out)
{
	struct moment t;
	char *p;

	if (read_time(col, in, &t) < 0)
		return -1;
	p = text_begin(out);
	if (t.negative)
		*p++ = '-';
	p = put_clock(p, &t, needed_digits(t.micros));
	if (!t.negative && t.hour < 24)
		*p++ = 'Z';
	return text_end(out, p);
}

static int
put_time_text(const struct column *col, struct cursor *in, struct buf *out)
{
	struct moment t;
	char *p;

	if (read_time(col, in, &t) < 0)
		return -1;
	p = text_begin(out);
	if (t.negative)
		*p++ = '-';
	return text_end(out, put_clock(p, &t, col->fsp));
}

void
value_bind_time(struct column *col, const struct value_modes *modes)
{
	static value_fn *const printers[] = {
		[TIME_ADAPTIVE] = put_time_micros,
		[TIME_CONNECT] = put_time_millis,
		[TIME_ISOSTRING] = put_time_iso,
		[TIME_STRING] = put_time_text,
		[TIME_MICROSECONDS] = put_time_micros,
		[TIME_NANOSECONDS] = put_time_nanos,
	};

	col->print = printers[modes->time];
}

/*
 * DATETIME: 5 bytes big-endian, then the fraction:
 *   | 1 | year * 13 + month 17 | day 5 | hour 5 | minute 6 | second 6 |
 */
static int
read_datetime(const struct column *col, struct cursor *in, struct moment *t)
{
	size_t extra = (col->fsp + 1u) / 2;
	const uint8_t *p = take(in, DATETIME_BYTES + extra);
	uint64_t v;
	unsigned year_month;

	if (!p)
		return -1;
	v = load_be(p, DATETIME_BYTES);
	if (!(v >> 39))
		return value_bad(in, "no date and time");
	year_month = (unsigned)(v >> 22 & 0x1FFFF);
	*t = (struct moment){
		.year = year_month / 13, .month = year_month % 13,
		.day = v >> 17 & 31, .hour = v >> 12 & 31,
		.minute = v >> 6 & 63, .second = v & 63,
		.micros = micros_of(load_be(p + DATETIME_BYTES, extra),
		    col->fsp),
	};
	if (t->year > 9999 || t->hour > 23 || t->minute > 59 ||
	    t->second > 59 || t->micros >= MICROS)
		return value_bad(in, "no date and time");
	return 0;
}

static int64_t
epoch_seconds(const struct moment *t)
{
	return day_number(t) * DAY_S + t->hour * 3600 + t->minute * 60 +
	    t->second;
}

static int
put_datetime_millis(const struct column *col, struct cursor *in,
    struct buf *out)
{
	struct moment t;

	if (read_datetime(col, in, &t) < 0)
		return -1;
	if (!date_exists(&t))
		return put_null(out);
	buf_i64(out, epoch_seconds(&t) * 1000 + t.micros / 1000);
	return 0;
}

static int
put_datetime_micros(const struct column *col, struct cursor *in,
    struct buf *out)
{
	struct moment t;

	if (read_datetime(col, in, &t) < 0)
		return -1;
	if (!date_exists(&t))
		return put_null(out);
	buf_i64(out, epoch_seconds(&t) * MICROS + t.micros);
	return 0;
}

/* All digits, though 64 bits hold nanoseconds from 1677 to 2262 alone. */
static int
put_datetime_nanos(const struct column *col, struct cursor *in,
    struct buf *out)
{
	size_t at = out->n;

	if (put_datetime_micros(col, in, out) < 0)
		return -1;
	if (out->p[at] != 'n' && out->p[at] != '0')
		buf_put(out, "000", 3);
	return 0;
}

static int
put_datetime_iso(const struct column *col, struct cursor *in,
    struct buf *out)
{
	struct moment t;
	char *p;

	if (read_datetime(col, in, &t) < 0)
		return -1;
	if (!date_exists(&t))
		return put_null(out);
	p = put_date(text_begin(out), &t);
	*p++ = 'T';
	p = put_clock(p, &t, needed_digits(t.micros));
	*p++ = 'Z';
	return text_end(out, p);
}

static int
put_datetime_text(const struct column *col, struct cursor *in,
    struct buf *out)
{
	struct moment t;
	char *p;

	if (read_datetime(col, in, &t) < 0)
		return -1;
	p = put_date(text_begin(out), &t);
	*p++ = ' ';
	return text_end(out, put_clock(p, &t, col->fsp));
}

void
value_bind_datetime(struct column *col, const struct value_modes *modes)
{
	static value_fn *const printers[] = {
		[TIME_ADAPTIVE] = put_datetime_millis,
		[TIME_CONNECT] = put_datetime_millis,
		[TIME_ISOSTRING] = put_datetime_iso,
		[TIME_STRING] = put_datetime_text,
		[TIME_MICROSECONDS] = put_datetime_micros,
		[TIME_NANOSECONDS] = put_datetime_nanos,
	};

	col->print = printers[modes->time];
	if (modes->time == TIME_ADAPTIVE && col->fsp > 3)
		col->print = put_datetime_micros;
}

/* TIMESTAMP: seconds since 1970, unsigned (11.5 and later go to 2106), 4
 * bytes big-endian, then the fraction.  All zero is '0000-00-00 00:00:00'. */
static int
read_timestamp(const struct column *col, struct cursor *in, struct moment *t)
{
	size_t extra = (col->fsp + 1u) / 2;
	const uint8_t *p = take(in, 4 + extra);
	uint32_t seconds;
	unsigned of_day;

	if (!p)
		return -1;
	seconds = (uint32_t)load_be(p, 4);
	*t = (struct moment){
		.micros = micros_of(load_be(p + 4, extra), col->fsp),
	};
	if (t->micros >= MICROS)
		return value_bad(in, "no timestamp");
	if (seconds == 0 && t->micros == 0)
		return 0;
	of_day = seconds % DAY_S;
	t->hour = of_day / 3600;
	t->minute = of_day / 60 % 60;
	t->second = of_day % 60;
	clock_civil_from_days(seconds / DAY_S, &t->year, &t->month, &t->day);
	return 0;
}

static int
put_timestamp_iso(const struct column *col, struct cursor *in,
    struct buf *out)
{
	struct moment t;
	char *p;

	if (read_timestamp(col, in, &t) < 0)
		return -1;
	if (t.year == 0)
		return put_null(out);
	p = put_date(text_begin(out), &t);
	*p++ = 'T';
	p = put_clock(p, &t, col->fsp);
	*p++ = 'Z';
	return text_end(out, p);
}

static int
put_timestamp_text(const struct column *col, struct cursor *in,
    struct buf *out)
{
	struct moment t;
	char *p;

	if (read_timestamp(col, in, &t) < 0)
		return -1;
	p = put_date(text_begin(out), &t);
	*p++ = ' ';
	return text_end(out, put_clock(p, &t, col->fsp));
}

void
value_bind_timestamp(struct column *col, const struct value_modes *modes)
{
	col->print = modes->time == TIME_STRING ? put_timestamp_text :
	    put_timestamp_iso;
}

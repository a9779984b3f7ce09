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

/* The quotes of a text, which the caller fills in. */
enum { MOMENT_TEXT = 48 };

static char *
text_begin(struct buf *out)
{
	char *p = buf_room(out, MOMENT_TEXT);

	*p = '"';
	return p + 1;
}

static void
text_end(struct buf *out, char *p)
{
	*p++ = '"';
	out->n = (size_t)(p - out->p);
}

/* The printer `name`: a value that `read` takes, as `put` prints it. */
#define PRINTER(name, read, put)                                             \
	static int                                                           \
	name(const struct column *col, struct cursor *in, struct buf *out)   \
	{                                                                    \
		struct moment t;                                             \
                                                                             \
		if (read(col, in, &t) < 0)                                   \
			return -1;                                           \
		put(out, &t, col->fsp);                                      \
		return 0;                                                    \
	}

/* Of a date that does not exist: true, and it is null. */
static bool
put_missing(struct buf *out, const struct moment *t)
{
	if (date_exists(t))
		return false;
	buf_put(out, "null", 4);
	return true;
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
read_date(const struct column *col, struct cursor *in, struct moment *t)
{
	const uint8_t *p = take(in, 3);
	unsigned v;

	(void)col;
	if (!p)
		return -1;
	v = (unsigned)load_le(p, 3);
	*t = (struct moment){ .day = v & 31, .month = v >> 5 & 15,
		.year = v >> 9 };
	if (t->year > 9999 || t->month > 12)
		return value_bad(in, "no date");
	return 0;
}

static void
put_days(struct buf *out, const struct moment *t, int digits)
{
	(void)digits;
	if (!put_missing(out, t))
		buf_i64(out, day_number(t));
}

static void
put_day_iso(struct buf *out, const struct moment *t, int digits)
{
	char *p;

	(void)digits;
	if (put_missing(out, t))
		return;
	p = put_date(text_begin(out), t);
	*p++ = 'Z';
	text_end(out, p);
}

static void
put_day_text(struct buf *out, const struct moment *t, int digits)
{
	(void)digits;
	text_end(out, put_date(text_begin(out), t));
}

PRINTER(print_date_days, read_date, put_days)
PRINTER(print_date_iso, read_date, put_day_iso)
PRINTER(print_date_text, read_date, put_day_text)

void
value_bind_date(struct column *col, const struct value_modes *modes)
{
	static value_fn *const printers[] = {
		[TIME_ADAPTIVE] = print_date_days,
		[TIME_CONNECT] = print_date_days,
		[TIME_ISOSTRING] = print_date_iso,
		[TIME_STRING] = print_date_text,
		[TIME_MICROSECONDS] = print_date_days,
		[TIME_NANOSECONDS] = print_date_days,
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

static void
put_time_millis(struct buf *out, const struct moment *t, int digits)
{
	(void)digits;
	buf_i64(out, time_micros(t) / 1000);
}

static void
put_time_micros(struct buf *out, const struct moment *t, int digits)
{
	(void)digits;
	buf_i64(out, time_micros(t));
}

static void
put_time_nanos(struct buf *out, const struct moment *t, int digits)
{
	(void)digits;
	buf_i64(out, time_micros(t) * 1000);
}

static char *
put_signed_clock(char *p, const struct moment *t, int digits)
{
	if (t->negative)
		*p++ = '-';
	return put_clock(p, t, digits);
}

/* A time of day gets its Z; a span of time (negative, or a day and more) is
 * none, and keeps MariaDB's text. */
static void
put_time_iso(struct buf *out, const struct moment *t, int digits)
{
	char *p = put_signed_clock(text_begin(out), t,
	    needed_digits(t->micros));

	(void)digits;
	if (!t->negative && t->hour < 24)
		*p++ = 'Z';
	text_end(out, p);
}

static void
put_time_text(struct buf *out, const struct moment *t, int digits)
{
	text_end(out, put_signed_clock(text_begin(out), t, digits));
}

PRINTER(print_time_millis, read_time, put_time_millis)
PRINTER(print_time_micros, read_time, put_time_micros)
PRINTER(print_time_nanos, read_time, put_time_nanos)
PRINTER(print_time_iso, read_time, put_time_iso)
PRINTER(print_time_text, read_time, put_time_text)

void
value_bind_time(struct column *col, const struct value_modes *modes)
{
	static value_fn *const printers[] = {
		[TIME_ADAPTIVE] = print_time_micros,
		[TIME_CONNECT] = print_time_millis,
		[TIME_ISOSTRING] = print_time_iso,
		[TIME_STRING] = print_time_text,
		[TIME_MICROSECONDS] = print_time_micros,
		[TIME_NANOSECONDS] = print_time_nanos,
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

static void
put_epoch_millis(struct buf *out, const struct moment *t, int digits)
{
	(void)digits;
	if (!put_missing(out, t))
		buf_i64(out, epoch_seconds(t) * 1000 + t->micros / 1000);
}

static void
put_epoch_micros(struct buf *out, const struct moment *t, int digits)
{
	(void)digits;
	if (!put_missing(out, t))
		buf_i64(out, epoch_seconds(t) * MICROS + t->micros);
}

/* All digits, though 64 bits hold nanoseconds from 1677 to 2262 alone. */
static void
put_epoch_nanos(struct buf *out, const struct moment *t, int digits)
{
	size_t at = out->n;

	put_epoch_micros(out, t, digits);
	if (out->p[at] != 'n' && out->p[at] != '0')
		buf_put(out, "000", 3);
}

static void
put_instant(struct buf *out, const struct moment *t, int digits)
{
	char *p;

	if (put_missing(out, t))
		return;
	p = put_date(text_begin(out), t);
	*p++ = 'T';
	p = put_clock(p, t, digits);
	*p++ = 'Z';
	text_end(out, p);
}

static void
put_iso(struct buf *out, const struct moment *t, int digits)
{
	(void)digits;
	put_instant(out, t, needed_digits(t->micros));
}

static void
put_text(struct buf *out, const struct moment *t, int digits)
{
	char *p = put_date(text_begin(out), t);

	*p++ = ' ';
	text_end(out, put_clock(p, t, digits));
}

PRINTER(print_datetime_millis, read_datetime, put_epoch_millis)
PRINTER(print_datetime_micros, read_datetime, put_epoch_micros)
PRINTER(print_datetime_nanos, read_datetime, put_epoch_nanos)
PRINTER(print_datetime_iso, read_datetime, put_iso)
PRINTER(print_datetime_text, read_datetime, put_text)

void
value_bind_datetime(struct column *col, const struct value_modes *modes)
{
	static value_fn *const printers[] = {
		[TIME_ADAPTIVE] = print_datetime_millis,
		[TIME_CONNECT] = print_datetime_millis,
		[TIME_ISOSTRING] = print_datetime_iso,
		[TIME_STRING] = print_datetime_text,
		[TIME_MICROSECONDS] = print_datetime_micros,
		[TIME_NANOSECONDS] = print_datetime_nanos,
	};

	col->print = printers[modes->time];
	if (modes->time == TIME_ADAPTIVE && col->fsp > 3)
		col->print = print_datetime_micros;
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

PRINTER(print_timestamp_iso, read_timestamp, put_instant)
PRINTER(print_timestamp_text, read_timestamp, put_text)

void
value_bind_timestamp(struct column *col, const struct value_modes *modes)
{
	col->print = modes->time == TIME_STRING ? print_timestamp_text :
	    print_timestamp_iso;
}

/* SPDX-License-Identifier: MIT
 *
 * TIME, DATETIME and TIMESTAMP as they were before MySQL 5.6 and MariaDB
 * 10.1, and are with mysql56_temporal_format=OFF: rewritten to the later form
 * and printed as that (time.c).
 *
 * Without a fraction, little-endian:
 *   TIME       3 bytes, signed: hhhmmss in decimal
 *   DATETIME   8 bytes: YYYYMMDDhhmmss in decimal
 *   TIMESTAMP  4 bytes: seconds since 1970
 * MariaDB's, with a fraction of n digits, big-endian (sql/field.cc,
 * Field_*_hires):
 *   TIME       seconds * 10^n above -838:59:59 less one second
 *   DATETIME   the fields packed by their ranges, * 10^n
 *   TIMESTAMP  4 bytes of seconds, then the fraction
 * How many digits is not in the table map: a schema must say it.
 */
#include "value/types.h"

enum { TIME_ZERO = (838 * 60 + 59) * 60 + 59 + 1 };

static const unsigned power10[7] = {
	1, 10, 100, 1000, 10000, 100000, 1000000,
};

static void
store_be(uint8_t *to, uint64_t v, size_t n)
{
	while (n-- > 0) {
		to[n] = (uint8_t)v;
		v >>= 8;
	}
}

/* The later form's fraction: (fsp + 1) / 2 bytes, in units of 10^-even. */
static uint64_t
later_fraction(uint64_t fraction, unsigned fsp)
{
	return fsp % 2 ? fraction * 10 : fraction;
}

static int
print_later(const struct column *col, uint64_t v, size_t bytes,
    struct cursor *in, struct buf *out)
{
	uint8_t later[8];
	struct cursor c = cursor_of(later, bytes);

	store_be(later, v, bytes);
	if (col->later(col, &c, out) == 0)
		return 0;
	return value_bad(in, c.why ? c.why : "no such time");
}

static int
put_old_timestamp(const struct column *col, struct cursor *in,
    struct buf *out)
{
	static const uint8_t widths[7] = { 0, 1, 1, 2, 2, 3, 3 };
	size_t extra = (col->fsp + 1u) / 2;
	uint64_t seconds = col->fsp ? take_be(in, 4) : take_le(in, 4);
	uint64_t fraction = take_be(in, widths[col->fsp]);

	if (in->bad)
		return -1;
	return print_later(col, seconds << 8 * extra |
	    later_fraction(fraction, col->fsp), 4 + extra, in, out);
}

/* The later TIME: half of its range is zero, one number with its sign. */
static int
print_time(const struct column *col, bool negative, uint64_t seconds,
    uint64_t fraction, struct cursor *in, struct buf *out)
{
	size_t extra = (col->fsp + 1u) / 2;
	int64_t v = (int64_t)((seconds / 3600) << 12 |
	    seconds / 60 % 60 << 6 | seconds % 60);

	if (seconds / 3600 > 838)
		return value_bad(in, "no time");
	v = (int64_t)((uint64_t)v << 8 * extra |
	    later_fraction(fraction, col->fsp));
	v = ((int64_t)1 << (23 + 8 * extra)) + (negative ? -v : v);
	return print_later(col, (uint64_t)v, 3 + extra, in, out);
}

static int
put_old_time(const struct column *col, struct cursor *in, struct buf *out)
{
	int64_t v = (int64_t)(take_le(in, 3) << 40) >> 40;
	uint64_t size = (uint64_t)(v < 0 ? -v : v);

	if (in->bad)
		return -1;
	if (size / 100 % 100 > 59 || size % 100 > 59)
		return value_bad(in, "no time");
	return print_time(col, v < 0, size / 10000 * 3600 +
	    size / 100 % 100 * 60 + size % 100, 0, in, out);
}

static int
put_hires_time(const struct column *col, struct cursor *in, struct buf *out)
{
	static const uint8_t widths[7] = { 3, 4, 4, 5, 5, 5, 6 };
	unsigned unit = power10[col->fsp];
	int64_t v = (int64_t)take_be(in, widths[col->fsp]) -
	    (int64_t)TIME_ZERO * unit;
	uint64_t size = (uint64_t)(v < 0 ? -v : v);

	if (in->bad)
		return -1;
	return print_time(col, v < 0, size / unit, size % unit, in, out);
}

static int
print_datetime(const struct column *col, const uint64_t part[6],
    uint64_t fraction, struct cursor *in, struct buf *out)
{
	size_t extra = (col->fsp + 1u) / 2;
	uint64_t v;

	if (part[0] > 9999 || part[1] > 12 || part[2] > 31 || part[3] > 23 ||
	    part[4] > 59 || part[5] > 59)
		return value_bad(in, "no date and time");
	v = (uint64_t)1 << 39 | (part[0] * 13 + part[1]) << 22 |
	    part[2] << 17 | part[3] << 12 | part[4] << 6 | part[5];
	return print_later(col, v << 8 * extra |
	    later_fraction(fraction, col->fsp), 5 + extra, in, out);
}

/* Take v apart, the last part first. */
static void
split(uint64_t v, const unsigned radix[6], uint64_t part[6])
{
	for (size_t i = 6; i-- > 1; v /= radix[i])
		part[i] = v % radix[i];
	part[0] = v;
}

static int
put_old_datetime(const struct column *col, struct cursor *in,
    struct buf *out)
{
	static const unsigned radix[6] = { 0, 100, 100, 100, 100, 100 };
	uint64_t part[6];

	split(take_le(in, 8), radix, part);
	return in->bad ? -1 : print_datetime(col, part, 0, in, out);
}

static int
put_hires_datetime(const struct column *col, struct cursor *in,
    struct buf *out)
{
	static const uint8_t widths[7] = { 8, 6, 6, 7, 7, 7, 8 };
	static const unsigned radix[6] = { 0, 13, 32, 24, 60, 60 };
	unsigned unit = power10[col->fsp];
	uint64_t v = take_be(in, widths[col->fsp]);
	uint64_t part[6];

	split(v / unit, radix, part);
	return in->bad ? -1 : print_datetime(col, part, v % unit, in, out);
}

void
value_bind_legacy_temporal(struct column *col, const struct value_modes *modes)
{
	if (!col->declared) {
		col->refused = "a temporal value of mariadb-5.3's form: its "
		    "precision is not in the log, but --schema FILE may say "
		    "it";
		return;
	}
	if (col->type == COLUMN_TIME) {
		value_bind_time(col, modes);
		col->later = col->print;
		col->print = col->fsp ? put_hires_time : put_old_time;
	} else if (col->type == COLUMN_DATETIME) {
		value_bind_datetime(col, modes);
		col->later = col->print;
		col->print = col->fsp ? put_hires_datetime : put_old_datetime;
	} else {
		value_bind_timestamp(col, modes);
		col->later = col->print;
		col->print = put_old_timestamp;
	}
}

/* SPDX-License-Identifier: MIT */
#include "convert/iso_offset.h"

#include "base/clock.h"
#include "base/integer.h"

/* Two digits, and the sign behind them unless it is 0. */
static bool
read_two(const char *p, char sign, unsigned max, unsigned *v)
{
	uint64_t number;

	if (!integer_read((struct span){ p, 2 }, max, &number))
		return false;
	*v = (unsigned)number;
	return !sign || p[2] == sign;
}

enum { OFFSET_TEXT = 6, SECONDS_TEXT = 3 };      /* "+02:00", ":30" */

/* Where the offset of a time of day begins, "11:00:00.5+02:00"; 0: nowhere. */
static size_t
find_offset(struct span clock)
{
	for (size_t i = 8; i < clock.n; i++)
		if (clock.p[i] == '+' || clock.p[i] == '-')
			return i;
	return 0;
}

/* "2026-11-22T11:00:00.5+01:00" as it is in UTC, from at on, offset bytes of it
 * before the sign. */
static bool
make_utc(struct buf *out, size_t at, size_t offset)
{
	struct span text = { out->p + at, out->n - at };
	const char *p = text.p, *sign = p + offset;
	unsigned y, month, day, hour, minute, second, oh, om, os = 0, rest;
	struct buf made = { 0 };
	int64_t shift, s;
	uint64_t year;
	bool good;

	good = text.n >= offset + OFFSET_TEXT &&
	    integer_read((struct span){ p, 4 }, 9999, &year) && year &&
	    p[4] == '-' && read_two(p + 5, '-', 12, &month) && month &&
	    read_two(p + 8, 'T', 31, &day) && day &&
	    read_two(p + 11, ':', 23, &hour) &&
	    read_two(p + 14, ':', 59, &minute) &&
	    read_two(p + 17, 0, 59, &second) &&
	    read_two(sign + 1, ':', 18, &oh) &&
	    read_two(sign + 4, 0, 59, &om);
	if (good && text.n == offset + OFFSET_TEXT + SECONDS_TEXT)
		good = sign[OFFSET_TEXT] == ':' &&
		    read_two(sign + OFFSET_TEXT + 1, 0, 59, &os);
	else
		good = good && text.n == offset + OFFSET_TEXT;
	if (!good)
		return false;
	shift = (int64_t)oh * 3600 + om * 60 + os;
	s = clock_days_from_civil((unsigned)year, month, day) * 86400 +
	    (int64_t)hour * 3600 + minute * 60 + second +
	    (*sign == '+' ? -shift : shift);
	rest = (unsigned)((s % 86400 + 86400) % 86400);
	clock_civil_from_days((unsigned)((s - rest) / 86400), &y, &month,
	    &day);
	buf_printf(&made, "%04u-%02u-%02uT%02u:%02u:%02u", y, month, day,
	    rest / 3600, rest / 60 % 60, rest % 60);
	buf_put(&made, p + 19, offset - 19);
	out->n = at;
	buf_span(out, buf_view(&made));
	buf_free(&made);
	return true;
}

int
iso_offset_apply(struct buf *out, size_t at)
{
	size_t offset;

	if (out->n < at + 19 || out->p[at + 10] != 'T')
		return 0;
	offset = find_offset((struct span){ out->p + at + 11,
		out->n - at - 11 });
	return !offset ? 0 : make_utc(out, at, offset + 11) ? 1 : -1;
}

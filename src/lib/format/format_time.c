/* SPDX-License-Identifier: MIT */
#include "format/format_time.h"

#include "base/clock.h"
#include "base/integer.h"

void
format_time_civil(struct buf *out, uint64_t s, char between)
{
	unsigned y, m, d;
	char *p = buf_room(out, 32);

	clock_civil_from_days((unsigned)(s / 86400), &y, &m, &d);
	p = buf_put_digits(p, y, 4);
	*p++ = '-';
	p = put_two(p, m);
	*p++ = '-';
	p = put_two(p, d);
	*p++ = between;
	p = put_two(p, (unsigned)(s / 3600 % 24));
	*p++ = ':';
	p = put_two(p, (unsigned)(s / 60 % 60));
	*p++ = ':';
	p = put_two(p, (unsigned)(s % 60));
	out->n = (size_t)(p - out->p);
}

bool
format_time_put(struct buf *out, struct span ms)
{
	uint64_t v;
	char *p;

	if (!ms.p || !integer_read(ms, (uint64_t)UINT32_MAX * 1000, &v))
		return false;
	format_time_civil(out, v / 1000, 'T');
	p = buf_room(out, 8);
	*p++ = '.';
	p = buf_put_digits(p, v % 1000, 3);
	*p++ = 'Z';
	out->n = (size_t)(p - out->p);
	return true;
}

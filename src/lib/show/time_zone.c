/* SPDX-License-Identifier: MIT */
#include "show/time_zone.h"

#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/integer.h"
#include "base/zone.h"

enum { DAY_S = 86400, TIME_TEXT = 80 };

int
time_zone_choose(const char *name, struct err *err)
{
	if (zone_check(name, err) < 0)
		return -1;
	if (setenv("TZ", name, 1) < 0)
		return err_errno(err, ERR_OS, "cannot set the time zone");
	tzset();
	return 0;
}

/* Streams have the same second many times. */
static struct {
	bool valid;
	int64_t seconds;
	char text[TIME_TEXT];
	size_t n, named;        /* … with the zone's name */
} newest;

static bool
make_newest(int64_t seconds)
{
	time_t s = (time_t)seconds;
	struct tm t;
	char *p = newest.text;

	newest.valid = false;
	if (!localtime_r(&s, &t) || t.tm_year < -1899 || t.tm_year > 8099)
		return false;
	/* glibc does not fill up the years before 1000 */
	p = buf_put_digits(p, (uint64_t)t.tm_year + 1900, 4);
	newest.n = 4 + strftime(p, TIME_TEXT - 4, "-%m-%d %H:%M:%S", &t);
	newest.named = newest.n + strftime(newest.text + newest.n,
	    TIME_TEXT - newest.n, " %Z", &t);
	newest.seconds = seconds;
	newest.valid = true;
	return true;
}

bool
time_zone_put(struct buf *out, int64_t seconds, bool named)
{
	if ((!newest.valid || newest.seconds != seconds) &&
	    !make_newest(seconds))
		return false;
	buf_put(out, newest.text, named ? newest.named : newest.n);
	return true;
}

static bool
take_number(struct span *text, char separator, uint64_t *v)
{
	if (!integer_take(text, 9999, v))
		return false;
	if (!separator)
		return true;
	if (!text->n || *text->p != separator)
		return false;
	text->p++;
	text->n--;
	return true;
}

bool
time_zone_put_iso(struct buf *out, struct span iso)
{
	uint64_t year, month, day, hour, minute, second;
	int64_t seconds;

	if (!take_number(&iso, '-', &year) ||
	    !take_number(&iso, '-', &month) || !take_number(&iso, 'T', &day) ||
	    !take_number(&iso, ':', &hour) ||
	    !take_number(&iso, ':', &minute) ||
	    !take_number(&iso, '\0', &second) || !iso.n ||
	    iso.p[iso.n - 1] != 'Z' || !year || !month || month > 12 ||
	    day > 31)
		return false;
	iso.n--;
	for (size_t i = 0; i < iso.n; i++)
		if (iso.p[i] != '.' && (iso.p[i] < '0' || iso.p[i] > '9'))
			return false;
	seconds = clock_days_from_civil((unsigned)year, (unsigned)month,
	    (unsigned)day) * DAY_S + (int64_t)(hour * 3600 + minute * 60 +
	    second);
	if (!time_zone_put(out, seconds, false))
		return false;
	buf_span(out, iso);
	return true;
}

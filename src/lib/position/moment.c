/* SPDX-License-Identifier: MIT */
#include "position/moment.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/span.h"

enum {
	DIGITS_DATE = 8, DIGITS_SHORT = 12, DIGITS_TIME = 14,
	YEAR_MIN = 1900, YEAR_MAX = 2105,       /* a log counts in 32 bits */
};

struct moment {
	int year, month, day, hour, minute, second;
	bool timed;             /* it has a time of day … */
	bool zoned;             /* … and a zone, … */
	int offset_s;           /* … which is east of UTC */
};

/* Between min and max digits. */
static bool
take_digits(const char **p, int min, int max, int *value)
{
	int n = 0;

	*value = 0;
	for (; n < max && isdigit((unsigned char)**p); n++)
		*value = *value * 10 + (*(*p)++ - '0');
	return n >= min;
}

static bool
take_zone(const char **p, struct moment *m)
{
	int sign, hours, minutes = 0;

	while (**p == ' ')
		++*p;
	if (!**p)
		return true;
	m->zoned = true;
	if (**p == 'Z' || **p == 'z') {
		++*p;
		return true;
	}
	if (**p != '+' && **p != '-')
		return false;
	sign = *(*p)++ == '-' ? -1 : 1;
	if (!take_digits(p, 2, 2, &hours))
		return false;
	if (**p == ':')
		++*p;
	if (**p && !take_digits(p, 2, 2, &minutes))
		return false;
	m->offset_s = sign * (hours * 3600 + minutes * 60);
	return hours <= 14 && minutes <= 59;
}

/* HH:MM[:SS[.fraction]], or without colons */
static bool
take_clock(const char **p, struct moment *m)
{
	bool colons, seconds;

	m->timed = true;
	if (!take_digits(p, 1, 2, &m->hour))
		return false;
	colons = **p == ':';
	*p += colons;
	if (!take_digits(p, 2, 2, &m->minute))
		return false;
	seconds = colons ? **p == ':' : isdigit((unsigned char)**p);
	*p += seconds && colons;
	if (seconds && !take_digits(p, 2, 2, &m->second))
		return false;
	if (seconds && **p == '.') {
		++*p;
		if (!isdigit((unsigned char)**p))
			return false;
		*p += strspn(*p, "0123456789");
	}
	return true;
}

/* The whole text, or false. */
static bool
take_all(const char *p, struct moment *m)
{
	char sign;

	if (!take_digits(&p, 4, 4, &m->year) || !*p)
		return false;
	sign = isdigit((unsigned char)*p) ? '\0' : *p++;
	if (!take_digits(&p, sign ? 1 : 2, 2, &m->month) ||
	    (sign && *p++ != sign) ||
	    !take_digits(&p, sign ? 1 : 2, 2, &m->day))
		return false;
	if (*p == 'T' || *p == 't')
		p++;
	else
		p += strspn(p, " ");
	if (!*p)
		return true;
	return take_clock(&p, m) && take_zone(&p, m) && !*p;
}

static bool
is_civil(const struct moment *m)
{
	static const int days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
	};
	bool leap = m->year % 4 == 0 &&
	    (m->year % 100 != 0 || m->year % 400 == 0);

	return m->year >= YEAR_MIN && m->year <= YEAR_MAX && m->month >= 1 &&
	    m->month <= 12 && m->day >= 1 &&
	    m->day <= days[m->month - 1] + (leap && m->month == 2) &&
	    m->hour <= 23 && m->minute <= 59 && m->second <= 59;
}

/* False where clocks go forward over it. */
static bool
local_seconds(const struct moment *m, int64_t *time_s)
{
	struct tm tm = {
		.tm_year = m->year - 1900, .tm_mon = m->month - 1,
		.tm_mday = m->day, .tm_hour = m->hour,
		.tm_min = m->minute, .tm_sec = m->second, .tm_isdst = -1,
	};

	*time_s = mktime(&tm);
	return tm.tm_mday == m->day && tm.tm_hour == m->hour &&
	    tm.tm_min == m->minute;
}

static bool
seconds_of(const struct moment *m, int64_t *time_s)
{
	if (!m->zoned)
		return local_seconds(m, time_s);
	*time_s = clock_days_from_civil((unsigned)m->year, (unsigned)m->month,
	    (unsigned)m->day) * 86400 + m->hour * 3600 + m->minute * 60 +
	    m->second - m->offset_s;
	return true;
}

static int
no_time(const char *text, struct err *err)
{
	err_set(err, ERR_USAGE, "'%s' is not a time", text);
	return err_hint(err, "'2026-11-22 10:00:00' (local), "
	    "2026-11-22T10:00:00Z or …+02:00");
}

/* Only of the characters of a set, and with one of another. */
static bool
made_of(const char *text, const char *set, const char *some)
{
	return text[strspn(text, set)] == '\0' && strpbrk(text, some);
}

/* Three numbers and nothing else, with the same sign between them: where they
 * begin, how long they are. */
static bool
three_numbers(const char *text, size_t at[3], size_t n[3])
{
	size_t p = 0;

	for (int i = 0; i < 3; i++) {
		at[i] = p;
		n[i] = strspn(text + p, "0123456789");
		p += n[i];
		if (!n[i] || (i < 2 && (!one_of(text[p], "-/.") ||
		    text[p++] != text[n[0]])))
			return false;
	}
	return !text[p];
}

/* YYYY-M-D, a GTID to others; or DD-MM-YYYY, with zeros that no server puts in
 * front of a GTID's numbers. */
static bool
like_date(const char *text)
{
	size_t at[3], n[3];
	int year, month, day;
	const char *p = text;

	if (!three_numbers(text, at, n))
		return false;
	if (text[n[0]] != '-')
		return true;
	if (n[0] == 2 && n[1] == 2 && (n[2] == 2 || n[2] == 4))
		return text[at[0]] == '0' || text[at[1]] == '0' ||
		    text[at[2]] == '0';
	if (n[0] != 4 || n[1] > 2 || n[2] > 2)
		return false;
	take_digits(&p, 4, 4, &year);
	p = text + at[1];
	take_digits(&p, 1, 2, &month);
	p = text + at[2];
	take_digits(&p, 1, 2, &day);
	return year >= 1970 && year <= YEAR_MAX && (n[1] + n[2] == 4 ||
	    (month >= 1 && month <= 12 && day >= 1 && day <= 31));
}

static int
date_alone(const char *text, struct err *err)
{
	err_set(err, ERR_USAGE, "'%s' is a date without a time", text);
	return err_hint(err, "'2026-11-22 00:00:00' is a time; a GTID of "
	    "domain 2026 is written 02026-11-22, an offset LOG:20261122");
}

/* HH:MM somewhere in it: not LOG.000001:15. */
static bool
has_clock(const char *text)
{
	for (const char *t = strchr(text, ':'); t; t = strchr(t + 1, ':')) {
		size_t after = strspn(t + 1, "0123456789"), before = 0;

		while (t - text > (ptrdiff_t)before &&
		    isdigit((unsigned char)t[-1 - (ptrdiff_t)before]))
			before++;
		if (after == 2 && (before == 1 || before == 2))
			return true;
	}
	return false;
}

/* Is it a time that went wrong, rather than something else? */
static bool
like_time(const char *text)
{
	static const char clock[] = "0123456789-/.: TtZz+";
	const char *colon = strchr(text, ':');

	if (made_of(text, "0123456789", "0123456789"))
		return strlen(text) >= DIGITS_SHORT;
	if (made_of(text, clock, "/") || like_date(text))
		return true;
	/* "9 Oct 2025 10:53:20" is one, too */
	return has_clock(text) && (made_of(text, clock, ":") ||
	    strchr(colon + 1, ':'));
}

static int
parse(int64_t *time_s, const char *text, bool only, struct err *err)
{
	struct moment m = { 0 };
	size_t n = strlen(text);
	bool digits = made_of(text, "0123456789", "0123456789");
	bool shaped = take_all(text, &m) && (!digits || n == DIGITS_DATE ||
	    n == DIGITS_TIME);

	if (shaped && !m.timed && !only && (digits ? is_civil(&m) :
	    like_date(text)))
		return date_alone(text, err);
	if (shaped && (m.timed || only) && is_civil(&m) &&
	    seconds_of(&m, time_s))
		return 1;
	return only || (shaped && m.timed) || like_time(text) ?
	    no_time(text, err) : 0;
}

int
moment_parse(int64_t *time_s, const char *text, struct err *err)
{
	return parse(time_s, text, false, err);
}

int
moment_parse_only(int64_t *time_s, const char *text, struct err *err)
{
	return parse(time_s, text, true, err) > 0 ? 0 : -1;
}

/* SPDX-License-Identifier: MIT
 *
 * The calendar works in 400-year eras that begin on 1 March, so that the leap
 * day is the last of its year.
 */
#include "base/clock.h"

#include <time.h>

static int64_t
read_ms(clockid_t id)
{
	struct timespec now;

	clock_gettime(id, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
clock_now_ms(void)
{
#ifdef CLOCK_REALTIME_COARSE
	return read_ms(CLOCK_REALTIME_COARSE);
#else
	return read_ms(CLOCK_REALTIME);
#endif
}

int64_t
clock_steady_ms(void)
{
	return read_ms(CLOCK_MONOTONIC);
}

int64_t
clock_days_from_civil(unsigned year, unsigned month, unsigned day)
{
	unsigned y = year - (month <= 2);
	unsigned m = month > 2 ? month - 3 : month + 9;

	return (int64_t)(365 * y + y / 4 - y / 100 + y / 400 +
	    (153 * m + 2) / 5 + day) - 719469;
}

void
clock_civil_from_days(
    unsigned days, unsigned *year, unsigned *month, unsigned *day)
{
	unsigned z = days + 719468;
	unsigned era = z / 146097;
	unsigned doe = z - era * 146097;
	unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	unsigned mp = (5 * doy + 2) / 153;

	*day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2);
}

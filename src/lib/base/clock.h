/* SPDX-License-Identifier: MIT
 *
 * Time, with the unit in the name.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Milliseconds since 1970-01-01T00:00:00Z, as of the last tick of the kernel
 * (some milliseconds at most): read for every transaction. */
int64_t clock_now_ms(void);

/* Milliseconds of a clock that never jumps; for intervals only. */
int64_t clock_steady_ms(void);

/* Days since 1970-01-01 of a proleptic Gregorian date: year 1 to 9999, month
 * 1 to 12. */
int64_t clock_days_from_civil(unsigned year, unsigned month, unsigned day);

/* The date of a day since 1970-01-01. */
void clock_civil_from_days(unsigned days, unsigned *year, unsigned *month,
    unsigned *day);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Integers as decimal digits: exact, and none that does not fit.  Neither
 * blanks nor signs are taken, but a minus where a number may be negative.
 */
#ifndef BASE_INTEGER_H
#define BASE_INTEGER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* The number that a text is, at most max; false if it is none. */
bool integer_read(struct span text, uint64_t max, uint64_t *v);
bool integer_read_signed(struct span text, int64_t *v);

/* The same of what a text begins with, which is taken away from it; the text
 * stays where there are no digits, or too many. */
bool integer_take(struct span *text, uint64_t max, uint64_t *v);

/* What a server answers: the number, or another where that is NULL or none. */
uint64_t integer_or(const char *text, uint64_t otherwise);

#endif

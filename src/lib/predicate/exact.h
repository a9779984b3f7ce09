/* SPDX-License-Identifier: MIT
 *
 * Numbers as texts: compared by their digits, of which there may be any number.
 * Nothing is rounded, and nothing passes through a double.
 */
#ifndef PREDICATE_EXACT_H
#define PREDICATE_EXACT_H

#include <stdbool.h>

#include "base/span.h"

/* Is the text a number as SQL writes one: [+-]digits[.digits][e[+-]digits],
 * where the point may come first or last? */
bool exact_is_number(struct span text);

/* Is the first less than (-1), equal to (0) or greater than (1) the second?
 * Both are numbers.  Exponents beyond 10^18 count as 10^18. */
int exact_compare(struct span a, struct span b);

/* Is a number 0? */
bool exact_is_zero(struct span number);

#endif

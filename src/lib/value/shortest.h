/* SPDX-License-Identifier: MIT
 *
 * The decimal with the fewest digits that reads back as a given float or
 * double, by Raffaello Giulietti's Schubfach ("The Schubfach way to render
 * doubles", 2020).
 */
#ifndef VALUE_SHORTEST_H
#define VALUE_SHORTEST_H

#include <stdbool.h>
#include <stdint.h>

/* digits * 10^exponent; digits do not end in 0, unless they are 0. */
struct decimal_real {
	uint64_t digits;
	int exponent;
};

/* The shortest decimal of c * 2^q, and the closest to it of that length.  The
 * neighbours of c * 2^q are (c - 1) * 2^q and (c + 1) * 2^q: so it is not a
 * power of two, below which they are closer.  c is below 2^53, q from -1074 to
 * 971. */
struct decimal_real shortest_real(uint64_t c, int q);

/* Take the zeros off the end of digits. */
struct decimal_real shortest_trim(struct decimal_real d);

#endif

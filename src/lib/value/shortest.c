/* SPDX-License-Identifier: MIT
 *
 * All decimals between c - 1/2 and c + 1/2, times 2^q, read back as c * 2^q.
 * Let 10^k be the largest power of ten that is no wider than that interval, so
 * that at least one multiple of 10^k lies in it, and at most one of 10^(k+1):
 * if there is one of 10^(k+1), it is the shortest; else the closest of 10^k is.
 * (The pigeonholes, German "Schubfächer", are the multiples.)
 *
 * The interval's ends and c itself are computed in units of 10^k / 4, from 128
 * bits of 10^-k.  What is cut off is kept as an odd last bit, which suffices to
 * compare them with multiples of 4 as if they were exact.
 */
#include "value/shortest.h"

struct power {
	uint64_t high, low;
};

#include "value/powers.inc"

/* floor(log10(2^e)) and floor(log2(10^e)), for |e| up to 1650. */
static inline int
log10_of_power_of_2(int e)
{
	return (int)((e * (int64_t)661971961083) >> 41);
}

static inline int
log2_of_power_of_10(int e)
{
	return (int)((e * (int64_t)913124641741) >> 38);
}

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 u128;

static inline uint64_t
multiply(uint64_t a, uint64_t b, uint64_t *high)
{
	u128 product = (u128)a * b;

	*high = (uint64_t)(product >> 64);
	return (uint64_t)product;
}
#else
static inline uint64_t
multiply(uint64_t a, uint64_t b, uint64_t *high)
{
	uint64_t a0 = (uint32_t)a, a1 = a >> 32;
	uint64_t b0 = (uint32_t)b, b1 = b >> 32;
	uint64_t low = a0 * b0;
	uint64_t middle = a1 * b0 + (low >> 32);
	uint64_t cross = a0 * b1 + (uint32_t)middle;

	*high = a1 * b1 + (middle >> 32) + (cross >> 32);
	return cross << 32 | (uint32_t)low;
}
#endif

/* g * c / 2^128, its last bit set if something was cut off. */
static inline uint64_t
scale(struct power g, uint64_t c)
{
	uint64_t carry, high;
	uint64_t low = multiply(g.high, c, &high);

	multiply(g.low, c, &carry);
	low += carry;
	high += low < carry;
	return high | (low > 1);
}

struct decimal_real
shortest_trim(struct decimal_real d)
{
	if (d.digits == 0)
		return (struct decimal_real){ 0 };
	while (d.digits % 10000 == 0) {
		d.digits /= 10000;
		d.exponent += 4;
	}
	while (d.digits % 10 == 0) {
		d.digits /= 10;
		d.exponent++;
	}
	return d;
}

struct decimal_real
shortest_real(uint64_t c, int q)
{
	int k = log10_of_power_of_2(q);
	int shift = q + log2_of_power_of_10(-k) + 1;
	struct power g = powers_of_ten[-k - FIRST_POWER];
	bool ends_excluded = c & 1;     /* halves are read as the even one */
	uint64_t value = scale(g, 4 * c << shift);
	uint64_t lower = scale(g, (4 * c - 2) << shift) + ends_excluded;
	uint64_t upper = scale(g, (4 * c + 2) << shift) - ends_excluded;
	uint64_t below = value / 4;
	uint64_t tens = below / 10;
	bool below_is_in, above_is_in;

	below_is_in = lower <= tens * 40;
	above_is_in = tens * 40 + 40 <= upper;
	if (below_is_in != above_is_in)
		return shortest_trim((struct decimal_real){
		    tens + above_is_in, k + 1 });
	below_is_in = lower <= below * 4;
	above_is_in = below * 4 + 4 <= upper;
	if (below_is_in == above_is_in) {
		uint64_t half = below * 4 + 2;

		above_is_in = value > half || (value == half && below & 1);
	}
	return (struct decimal_real){ below + above_is_in, k };
}

/* SPDX-License-Identifier: MIT
 *
 * FLOAT and DOUBLE, against the C library: the text reads back as the same
 * value, no shorter one does, and of its length it is the closest.
 *
 * usage: real [DOUBLES [STEP]]   so many random doubles, and every STEPth float
 */
#include "value/types.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "tap.h"

static uint64_t seed = 20260917;
static bool is_float;
static int shown;

/* Marsaglia's xorshift64* */
static uint64_t
random_bits(void)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return seed * 2685821657736338717u;
}

static bool
reads_back(const char *text, double v)
{
	return (is_float ? (double)strtof(text, NULL) :
	    strtod(text, NULL)) == v;
}

/* The digits of a decimal, without its point, its sign, its exponent and the
 * zeros at either end; how many. */
static int
digits_of(const char *text, char *digits)
{
	int n = 0;

	for (; *text && *text != 'e'; text++)
		if (*text >= '0' && *text <= '9' && (n > 0 || *text != '0'))
			digits[n++] = *text;
	while (n > 0 && digits[n - 1] == '0')
		n--;
	digits[n] = '\0';
	return n;
}

/* As the C library has it: digits of the least number that reads back. */
static void
closest(double v, char *digits)
{
	double size = fabs(v);
	bool subnormal = size < (is_float ? (double)FLT_MIN : DBL_MIN);
	int n = subnormal ? 2 : is_float ? 6 : 15;
	char text[64];

	do
		snprintf(text, sizeof(text), "%.*e", n++ - 1, v);
	while (!reads_back(text, v));
	digits_of(text, digits);
}

static bool
is_shortest(double v)
{
	static struct buf out;
	char ours[64], theirs[64];

	out.n = 0;
	if (is_float)
		value_put_float(&out, (float)v);
	else
		value_put_double(&out, v);
	buf_char(&out, '\0');
	digits_of(out.p, ours);
	closest(v, theirs);
	if (reads_back(out.p, v) && strcmp(ours, theirs) == 0)
		return true;
	if (shown++ < 10)
		printf("# %a: %s, digits %s\n", v, out.p, theirs);
	return false;
}

static bool
bits_are_shortest(uint64_t bits)
{
	double v;

	if (is_float) {
		uint32_t low = (uint32_t)bits;
		float f;

		memcpy(&f, &low, sizeof(f));
		v = (double)f;
	} else {
		memcpy(&v, &bits, sizeof(v));
	}
	return !isfinite(v) || is_shortest(v);
}

/* Powers of two, and their neighbours. */
static void
test_powers(void)
{
	int bits = is_float ? 23 : 52;
	uint64_t last = is_float ? 255 : 2047;
	bool good = true;

	for (uint64_t e = 0; e < last; e++)
		for (int near = -2; near <= 2; near++)
			good = bits_are_shortest((e << bits) +
			    (uint64_t)near) && good;
	result(good, is_float ? "floats about powers of two" :
	    "doubles about powers of two");
}

static void
test_doubles(long count)
{
	bool good = true;

	for (long i = 0; i < count; i++) {
		uint64_t r = random_bits();

		good = bits_are_shortest(r) && good;
		good = is_shortest((double)(r >> r % 64)) && good;
		good = is_shortest((double)(r >> 11) * 0x1p-53) && good;
		good = is_shortest((double)(r >> (r & 63)) / 1e6) && good;
	}
	result(good, "doubles of all sizes");
}

static void
test_floats(uint64_t step)
{
	bool good = true;

	for (uint64_t bits = 0; bits <= UINT32_MAX; bits += step)
		good = bits_are_shortest(bits) && good;
	result(good, "floats of all sizes");
}

int
main(int argc, char **argv)
{
	long doubles = argc > 1 ? atol(argv[1]) : 40000;
	long step = argc > 2 ? atol(argv[2]) : 60013;

	test_powers();
	test_doubles(doubles);
	is_float = true;
	test_powers();
	test_floats((uint64_t)step);
	return done();
}

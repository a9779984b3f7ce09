/* SPDX-License-Identifier: MIT
 *
 * FLOAT and DOUBLE, and whatever else is stored as one.
 */
#include "value/types.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "value/shortest.h"

/* What differs between float and double. */
struct real_format {
	double exact;           /* 10^sure */
	int sure;               /* decimal digits that any value survives */
	int places;             /* after the point, before there is an 'e' */
	int least;              /* digits of a subnormal */
	int mantissa_bits;      /* those stored */
	int bias;               /* of the exponent, the mantissa an integer */
};

static const struct real_format doubles = { 1e15, 15, 15, 2, 52, 1075 };
static const struct real_format floats = { 1e6, 6, 10, 2, 23, 150 };

static double
read_back(const struct real_format *f, const char *text)
{
	return f == &floats ? (double)strtof(text, NULL) : strtod(text, NULL);
}

static double
rounded(const struct real_format *f, double v)
{
	return f == &floats ? (double)(float)v : v;
}

/* For the few values that shortest_real() does not take: more and more digits
 * until they are enough. */
static struct decimal_real
try_digits(const struct real_format *f, double size, int digits)
{
	char text[40], *p;
	struct decimal_real d = { 0 };

	do {
		snprintf(text, sizeof(text), "%.*e", digits - 1, size);
		digits++;
	} while (read_back(f, text) != size);
	for (p = text; *p != 'e'; p++)
		if (*p != '.')
			d.digits = d.digits * 10 + (uint64_t)(*p - '0');
	d.exponent = (int)strtol(p + 1, NULL, 10) - (digits - 2);
	return shortest_trim(d);
}

/* The numbers that people write: up to four places, so few digits in all that
 * r is exact and no others are as short.  It saves them the better part. */
static bool
has_few_places(const struct real_format *f, double size, struct decimal_real *d)
{
	double r = rint(size * 1e4);

	if (r >= f->exact || rounded(f, r / 1e4) != size)
		return false;
	*d = shortest_trim((struct decimal_real){ (uint64_t)r, -4 });
	return true;
}

/* digits * 10^exponent, with at least one digit on either side of the point. */
static char *
put_fixed(char *p, const char *digits, int n, int exponent)
{
	int whole = n + exponent;       /* digits before the point */

	if (whole <= 0) {
		*p++ = '0';
		*p++ = '.';
		memset(p, '0', (size_t)-whole);
		p += -whole;
		return (char *)memcpy(p, digits, (size_t)n) + n;
	}
	if (exponent >= 0) {
		p = (char *)memcpy(p, digits, (size_t)n) + n;
		p = (char *)memset(p, '0', (size_t)exponent) + exponent;
		*p++ = '.';
		*p++ = '0';
		return p;
	}
	p = (char *)memcpy(p, digits, (size_t)whole) + whole;
	*p++ = '.';
	return (char *)memcpy(p, digits + whole, (size_t)-exponent) - exponent;
}

/* "1.0e100" */
static char *
put_scientific(char *p, const char *digits, int n, int first)
{
	*p++ = digits[0];
	*p++ = '.';
	if (n == 1)
		*p++ = '0';
	p = (char *)memcpy(p, digits + 1, (size_t)n - 1) + n - 1;
	*p++ = 'e';
	if (first < 0)
		*p++ = '-';
	return buf_put_u64(p, (uint64_t)abs(first));
}

/* A number of few digits is written out as long as it stays short; any other
 * has an exponent where printf("%g") gives it one. */
static void
put_decimal(struct buf *out, const struct real_format *f, bool negative,
    struct decimal_real d)
{
	char digits[24];
	int n = (int)(buf_put_u64(digits, d.digits) - digits);
	int first = n - 1 + d.exponent;         /* the exponent of its first */
	bool is_short = n <= f->sure && first < f->sure &&
	    -d.exponent <= f->places;
	bool is_written_out = first >= -4 &&
	    first < (n > f->sure ? n : f->sure);
	char *start = buf_room(out, 48);
	char *p = start;

	if (negative)
		*p++ = '-';
	if (is_short || is_written_out)
		p = put_fixed(p, digits, n, d.exponent);
	else
		p = put_scientific(p, digits, n, first);
	out->n += (size_t)(p - start);
}

/* bits: of the value without its sign, size: the same as a number. */
static struct decimal_real
decimal_of(const struct real_format *f, uint64_t bits, double size)
{
	uint64_t one = (uint64_t)1 << f->mantissa_bits;
	uint64_t fraction = bits & (one - 1);
	int exponent = (int)(bits >> f->mantissa_bits);
	struct decimal_real d = { 0 };

	if (has_few_places(f, size, &d))
		return d;
	if (exponent == 0)
		return try_digits(f, size, f->least);
	if (fraction == 0)
		return try_digits(f, size, f->sure);
	return shortest_real(one | fraction, exponent - f->bias);
}

void
value_put_double(struct buf *out, double v)
{
	double size = fabs(v);
	uint64_t bits;

	memcpy(&bits, &size, sizeof(bits));
	put_decimal(out, &doubles, signbit(v) != 0,
	    decimal_of(&doubles, bits, size));
}

void
value_put_float(struct buf *out, float v)
{
	float size = fabsf(v);
	uint32_t bits;

	memcpy(&bits, &size, sizeof(bits));
	put_decimal(out, &floats, signbit(v) != 0,
	    decimal_of(&floats, bits, size));
}

static int
put_float4(const struct column *col, struct cursor *in, struct buf *out)
{
	const uint8_t *p = take(in, 4);
	uint32_t bits;
	float v;

	(void)col;
	if (!p)
		return -1;
	bits = (uint32_t)load_le(p, 4);
	memcpy(&v, &bits, 4);
	if (!isfinite(v))
		return value_bad(in, "not a finite number");
	value_put_float(out, v);
	return 0;
}

static int
put_float8(const struct column *col, struct cursor *in, struct buf *out)
{
	const uint8_t *p = take(in, 8);
	uint64_t bits;
	double v;

	(void)col;
	if (!p)
		return -1;
	bits = load_le(p, 8);
	memcpy(&v, &bits, 8);
	if (!isfinite(v))
		return value_bad(in, "not a finite number");
	value_put_double(out, v);
	return 0;
}

void
value_bind_float(struct column *col, const struct value_modes *modes)
{
	(void)modes;
	col->print = col->type == COLUMN_FLOAT ? put_float4 : put_float8;
}

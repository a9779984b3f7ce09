/* SPDX-License-Identifier: MIT */
#include "predicate/exact.h"

#include <ctype.h>
#include <stdint.h>

#define MOST_EXPONENT INT64_C(1000000000000000000)

/* 0.D1D2D3… times 10^exponent; D1 is not 0, and n is 0 if the number is. */
struct exact {
	bool negative;
	const char *p, *end;    /* from D1 on, with the point in it if any */
	int64_t exponent;
};

static const char *
over_digits(const char *p, const char *end)
{
	while (p < end && isdigit((unsigned char)*p))
		p++;
	return p;
}

static const char *
over_sign(const char *p, const char *end)
{
	return p < end && (*p == '-' || *p == '+') ? p + 1 : p;
}

bool
exact_is_number(struct span text)
{
	const char *end = text.p + text.n, *from, *p;
	size_t digits;

	if (!text.n)
		return false;
	from = over_sign(text.p, end);
	p = over_digits(from, end);
	digits = (size_t)(p - from);
	if (p < end && *p == '.') {
		from = p + 1;
		p = over_digits(from, end);
		digits += (size_t)(p - from);
	}
	if (!digits)
		return false;
	if (p < end && (*p == 'e' || *p == 'E')) {
		from = over_sign(p + 1, end);
		p = over_digits(from, end);
		if (p == from)
			return false;
	}
	return p == end;
}

/* What follows the 'e'. */
static int64_t
read_exponent(const char *p, const char *end)
{
	bool negative = p < end && *p == '-';
	int64_t number = 0;

	for (p = over_sign(p, end); p < end; p++)
		number = number < MOST_EXPONENT / 10 ?
		    number * 10 + (*p - '0') : MOST_EXPONENT;
	return negative ? -number : number;
}

static struct exact
read_exact(struct span text)
{
	const char *end = text.p + text.n, *p = over_sign(text.p, end);
	struct exact x = { .negative = *text.p == '-' };
	const char *stop = p, *first, *point;

	while (stop < end && *stop != 'e' && *stop != 'E')
		stop++;
	point = over_digits(p, stop);
	for (first = p; first < stop && (*first == '0' || *first == '.');)
		first++;
	x.p = first;
	x.end = stop;
	if (first == stop) {
		x.negative = false;
		return x;
	}
	x.exponent = first < point ? point - first : point + 1 - first;
	if (stop < end)
		x.exponent += read_exponent(stop + 1, end);
	return x;
}

/* The next digit, 0 after the last. */
static char
next_digit(const char **p, const char *end)
{
	if (*p < end && **p == '.')
		++*p;
	return *p < end ? *(*p)++ : '0';
}

static int
compare_digits(struct exact a, struct exact b)
{
	while (a.p < a.end || b.p < b.end) {
		char x = next_digit(&a.p, a.end), y = next_digit(&b.p, b.end);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

static int
compare_sizes(struct exact a, struct exact b)
{
	if (a.p == a.end || b.p == b.end)
		return (a.p < a.end) - (b.p < b.end);
	if (a.exponent != b.exponent)
		return a.exponent < b.exponent ? -1 : 1;
	return compare_digits(a, b);
}

int
exact_compare(struct span a, struct span b)
{
	struct exact x = read_exact(a), y = read_exact(b);

	if (x.negative != y.negative)
		return x.negative ? -1 : 1;
	return x.negative ? compare_sizes(y, x) : compare_sizes(x, y);
}

bool
exact_is_zero(struct span number)
{
	struct exact x = read_exact(number);

	return x.p == x.end;
}

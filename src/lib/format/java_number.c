/* SPDX-License-Identifier: MIT */
#include "format/java_number.h"

#include <stdint.h>

#include "base/integer.h"

enum {
	MAX_DIGITS = 80,        /* DECIMAL(65) has the most */
	MAX_EXPONENT = 9999,
	LEAST = -3, MOST = 7,   /* 10^LEAST <= a double < 10^MOST is plain */
	LEAST_DECIMAL = -6,     /* the same of the first digit of a decimal */
};

/* 0.DIGITS * 10^point: those from the first that is not 0 on. */
struct number {
	bool negative;
	char digits[MAX_DIGITS];
	int n;
	int point;
	int places;             /* written after the point */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
add_digit(struct number *v, char c, bool fraction)
{
	if (fraction)
		v->places++;
	if (v->n == 0 && c == '0') {
		v->point -= fraction;
		return v->places < MAX_EXPONENT;
	}
	if (v->n == MAX_DIGITS)
		return c == '0' && fraction;
	v->digits[v->n++] = c;
	v->point += !fraction;
	return true;
}

static bool
read_exponent(struct number *v, struct span rest)
{
	int64_t e;

	if (rest.n && rest.p[0] == '+')
		rest = (struct span){ rest.p + 1, rest.n - 1 };
	if (!integer_read_signed(rest, &e) || e < -MAX_EXPONENT ||
	    e > MAX_EXPONENT)
		return false;
	v->point += (int)e;
	return true;
}

/* [-]digits[.digits][e[+-]digits] */
static bool
read_number(struct number *v, struct span text)
{
	bool fraction = false;
	size_t i = 0;

	v->n = v->point = v->places = 0;
	v->negative = text.n && text.p[0] == '-';
	i += v->negative;
	if (i == text.n || !is_digit(text.p[i]))
		return false;
	for (; i < text.n; i++) {
		if (text.p[i] == '.' && !fraction)
			fraction = true;
		else if (one_of(text.p[i], "eE"))
			return read_exponent(v, (struct span){
			    text.p + i + 1, text.n - i - 1 });
		else if (!is_digit(text.p[i]) ||
		    !add_digit(v, text.p[i], fraction))
			return false;
	}
	return true;
}

static void
trim(struct number *v)
{
	while (v->n && v->digits[v->n - 1] == '0')
		v->n--;
	if (!v->n)
		v->point = 0;
}

static void
put_zeros(struct buf *out, int n)
{
	for (int i = 0; i < n; i++)
		buf_char(out, '0');
}

/* Without an exponent; with at least so many places. */
static void
put_plain(struct buf *out, const struct number *v, int places)
{
	int whole = v->point < v->n ? v->point : v->n;
	int rest;

	if (v->negative)
		buf_char(out, '-');
	if (v->point <= 0) {
		buf_char(out, '0');
		whole = 0;
	} else {
		buf_put(out, v->digits, (size_t)whole);
		put_zeros(out, v->point - whole);
	}
	rest = v->n - whole;
	if (!rest && !places)
		return;
	buf_char(out, '.');
	if (v->point < 0 && rest) {
		put_zeros(out, -v->point);
		places += v->point;
	}
	buf_put(out, v->digits + whole, (size_t)rest);
	put_zeros(out, places - rest);
}

/* d.dddE-n; `places` at least */
static void
put_scientific(struct buf *out, const struct number *v, int places)
{
	if (v->negative)
		buf_char(out, '-');
	buf_char(out, v->digits[0]);
	if (v->n > 1 || places)
		buf_char(out, '.');
	buf_put(out, v->digits + 1, (size_t)v->n - 1);
	put_zeros(out, places - (v->n - 1));
	buf_char(out, 'E');
	buf_i64(out, v->point - 1);
}

/* Most are written that way already: 12.5 */
static bool
is_plain_already(struct span text)
{
	size_t i = text.n && text.p[0] == '-', whole = i, places;

	while (i < text.n && is_digit(text.p[i]))
		i++;
	if (i == whole || i - whole > MOST || i == text.n ||
	    text.p[i] != '.' || (text.p[whole] == '0'))
		return false;
	for (places = ++i; i < text.n && is_digit(text.p[i]); i++)
		;
	return i == text.n && i > places && (i == places + 1 ||
	    text.p[i - 1] != '0');
}

bool
java_number_real(struct buf *out, struct span number)
{
	struct number v;

	if (is_plain_already(number)) {
		buf_span(out, number);
		return true;
	}
	if (!read_number(&v, number))
		return false;
	trim(&v);
	if (!v.n)
		buf_str(out, v.negative ? "-0.0" : "0.0");
	else if (v.point > LEAST && v.point <= MOST)
		put_plain(out, &v, 1);
	else
		put_scientific(out, &v, 1);
	return true;
}

bool
java_number_plain(struct buf *out, struct span number)
{
	struct number v;

	if (!read_number(&v, number))
		return false;
	trim(&v);
	put_plain(out, &v, 0);
	return true;
}

bool
java_number_decimal(struct buf *out, struct span text)
{
	struct number v;

	if (!read_number(&v, text))
		return false;
	if (!v.n) {             /* a zero has places, but no sign */
		v.negative = false;
		if (v.places > -LEAST_DECIMAL) {
			buf_str(out, "0E-");
			buf_i64(out, v.places);
			return true;
		}
		v.point = 0;
	}
	if (v.n && v.point - 1 < LEAST_DECIMAL)
		put_scientific(out, &v, 0);
	else
		put_plain(out, &v, v.places);
	return true;
}

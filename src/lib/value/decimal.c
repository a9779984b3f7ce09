/* SPDX-License-Identifier: MIT
 *
 * DECIMAL(precision, scale), as strings/decimal.c of the server stores it:
 *
 *   | odd integer digits | 9 digits | … | 9 digits | … | odd fraction digits |
 *
 * 9 digits are 4 bytes big-endian, fewer take odd_bytes[digits].  The top bit
 * of the first byte is 1 for positive numbers; negative ones have every bit
 * complemented.
 */
#include "value/types.h"

#include <stdlib.h>

enum { GROUP = 9, MAX_BYTES = 32, MAX_DIGITS = 81 };

static const uint8_t odd_bytes[GROUP + 1] = { 0, 1, 1, 2, 2, 3, 3, 4, 4, 4 };

static const uint32_t powers[GROUP + 1] = {
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
	1000000000,
};

/* All digits of a value, the point taken out: `scale` of them follow it. */
struct digits {
	char text[MAX_DIGITS];
	int n;
	bool negative;
};

/* Append the next group of n digits; false if it is none. */
static bool
read_group(struct digits *d, const uint8_t **p, int n)
{
	uint32_t v = (uint32_t)load_be(*p, odd_bytes[n]);

	*p += odd_bytes[n];
	if (v >= powers[n])
		return false;
	buf_put_digits(d->text + d->n, v, n);
	d->n += n;
	return true;
}

static int
read_digits(const struct column *col, struct cursor *in, struct digits *d)
{
	int whole = col->precision - col->scale;
	int fraction = col->scale;
	size_t size = (size_t)(whole / GROUP + fraction / GROUP) * 4 +
	    odd_bytes[whole % GROUP] + odd_bytes[fraction % GROUP];
	const uint8_t *raw = take(in, size);
	uint8_t copy[MAX_BYTES];
	const uint8_t *p = copy;
	bool good;

	if (!raw)
		return -1;
	d->n = 0;
	d->negative = !(raw[0] & 0x80);
	for (size_t i = 0; i < size; i++)
		copy[i] = d->negative ? (uint8_t)~raw[i] : raw[i];
	copy[0] ^= 0x80;
	good = read_group(d, &p, whole % GROUP);
	for (int i = 0; good && i < whole / GROUP; i++)
		good = read_group(d, &p, GROUP);
	for (int i = 0; good && i < fraction / GROUP; i++)
		good = read_group(d, &p, GROUP);
	if (!good || !read_group(d, &p, fraction % GROUP))
		return value_bad(in, "a group of digits is out of range");
	return 0;
}

static bool
is_zero(const struct digits *d)
{
	for (int i = 0; i < d->n; i++)
		if (d->text[i] != '0')
			return false;
	return true;
}

/* "-123.45": no leading zeros, all digits of the scale. */
static char *
put_plain(char *p, const struct column *col, const struct digits *d)
{
	int whole = d->n - col->scale;
	int skip = 0;

	while (skip < whole - 1 && d->text[skip] == '0')
		skip++;
	if (d->negative && !is_zero(d))
		*p++ = '-';
	if (whole == 0)
		*p++ = '0';
	memcpy(p, d->text + skip, (size_t)(whole - skip));
	p += whole - skip;
	if (col->scale == 0)
		return p;
	*p++ = '.';
	memcpy(p, d->text + whole, col->scale);
	return p + col->scale;
}

static int
put_string(const struct column *col, struct cursor *in, struct buf *out)
{
	struct digits d;
	char *start, *p;

	if (read_digits(col, in, &d) < 0)
		return -1;
	p = start = buf_room(out, MAX_DIGITS + 5);
	*p++ = '"';
	p = put_plain(p, col, &d);
	*p++ = '"';
	out->n += (size_t)(p - start);
	return 0;
}

/* The same as a JSON number, digit for digit. */
static int
put_numeric(const struct column *col, struct cursor *in, struct buf *out)
{
	struct digits d;
	char *p;

	if (read_digits(col, in, &d) < 0)
		return -1;
	p = buf_room(out, MAX_DIGITS + 5);
	out->n += (size_t)(put_plain(p, col, &d) - p);
	return 0;
}

static int
put_as_double(const struct column *col, struct cursor *in, struct buf *out)
{
	struct digits d;
	char text[MAX_DIGITS + 5];

	if (read_digits(col, in, &d) < 0)
		return -1;
	*put_plain(text, col, &d) = '\0';
	value_put_double(out, strtod(text, NULL));
	return 0;
}

/* The digits as one integer. */
static int
put_precise(const struct column *col, struct cursor *in, struct buf *out)
{
	uint8_t v[MAX_BYTES] = { 0 };
	struct digits d;

	if (read_digits(col, in, &d) < 0)
		return -1;
	for (int i = 0; i < d.n; i++) {
		unsigned carry = (unsigned)(d.text[i] - '0');

		for (int k = MAX_BYTES; k-- > 0; carry >>= 8) {
			carry += v[k] * 10u;
			v[k] = (uint8_t)carry;
		}
	}
	for (int k = MAX_BYTES, carry = 1; d.negative && k-- > 0;) {
		carry += (uint8_t)~v[k];
		v[k] = (uint8_t)carry;
		carry >>= 8;
	}
	value_put_unscaled(out, v, MAX_BYTES);
	return 0;
}

void
value_bind_decimal(struct column *col, const struct value_modes *modes)
{
	static value_fn *const printers[] = {
		[DECIMAL_STRING] = put_string,
		[DECIMAL_DOUBLE] = put_as_double,
		[DECIMAL_PRECISE] = put_precise,
		[DECIMAL_NUMERIC] = put_numeric,
	};

	col->print = printers[modes->decimal];
}

/* SPDX-License-Identifier: MIT
 *
 * Integers, floating point, BIT and YEAR.
 */
#include "value/types.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static inline int
put_unsigned(struct cursor *in, struct buf *out, size_t bytes)
{
	const uint8_t *p = take(in, bytes);

	if (!p)
		return -1;
	buf_u64(out, load_le(p, bytes));
	return 0;
}

static inline int
put_signed(struct cursor *in, struct buf *out, unsigned bytes)
{
	const uint8_t *p = take(in, bytes);
	unsigned spare = 64 - 8 * bytes;

	if (!p)
		return -1;
	buf_i64(out, (int64_t)(load_le(p, bytes) << spare) >> spare);
	return 0;
}

#define INTEGER(name, bytes)                                               \
	static int                                                         \
	print_i##name(const struct column *col, struct cursor *in,           \
	    struct buf *out)                                               \
	{                                                                  \
		(void)col;                                                 \
		return put_signed(in, out, bytes);                         \
	}                                                                  \
	static int                                                         \
	print_u##name(const struct column *col, struct cursor *in,           \
	    struct buf *out)                                               \
	{                                                                  \
		(void)col;                                                 \
		return put_unsigned(in, out, bytes);                       \
	}

INTEGER(8, 1)
INTEGER(16, 2)
INTEGER(24, 3)
INTEGER(32, 4)
INTEGER(64, 8)

static int
print_u64_string(const struct column *col, struct cursor *in, struct buf *out)
{
	buf_char(out, '"');
	if (print_u64(col, in, out) < 0)
		return -1;
	buf_char(out, '"');
	return 0;
}

static int
print_i64_string(const struct column *col, struct cursor *in, struct buf *out)
{
	buf_char(out, '"');
	if (print_i64(col, in, out) < 0)
		return -1;
	buf_char(out, '"');
	return 0;
}

/* Connect's Decimal: base64 of the shortest big-endian two's complement. */
static int
print_u64_precise(const struct column *col, struct cursor *in, struct buf *out)
{
	const uint8_t *p = take(in, 8);
	uint8_t bytes[9] = { 0 };
	size_t skip = 0;

	(void)col;
	if (!p)
		return -1;
	for (size_t i = 0; i < 8; i++)
		bytes[8 - i] = p[i];
	while (skip < 8 && bytes[skip] == 0 && bytes[skip + 1] < 0x80)
		skip++;
	put_base64(out, bytes + skip, 9 - skip, false);
	return 0;
}

void
bind_integer(struct column *col, const struct value_modes *modes)
{
	static value_fn *const printers[][2] = {
		[TYPE_TINY] = { print_i8, print_u8 },
		[TYPE_SHORT] = { print_i16, print_u16 },
		[TYPE_INT24] = { print_i24, print_u24 },
		[TYPE_LONG] = { print_i32, print_u32 },
		[TYPE_LONGLONG] = { print_i64, print_u64 },
	};
	static value_fn *const bigints[] = {
		[BIGINT_NUMBER] = print_u64,
		[BIGINT_STRING] = print_u64_string,
		[BIGINT_PRECISE] = print_u64_precise,
	};

	enum bigint_mode mode = modes->bigint_unsigned == BIGINT_NUMBER ?
	    modes->bigint : modes->bigint_unsigned;

	col->print = printers[col->type][col->is_unsigned];
	if (col->print == print_u64)
		col->print = bigints[mode];
	if (col->print == print_i64 && modes->bigint == BIGINT_STRING)
		col->print = print_i64_string;
}

/* Where r / 10^k is v exactly, r and 10^k are exact themselves and the
 * division rounds correctly, so the digits of r are the shortest there are
 * for v (any 15 digits survive a double, any 6 a float). */
static const double pow10_double[] = {
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
	1e13, 1e14, 1e15,
};

static const float pow10_float[] = {
	1e0f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f,
};

/* digits / 10^k, with at least one digit on either side of the point. */
static void
put_fixed(struct buf *out, bool negative, uint64_t digits, int k)
{
	char text[20];
	int n = (int)(put_u64(text, digits) - text);
	char *start = buf_room(out, 48);
	char *p = start;

	if (negative)
		*p++ = '-';
	if (n <= k) {
		*p++ = '0';
	} else {
		memcpy(p, text, (size_t)(n - k));
		p += n - k;
	}
	*p++ = '.';
	for (int zeros = k - n; zeros > 0; zeros--)
		*p++ = '0';
	if (k == 0)
		*p++ = '0';
	else if (n > k)
		p = (char *)memcpy(p, text + n - k, (size_t)k) + k;
	else
		p = (char *)memcpy(p, text, (size_t)n) + n;
	out->n += (size_t)(p - start);
}

/* printf's "1e+100" and "5" as "1.0e100" and "5.0". */
static void
put_printed(struct buf *out, const char *text)
{
	const char *e = strchr(text, 'e');
	size_t n = e ? (size_t)(e - text) : strlen(text);

	buf_put(out, text, n);
	if (!memchr(text, '.', n))
		buf_put(out, ".0", 2);
	if (!e)
		return;
	buf_char(out, 'e');
	e++;
	if (*e == '-')
		buf_char(out, '-');
	e++;
	while (*e == '0' && e[1])
		e++;
	buf_str(out, e);
}

void
put_double(struct buf *out, double v)
{
	double size = fabs(v);
	char text[40];

	for (int k = 0; k < 16 && size < 1e15; k++) {
		double r = rint(size * pow10_double[k]);

		if (r >= 1e15)
			break;
		if (r / pow10_double[k] == size) {
			put_fixed(out, signbit(v) != 0, (uint64_t)r, k);
			return;
		}
	}
	/* Below DBL_MIN there are fewer than 15 digits to be had. */
	for (int digits = size < DBL_MIN ? 2 : 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, v);
		if (strtod(text, NULL) == v)
			break;
	}
	put_printed(out, text);
}

void
put_float(struct buf *out, float v)
{
	float size = fabsf(v);
	char text[40];

	for (int k = 0; k < 11 && size < 1e6f; k++) {
		float r = rintf(size * pow10_float[k]);

		if (r >= 1e6f)
			break;
		if (r / pow10_float[k] == size) {
			put_fixed(out, signbit(v) != 0, (uint64_t)r, k);
			return;
		}
	}
	for (int digits = size < FLT_MIN ? 2 : 6; digits <= 9; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, (double)v);
		if (strtof(text, NULL) == v)
			break;
	}
	put_printed(out, text);
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
	put_float(out, v);
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
	put_double(out, v);
	return 0;
}

void
bind_float(struct column *col, const struct value_modes *modes)
{
	(void)modes;
	col->print = col->type == TYPE_FLOAT ? put_float4 : put_float8;
}

static int
put_bool(const struct column *col, struct cursor *in, struct buf *out)
{
	const uint8_t *p = take(in, 1);

	(void)col;
	if (!p)
		return -1;
	buf_str(out, *p & 1 ? "true" : "false");
	return 0;
}

/* Debezium's Bits: little-endian, whatever --binary says. */
static int
put_bits(const struct column *col, struct cursor *in, struct buf *out)
{
	size_t n = (col->length + 7) / 8;
	const uint8_t *p = take(in, n);
	uint8_t little[8];

	if (!p)
		return -1;
	for (size_t i = 0; i < n; i++)
		little[i] = p[n - 1 - i];
	put_base64(out, little, n, false);
	return 0;
}

void
bind_bit(struct column *col, const struct value_modes *modes)
{
	(void)modes;
	col->print = col->length == 1 ? put_bool : put_bits;
}

/* One byte: 0 is the year 0000, n is 1900 + n. */
static int
put_year(const struct column *col, struct cursor *in, struct buf *out)
{
	const uint8_t *p = take(in, 1);

	(void)col;
	if (!p)
		return -1;
	buf_u64(out, *p ? 1900u + *p : 0);
	return 0;
}

void
bind_year(struct column *col, const struct value_modes *modes)
{
	(void)modes;
	col->print = put_year;
}

/* SPDX-License-Identifier: MIT
 *
 * Integers, BIT and YEAR.
 */
#include "value/types.h"


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

static int
print_u64_precise(const struct column *col, struct cursor *in, struct buf *out)
{
	const uint8_t *p = take(in, 8);
	uint8_t bytes[9] = { 0 };       /* never negative */

	(void)col;
	if (!p)
		return -1;
	for (size_t i = 0; i < 8; i++)
		bytes[8 - i] = p[i];
	value_put_unscaled(out, bytes, sizeof(bytes));
	return 0;
}

void
value_bind_integer(struct column *col, const struct value_modes *modes)
{
	static value_fn *const printers[][2] = {
		[COLUMN_TINY] = { print_i8, print_u8 },
		[COLUMN_SHORT] = { print_i16, print_u16 },
		[COLUMN_INT24] = { print_i24, print_u24 },
		[COLUMN_LONG] = { print_i32, print_u32 },
		[COLUMN_LONGLONG] = { print_i64, print_u64 },
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
	char little[8];

	if (!p)
		return -1;
	for (size_t i = 0; i < n; i++)
		little[i] = (char)p[n - 1 - i];
	value_put_base64(out, (struct span){ little, n }, false);
	return 0;
}

void
value_bind_bit(struct column *col, const struct value_modes *modes)
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
value_bind_year(struct column *col, const struct value_modes *modes)
{
	(void)modes;
	col->print = put_year;
}

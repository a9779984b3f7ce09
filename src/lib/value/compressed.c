/* SPDX-License-Identifier: MIT
 *
 * COMPRESSED columns: after the length prefix
 *   method (high half) and n (low half) u8 | length, n bytes big-endian | data
 * Method 0 is plain data without a length, 8 is zlib's; bit 3 of the low half
 * says that the stream has no zlib header.  A value of no bytes is empty.
 * sql/field.cc, Field_longstr::compress() and uncompress().
 */
#include "value/types.h"

#include "value/zlib.h"

enum { PLAIN = 0, ZLIB = 8, RAW = 8, LENGTH_BYTES = 7 };

/* Bytes of a value: no server has one above max_allowed_packet's 1 GiB. */
static uint64_t
most_of(const struct column *col)
{
	if (col->type == COLUMN_VARCHAR_COMPRESSED)
		return col->length;
	return col->len_bytes < 4 ? ((uint64_t)1 << 8 * col->len_bytes) - 1 :
	    (uint64_t)1 << 30;
}

/* The value's own bytes: in the event, or in `plain`. */
static int
uncompress(const struct column *col, struct span value, struct buf *plain,
    struct span *bytes, struct cursor *in)
{
	struct cursor c = cursor_of(value.p, value.n);
	uint8_t head = take_u8(&c);
	uint64_t size;

	*bytes = value;
	if (value.n == 0)
		return 0;
	if (head >> 4 == PLAIN) {
		*bytes = take_span(&c, cursor_left(&c));
		return 0;
	}
	size = take_be(&c, head & LENGTH_BYTES);
	if (head >> 4 != ZLIB || c.bad)
		return value_bad(in, "compressed by an unknown method");
	if (size > most_of(col))
		return value_bad(in, "it decompresses to more than a column "
		    "of its type holds");
	if (zlib_unzip(
		take_span(&c, cursor_left(&c)), size, head & RAW, plain) < 0)
		return value_bad(in, "it cannot be decompressed");
	*bytes = buf_view(plain);
	return 0;
}

static int
put_compressed(const struct column *col, struct cursor *in, struct buf *out)
{
	struct span value = take_span(in, take_le(in, col->len_bytes));
	struct buf plain = { 0 };
	struct span bytes;
	int status;

	if (in->bad)
		return -1;
	status = uncompress(col, value, &plain, &bytes, in);
	if (status == 0)
		col->put_bytes(col, bytes, out);
	buf_free(&plain);
	return status;
}

void
value_bind_compressed(struct column *col, const struct value_modes *modes)
{
	value_bind_bytes(col, modes);
	if (col->print)
		col->print = put_compressed;
}

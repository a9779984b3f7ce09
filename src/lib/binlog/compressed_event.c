/* SPDX-License-Identifier: MIT */
#include "binlog/compressed_event.h"

#include "binlog/events.h"
#include "binlog/limits.h"
#include "value/zlib.h"

enum {
	MARK = 0x80, MARK_MASK = 0xE0, ALGORITHM = 0x10, LENGTH_BYTES = 0x07,
	MOST_LENGTH_BYTES = 4,
	QUERY_DB_N = 4 + 4,
	QUERY_FIXED = QUERY_DB_N + 1 + 2,
	ROWS_FIXED = 6 + 2,
};

/* Over everything in front of a query's text. */
static void
skip_query_front(struct cursor *in)
{
	const uint8_t *fixed = take(in, QUERY_FIXED);
	size_t status_n = take_u16(in);

	take(in, status_n);
	if (fixed)              /* database and NUL */
		take(in, fixed[QUERY_DB_N] + 1u);
}

/* Over everything in front of the row images. */
static void
skip_rows_front(struct cursor *in, const struct event_kind *type)
{
	uint64_t columns;
	size_t bits;

	take(in, ROWS_FIXED);
	if (type->version == 2) {
		uint16_t extra = take_u16(in);

		take(in, extra < 2 ? 0 : extra - 2u);
	}
	columns = take_lenenc(in);
	bits = columns < UINT16_MAX ? (columns + 7) / 8 : SIZE_MAX / 2;
	take(in, bits);
	if (type->op == 'u')
		take(in, bits);
}

/* Append what the rest of the event holds. */
static int
inflate_rest(struct cursor *in, struct buf *out, struct err *err)
{
	uint8_t head = take_u8(in);
	size_t n = head & LENGTH_BYTES;
	uint64_t size;

	if ((head & MARK_MASK) != MARK || head & ALGORITHM || n == 0 ||
	    n > MOST_LENGTH_BYTES)
		return err_set(err, ERR_DATA,
		    "compressed by an unknown algorithm (0x%02x)", head);
	size = take_be(in, n);
	if (event_too_large(size, err))
		return -1;
	if (in->bad || zlib_unzip(take_span(in, cursor_left(in)), size, false,
	    out) < 0)
		return err_set(err, ERR_DATA,
		    "compressed part cannot be decompressed");
	return 0;
}

int
compressed_event_inflate(struct binlog_event *ev, const struct event_kind *type,
    struct buf *out, struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);

	if (!type->compressed)
		return 0;
	if (type->role == ROLE_QUERY)
		skip_query_front(&in);
	else
		skip_rows_front(&in, type);
	if (in.bad)
		return err_set(err, ERR_DATA, "%s event is cut short",
		    type->name);
	out->n = 0;
	buf_put(out, ev->body, (size_t)(in.p - ev->body));
	if (inflate_rest(&in, out, err) < 0)
		return err_wrap(err, "%s event", type->name);
	ev->body = (const uint8_t *)out->p;
	ev->body_n = out->n;
	return 0;
}

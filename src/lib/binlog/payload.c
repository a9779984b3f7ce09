/* SPDX-License-Identifier: MIT */
#include "binlog/payload.h"

#include <stdlib.h>

#include <zstd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "binlog/limits.h"

enum field { END, SIZE, COMPRESSION, PLAIN_SIZE };

enum { ZSTD = 0, NONE = 255, STEP = 128 << 10 };

struct payload {
	struct span data;       /* not decompressed yet */
	ZSTD_DStream *zstd;     /* NULL: it is not compressed */
	bool ended;             /* the decompressor has no more */
	struct buf plain;       /* decompressed, and not all given yet */
	size_t given;           /* bytes in front that were */
	struct binlog_event whole;
	uint8_t header_n;
};

static int
malformed(struct err *err)
{
	return err_set(err, ERR_DATA,
	    "TRANSACTION_PAYLOAD event is cut short or malformed");
}

/* (type, length, value) of lengths as they are, up to the end mark; what is
 * after it is the data. */
static int
read_fields(struct cursor *in, uint64_t *compression, struct err *err)
{
	for (;;) {
		uint64_t type = take_lenenc(in);
		struct span value;
		struct cursor part;

		if (type == END || in->bad)
			return in->bad ? malformed(err) : 0;
		value = take_span(in, take_lenenc(in));
		part = cursor_of(value.p, value.n);
		if (type == COMPRESSION)
			*compression = take_lenenc(&part);
	}
}

struct payload *
payload_open(const struct binlog_event *ev,
    const struct binlog_format *format, struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	uint64_t compression = NONE;
	struct payload *p;

	if (read_fields(&in, &compression, err) < 0)
		return NULL;
	if (compression != ZSTD && compression != NONE) {
		err_set(err, ERR_DATA, "TRANSACTION_PAYLOAD event: "
		    "compressed by an unknown algorithm (%llu)",
		    (unsigned long long)compression);
		return NULL;
	}
	p = xcalloc(1, sizeof(*p));
	p->whole = *ev;
	p->header_n = format->header_n;
	buf_room(&p->plain, STEP);
	p->data = take_span(&in, cursor_left(&in));
	if (compression == ZSTD)
		p->zstd = ZSTD_createDStream();
	return p;
}

void
payload_close(struct payload *p)
{
	if (!p)
		return;
	ZSTD_freeDStream(p->zstd);
	buf_free(&p->plain);
	free(p);
}

/* Append what comes next.  1, 0 at the end, -1. */
static int
decompress(struct payload *p, struct err *err)
{
	ZSTD_inBuffer in = { p->data.p, p->data.n, 0 };
	ZSTD_outBuffer out = { buf_room(&p->plain, STEP), STEP, 0 };
	size_t status;

	if (p->ended || (!p->zstd && p->data.n == 0))
		return 0;
	if (!p->zstd) {
		in.pos = out.pos = p->data.n < STEP ? p->data.n : STEP;
		memcpy(out.dst, p->data.p, out.pos);
	} else {
		status = ZSTD_decompressStream(p->zstd, &out, &in);
		if (ZSTD_isError(status))
			return err_set(err, ERR_DATA, "TRANSACTION_PAYLOAD "
			    "event cannot be decompressed: %s",
			    ZSTD_getErrorName(status));
		p->ended = (status == 0 && in.pos == in.size) ||
		    (in.pos == in.size && out.pos == 0);
	}
	p->plain.n += out.pos;
	p->data.p += in.pos;
	p->data.n -= in.pos;
	return 1;
}

/* Have n bytes after what was given, which goes where more is needed.  1, 0
 * if the end comes first. */
static int
need(struct payload *p, size_t n, struct err *err)
{
	if (p->plain.n - p->given >= n)
		return 1;
	memmove(p->plain.p, p->plain.p + p->given, p->plain.n - p->given);
	p->plain.n -= p->given;
	p->given = 0;
	while (p->plain.n < n) {
		int got = decompress(p, err);

		if (got <= 0)
			return got;
	}
	return 1;
}

int
payload_next(struct payload *p, struct binlog_event *ev, struct err *err)
{
	const uint8_t *raw;
	int got = need(p, EVENT_HEADER, err);

	if (got <= 0)
		return got < 0 || p->plain.n == 0 ? got : malformed(err);
	format_event_header(ev, (const uint8_t *)p->plain.p + p->given);
	if (ev->size < p->header_n)
		return malformed(err);
	if (event_too_large(ev->size, err))
		return -1;
	got = need(p, ev->size, err);
	if (got <= 0)
		return got < 0 ? -1 : malformed(err);
	raw = (const uint8_t *)p->plain.p + p->given;
	p->given += ev->size;
	ev->body = raw + p->header_n;
	ev->body_n = ev->size - p->header_n;
	ev->pos = p->whole.pos;
	ev->size = p->whole.size;
	return 1;
}

/* SPDX-License-Identifier: MIT
 *
 * PARTIAL_ROW_DATA:
 *   number u32, total u32 (or total, number) | flags u8 |
 *   [first: size of the event u64] | its bytes …
 * Descriptions differ in the order of the two numbers.  The first fragment's
 * is 1, which tells; all that follow must count on.
 */
#include "binlog/fragment.h"

enum { FLAG_FIRST = 1 };

bool
fragments_open(const struct fragments *f)
{
	return f->last < f->total;
}

void
fragments_clear(struct fragments *f)
{
	if (f->total == 0)
		return;
	buf_free(&f->whole);
	*f = (struct fragments){ 0 };
}

static int
malformed(struct err *err)
{
	return err_set(err, ERR_DATA, "PARTIAL_ROW_DATA event: it does not "
	    "continue the one before it");
}

static int
begin(struct fragments *f, uint32_t a, uint32_t b, struct cursor *in,
    const struct binlog_event *ev, struct err *err)
{
	if (fragments_open(f) || (a != 1 && b != 1) || a == 0 || b == 0)
		return malformed(err);
	f->number_second = a != 1;
	f->total = f->number_second ? a : b;
	f->last = 1;
	f->size = take_u64(in);
	f->pos = ev->pos;
	f->whole.n = 0;
	return 0;
}

static int
go_on(struct fragments *f, uint32_t a, uint32_t b, struct err *err)
{
	uint32_t number = f->number_second ? b : a;
	uint32_t total = f->number_second ? a : b;

	if (!fragments_open(f) || number != f->last + 1 || total != f->total)
		return malformed(err);
	f->last = number;
	return 0;
}

/* The event that is whole now, with or without a checksum of its own. */
static int
assemble(const struct fragments *f, struct binlog_event *whole,
    const struct binlog_format *format, struct err *err)
{
	const uint8_t *raw = (const uint8_t *)f->whole.p;
	size_t n = f->whole.n;

	if (n != f->size || n < format->header_n)
		return malformed(err);
	format_event_header(whole, raw);
	if (format->checksum &&
	    n >= (size_t)format->header_n + EVENT_CHECKSUM &&
	    format_checksum_good(raw, n))
		n -= EVENT_CHECKSUM;
	whole->pos = f->pos;
	whole->body = raw + format->header_n;
	whole->body_n = n - format->header_n;
	return 1;
}

int
fragments_add(struct fragments *f, const struct binlog_event *ev,
    struct binlog_event *whole, const struct binlog_format *format,
    struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	uint32_t a = take_u32(&in);
	uint32_t b = take_u32(&in);
	bool first = take_u8(&in) & FLAG_FIRST;
	int status = first ? begin(f, a, b, &in, ev, err) :
	    go_on(f, a, b, err);

	if (status < 0)
		return -1;
	if (in.bad || f->size > UINT32_MAX || cursor_left(&in) >
	    f->size - f->whole.n)
		return malformed(err);
	buf_put(&f->whole, in.p, cursor_left(&in));
	return fragments_open(f) ? 0 : assemble(f, whole, format, err);
}

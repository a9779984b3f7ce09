/* SPDX-License-Identifier: MIT */
#include "binlog/gtid_event.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/hex.h"
#include "base/integer.h"
#include "binlog/limits.h"

enum { LIST_COUNT = (1 << 28) - 1, LIST_ENTRY = 16 };

/* format u32 | length u8 | length u8 | bytes */
static int
read_xid(struct gtid_event *gtid, struct cursor *in, struct err *err)
{
	const uint8_t *fixed = take(in, XID_FIXED);
	size_t n = fixed ? (size_t)fixed[4] + fixed[5] : 0;

	if (!fixed || XID_FIXED + n > XID_MAX || !take(in, n))
		return err_set(err, ERR_DATA, "GTID event: malformed xid");
	gtid->xid_n = XID_FIXED + n;
	memcpy(gtid->xid, fixed, gtid->xid_n);
	return 0;
}

/* seq u64 | domain u32 | flags u8 | [commit id u64] | [xid] |
 * [extra flags u8 | engines u8 | alter seq u64 | thread id u32] | zeros */
int
gtid_event_parse(struct gtid_event *gtid, const struct binlog_event *ev,
    struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);

	gtid->gtid.seq = take_u64(&in);
	gtid->gtid.domain = take_u32(&in);
	gtid->gtid.server = ev->server_id;
	gtid->flags = take_u8(&in);
	gtid->extra = 0;
	gtid->thread_id = 0;
	gtid->xid_n = 0;
	if (in.bad)
		return err_set(err, ERR_DATA, "GTID event is cut short");
	if (gtid->flags & GTID_GROUP_COMMIT_ID)
		take_u64(&in);
	if (gtid->flags & (GTID_PREPARED_XA | GTID_COMPLETED_XA) &&
	    read_xid(gtid, &in, err) < 0)
		return -1;
	if (cursor_left(&in) > 0)
		gtid->extra = take_u8(&in);
	if (gtid->extra & GTID_EXTRA_MULTI_ENGINE)
		take_u8(&in);
	if (gtid->extra & (GTID_EXTRA_COMMIT_ALTER |
	    GTID_EXTRA_ROLLBACK_ALTER))
		take_u64(&in);
	if (gtid->extra & GTID_EXTRA_THREAD_ID)
		gtid->thread_id = take_u32(&in);
	return 0;
}

int
gtid_event_domains_fit(const struct gtid_list *list, const struct gtid *next,
    struct err *err)
{
	size_t n = list->n;

	if (n >= LIMIT_DOMAINS && next)
		n += !gtid_list_find(list, next->domain);
	return n <= LIMIT_DOMAINS ? 0 : err_set(err, ERR_DATA,
	    "GTIDs of more than %d domains", LIMIT_DOMAINS);
}

/* count u32 (28 bits), then domain u32, server u32, seq u64; the last entry
 * of a domain is its newest. */
int
gtid_event_list_parse(struct gtid_list *list, const struct binlog_event *ev,
    struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	uint32_t n = take_u32(&in) & LIST_COUNT;
	struct gtid *v;

	if (in.bad || n > cursor_left(&in) / LIST_ENTRY)
		return err_set(err, ERR_DATA, "GTID_LIST event is cut short");
	v = xreallocarray(NULL, n + 1, sizeof(*v));
	for (uint32_t i = 0; i < n; i++) {
		v[i].domain = take_u32(&in);
		v[i].server = take_u32(&in);
		v[i].seq = take_u64(&in);
	}
	gtid_list_fill(list, v, n);
	free(v);
	return gtid_event_domains_fit(list, NULL, err);
}

static void
set_xid(struct gtid_event *gtid, uint32_t format, struct span gtrid,
    struct span bqual)
{
	if (gtrid.n + bqual.n > XID_MAX - XID_FIXED)
		return;
	for (int i = 0; i < 4; i++)
		gtid->xid[i] = (char)(format >> 8 * i);
	gtid->xid[4] = (char)gtrid.n;
	gtid->xid[5] = (char)bqual.n;
	gtid->xid_n = XID_FIXED;
	for (size_t i = 0; i < gtrid.n; i++)
		gtid->xid[gtid->xid_n++] = gtrid.p[i];
	for (size_t i = 0; i < bqual.n; i++)
		gtid->xid[gtid->xid_n++] = bqual.p[i];
}

/* one phase u8 | format u32 | length u32 | length u32 | bytes */
void
gtid_event_xid_of_prepare(
    struct gtid_event *gtid, const struct binlog_event *ev)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	uint32_t format, gtrid_n, bqual_n;
	struct span gtrid, bqual;

	gtid->xid_n = 0;
	take_u8(&in);
	format = take_u32(&in);
	gtrid_n = take_u32(&in);
	bqual_n = take_u32(&in);
	gtrid = take_span(&in, gtrid_n);
	bqual = take_span(&in, bqual_n);
	if (!in.bad)
		set_xid(gtid, format, gtrid, bqual);
}

/* X'6162', or 'ab' */
static bool
take_part(struct sql *s, struct buf *out)
{
	struct buf digits = { 0 };
	bool good;

	if (!sql_word(s, "X"))
		return sql_string(s, out);
	good = sql_string(s, &digits) && hex_take(out, buf_view(&digits));
	buf_free(&digits);
	return good;
}

void
gtid_event_xid_of_text(struct gtid_event *gtid, struct sql s)
{
	struct buf gtrid = { 0 }, bqual = { 0 };
	struct span rest;
	uint64_t format = 1;
	bool good = take_part(&s, &gtrid);

	gtid->xid_n = 0;
	if (good && sql_sign(&s, ','))
		good = take_part(&s, &bqual);
	if (good && sql_sign(&s, ',') && sql_more(&s)) {
		rest = span_between(s.p, s.end);
		good = integer_take(&rest, UINT32_MAX, &format);
	}
	if (good)
		set_xid(gtid, (uint32_t)format, buf_view(&gtrid),
		    buf_view(&bqual));
	buf_free(&gtrid);
	buf_free(&bqual);
}

/* XA COMMIT xid [ONE PHASE] */
void
gtid_event_xid_of_query(struct gtid_event *gtid, const struct query *query)
{
	struct sql s = query_statement(query);

	sql_skip(&s);           /* XA */
	sql_skip(&s);           /* COMMIT */
	gtid_event_xid_of_text(gtid, s);
}

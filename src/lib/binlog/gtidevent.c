/* SPDX-License-Identifier: MIT */
#include "binlog/gtidevent.h"

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

/* count u32 (28 bits), then domain u32, server u32, seq u64; the last entry
 * of a domain is its newest. */
int
gtid_list_event_parse(struct gtid_list *list, const struct binlog_event *ev,
    struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	uint32_t n = take_u32(&in) & LIST_COUNT;

	if (in.bad || n > cursor_left(&in) / LIST_ENTRY)
		return err_set(err, ERR_DATA, "GTID_LIST event is cut short");
	for (uint32_t i = 0; i < n; i++) {
		struct gtid gtid;

		gtid.domain = take_u32(&in);
		gtid.server = take_u32(&in);
		gtid.seq = take_u64(&in);
		gtid_list_set(list, &gtid);
	}
	return 0;
}

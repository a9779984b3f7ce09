/* SPDX-License-Identifier: MIT */
#include "state/sink_state.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/integer.h"
#include "state/gtids.h"
#include "record/record.h"
#include "io/files.h"
#include "json/write.h"

static void
copy_buf(struct buf *to, const struct buf *from)
{
	to->n = 0;
	buf_put(to, from->p, from->n);
}

void
state_copy(struct state *to, const struct state *from)
{
	gtid_list_copy(&to->done, &from->done);
	gtid_list_copy(&to->restart, &from->restart);
	to->restarts = from->restarts;
	to->partial = from->partial;
	to->partial_order = from->partial_order;
	copy_buf(&to->snapshot, &from->snapshot);
	copy_buf(&to->incremental, &from->incremental);
	copy_buf(&to->temporary, &from->temporary);
	copy_buf(&to->file, &from->file);
	to->pos = from->pos;
	copy_buf(&to->filter, &from->filter);
	copy_buf(&to->lists, &from->lists);
	copy_buf(&to->modes, &from->modes);
}

void
state_clear(struct state *s)
{
	gtid_list_clear(&s->done);
	gtid_list_clear(&s->restart);
	buf_free(&s->snapshot);
	buf_free(&s->incremental);
	buf_free(&s->temporary);
	buf_free(&s->file);
	buf_free(&s->filter);
	buf_free(&s->lists);
	buf_free(&s->modes);
	*s = (struct state){ 0 };
}

void
state_put_partial(const struct state *s, struct buf *out)
{
	char gtid[GTID_TEXT];

	if (!s->partial_order)
		return;
	gtid_print(gtid, &s->partial);
	json_first(out, "gtid", span_of(gtid));
	buf_printf(out, ",\"total_order\":%" PRIu64 "}", s->partial_order);
}

bool
state_take_partial(struct state *s, struct span json)
{
	struct span order = object_member(json, "total_order");

	return gtids_take_one(json, "gtid", &s->partial) &&
	    integer_read(order, UINT64_MAX, &s->partial_order) &&
	    s->partial_order > 0;
}

void
state_put_lists(struct state *s, const struct lists *lists)
{
	char filter[FINGERPRINT_TEXT];

	lists_fingerprint(lists, filter);
	buf_str(&s->filter, filter);
	if (lists->n)
		lists_put(lists, &s->lists);
}

void
state_print(const struct state *s, struct span name,
    struct buf *out)
{
	size_t at;

	buf_str(out, "{\"version\":1");
	json_member(out, "name", name);
	gtids_put(out, "gtid", &s->done);
	json_member(out, "file", buf_view(&s->file));
	buf_printf(out, ",\"pos\":%" PRIu64 ",\"partial\":", s->pos);
	at = out->n;
	state_put_partial(s, out);
	if (out->n == at)
		buf_str(out, "null");
	if (s->restarts)
		gtids_put(out, "restart", &s->restart);
	json_value_member(out, "snapshot", buf_view(&s->snapshot));
	if (s->incremental.n)
		json_value_member(out, "incremental",
		    buf_view(&s->incremental));
	if (s->temporary.n)
		json_value_member(out, "temporary", buf_view(&s->temporary));
	json_member(out, "filter", buf_view(&s->filter));
	if (s->lists.n)
		json_value_member(out, "lists", buf_view(&s->lists));
	if (s->modes.n)
		json_value_member(out, "modes", buf_view(&s->modes));
	buf_printf(out, ",\"ts_ms\":%lld}\n", (long long)clock_now_ms());
}

int
state_write(const struct state *s, const char *name,
    const char *path, struct err *err)
{
	struct buf text = { 0 };
	int status;

	state_print(s, span_of(name), &text);
	status = file_replace(path, buf_view(&text), err);
	buf_free(&text);
	return status;
}

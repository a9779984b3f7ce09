/* SPDX-License-Identifier: MIT */
#include "snapshot/state.h"

#include <inttypes.h>

#include "base/clock.h"
#include "io/replace.h"
#include "json/write.h"
#include "snapshot/steps.h"

static void
put_state(struct buf *out, const char *prefix,
    const struct snapshot_source *source, const struct lists *lists)
{
	struct buf gtids = { 0 };
	char filter[FINGERPRINT_TEXT];

	gtid_list_print(&source->gtids, &gtids);
	buf_str(out, "{\"version\":1");
	json_member(out, "name", span_of(prefix));
	json_member(out, "gtid", buf_view(&gtids));
	json_member(out, "file", span_of(source->file));
	buf_printf(out, ",\"pos\":%" PRIu64 ",\"partial\":null", source->pos);
	if (source->until.n) {
		buf_str(out, ",\"snapshot\":");
		steps_put_whole(source, out);
	}
	lists_fingerprint(lists, filter);
	json_member(out, "filter", span_of(filter));
	if (lists->n) {
		buf_str(out, ",\"lists\":");
		lists_put(lists, out);
	}
	buf_printf(out, ",\"ts_ms\":%lld}\n", (long long)clock_now_ms());
	buf_free(&gtids);
}

int
state_write(const char *path, const char *prefix,
    const struct snapshot_source *source, const struct lists *lists,
    struct err *err)
{
	struct buf text = { 0 };
	int status;

	put_state(&text, prefix, source, lists);
	status = file_replace(path, buf_view(&text), err);
	buf_free(&text);
	return status;
}

/* SPDX-License-Identifier: MIT */
#include "print/heartbeat.h"

#include "base/clock.h"
#include "state/gtids.h"
#include "json/write.h"
#include "value/modes.h"

static void
put_modes(struct buf *line, const struct value_modes *m)
{
	json_first(line, "decimal", span_of(modes_decimal[m->decimal]));
	json_member(line, "time", span_of(modes_time[m->time]));
	json_member(line, "binary", span_of(modes_binary[m->binary]));
	json_member(line, "bigint", span_of(modes_all_bigint[m->bigint]));
	json_member(line, "bigint_unsigned",
	    span_of(modes_bigint[m->bigint_unsigned]));
	json_member(line, "json", span_of(modes_json[m->json]));
	if (m->history)
		json_member(line, "history", span_of(modes_history[1]));
	buf_char(line, '}');
}

void
heartbeat_put(struct buf *line, const struct heartbeat *b)
{
	char filter[FINGERPRINT_TEXT];

	buf_str(line, "{\"topic\":\"__debezium-heartbeat.");
	buf_put(line, b->prefix.p + 1, b->prefix.n - 1);
	buf_str(line, ",\"key\":{\"serverName\":");
	buf_span(line, b->prefix);
	buf_printf(line, "},\"payload\":{\"ts_ms\":%lld",
	    (long long)clock_now_ms());
	json_member(line, "beat", span_of(b->beat));
	gtids_put(line, "gtid", b->gtids);
	json_member(line, "file", span_of(b->file));
	buf_printf(line, ",\"pos\":%llu,\"source_ts_ms\":%llu,\"modes\":",
	    (unsigned long long)b->pos,
	    (unsigned long long)b->source_s * 1000);
	put_modes(line, b->modes);
	lists_fingerprint(b->lists, filter);
	json_member(line, "filter", span_of(filter));
	if (b->lists->n) {
		buf_str(line, ",\"lists\":");
		lists_put(b->lists, line);
	}
	if (b->arrival)
		json_member(line, "order", SPAN("arrival"));
	if (b->now)
		gtids_put(line, "now", b->now);
	if (b->restart)                 /* XA transactions are undecided */
		gtids_put(line, "restart", b->restart);
	if (b->snapshot.n)
		json_value_member(line, "snapshot", b->snapshot);
	if (b->incremental.n)
		json_value_member(line, "incremental", b->incremental);
	if (b->temporary.n)
		json_value_member(line, "temporary", b->temporary);
	buf_str(line, "}}");
}

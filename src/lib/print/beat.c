/* SPDX-License-Identifier: MIT */
#include "print/beat.h"

#include "base/clock.h"
#include "event/gtids.h"
#include "json/write.h"
#include "print/modes.h"

void
json_beat(struct buf *line, const struct beat *b)
{
	const struct value_modes *m = b->modes;

	buf_str(line, "{\"topic\":\"__debezium-heartbeat.");
	buf_put(line, b->prefix.p + 1, b->prefix.n - 1);
	buf_str(line, ",\"key\":{\"serverName\":");
	buf_span(line, b->prefix);
	buf_printf(line, "},\"payload\":{\"ts_ms\":%lld,\"beat\":\"%s\"",
	    (long long)clock_now_ms(), b->beat);
	gtids_put(line, "gtid", b->gtids);
	json_member(line, "file", span_of(b->file));
	buf_printf(line, ",\"pos\":%llu,\"source_ts_ms\":%llu,\"modes\":{"
	    "\"decimal\":\"%s\",\"time\":\"%s\",\"binary\":\"%s\","
	    "\"bigint_unsigned\":\"%s\",\"json\":\"%s\"},\"filter\":\"%s\"",
	    (unsigned long long)b->pos,
	    (unsigned long long)b->source_s * 1000,
	    decimal_modes[m->decimal], time_modes[m->time],
	    binary_modes[m->binary], bigint_modes[m->bigint_unsigned],
	    json_modes[m->json], b->filter);
	if (b->restart)                 /* XA transactions are undecided */
		gtids_put(line, "restart", b->restart);
	if (b->snapshot.n)
		json_value_member(line, "snapshot", b->snapshot);
	if (b->incremental.n)
		json_value_member(line, "incremental", b->incremental);
	buf_str(line, "}}");
}

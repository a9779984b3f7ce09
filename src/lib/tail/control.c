/* SPDX-License-Identifier: MIT
 *
 * Records that are not rows: heartbeats, the beginning and end of
 * transactions.  Cold: clarity before speed.
 */
#include "tail/printer.h"

#include "base/clock.h"
#include "io/out.h"
#include "json/write.h"
#include "tail/modes.h"

void
control_print(struct buf *line)
{
	buf_char(line, '\n');
	out_put(line->p, line->n);
	buf_free(line);
}

/* Where to begin again while XA transactions are undecided. */
static void
put_restart(struct buf *line, const struct gtid_list *restart)
{
	struct buf gtids = { 0 };

	if (!restart)
		return;
	gtid_list_print(restart, &gtids);
	json_member(line, "restart", buf_view(&gtids));
	buf_free(&gtids);
}

void
printer_beat(struct printer *p, const char *beat,
    const struct group_reader *r, const struct gtid_list *done)
{
	const struct value_modes *m = &p->opt->modes;
	struct buf line = { 0 };
	struct buf gtids = { 0 };

	p->beat_due = false;
	p->last_beat_ms = clock_steady_ms();
	if (!p->opt->control)
		return;
	gtid_list_print(done, &gtids);
	buf_str(&line, "{\"topic\":\"__debezium-heartbeat.");
	buf_put(&line, p->prefix.p + 1, p->prefix.n - 1);
	buf_str(&line, ",\"key\":{\"serverName\":");
	buf_span(&line, buf_view(&p->prefix));
	buf_printf(&line, "},\"payload\":{\"ts_ms\":%lld,\"beat\":\"%s\"",
	    (long long)clock_now_ms(), beat);
	json_member(&line, "gtid", buf_view(&gtids));
	json_member(&line, "file", span_of(group_file(r)));
	buf_printf(&line, ",\"pos\":%llu,\"source_ts_ms\":%llu,\"modes\":{"
	    "\"decimal\":\"%s\",\"time\":\"%s\",\"binary\":\"%s\","
	    "\"bigint_unsigned\":\"%s\",\"json\":\"%s\"},\"filter\":\"%s\"",
	    (unsigned long long)group_offset(r),
	    (unsigned long long)group_time(r) * 1000,
	    decimal_modes[m->decimal], time_modes[m->time],
	    binary_modes[m->binary], bigint_modes[m->bigint_unsigned],
	    json_modes[m->json], p->fingerprint);
	put_restart(&line, group_restart(r));
	buf_str(&line, "}}");
	buf_free(&gtids);
	control_print(&line);
}

/* {"topic":"<prefix>.transaction","key":{"id":…},"payload":{"status":… */
static void
transaction_front(struct printer *p, struct buf *line, const char *status)
{
	buf_str(line, "{\"topic\":\"");
	buf_put(line, p->prefix.p + 1, p->prefix.n - 2);
	buf_str(line, ".transaction\",\"key\":{\"id\":");
	buf_span(line, buf_view(&p->id));
	buf_printf(line, "},\"payload\":{\"status\":\"%s\",\"id\":", status);
	buf_span(line, buf_view(&p->id));
}

void
control_begin(struct printer *p)
{
	struct buf line = { 0 };

	transaction_front(p, &line, "BEGIN");
	buf_printf(&line, ",\"event_count\":null,\"data_collections\":null,"
	    "\"ts_ms\":%llu}}",
	    (unsigned long long)p->group->timestamp * 1000);
	control_print(&line);
}

void
control_end(struct printer *p)
{
	struct buf line = { 0 };

	transaction_front(p, &line, "END");
	buf_printf(&line, ",\"event_count\":%llu,\"data_collections\":[",
	    (unsigned long long)p->total_order);
	for (size_t i = 0; i < p->ntouched; i++) {
		buf_str(&line, i ? ",{\"data_collection\":" :
		    "{\"data_collection\":");
		json_words(&line, buf_view(&p->touched[i].name));
		buf_printf(&line, ",\"event_count\":%llu}",
		    (unsigned long long)p->touched[i].records);
	}
	buf_printf(&line, "],\"ts_ms\":%llu}}",
	    (unsigned long long)p->group->timestamp * 1000);
	control_print(&line);
}

/* SPDX-License-Identifier: MIT
 *
 * Records that are not rows: heartbeats, the beginning and end of
 * transactions.  Cold: clarity before speed.
 */
#include "tail/printer.h"

#include "base/clock.h"
#include "io/out.h"
#include "json/write.h"
#include "print/heartbeat.h"
#include "incremental/incremental.h"

void
control_print(struct buf *line)
{
	buf_char(line, '\n');
	out_put(line->p, line->n);
	buf_free(line);
}

struct log_place
printer_place(const struct printer *p)
{
	struct log_place at = p->at;

	if (!at.file)
		at = (struct log_place){ group_file(p->reader),
			group_offset(p->reader) };
	if (!at.pos)            /* nothing was read: a log's first event */
		at.pos = LOG_START;
	return at;
}

void
printer_beat(struct printer *p, const char *beat)
{
	const struct group_reader *r = p->reader;
	const struct gtid_list *restart = xa_restart(group_prepared(r));
	const struct log_place at = printer_place(p);
	struct buf line = { 0 }, copies = { 0 }, temporary = { 0 };

	p->beat_due = false;
	p->last_beat_ms = clock_steady_ms();
	p->said_restart = restart != NULL;
	if (!p->opt->control)
		return;
	if (p->feed->incremental)
		incremental_put(p->feed->incremental, &copies);
	temporary_put(p, &temporary);
	heartbeat_put(&line, &(struct heartbeat){
		.beat = beat, .prefix = buf_view(&p->prefix), .gtids = p->done,
		.incremental = buf_view(&copies),
		.temporary = buf_view(&temporary),
		.restart = restart, .arrival = p->feed->arrival,
		.now = *beat == 'f' && p->feed->began_at.n ?
		    &p->feed->began_at : NULL,
		.file = at.file,
		.pos = at.pos, .source_s = group_time(r),
		.modes = &p->opt->modes, .lists = &p->lists });
	control_print(&line);
	buf_free(&copies);
	buf_free(&temporary);
}

/* {"topic":"<prefix>.transaction","key":{"id":…},"payload":{"status":… */
static void
transaction_front(struct printer *p, struct buf *line, const char *status)
{
	buf_str(line, "{\"topic\":\"");
	buf_put(line, p->prefix.p + 1, p->prefix.n - 2);
	buf_str(line, ".transaction\",\"key\":{\"id\":");
	buf_span(line, buf_view(&p->id));
	buf_str(line, "},\"payload\":");
	json_first(line, "status", span_of(status));
	buf_str(line, ",\"id\":");
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

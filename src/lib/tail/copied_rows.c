/* SPDX-License-Identifier: MIT
 *
 * Rows of the signal table, which are words to us and are not printed; and the
 * rows of a table that is copied, which are printed as part of the transaction
 * of the second watermark.
 */
#include "tail/printer.h"

#include "incremental/incremental.h"

bool
copied_rows_are_in(const struct printer *p, struct span db, struct span name)
{
	return p->feed->incremental &&
	    incremental_is_signal(p->feed->incremental, db, name);
}

/* A heartbeat tells of a signal in front of the end of its transaction: a sink
 * that has done the transaction knows the signal. */
void
copied_rows_row(struct printer *p, char op)
{
	if (op != 'u' && incremental_row(p->feed->incremental, op,
	    buf_view(&p->before.json), group_prepared(p->reader)))
		printer_beat(p, "next");
}

static void
set(struct buf *b, struct span text)
{
	b->n = 0;
	buf_span(b, text);
	buf_room(b, COPY_SLACK);
}

static void
print_rows(struct printer *p, const struct chunk *chunk,
    struct copy_rows *rows)
{
	struct span key, json;
	uint64_t row = 0;

	for (size_t i = 0; i < chunk->n; i++) {
		if (!chunk_row(chunk, i, &key, &json))
			continue;
		set(&p->key, key);
		set(&p->after.json, json);
		data_record_print(p, rows->plan, &rows->table,
		    &(struct tail_record){.op = 'r',
			.row = row++,
			.key = &p->key,
			.after = &p->after.json});
	}
}

void
copied_rows_print_chunk(struct printer *p, const struct binlog_event *ev)
{
	struct incremental *inc = p->feed->incremental;
	struct copy_rows *rows;
	struct chunk *chunk = incremental_take(inc, &rows);

	if (!chunk)
		return;
	if (p->opt->control && !rows->table.tally.schema_said) {
		schema_records_print_map(p, &rows->table, ev);
		rows->table.tally.schema_said = true;
	}
	data_record_begin(p, ev, buf_view(&rows->plan->source));
	print_rows(p, chunk, rows);
	incremental_end(inc);
}

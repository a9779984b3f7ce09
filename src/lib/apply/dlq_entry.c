/* SPDX-License-Identifier: MIT */
#include "apply/dlq_entry.h"

#include <inttypes.h>

#include "apply/source_schema.h"
#include "json/scan.h"
#include "json/write.h"
#include "value/modes.h"
#include "record/fields.h"

/* db.table of the source, or the topic. */
void
dlq_entry_table(struct record *rec, struct buf *out)
{
	struct span db, name;

	if (record_table(rec, &db, &name) ||
	    record_topic_table(rec, &db, &name)) {
		buf_span(out, db);
		buf_char(out, '.');
		buf_span(out, name);
	} else {
		buf_span(out, json_value_text(rec->topic, &rec->scratch[0]));
	}
}

struct span
dlq_entry_key(const struct record *rec)
{
	return rec->key.p && rec->key.p[0] == '{' ? rec->key :
	    (struct span){ NULL, 0 };
}

static void
put_member(struct buf *out, const char *name, struct span json)
{
	if (!json.p)
		return;
	buf_printf(out, ",\"%s\":", name);
	buf_span(out, json);
}

static void
put_mode(struct buf *out, const char *name, int mode,
    const char *const *words)
{
	if (mode >= 0)
		json_member(out, name, span_of(words[mode]));
}

/* Position, how values are written, what the table is: all that a replay
 * needs. */
void
dlq_entry_headers(const struct applier *a, const struct record *rec,
    struct span table, struct buf *out)
{
	const struct known_modes *m = &a->tables.modes;
	struct span t = rec->transaction.p ? rec->transaction :
	    rec->line_transaction;
	struct span schema = source_schema_text(&a->tables, table);
	struct buf modes = { 0 };

	put_member(out, "gtid", object_member(record_source(rec), "gtid"));
	put_member(out, "total_order", object_member(t, "total_order"));
	if (a->by_offset) {
		put_member(out, "topic", rec->topic);
		put_member(out, "partition", rec->partition);
		put_member(out, "offset", rec->offset);
	}
	buf_printf(out, ",\"line\":%" PRIu64, rec->line.number);
	put_mode(&modes, "decimal", m->decimal, modes_decimal);
	put_mode(&modes, "time", m->time, modes_time);
	put_mode(&modes, "binary", m->binary, modes_binary);
	put_mode(&modes, "bigint_unsigned", m->bigint_unsigned, modes_bigint);
	put_mode(&modes, "json", m->json, modes_json);
	put_mode(&modes, "history", m->history, modes_history);
	if (modes.n) {
		modes.p[0] = '{';
		buf_char(&modes, '}');
		put_member(out, "modes", buf_view(&modes));
	}
	put_member(out, "schema", schema);
	buf_free(&modes);
}

struct span
dlq_entry_moves(const struct record *rec)
{
	return record_header(rec, "__debezium.oldkey");
}

/* Must the record wait for one of its key, old or new, or (a truncate) of its
 * table? */
bool
dlq_entry_is_held(const struct blocked_keys *held, struct record *rec)
{
	struct buf table = { 0 };
	struct span old = dlq_entry_moves(rec), key = dlq_entry_key(rec);
	bool waits;

	if (!held->n)
		return false;
	dlq_entry_table(rec, &table);
	/* of which row it is, it does not say */
	waits = record_op(rec) == 't' || !key.p ?
	    blocked_keys_has_any(held, buf_view(&table)) :
	    blocked_keys_has(held, buf_view(&table), key) ||
	    (old.p && blocked_keys_has(held, buf_view(&table), old));
	buf_free(&table);
	return waits;
}

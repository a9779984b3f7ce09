/* SPDX-License-Identifier: MIT */
#include "sink/letters.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/integer.h"
#include "json/scan.h"
#include "record/fields.h"
#include "sql/lex.h"
#include "state/gtids.h"

void
letter_table(struct record *rec, struct buf *out)
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
letter_key(const struct record *rec)
{
	return rec->key.p && rec->key.p[0] == '{' ? rec->key :
	    (struct span){ NULL, 0 };
}

struct span
letter_moves(const struct record *rec)
{
	return record_header(rec, "__debezium.oldkey");
}

static void
put_member(struct buf *out, const char *name, struct span json)
{
	if (!json.p)
		return;
	buf_printf(out, ",\"%s\":", name);
	buf_span(out, json);
}

void
letter_put_place(const struct record *rec, bool by_offset, struct buf *out)
{
	struct span t = rec->transaction.p ? rec->transaction :
	    rec->line_transaction;

	put_member(out, "gtid", object_member(record_source(rec), "gtid"));
	put_member(out, "total_order", object_member(t, "total_order"));
	if (by_offset) {
		put_member(out, "topic", rec->topic);
		put_member(out, "partition", rec->partition);
		put_member(out, "offset", rec->offset);
	}
	buf_printf(out, ",\"line\":%" PRIu64, rec->line.number);
}

bool
letter_is_held(const struct blocked_keys *held, struct record *rec)
{
	struct buf table = { 0 };
	struct span old = letter_moves(rec), key = letter_key(rec);
	bool waits;

	if (!held->n)
		return false;
	letter_table(rec, &table);
	/* of which row it is, it does not say */
	waits = record_op(rec) == 't' || !key.p ?
	    blocked_keys_has_any(held, buf_view(&table)) :
	    blocked_keys_has(held, buf_view(&table), key) ||
	    (old.p && blocked_keys_has(held, buf_view(&table), old));
	buf_free(&table);
	return waits;
}

/* `db`.`table`, as copies name it: is it this one? */
static bool
is_table(struct span name, struct span table)
{
	struct buf text = { 0 }, plain = { 0 };
	struct sql sql = sql_of(json_string_text(json_inside(name), &text));
	struct span db = { NULL, 0 }, own;
	bool same = false;

	if (sql_table(&sql, &db, &own) && db.p) {
		char *first = sql_unquote(db), *second = sql_unquote(own);

		buf_printf(&plain, "%s.%s", first, second);
		same = span_eq(buf_view(&plain), table);
		free(first);
		free(second);
	}
	buf_free(&text);
	buf_free(&plain);
	return same;
}

/* A copy that is half done has no position but the tables that it has been in.
 * A row of the one that it is in may come again; where the copy tells no steps,
 * all of it comes again, and the entries are found to be too old then. */
static bool
copy_was_in(struct span copy, struct span headers)
{
	struct json_pos at = json_at(object_member(copy, "done"));
	struct buf table = { 0 };
	struct span name;
	bool was = !json_enter(&at, '[');

	object_text(&table, headers, "table");
	while (!was && json_next_element(&at) > 0 && json_value(&at, &name))
		was = is_table(name, buf_view(&table));
	was = was || is_table(object_member(copy, "table"), buf_view(&table));
	buf_free(&table);
	return was;
}

bool
letter_is_done(const struct state *s, bool any_order, struct span headers)
{
	uint64_t number;
	struct gtid gtid;

	if (!gtids_take_one(headers, "gtid", &gtid))
		return true;
	/* numbers that need not grow do not tell; twice is better than never */
	if (any_order || gtid_list_covers(&s->done, &gtid))
		return true;
	if (s->snapshot.n && copy_was_in(buf_view(&s->snapshot), headers))
		return true;
	return s->partial_order && s->partial.seq == gtid.seq &&
	    s->partial.domain == gtid.domain &&
	    integer_read(object_member(headers, "total_order"),
	    s->partial_order, &number);
}

/* SPDX-License-Identifier: MIT */
#include "route/rekey.h"

#include <inttypes.h>
#include <stdlib.h>

#include "json/scan.h"
#include "record/table_id.h"

void
rekey_open(struct rekey *k, struct key_columns *columns)
{
	k->columns = columns;
	lists_add_names(&k->lists, "key-columns",
	    &columns->tables.include_column);
}

/* ---- lines that wait */

static void
keep_line(struct rekey_line *line, const struct record *rec)
{
	line->text.n = 0;
	buf_span(&line->text, rec->line.text);
	line->number = rec->line.number;
}

struct record *
rekey_waiting(struct rekey *k, const struct rekey_line *line,
    struct err *err)
{
	struct line text = { buf_view(&line->text), line->number, false };

	return record_scan(&k->old, &text, err) < 0 ? NULL : &k->old;
}

static int
no_create(const struct rekey *k, struct err *err)
{
	err_set(err, ERR_DATA, "line %" PRIu64 ": a delete whose row got "
	    "another key, and its create does not follow", k->delete.number);
	return err_hint(err, "put cdc-route before filters");
}

int
rekey_end(const struct rekey *k, struct err *err)
{
	return k->waits ? no_create(k, err) : 0;
}

/* ---- schema records */

/* ["customer_id","id"] of the columns that are the key; "" if none is. */
static void
put_names(struct rekey *k, struct span db, struct span table,
    struct span columns)
{
	struct json_pos at = json_at(columns);
	struct buf scratch = { 0 };
	struct span column;

	k->keys.n = 0;
	json_enter(&at, '[');
	while (json_next_element(&at) > 0 && json_value(&at, &column)) {
		struct span name = object_member(column, "name");
		struct span text = json_value_text(name, &scratch);

		if (!text.p || !key_columns_has(k->columns, db, table, text))
			continue;
		buf_char(&k->keys, k->keys.n ? ',' : '[');
		buf_span(&k->keys, name);
	}
	if (k->keys.n)
		buf_char(&k->keys, ']');
	buf_free(&scratch);
}

/* A change with its primaryKeyColumnNames as they become. */
static void
put_change(struct rekey *k, struct span change, struct buf *out)
{
	struct span table = object_member(change, "table");
	struct span keys = object_member(table, "primaryKeyColumnNames");
	struct span columns = object_member(table, "columns");
	struct buf db = { 0 }, name = { 0 };

	k->keys.n = 0;
	if (keys.p && columns.p && table_id_take(object_member(change, "id"),
	    &db, &name) && key_columns_apply(k->columns, buf_view(&db),
	    buf_view(&name)))
		put_names(k, buf_view(&db), buf_view(&name), columns);
	if (k->keys.n) {
		buf_span(out, span_between(change.p, keys.p));
		buf_span(out, buf_view(&k->keys));
		change = span_between(keys.p + keys.n, change.p + change.n);
	}
	buf_span(out, change);
	buf_free(&db);
	buf_free(&name);
}

static int
rekey_schema(struct rekey *k, struct record *rec, struct err *err)
{
	struct span array = object_member(rec->body, "tableChanges");
	struct json_pos at = json_at(array);
	struct span change;
	char sign = '[';

	if (record_check_control(rec, err) < 0)
		return -1;
	k->changes.n = 0;
	json_enter(&at, '[');
	while (json_next_element(&at) > 0 && json_value(&at, &change)) {
		buf_char(&k->changes, sign);
		put_change(k, change, &k->changes);
		sign = ',';
	}
	if (sign == ',') {
		buf_char(&k->changes, ']');
		record_replace(rec, array, buf_view(&k->changes));
	}
	return REKEY_ONE;
}

/* ---- rows */

/* What a record is of. */
struct subject {
	struct record *rec;
	struct span db, table;
};

/* The key of a row image, in out: 1, 0, -1 as key_columns_of(). */
static int
key_of(struct rekey *k, const struct subject *s, struct span row,
    struct buf *out, struct err *err)
{
	struct span key;
	int has;

	out->n = 0;
	has = key_columns_of(k->columns, s->rec, s->db, s->table, row, out,
	    &key, err);
	if (has > 0 && key.p != out->p) {       /* all of the row */
		out->n = 0;
		buf_span(out, key);
	}
	return has;
}

static int
other_columns(const struct subject *s, struct err *err)
{
	record_fault(s->rec, "its images have not the same columns of the key",
	    err);
	return err_hint(err, "partial row images lack columns: "
	    "binlog_row_image=FULL");
}

static int
number(struct rekey *k, const struct subject *s, struct routed *parts,
    int64_t plus, struct buf *out, struct err *err)
{
	struct span block = renumber_block(&k->numbers, parts->transaction,
	    s->db, s->table, plus, out);

	if (parts->transaction.p && !block.p)
		return record_fault(s->rec, "its transaction has no numbers "
		    "that can grow", err);
	parts->transaction = block;
	return 0;
}

/* Its tombstone gets the same key. */
static void
note_delete(struct rekey *k, const struct record *rec, struct span key)
{
	deletes_set(&k->last, rec, true);
	k->last_key.n = 0;
	buf_span(&k->last_key, key);
}

/* An update that changes its key. */
static int
divide(struct rekey *k, const struct subject *s, struct routed parts[2],
    struct err *err)
{
	parts[1] = parts[0];
	parts[0].op = 'd';
	parts[0].after = SPAN("null");
	parts[0].key = parts[1].oldkey = buf_view(&k->before);
	parts[1].op = 'c';
	parts[1].before = SPAN("null");
	parts[1].key = parts[0].newkey = buf_view(&k->after);
	if (number(k, s, &parts[0], 0, &k->old_block, err) < 0 ||
	    number(k, s, &parts[1], 1, &k->block, err) < 0)
		return -1;
	renumber_add(&k->numbers, s->db, s->table, 1);
	return REKEY_TWO;
}

static int
rekey_update(struct rekey *k, const struct subject *s,
    struct routed parts[2], struct err *err)
{
	int had = key_of(k, s, parts->before, &k->before, err);
	int has = had < 0 ? -1 : key_of(k, s, parts->after, &k->after, err);

	if (has < 0)
		return -1;
	if (had != has)
		return other_columns(s, err);
	if (has && !json_same(buf_view(&k->before), buf_view(&k->after)))
		return divide(k, s, parts, err);
	if (has)
		parts->key = buf_view(&k->after);
	return number(k, s, parts, 0, &k->block, err) < 0 ? -1 : REKEY_ONE;
}

/* Is it the create of the delete that waits? */
static bool
is_its_create(const struct record *old, const struct routed *parts)
{
	struct routed was = routed_of(old);

	return was.topic.p && parts->topic.p && was.newkey.p &&
	    json_same(was.topic, parts->topic) &&
	    json_same(was.key, parts->oldkey) &&
	    json_same(was.newkey, parts->key);
}

/* The new key did not change: an update. */
static int
unite(struct rekey *k, const struct subject *s, struct routed parts[2],
    struct err *err)
{
	parts[0] = parts[1];
	parts->op = 'u';
	parts->before = k->old.before;
	parts->oldkey = (struct span){ NULL, 0 };
	if (number(k, s, parts, -1, &k->block, err) < 0)
		return -1;
	renumber_add(&k->numbers, s->db, s->table, -1);
	return REKEY_ONE;
}

/* A create after the delete that waits. */
static int
rekey_pair(struct rekey *k, const struct subject *s, struct routed parts[2],
    struct err *err)
{
	struct record *old = rekey_waiting(k, &k->delete, err);
	struct subject of = { old, s->db, s->table };
	int had, has;

	if (!old)
		return -1;
	if (!is_its_create(old, parts))
		return no_create(k, err);
	had = key_of(k, &of, old->before, &k->before, err);
	has = had < 0 ? -1 : key_of(k, s, parts->after, &k->after, err);
	if (has < 0)
		return -1;
	if (!had || !has)
		return other_columns(s, err);
	k->waits = false;
	parts[1] = parts[0];
	parts[1].key = parts[0].newkey = buf_view(&k->after);
	if (json_same(buf_view(&k->before), buf_view(&k->after)))
		return unite(k, s, parts, err);
	parts[0] = routed_of(old);
	parts[0].newkey = parts[1].key;
	parts[0].key = parts[1].oldkey = buf_view(&k->before);
	note_delete(k, old, parts[0].key);
	return number(k, &of, &parts[0], 0, &k->old_block, err) < 0 ||
	    number(k, s, &parts[1], 0, &k->block, err) < 0 ? -1 : REKEY_PAIR;
}

/* A delete or a create. */
static int
rekey_one(struct rekey *k, const struct subject *s, struct routed *parts,
    struct err *err)
{
	int has = key_of(k, s, parts->op == 'd' ? parts->before :
	    parts->after, &k->after, err);

	if (has < 0)
		return -1;
	if (has && parts->op == 'd' && parts->newkey.p) {
		keep_line(&k->delete, s->rec);
		deletes_set(&k->last, s->rec, true);
		k->waits = true;
		k->waits_null = false;
		return REKEY_WAITS;
	}
	if (has)
		parts->key = buf_view(&k->after);
	if (parts->op == 'd')
		note_delete(k, s->rec, parts->key);
	return number(k, s, parts, 0, &k->block, err) < 0 ? -1 : REKEY_ONE;
}

static int
rekey_envelope(struct rekey *k, const struct subject *s,
    struct routed parts[2], struct err *err)
{
	if (!s->rec->payload_at.p)
		return record_fault(s->rec, "its line has no key: it is an "
		    "envelope alone", err);
	if (record_check_headers(s->rec, err) < 0)
		return -1;
	if (parts->op == 'u')
		return rekey_update(k, s, parts, err);
	if (parts->op != 'c' || !parts->oldkey.p)
		return rekey_one(k, s, parts, err);
	if (k->waits)
		return rekey_pair(k, s, parts, err);
	return record_fault(s->rec, "a create whose row had another key, and "
	    "its delete is not before it", err);
}

static int
rekey_tombstone(struct rekey *k, const struct subject *s,
    struct routed parts[2], struct err *err)
{
	if (!deletes_has(&k->last, s->rec)) {
		record_fault(s->rec, "a tombstone that does not follow its "
		    "delete: its new key is not known", err);
		return err_hint(err, "put cdc-route before cdc-unwrap and "
		    "filters");
	}
	if (k->waits) {
		keep_line(&k->null, s->rec);
		k->waits_null = true;
		return REKEY_WAITS;
	}
	parts->key = buf_view(&k->last_key);
	return number(k, s, parts, 0, &k->block, err) < 0 ? -1 : REKEY_ONE;
}

static int
rekey_row(struct rekey *k, struct record *rec, struct routed parts[2],
    struct err *err)
{
	struct subject s = { .rec = rec };
	bool known = record_table(rec, &s.db, &s.table);

	renumber_begin(&k->numbers, parts->transaction);
	if (!known)
		return record_fault(rec, "it does not tell its table", err);
	if (parts->op == 't' || !key_columns_apply(k->columns, s.db, s.table))
		return number(k, &s, parts, 0, &k->block, err) < 0 ? -1 :
		    REKEY_ONE;
	if (rec->kind == KIND_TOMBSTONE)
		return rekey_tombstone(k, &s, parts, err);
	if (rec->kind == KIND_ENVELOPE)
		return rekey_envelope(k, &s, parts, err);
	record_fault(rec, "a row without its envelope: whether its new key "
	    "changed is not known", err);
	return err_hint(err, "put cdc-route before cdc-unwrap");
}

int
rekey_record(struct rekey *k, struct record *rec, struct routed parts[2],
    struct err *err)
{
	if (k->waits && rec->kind != KIND_TOMBSTONE && (parts->op != 'c' ||
	    !parts->oldkey.p))
		return no_create(k, err);
	switch (rec->kind) {
	case KIND_ENVELOPE:
	case KIND_ROW:
	case KIND_TOMBSTONE:
		return rekey_row(k, rec, parts, err);
	case KIND_SCHEMA:
		return rekey_schema(k, rec, err);
	case KIND_TRANSACTION:
		return renumber_end(&k->numbers, rec, &k->control, err) < 0 ?
		    -1 : REKEY_ONE;
	case KIND_HEARTBEAT:
		return lists_stamp(rec, &k->lists, &k->control, err) < 0 ? -1 :
		    REKEY_ONE;
	default:
		return REKEY_ONE;
	}
}

void
rekey_clear(struct rekey *k)
{
	struct buf *const bufs[] = { &k->last_key, &k->delete.text,
		&k->null.text, &k->before, &k->after, &k->block,
		&k->old_block, &k->control, &k->changes, &k->keys };

	renumber_clear(&k->numbers);
	deletes_clear(&k->last);
	record_clear(&k->old);
	lists_clear(&k->lists);
	for (size_t i = 0; i < sizeof(bufs) / sizeof(*bufs); i++)
		buf_free(bufs[i]);
}

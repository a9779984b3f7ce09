/* SPDX-License-Identifier: MIT */
#include "record/record.h"

#include <inttypes.h>

#include "base/alloc.h"
#include "record/fault.h"
#include "io/out.h"
#include "json/object.h"
#include "json/scan.h"
#include "json/write.h"

static const char twice[] = "a name occurs twice";
static const char not_json[] = "not a record";
static const char either[] = "it could be an envelope, a control record or a "
    "row: --shape envelope or --shape row says which";

/* ---- the line */

static bool
is_whole_number(struct span value)
{
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] < '0' || value.p[i] > '9')
			return false;
	return value.n > 0;
}

/* Where the name of a payload begins: as it is written, or no quote stands
 * between. */
static const char *
name_before(struct span value)
{
	static const char usual[] = "\"payload\":";
	const char *p = value.p - (sizeof(usual) - 1);

	if (memcmp(p, usual, sizeof(usual) - 1) == 0)
		return p;       /* no name of it is shorter */
	p = value.p;
	while (*--p != '"')
		;
	while (*--p != '"')
		;
	return p;
}

static void
note_line(struct record *rec, bool marked)
{
	const struct members *m = &rec->members;

	rec->topic = member_value(m, M_TOPIC);
	rec->key = member_value(m, M_KEY);
	rec->headers = member_value(m, M_HEADERS);
	rec->payload = rec->body = m->v[M_PAYLOAD];
	rec->payload_at = (struct span){ name_before(rec->payload), 0 };
	rec->schema = member_value(m, M_SCHEMA);
	rec->partition = member_value(m, M_PARTITION);
	rec->offset = member_value(m, M_OFFSET);
	rec->kcat = is_whole_number(rec->partition) &&
	    is_whole_number(rec->offset);
	if (!marked)
		return;
	rec->line_source = m->v[M_SOURCE];
	rec->line_transaction = member_value(m, M_TRANSACTION);
	rec->line_op = m->v[M_OP];
	rec->letter = shape_line_letter(rec->line_op);
}

static bool
is_object(struct span value)
{
	return value.n && value.p[0] == '{';
}

/* Parts of a string's JSON may get into the line, which has no newline. */
static void
flatten(struct buf *json)
{
	for (size_t i = 0; i < json->n; i++)
		if (json->p[i] == '\n' || json->p[i] == '\r')
			json->p[i] = ' ';
}

/* kcat's key is a string that holds JSON, or it does not. */
/* A key may have columns called schema and payload: Debezium's schema has a
 * type, or is null. */
static bool
is_wrapped_key(const struct members *m)
{
	struct span type;

	if (!shape_is_connect(m))
		return false;
	if (member_kind(m, M_SCHEMA) == 'n')
		return true;
	type = object_member(m->v[M_SCHEMA], "type");
	return type.p && type.p[0] == '"';
}

static void
scan_key(struct record *rec)
{
	struct span key;

	if (!rec->kcat || !rec->key.p || rec->key.p[0] != '"')
		return;
	rec->key_text.n = 0;
	json_unescape(&rec->key_text, json_inside(rec->key));
	if (!outline_read(&rec->key_outline, buf_view(&rec->key_text)))
		return;
	flatten(&rec->key_text);
	rec->key_stringed = true;
	rec->key_string = rec->key;
	key = rec->key = rec->key_outline.text;
	if (is_object(key)) {
		struct outline_pos at = outline_at(&rec->key_outline, key);
		struct members m = { 0 };

		if (members_read(&m, &at, NULL) && is_wrapped_key(&m))
			rec->key = m.v[M_PAYLOAD];
	}
}

/* ---- source and value */

static const char *
note_source(struct record *rec, const struct outline *o, struct span source)
{
	struct outline_pos at = outline_at(o, source);
	struct members *m = &rec->block;

	if (!members_read(m, &at, &rec->unique))
		return twice;
	if (member_kind(m, M_DB) == '"')
		rec->db = json_inside(m->v[M_DB]);
	if (member_kind(m, M_TABLE) == '"')
		rec->table = json_inside(m->v[M_TABLE]);
	return NULL;
}

static const char *
check_transaction(struct record *rec, const struct outline *o,
    struct span transaction)
{
	struct outline_pos at = outline_at(o, transaction);

	return !is_object(transaction) || members_read(
	    &rec->transaction_block, &at, &rec->unique) ? NULL : twice;
}

static const char *
note_envelope(struct record *rec, const struct outline *o)
{
	const struct members *m = &rec->value;

	rec->before = member_value(m, M_BEFORE);
	rec->after = member_value(m, M_AFTER);
	rec->op = m->v[M_OP];
	rec->source = m->v[M_SOURCE];
	rec->transaction = member_value(m, M_TRANSACTION);
	rec->ts_ms = member_value(m, M_TS_MS);
	rec->letter = shape_letter(rec->op);
	if (rec->letter != 'd' && rec->letter != 't' && !is_object(rec->after))
		return "an envelope without its row";
	if (m->others > 1 && !unique_names(&rec->unique, o,
	    (size_t)(rec->body.p - o->text.p)))
		return twice;   /* of an envelope of another make */
	return check_transaction(rec, o, rec->transaction);
}

/* An object whose members were read: what is it? */
static const char *
settle_value(struct record *rec, const struct outline *o)
{
	static const enum record_kind kinds[] = {
		[VALUE_ROW] = KIND_ROW, [VALUE_ENVELOPE] = KIND_ENVELOPE,
		[VALUE_HEARTBEAT] = KIND_HEARTBEAT,
		[VALUE_SCHEMA] = KIND_SCHEMA,
		[VALUE_TRANSACTION] = KIND_TRANSACTION,
		[VALUE_EITHER] = KIND_UNKNOWN, [VALUE_NEITHER] = KIND_UNKNOWN,
	};
	struct members *m = &rec->value;
	bool source = rec->shape != SHAPE_ROW &&
	    member_kind(m, M_SOURCE) == '{';
	const char *fault = source ? note_source(rec, o, m->v[M_SOURCE]) :
	    NULL;
	enum value_kind kind;

	if (fault)
		return fault;
	kind = shape_of_value(m, source ? &rec->block : NULL,
	    rec->topic.p && !rec->key.p ? SPAN("null") : rec->key,
	    rec->shape);
	rec->kind = kinds[kind];
	if (kind == VALUE_EITHER)
		return either;
	if (kind == VALUE_NEITHER)
		return "neither an envelope nor a control record "
		    "(--shape envelope)";
	if (kind == VALUE_ENVELOPE)
		return note_envelope(rec, o);
	if (kind == VALUE_SCHEMA) {
		rec->source = m->v[M_SOURCE];
		return NULL;
	}
	rec->db = rec->table = (struct span){ NULL, 0 };
	rec->block.seen = 0;    /* of a column */
	return NULL;
}

/* Debezium's {"schema":…,"payload":…} gives place to its payload. */
static const char *
read_value(struct record *rec, const struct outline *o)
{
	struct outline_pos at = outline_at(o, rec->body);
	struct members *m = &rec->value;

	if (!members_read(m, &at, NULL))
		return twice;
	if (rec->shape != SHAPE_ROW && shape_is_connect(m)) {
		rec->schema = m->v[M_SCHEMA];
		rec->wrapper = rec->body;
		rec->payload = rec->body = m->v[M_PAYLOAD];
		at = outline_at(o, rec->body);
		if (is_object(rec->body) && !members_read(m, &at, NULL))
			return twice;
	}
	return NULL;
}

static const char *
scan_value(struct record *rec, const struct outline *o)
{
	const char *fault = is_object(rec->body) ? read_value(rec, o) : NULL;

	if (fault)
		return fault;
	if (is_object(rec->body))
		return settle_value(rec, o);
	if (span_is(rec->body, "null"))
		rec->kind = KIND_TOMBSTONE;
	return NULL;
}

/* A payload beside source and op is a row, whatever it holds; or a message. */
static const char *
scan_row(struct record *rec)
{
	const char *fault = note_source(rec, &rec->outline,
	    rec->line_source);

	if (fault)
		return fault;
	if (!shape_names_table(&rec->block))
		return "its source does not name db and table";
	if (rec->letter == SHAPE_MESSAGE)
		return check_transaction(rec, &rec->outline,
		    rec->line_transaction);
	if (!is_object(rec->body) && !span_is(rec->body, "null"))
		return "its source and op stand beside something that is not "
		    "a row";
	rec->kind = is_object(rec->body) ? KIND_ROW : KIND_TOMBSTONE;
	if (!shape_op_fits(rec->letter, rec->kind == KIND_ROW))
		return rec->kind == KIND_ROW ? "a truncate has no row" :
		    "its row is gone, and its op is not that of a delete";
	return check_transaction(rec, &rec->outline, rec->line_transaction);
}

static const char *
scan_payload(struct record *rec, bool marked)
{
	if (rec->kcat && rec->payload.p[0] == '"') {
		rec->text.n = 0;
		json_unescape(&rec->text, json_inside(rec->payload));
		if (outline_read(&rec->inner, buf_view(&rec->text))) {
			flatten(&rec->text);
			rec->stringed = true;
			rec->payload_string = rec->payload;
			rec->payload = rec->body = rec->inner.text;
		}
	}
	return marked ? scan_row(rec) : scan_value(rec, record_outline(rec));
}

static const char *
scan_line(struct record *rec)
{
	struct span text = rec->outline.text;
	struct outline_pos at = outline_at(&rec->outline, text);
	const char *fault;
	bool marked;

	rec->payload = rec->body = text;
	if (!is_object(text)) {
		rec->kind = KIND_TOMBSTONE;
		return span_is(text, "null") ? NULL : not_json;
	}
	if (!members_read(&rec->members, &at, NULL))
		return twice;
	if (!shape_has_payload(&rec->members)) {
		rec->value = rec->members;
		return settle_value(rec, &rec->outline);
	}
	fault = shape_line_fault(&rec->members, &marked);
	if (fault)
		return fault;
	note_line(rec, marked);
	scan_key(rec);
	return scan_payload(rec, marked);
}

static void
forget(struct record *rec, const struct line *line)
{
	alloc_clear(rec, offsetof(struct record, shape));
	/* a row without a source has not that of the line before; an order
	 * stays */
	rec->members.seen = rec->value.seen = 0;
	rec->block.seen = rec->transaction_block.seen = 0;
	rec->line = *line;
}

static int
refuse(struct record *rec, const char *fault, struct err *err)
{
	if (fault == not_json)
		return record_not_json(rec, err);
	record_fault(rec, fault, err);
	if (fault == either)
		record_hint_envelope(rec, err);
	return -1;
}

int
record_scan(struct record *rec, const struct line *line, struct err *err)
{
	const char *fault;

	forget(rec, line);
	if (template_match(rec))
		return 0;
	rec->outlined = true;
	if (!outline_read(&rec->outline, line->text))
		return line->cut ? err_set(err, ERR_RETRY, "line %" PRIu64 ": "
		    "the input ended in the middle of it",
		    line->number) : record_not_json(rec, err);
	fault = scan_line(rec);
	if (fault)
		return refuse(rec, fault, err);
	template_learn(rec);
	return 0;
}

void
record_clear(struct record *rec)
{
	outline_free(&rec->outline);
	outline_free(&rec->inner);
	outline_free(&rec->key_outline);
	templates_free(rec->templates);
	unique_clear(&rec->unique);
	buf_free(&rec->text);
	buf_free(&rec->key_text);
	buf_free(&rec->part);
	buf_free(&rec->pairs);
	buf_free(&rec->scratch[0]);
	buf_free(&rec->scratch[1]);
	*rec = (struct record){ 0 };
}

bool
record_is_control(const struct record *rec)
{
	return rec->kind >= KIND_HEARTBEAT;
}

char
record_op(const struct record *rec)
{
	return rec->letter;
}

bool
record_is_tombstone(const struct record *rec)
{
	return rec->kind == KIND_TOMBSTONE;
}

/* If the line was like another, it may never be asked for. */
static const struct outline *
line_outline(struct record *rec)
{
	if (!rec->outlined)
		template_outline(rec);
	rec->outlined = true;
	return &rec->outline;
}

const struct outline *
record_outline(struct record *rec)
{
	return rec->stringed ? &rec->inner : line_outline(rec);
}

static int
check_object(struct record *rec, const struct outline *o, struct span object,
    struct err *err)
{
	if (!is_object(object) || unique_names(&rec->unique, o,
	    outline_at(o, object).at))
		return 0;
	return record_fault(rec, twice, err);
}

int
record_check_rows(struct record *rec, struct err *err)
{
	const struct outline *o;

	if (template_knows(rec, TEMPLATE_ROWS))
		return 0;
	o = record_outline(rec);
	if (rec->kind == KIND_ROW ?
	    check_object(rec, o, rec->body, err) < 0 :
	    check_object(rec, o, rec->before, err) < 0 ||
	    check_object(rec, o, rec->after, err) < 0)
		return -1;
	template_note(rec, TEMPLATE_ROWS);
	return 0;
}

int
record_check_key(struct record *rec, struct err *err)
{
	if (template_knows(rec, TEMPLATE_KEY))
		return 0;
	if (check_object(rec, rec->key_stringed ? &rec->key_outline :
	    line_outline(rec), rec->key, err) < 0)
		return -1;
	template_note(rec, TEMPLATE_KEY);
	return 0;
}

int
record_check_headers(struct record *rec, struct err *err)
{
	if (template_knows(rec, TEMPLATE_HEADERS))
		return 0;
	if (check_object(rec, line_outline(rec), rec->headers, err) < 0)
		return -1;
	template_note(rec, TEMPLATE_HEADERS);
	return 0;
}

int
record_check_control(struct record *rec, struct err *err)
{
	return unique_throughout(&rec->unique, rec->body) ? 0 :
	    record_fault(rec, twice, err);
}

struct span
record_source(const struct record *rec)
{
	return rec->source.p ? rec->source : rec->line_source;
}

/* "prefix.db.table": the parts after the last two dots. */
bool
record_topic_table(struct record *rec, struct span *db, struct span *table)
{
	struct span inside = json_string_text(json_inside(rec->topic),
	    &rec->scratch[0]);
	const char *dot = inside.p ? memrchr(inside.p, '.', inside.n) : NULL;
	const char *first;

	if (!dot)
		return false;
	first = memrchr(inside.p, '.', (size_t)(dot - inside.p));
	first = first ? first + 1 : inside.p;
	*db = (struct span){ first, (size_t)(dot - first) };
	*table = (struct span){ dot + 1,
		(size_t)(inside.p + inside.n - dot - 1) };
	return db->n && table->n;
}

bool
record_table(struct record *rec, struct span *db, struct span *table)
{
	if (rec->db.p && rec->table.p) {
		*db = json_string_text(rec->db, &rec->scratch[0]);
		*table = json_string_text(rec->table, &rec->scratch[1]);
		return true;
	}
	return (rec->kind == KIND_TOMBSTONE || rec->kind == KIND_ROW) &&
	    record_topic_table(rec, db, table);
}

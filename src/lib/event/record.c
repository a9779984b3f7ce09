/* SPDX-License-Identifier: MIT */
#include "event/record.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "io/out.h"
#include "json/scan.h"
#include "json/write.h"

/* Name of a member -> where its value is noted. */
struct member_row {
	const char *name;
	size_t n;
	size_t offset;
};

#define ROW(name, field) \
	{ name, sizeof(name) - 1, offsetof(struct record, field) }

static const struct member_row line_members[] = {
	ROW("topic", topic), ROW("key", key), ROW("headers", headers),
	ROW("payload", payload), ROW("schema", schema),
	ROW("source", line_source),
	ROW("transaction", line_transaction), ROW("op", line_op),
	ROW("before", before), ROW("after", after), { 0 },
};

static const struct member_row envelope_members[] = {
	ROW("before", before), ROW("after", after), ROW("source", source),
	ROW("op", op), ROW("transaction", transaction), ROW("ts_ms", ts_ms),
	{ 0 },
};

static const struct member_row source_members[] = {
	ROW("db", db), ROW("table", table), { 0 },
};

static struct span *
field_of(struct record *rec, const struct member_row *rows, struct span name)
{
	for (; rows->name; rows++)
		if (rows->n == name.n && rows->name[0] == name.p[0] &&
		    memcmp(rows->name, name.p, name.n) == 0)
			return (struct span *)(void *)((char *)rec +
			    rows->offset);
	return NULL;
}

/* Note the values of an object's members; true from `enough` ends it early.
 * 1 read to its end, 2 stopped early, -1 broken. */
static int
note_members(struct record *rec, struct json_pos *at,
    const struct member_row *rows, bool (*enough)(const struct record *))
{
	struct span name, value;
	int more;

	if (!json_enter(at, '{'))
		return -1;
	while ((more = json_next(at, &name)) > 0) {
		struct span *field = field_of(rec, rows, name);

		if (!json_value(at, &value))
			return -1;
		if (!field)
			continue;
		*field = value;
		if (enough && enough(rec))
			return 2;
	}
	return more < 0 ? -1 : 1;
}

static bool
has_table(const struct record *rec)
{
	return rec->db.p && rec->table.p;
}

/* db and table out of a source block; quotes are taken off. */
static bool
note_source(struct record *rec, struct span source)
{
	struct json_pos at = json_at(source);

	if (source.p[0] != '{')
		return true;
	if (note_members(rec, &at, source_members, has_table) < 0)
		return false;
	if (rec->db.p)
		rec->db = json_inside(rec->db);
	if (rec->table.p)
		rec->table = json_inside(rec->table);
	return true;
}

static bool
has_source(const struct record *rec)
{
	return rec->source.p != NULL;
}

static bool
has_source_and_op(const struct record *rec)
{
	return rec->source.p && rec->op.p;
}

static bool (*const enough_for[])(const struct record *) = {
	[RECORD_TOPIC] = has_source,
	[RECORD_KEY] = has_source,
	[RECORD_TABLE] = has_source,
	[RECORD_OP] = has_source_and_op,
	[RECORD_MEMBERS] = NULL,
	[RECORD_WHOLE] = NULL,
};

/* Debezium's {"schema":…,"payload":…}: the payload, else the value itself. */
static struct span
unwrap_schema(struct span value, struct span *schema)
{
	struct span payload;

	if (value.n == 0 || value.p[0] != '{')
		return value;
	*schema = object_member(value, "schema");
	payload = schema->p ? object_member(value, "payload") : *schema;
	return payload.p ? payload : value;
}

/* Read an object that may be an envelope. */
static bool
scan_body(struct record *rec, struct json_pos *at, enum record_want want)
{
	const char *start = at->p;
	int got = note_members(rec, at, envelope_members, enough_for[want]);

	if (got < 0)
		return false;
	rec->body = (struct span){ start, (size_t)(at->p - start) };
	rec->envelope = rec->source.p && (rec->op.p || got == 2);
	rec->control = !rec->envelope && !rec->line_source.p;
	return true;
}

/* kcat's payload: a string that holds JSON (or not: then it is not ours). */
static bool
scan_string(struct record *rec, enum record_want want)
{
	struct json_pos at;

	rec->stringed = true;
	rec->payload_string = rec->payload;
	rec->text.n = 0;
	if (!json_unescape(&rec->text, json_inside(rec->payload)))
		return false;
	rec->payload = rec->body = unwrap_schema(buf_view(&rec->text),
	    &rec->schema);
	at = json_at(rec->payload);
	if (json_peek(&at) != '{') {
		rec->control = true;
		return true;
	}
	return scan_body(rec, &at, want);
}

static bool
scan_key(struct record *rec)
{
	struct span schema;

	if (!rec->key.p || rec->key.p[0] != '"')
		return true;
	rec->key_stringed = true;
	rec->key_string = rec->key;
	rec->key_text.n = 0;
	if (!json_unescape(&rec->key_text, json_inside(rec->key)))
		return false;
	rec->key = unwrap_schema(buf_view(&rec->key_text), &schema);
	return true;
}

/* The value of the line's "payload", at->p on it. */
static bool
scan_payload(struct record *rec, struct json_pos *at, enum record_want want)
{
	const char *start = at->p;
	char c = json_peek(at);
	struct json_pos again;
	struct span inside;

	if (c == '{') {
		if (!scan_body(rec, at, want))
			return false;
		rec->payload = (struct span){ start,
			(size_t)(at->p - start) };
		if (!rec->control)
			return true;
		inside = unwrap_schema(rec->payload, &rec->schema);
		if (!rec->schema.p || inside.p == rec->payload.p)
			return true;
		rec->payload = rec->body = inside;
		again = json_at(inside);
		return json_peek(&again) != '{' ||
		    scan_body(rec, &again, want);
	}
	if (!json_value(at, &rec->payload))
		return false;
	rec->body = rec->payload;
	return c != '"' || scan_string(rec, want);
}

/* After a member of the line: is everything known that is wanted? */
static bool
line_enough(const struct record *rec, enum record_want want)
{
	switch (want) {
	case RECORD_TOPIC:
		return rec->topic.p;
	case RECORD_KEY:
		return rec->topic.p && rec->key.p;
	case RECORD_TABLE:
		return rec->line_source.p || (rec->payload.p && rec->source.p);
	case RECORD_OP:
		return rec->payload.p && rec->source.p && rec->op.p;
	default:
		return false;
	}
}

/* Members at the top of the line up to what is wanted. */
static bool
scan_line(struct record *rec, enum record_want want)
{
	struct json_pos at = json_at(rec->line.text);
	struct span name;
	int more;

	json_peek(&at);
	if (!json_enter(&at, '{'))
		return span_is(rec->payload = rec->line.text, "null");
	while ((more = json_next(&at, &name)) > 0) {
		struct span *field = field_of(rec, line_members, name);
		struct span skipped;

		if (field == &rec->payload) {
			rec->payload_at = (struct span){ name.p - 1, 0 };
			if (!scan_payload(rec, &at, want))
				return false;
		} else if (!json_value(&at, field ? field : &skipped)) {
			return false;
		}
		if (field && line_enough(rec, want))
			return true;
	}
	return more == 0 && json_peek(&at) == '\0' && at.p == at.end;
}

/* A line without payload is a bare envelope, if it looks like one. */
static void
settle_bare(struct record *rec)
{
	rec->payload = rec->body = rec->line.text;
	rec->source = rec->line_source;
	rec->op = rec->line_op;
	rec->transaction = rec->line_transaction;
	rec->line_source = rec->line_op = rec->line_transaction =
	    (struct span){ NULL, 0 };
	rec->envelope = rec->source.p && rec->op.p;
	rec->control = !rec->envelope;
}

static void
forget(struct record *rec, const struct line *line)
{
	memset(rec, 0, offsetof(struct record, text));
	rec->line = *line;
}

static int
bad_line(const struct record *rec, struct err *err)
{
	const struct line *line = &rec->line;

	err_set(err, line->cut ? ERR_RETRY : ERR_DATA, line->cut ?
	    "line %" PRIu64 ": the input ended inside it: upstream ended "
	    "early" : "line %" PRIu64 ": not a record: %.*s%s",
	    line->number, (int)(line->text.n < 60 ? line->text.n : 60),
	    line->text.p, line->text.n < 60 ? "" : "…");
	return -1;
}

int
record_scan(struct record *rec, const struct line *line,
    enum record_want want, struct err *err)
{
	forget(rec, line);
	if (line->cut)
		want = RECORD_WHOLE;
	if (!scan_line(rec, want))
		return bad_line(rec, err);
	if (!rec->payload.p && want >= RECORD_OP)
		settle_bare(rec);
	if (!scan_key(rec))
		return bad_line(rec, err);
	if (want != RECORD_MEMBERS && record_source(rec).p &&
	    !note_source(rec, record_source(rec)))
		return bad_line(rec, err);
	return 0;
}

void
record_clear(struct record *rec)
{
	buf_free(&rec->text);
	buf_free(&rec->key_text);
	buf_free(&rec->part);
	buf_free(&rec->pairs);
	buf_free(&rec->scratch[0]);
	buf_free(&rec->scratch[1]);
	*rec = (struct record){ 0 };
}

char
record_op(const struct record *rec)
{
	struct span op = rec->op.p ? rec->op : rec->line_op;

	return op.n == 3 && op.p[0] == '"' ? op.p[1] : '\0';
}

bool
record_is_tombstone(const struct record *rec)
{
	return span_is(rec->payload, "null");
}

struct span
record_source(const struct record *rec)
{
	return rec->source.p ? rec->source : rec->line_source;
}

struct span
object_member(struct span object, const char *name)
{
	struct json_pos at = json_at(object);
	struct span wanted = span_of(name);
	struct span found, value;

	if (!object.p || !json_enter(&at, '{'))
		return (struct span){ NULL, 0 };
	while (json_next(&at, &found) > 0 && json_value(&at, &value))
		if (span_eq(found, wanted))
			return value;
	return (struct span){ NULL, 0 };
}

void
object_take(struct buf *to, struct span object, const char *name,
    char bracket)
{
	struct span value = object_member(object, name);

	to->n = 0;
	if (value.n && value.p[0] == bracket)
		buf_span(to, value);
}

uint64_t
object_number(struct span object, const char *name)
{
	struct span number = object_member(object, name);

	return number.n ? strtoull(number.p, NULL, 10) : 0;
}

struct span
string_text(struct span inside, struct buf *scratch)
{
	if (!inside.p || !memchr(inside.p, '\\', inside.n))
		return inside;
	scratch->n = 0;
	if (!json_unescape(scratch, inside))
		return inside;
	return buf_view(scratch);
}

/* "prefix.db.table": the parts behind the last two dots. */
bool
record_topic_table(const struct record *rec, struct span *db,
    struct span *table)
{
	struct span inside = json_inside(rec->topic);
	const char *dot = inside.p ? memrchr(inside.p, '.', inside.n) : NULL;
	const char *first;

	if (!dot)
		return false;
	first = memrchr(inside.p, '.', (size_t)(dot - inside.p));
	first = first ? first + 1 : inside.p;
	*db = (struct span){ first, (size_t)(dot - first) };
	*table = (struct span){ dot + 1,
		(size_t)(inside.p + inside.n - dot - 1) };
	return true;
}

bool
record_table(struct record *rec, struct span *db, struct span *table)
{
	if (rec->db.p && rec->table.p) {
		*db = string_text(rec->db, &rec->scratch[0]);
		*table = string_text(rec->table, &rec->scratch[1]);
		return true;
	}
	return record_is_tombstone(rec) &&
	    record_topic_table(rec, db, table);
}

/* SPDX-License-Identifier: MIT */
#include "mask/masker.h"

#include <inttypes.h>

#include "json/scan.h"
#include "json/write.h"
#include "mask/masker_parts.h"
#include "record/query_text.h"

static const char old_key[] = "__debezium.oldkey";
static const char new_key[] = "__debezium.newkey";

/* ---- objects of columns */

static bool
is_nested(struct span value)
{
	return value.p[0] == '{' || value.p[0] == '[';
}

/* Does a rule make different values the same, as it must not in a key? */
static bool
merges(const struct mask_column *c)
{
	enum { SAFE_DIGITS = 32 };

	switch (c->rule->kind) {
	case MASK_NULL:
	case MASK_STARS:
	case MASK_REDACT:
	case MASK_TRUNCATE:
		return true;
	case MASK_HASH:
	case MASK_HASH_V1:
		return c->limit && c->limit < SAFE_DIGITS;
	default:
		return false;
	}
}

static int
refuse_merge(struct masker *m, const struct record *rec,
    const struct mask_column *c, struct span name, struct err *err)
{
	if (c->limit)
		masker_refuse(m, rec, name, "it is in the key, and its hash "
		    "is cut to the length of the column: different rows "
		    "could get one key", err);
	else
		masker_refuse(m, rec, name, "it is in the key, and its rule "
		    "gives different rows one key", err);
	return err_hint(err, "--tokenize keeps keys different%s",
	    c->limit ? "" : ", and so does --hash");
}

/* May the table have a masked column of this name? */
static bool
names_masked(struct masker *m, struct span object)
{
	struct json_pos at = json_at(object);
	struct span name, value;

	json_enter(&at, '{');
	while (json_next(&at, &name) > 0 && json_value(&at, &value)) {
		const struct mask_column *c = mask_columns_find(&m->columns,
		    m->table, name, SIZE_MAX);

		if (c->rule && c->rule->kind != MASK_PASS)
			return true;
	}
	return false;
}

/* In a row that was unwrapped: is it a member of the envelope that was added
 * to it, which holds other columns? */
static bool
is_added(struct masker *m, const struct record *rec, struct span name,
    struct span value)
{
	return value.p[0] == '{' ? names_masked(m, value) :
	    query_text_is(rec, name, value);
}

/* A value of a column that no rule masks: 0; -1: it must not pass. */
static int
let_pass(struct masker *m, struct record *rec, const struct mask_column *c,
    enum mask_place place, struct span name, struct span value,
    struct err *err)
{
	if (place == MASK_KEY && is_nested(value))
		return masker_refuse(m, rec, name, "an object or an array in "
		    "a key is not a value of a column", err);
	if (place == MASK_FLAT && !c->rule && is_added(m, rec, name, value)) {
		masker_refuse(m, rec, name, "it was added to the row, and "
		    "holds values of other columns", err);
		return err_hint(err, "mask before rows are unwrapped");
	}
	return 0;
}

/* The members of an object: by the outline of its text, or without. */
struct walk {
	struct outline_pos outline;     /* .o NULL: there is none */
	struct json_pos json;
};

static struct walk
walk_into(const struct outline *o, struct span object)
{
	struct walk w = { .outline.o = o };

	if (o) {
		w.outline = outline_at(o, object);
		outline_enter(&w.outline);
	} else {
		w.json = json_at(object);
		json_enter(&w.json, '{');
	}
	return w;
}

static bool
walk_next(struct walk *w, struct span *name, struct span *value)
{
	if (!w->outline.o)
		return json_next(&w->json, name) > 0 &&
		    json_value(&w->json, value);
	if (!outline_next(&w->outline, name))
		return false;
	*value = outline_value(&w->outline);
	return true;
}

/* Does its rule go by the characters or digits of a value?  Of base64, or of a
 * date that is a number, it would make what nobody can read. */
static bool
needs_type(const struct masker *m, const struct mask_column *c,
    struct span value)
{
	return !c->typed && !m->opt->trust_types && value.p[0] != 'n' &&
	    (c->rule->kind == MASK_TOKENIZE ||
	    c->rule->kind == MASK_TRUNCATE);
}

static int
refuse_untyped(struct masker *m, const struct record *rec, struct span name,
    struct err *err)
{
	masker_refuse(m, rec, name, "no schema record tells its type, and its "
	    "rule would make garbage of bytes and dates", err);
	return err_hint(err, "cdc-tail --control prints schema records; "
	    "--trust-types says that it is text or a number");
}

/* Mask the values of an object that names columns; *object becomes a copy in
 * `out` where there are any.  *enough: how many of its members it takes to find
 * them, MASK_ALL if that is not known, and known then. */
static int
mask_object(struct masker *m, struct record *rec, const struct outline *o,
    enum mask_place place, struct span *object, size_t *enough,
    struct buf *out, struct err *err)
{
	struct walk w = walk_into(o, *object);
	const char *from = object->p;
	struct span name, value;
	size_t last = 0;
	const char *why;

	out->n = 0;
	for (size_t i = 0; i < *enough && walk_next(&w, &name, &value); i++) {
		const struct mask_column *c = mask_columns_find(&m->columns,
		    m->table, name, i);

		if (!c->rule && m->opt->fail_on_unlisted)
			return masker_refuse_unlisted(m, rec, *object, err);
		if (!c->rule || c->rule->kind == MASK_PASS) {
			if (let_pass(m, rec, c, place, name, value, err) < 0)
				return -1;
			continue;
		}
		if (needs_type(m, c, value))
			return refuse_untyped(m, rec, name, err);
		if (place == MASK_KEY && merges(c))
			return refuse_merge(m, rec, c, name, err);
		buf_put(out, from, (size_t)(value.p - from));
		why = mask_value(&m->values, c->rule, c->limit, value, out);
		if (why)
			return masker_refuse(m, rec, name, why, err);
		from = value.p + value.n;
		last = i + 1;
	}
	*enough = last;
	if (from == object->p)
		return 0;
	buf_put(out, from, (size_t)(object->p + object->n - from));
	*object = buf_view(out);
	return 0;
}

/* What is known of lines like this one, of this table; *fresh: nothing is.  In
 * unwrapped rows it is not names alone that decide (is_added). */
static struct mask_seen *
find_seen(struct masker *m, struct record *rec, bool *fresh)
{
	struct mask_seen *seen = &m->seen[hash_u64(
	    (uint64_t)(uintptr_t)rec->template, hash_seed()) % MASK_SEEN];
	bool known = rec->template && rec->kind == KIND_ENVELOPE &&
	    template_knows(rec, TEMPLATE_TOOL) &&
	    seen->template == rec->template && seen->table == m->table->id;

	if (known)
		return seen;
	*fresh = true;
	template_note(rec, TEMPLATE_TOOL);
	*seen = (struct mask_seen){ .template = rec->template,
		.table = m->table->id, .before = MASK_ALL, .after = MASK_ALL,
		.key = MASK_ALL };
	return seen;
}

static int
mask_image(struct masker *m, struct record *rec, struct span image,
    size_t *enough, struct buf *out, struct err *err)
{
	struct span masked = image;

	if (!image.p || image.p[0] != '{' || *enough == 0)
		return 0;
	/* few members of a line like an earlier one: no outline for them */
	if (mask_object(m, rec, *enough == MASK_ALL ? record_outline(rec) :
	    NULL, rec->kind == KIND_ROW ?
	    MASK_FLAT : MASK_IMAGE, &masked, enough, out, err) < 0)
		return -1;
	if (masked.p != image.p)
		record_replace(rec, image, masked);
	return 0;
}

/* ---- keys and headers */

static int
hint_unknown(struct err *err)
{
	return err_hint(err, "--pass-unknown lets such lines pass");
}

static int
mask_key(struct masker *m, struct record *rec, size_t *enough,
    struct err *err)
{
	struct span key = rec->key, masked = key;

	if (!key.p || key.p[0] == 'n' || *enough == 0)
		return 0;
	if (key.p[0] != '{') {
		if (m->opt->pass_unknown)
			return 0;
		record_fault(rec, "its key does not name its columns", err);
		return hint_unknown(err);
	}
	if (record_check_key(rec, err) < 0 || mask_object(m, rec, NULL,
	    MASK_KEY, &masked, enough, &m->key, err) < 0)
		return -1;
	if (masked.p != key.p)
		record_replace(rec, key, masked);
	return 0;
}

/* The header that has another key of the row: an object, or a string that
 * holds one. */
static int
mask_key_header(struct masker *m, struct record *rec, struct span value,
    struct buf *out, struct err *err)
{
	bool string = value.p[0] == '"';
	struct span key = value, masked;
	size_t all = MASK_ALL;

	if (string) {
		m->text.n = 0;
		json_unescape(&m->text, json_inside(value));
		key = buf_view(&m->text);
	}
	if (!json_valid(key) || json_at(key).p[0] != '{' ||
	    !unique_throughout(&rec->unique, key))
		return record_fault(rec, "its header of another key is not an "
		    "object", err);
	masked = key;
	if (mask_object(m, rec, NULL, MASK_KEY, &masked, &all, out, err) < 0)
		return -1;
	if (masked.p == key.p)
		return 0;
	if (string) {
		m->text.n = 0;
		json_words(&m->text, masked);
		out->n = 0;
		buf_span(out, buf_view(&m->text));
	}
	record_replace(rec, value, buf_view(out));
	return 0;
}

static int
mask_header(struct masker *m, struct record *rec, struct span name,
    struct span value, struct err *err)
{
	bool listed = name_set_has(&m->opt->pass_headers, name);

	if (m->table && json_inside_is(name, old_key))
		return mask_key_header(m, rec, value, &m->oldkey, err);
	if (m->table && json_inside_is(name, new_key))
		return mask_key_header(m, rec, value, &m->newkey, err);
	if (listed)
		return 0;
	err_set(err, ERR_DATA, "line %" PRIu64 ": header %.*s: it may hold "
	    "what is masked", rec->line.number, (int)name.n, name.p);
	return err_hint(err, "--pass-header %.*s lets it pass", (int)name.n,
	    name.p);
}

/* kcat's: names and values take turns. */
static int
mask_header_pairs(struct masker *m, struct record *rec, struct err *err)
{
	struct json_pos at = json_at(rec->headers);
	struct span name, value;

	json_enter(&at, '[');
	while (json_next_element(&at) > 0 && json_value(&at, &name)) {
		if (!json_inside(name).p || json_next_element(&at) <= 0 ||
		    !json_value(&at, &value))
			return record_fault(rec, "its headers are not names "
			    "and values", err);
		if (mask_header(m, rec, json_inside(name), value, err) < 0)
			return -1;
	}
	return 0;
}

static int
mask_headers(struct masker *m, struct record *rec, struct err *err)
{
	struct span name, value;
	struct json_pos at;

	if (!rec->headers.p || rec->headers.p[0] == 'n')
		return 0;
	if (rec->headers.p[0] == '[')
		return mask_header_pairs(m, rec, err);
	if (record_check_headers(rec, err) < 0)
		return -1;
	at = json_at(rec->headers);
	json_enter(&at, '{');
	while (json_next(&at, &name) > 0 && json_value(&at, &value))
		if (mask_header(m, rec, name, value, err) < 0)
			return -1;
	return 0;
}

/* ---- what is beside them */

static void
remove_value(struct record *rec, struct span value)
{
	if (value.p && !span_is(value, "null"))
		record_replace(rec, value, SPAN("null"));
}

/* The statement may tell values of any table. */
static void
hide_query(struct record *rec)
{
	remove_value(rec, member_value(&rec->block, M_QUERY));
}

/* A schema of Kafka Connect tells types that are others now, and defaults. */
static void
hide_schemas(struct masker *m, struct record *rec)
{
	if (!m->table->may_mask)
		return;
	remove_value(rec, rec->schema);
	if (rec->key_stringed && rec->key.p != rec->key_outline.text.p)
		remove_value(rec, object_member(rec->key_outline.text,
		    "schema"));
}

/* Has the line a member, and it is not null? */
static bool
tells(const struct record *rec, enum member_id member)
{
	char kind = member_kind(&rec->members, member);

	return kind && kind != 'n';
}

static bool
is_nest(const struct members *m, enum member_id member)
{
	char kind = member_kind(m, member);

	return kind == '{' || kind == '[';
}

/* A number or null, if it is there. */
static bool
is_time(const struct members *m, enum member_id member)
{
	char kind = member_kind(m, member);

	return !kind || kind == 'n' || kind == '-' ||
	    (kind >= '0' && kind <= '9');
}

/* Has an object members that hold members?  Rows could be in them. */
static bool
has_nests(struct span object)
{
	struct json_pos at = json_at(object);
	struct span name, value;

	json_enter(&at, '{');
	while (json_next(&at, &name) > 0 && json_value(&at, &value))
		if (is_nested(value) && !json_inside_is(name, "session"))
			return true;
	return false;
}

static bool
is_image(struct span image)
{
	return !image.p || image.p[0] == '{' || image.p[0] == 'n';
}

static const char *
envelope_fault(const struct record *rec)
{
	static const uint64_t envelope = BIT(M_BEFORE) | BIT(M_AFTER) |
	    BIT(M_SOURCE) | BIT(M_OP) | BIT(M_TS_MS) | BIT(M_TS_US) |
	    BIT(M_TS_NS) | BIT(M_TRANSACTION);

	if (rec->value.others || (rec->value.seen & ~envelope))
		return "its envelope has members that are not known, and may "
		    "hold what is masked";
	if (!is_image(rec->before) || !is_image(rec->after))
		return "its envelope has an image that is not an object";
	if (!is_time(&rec->value, M_TS_MS) || !is_time(&rec->value, M_TS_US) ||
	    !is_time(&rec->value, M_TS_NS))
		return "its envelope has a time that is not a number";
	return NULL;
}

/* Whatever is around rows and keys, and may hold some: members that no
 * envelope of ours and of Debezium's has, objects where there are none, and
 * what kcat says about a message that it could not read. */
static int
check_frame(struct record *rec, struct err *err)
{
	static const enum member_id plain[] = { M_PARTITION, M_OFFSET,
		M_TIMESTAMP, M_TSTYPE, M_TS, M_BROKER, M_KEY_SCHEMA_ID,
		M_VALUE_SCHEMA_ID };
	struct span transaction = rec->line_transaction.p ?
	    rec->line_transaction : rec->transaction;
	const char *fault = rec->kind == KIND_ENVELOPE ?
	    envelope_fault(rec) : NULL;

	for (size_t i = 0; rec->topic.p && !fault && i < sizeof(plain) /
	    sizeof(*plain); i++)
		if (is_nest(&rec->members, plain[i]))
			fault = "it has an object where there is none";
	if (!fault && rec->topic.p && (tells(rec, M_KEY_ERROR) ||
	    tells(rec, M_PAYLOAD_ERROR)))
		fault = "its key or payload could not be read";
	if (!fault && ((transaction.p && transaction.p[0] == '{' &&
	    has_nests(transaction)) || (record_source(rec).p &&
	    has_nests(record_source(rec)))))
		fault = "its source or transaction has an object in it, which "
		    "may hold what is masked";
	return fault ? record_fault(rec, fault, err) : 0;
}

/* Does the topic of a row or tombstone name the table of its source, as those
 * of cdc-tail do?  Another one may be the value of a column. */
static bool
topic_is_of_table(struct masker *m, struct record *rec)
{
	struct span topic = json_value_text(rec->topic, &m->text);
	size_t n = m->table->topic.n;

	return topic.p && topic.n > n && memcmp(topic.p + topic.n - n,
	    m->table->topic.p, n) == 0;
}

static int
check_topic(struct masker *m, struct record *rec, struct err *err)
{
	if (m->opt->trust_topics || (rec->line_source.p && (!rec->topic.p ||
	    topic_is_of_table(m, rec))))
		return 0;
	record_fault(rec, rec->line_source.p ?
	    "its topic is not that of its table, and may be a value of it" :
	    "its topic alone names its table", err);
	return err_hint(err, "mask before rows are unwrapped and routed; "
	    "--trust-topics lets such lines pass");
}

/* ---- records */

static bool
has_key(const struct record *rec)
{
	return rec->key.p && rec->key.p[0] != 'n';
}

/* A record of a table: its rows, and its key. */
static int
mask_change(struct masker *m, struct record *rec, struct err *err)
{
	struct span db, table;
	struct mask_seen *seen;
	bool fresh = false;

	if (rec->kind == KIND_TOMBSTONE && !has_key(rec) && !rec->headers.p &&
	    !rec->line_source.p)
		return 0;
	if (!record_table(rec, &db, &table)) {
		if (m->opt->pass_unknown)
			return 0;
		record_fault(rec, "it does not name its table", err);
		return hint_unknown(err);
	}
	m->table = mask_columns_table(&m->columns, db, table);
	seen = find_seen(m, rec, &fresh);
	if ((fresh && check_frame(rec, err) < 0) ||
	    (rec->kind != KIND_ENVELOPE && check_topic(m, rec, err) < 0) ||
	    record_check_rows(rec, err) < 0 ||
	    mask_image(m, rec, rec->kind == KIND_ROW ? rec->body :
		rec->before, &seen->before, &m->before, err) < 0 ||
	    mask_image(m, rec, rec->after, &seen->after, &m->after,
		err) < 0 || mask_key(m, rec, &seen->key, err) < 0 ||
	    mask_headers(m, rec, err) < 0)
		return -1;
	hide_schemas(m, rec);
	return 0;
}

int
masker_record(struct masker *m, struct record *rec, struct err *err)
{
	m->table = NULL;
	hide_query(rec);
	if (record_is_control(rec) && (check_frame(rec, err) < 0 ||
	    mask_headers(m, rec, err) < 0))
		return -1;
	switch (rec->kind) {
	case KIND_HEARTBEAT:
		return masker_beat(m, rec, err);
	case KIND_SCHEMA:
		return masker_schema(m, rec, err);
	case KIND_TRANSACTION:
		return 0;
	case KIND_UNKNOWN:
		if (check_frame(rec, err) < 0)
			return -1;
		if (m->opt->pass_unknown)
			return 0;
		record_fault(rec, "its payload is not a record", err);
		return hint_unknown(err);
	default:
		return mask_change(m, rec, err);
	}
}

void
masker_clear(struct masker *m)
{
	mask_values_clear(&m->values);
	mask_columns_clear(&m->columns);
	buf_free(&m->before);
	buf_free(&m->after);
	buf_free(&m->key);
	buf_free(&m->oldkey);
	buf_free(&m->newkey);
	buf_free(&m->changes);
	buf_free(&m->text);
}

/* SPDX-License-Identifier: MIT */
#include "outbox/outbox.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "base/integer.h"
#include "base/log.h"
#include "json/scan.h"
#include "json/write.h"
#include "outbox/tracing.h"
#include "position/moment.h"
#include "record/fields.h"

/* Few values route; found once for each. */
enum { ROUTES = 64 };

struct outbox_route {
	struct buf value, topic;        /* as they stand in a line */
	const char *fault;      /* why there is no topic; or NULL */
};

/* ---- options */

/* COLUMN[:ms|us|ns] */
static int
read_timestamp(struct outbox *o, struct err *err)
{
	static const struct { const char *name; unsigned in_ms; } units[] = {
		{ "ms", 1 }, { "us", 1000 }, { "ns", 1000000 },
	};
	const char *text = o->opt->timestamp;
	const char *unit = strrchr(text, ':');

	if (!unit) {
		o->timestamp_column = xstrdup(text);
		return 0;
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (strcmp(unit + 1, units[i].name) == 0)
			o->timestamp_unit = units[i].in_ms;
	o->timestamp_column = xmemdup(text, (size_t)(unit - text));
	return o->timestamp_unit ? 0 : err_set(err, ERR_USAGE,
	    "--event-timestamp %s: the unit is ms, us or ns", text);
}

int
outbox_open(struct outbox *o, struct outbox_options *opt, struct err *err)
{
	struct outbox_columns *c = &o->columns;
	struct placements *p = &opt->placements;

	o->opt = opt;
	o->rule = rule_new(span_of(opt->topic_regex),
	    span_of(opt->topic_replacement), err);
	if (!o->rule || (opt->timestamp && read_timestamp(o, err) < 0))
		return -1;
	o->parts = (struct outbox_parts){
		.id = outbox_columns_add(c, opt->id),
		.key = outbox_columns_add(c, opt->key),
		.payload = outbox_columns_add(c, opt->payload),
		.route = outbox_columns_add(c, opt->route_by),
		.tracing = outbox_columns_add(c, opt->tracing),
		.timestamp = o->timestamp_column ? outbox_columns_add(c,
		    o->timestamp_column) : 0,
	};
	for (size_t i = 0; i < p->n; i++)
		p->v[i].at = outbox_columns_add(c, p->v[i].column);
	o->routes = xcalloc(ROUTES, sizeof(*o->routes));
	return placements_check(p, err);
}

/* ---- columns */

static struct span
value_of(const struct outbox *o, size_t column)
{
	return outbox_columns_value(&o->columns, column);
}

static bool
is_null(struct span value)
{
	return value.p[0] == 'n';
}

/* ERR_DATA: a column is not there, or what it is not. */
static int
refuse(const struct outbox *o, const struct record *rec, size_t column,
    const char *why, struct err *err)
{
	return err_set(err, ERR_DATA, "line %" PRIu64 ": the column %s %s",
	    rec->line.number, outbox_columns_name(&o->columns, column), why);
}

static int
refuse_missing(const struct outbox *o, struct record *rec,
    size_t column, struct err *err)
{
	struct span db, table;

	if (!record_table(rec, &db, &table))
		return refuse(o, rec, column, "is not in the row", err);
	err_set(err, ERR_DATA, "line %" PRIu64 ": the column %s is not in the "
	    "row of %.*s.%.*s", rec->line.number, outbox_columns_name(
	    &o->columns, column), (int)db.n, db.p, (int)table.n, table.p);
	return err_hint(err, "if that is no outbox table, name those that are "
	    "with -t, or let only them pass with cdc-filter -t");
}

/* ---- topic, partition, timestamp */

/* NULL, or why Kafka refuses a topic. */
static const char *
topic_fault(struct span name)
{
	enum { MOST_TOPIC = 249 };

	if (name.n > MOST_TOPIC)
		return "would make a topic of more than 249 bytes";
	if (span_is(name, ".") || span_is(name, ".."))
		return "would make a topic that is . or ..";
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '.' && c != '_' &&
		    c != '-')
			return "would make a topic with characters other "
			    "than letters, digits and . _ -";
	}
	return name.n ? NULL : "would make an empty topic";
}

/* What the rule makes of the value that routes; where it does not match, the
 * value itself, as in Kafka's RegexRouter. */
static void
find_topic(struct outbox *o, struct outbox_route *r, struct span value)
{
	struct span text = json_value_text(value, &o->text);
	struct buf name = { 0 };

	r->value.n = r->topic.n = 0;
	if (!rule_apply(o->rule, text, &name))
		buf_span(&name, text);
	r->fault = topic_fault(buf_view(&name));
	if (!r->fault) {
		buf_span(&r->value, value);
		json_string(&r->topic, buf_view(&name));
	}
	buf_free(&name);
}

static int
make_topic(struct outbox *o, const struct record *rec, struct err *err)
{
	struct span value = value_of(o, o->parts.route);
	struct outbox_route *r;

	if (value.p[0] != '"')
		return refuse(o, rec, o->parts.route, "routes, and is not a "
		    "string", err);
	r = &o->routes[hash_span(value, hash_seed()) % ROUTES];
	if (!r->value.n || !span_eq(buf_view(&r->value), value))
		find_topic(o, r, value);
	o->topic = &r->topic;
	return r->topic.n ? 0 : refuse(o, rec, o->parts.route, r->fault, err);
}

static int
make_partition(struct outbox *o, const struct record *rec, size_t column,
    struct err *err)
{
	struct span value = value_of(o, column);
	uint64_t n;

	o->partition.n = 0;
	if (is_null(value))
		return 0;
	if (!integer_read(value, INT32_MAX, &n))
		return refuse(o, rec, column, "is not the number of a "
		    "partition", err);
	buf_span(&o->partition, value);
	return 0;
}

/* The first three digits after the point. */
static int64_t
read_fraction(struct span text)
{
	const char *p = memchr(text.p, '.', text.n);
	int64_t ms = 0, scale = 100;

	for (p = p ? p + 1 : text.p + text.n; p < text.p + text.n &&
	    *p >= '0' && *p <= '9'; p++, scale /= 10)
		ms += (*p - '0') * scale;
	return ms;
}

/* Milliseconds since 1970 of "2026-11-22T10:00:00.123456Z". */
static bool
read_instant(struct span text, int64_t *ms)
{
	struct err err = { 0 };
	char *moment;
	int64_t s;
	bool good = text.n && text.p[text.n - 1] == 'Z';

	moment = xmemdup(text.p, text.n);
	good = good && moment_parse_only(&s, moment, &err) == 0;
	if (good)
		*ms = s * 1000 + read_fraction(text);
	free(moment);
	return good;
}

static int
make_timestamp(struct outbox *o, const struct record *rec, struct err *err)
{
	size_t column = o->parts.timestamp;
	struct span value;
	int64_t n;

	o->stamp.n = 0;
	if (!o->timestamp_column || is_null(value_of(o, column))) {
		if (rec->ts_ms.p && !is_null(rec->ts_ms))
			buf_span(&o->stamp, rec->ts_ms);
		return 0;
	}
	value = value_of(o, column);
	if (value.p[0] == '"') {
		if (!read_instant(json_inside(value), &n))
			return refuse(o, rec, column, "is not a time like "
			    "2026-11-22T10:00:00Z", err);
		buf_i64(&o->stamp, n);
		return 0;
	}
	if (!integer_read_signed(value, &n))
		return refuse(o, rec, column, "is not a time", err);
	if (!o->timestamp_unit) {
		refuse(o, rec, column, "is a number, whose unit is not known",
		    err);
		return err_hint(err, "--event-timestamp %s:us (or ms, ns)",
		    o->timestamp_column);
	}
	buf_i64(&o->stamp, n / (int64_t)o->timestamp_unit);
	return 0;
}

/* ---- headers */

/* A header is a string; an object stays one, and null. */
static void
put_value(struct buf *out, struct span value)
{
	if (one_of(value.p[0], "\"{n"))
		buf_span(out, value);
	else
		json_string(out, value);
}

static void
put_header(struct buf *out, const char *name, struct span value)
{
	buf_char(out, ',');
	json_string(out, span_of(name));
	buf_char(out, ':');
	put_value(out, value);
}

/* The context in which the row was written, for whoever reads the event. */
static void
put_tracing(struct outbox *o)
{
	static const char *const names[] = { "traceparent", "tracestate" };
	struct span value = value_of(o, o->parts.tracing);
	struct buf text = { 0 }, one = { 0 };

	if (!value.p || value.p[0] != '"')
		return;
	json_unescape(&text, json_inside(value));
	for (size_t i = 0; i < 2; i++) {
		if (!tracing_property(buf_view(&text), names[i], &one) ||
		    (i == 0 && !tracing_is_parent(buf_view(&one))))
			break;
		buf_char(&o->headers, ',');
		json_string(&o->headers, span_of(names[i]));
		buf_char(&o->headers, ':');
		json_string(&o->headers, buf_view(&one));
	}
	buf_free(&text);
	buf_free(&one);
}

/* Those of --placement, each to its place; the envelope's come later. */
static int
place_columns(struct outbox *o, struct record *rec, struct err *err)
{
	const struct placements *p = &o->opt->placements;

	for (size_t i = 0; i < p->n; i++) {
		struct span value = value_of(o, p->v[i].at);

		if (!value.p && o->opt->missing == MISSING_IGNORE)
			continue;
		if (!value.p)
			return refuse_missing(o, rec, p->v[i].at, err);
		if (p->v[i].kind == PLACE_HEADER)
			put_header(&o->headers, p->v[i].alias, value);
		if (p->v[i].kind == PLACE_PARTITION &&
		    make_partition(o, rec, p->v[i].at, err) < 0)
			return -1;
	}
	return 0;
}

/* ---- payload */

static bool
is_empty(struct span value)
{
	struct span inside = json_inside(value);
	struct buf text = { 0 };
	size_t i = 0;

	if (is_null(value))
		return true;
	if (!inside.p)
		return false;
	inside = json_string_text(inside, &text);
	while (i < inside.n && (unsigned char)inside.p[i] <= ' ')
		i++;                    /* as Java trims */
	i = inside.n - i;
	buf_free(&text);
	return i == 0;
}

/* The JSON that a string holds, in place of it. */
static bool
expand(struct outbox *o, const struct record *rec, struct span value)
{
	struct span text;

	if (value.p[0] != '"')
		return false;
	o->text.n = 0;
	json_unescape(&o->text, json_inside(value));
	text = buf_view(&o->text);
	if (text.n && (text.p[0] == '{' || text.p[0] == '[') &&
	    json_embeddable(text)) {
		json_put_line(&o->payload, text);
		return true;
	}
	log_warn("line %" PRIu64 ": the payload is not a JSON object or array, "
	    "and stays a string", rec->line.number);
	return false;
}

static struct span
make_payload(struct outbox *o, const struct record *rec)
{
	struct span value = value_of(o, o->parts.payload);
	const struct placements *p = &o->opt->placements;
	bool envelope = placements_have(p, PLACE_ENVELOPE);

	if (o->opt->tombstones && is_empty(value))
		return SPAN("null");
	if (!envelope && !o->opt->expand_json)
		return value;
	o->payload.n = 0;
	buf_str(&o->payload, envelope ? "{\"payload\":" : "");
	if (!o->opt->expand_json || !expand(o, rec, value))
		buf_span(&o->payload, value);
	for (size_t i = 0; i < p->n; i++) {
		struct span column = value_of(o, p->v[i].at);

		if (p->v[i].kind != PLACE_ENVELOPE || !column.p)
			continue;
		buf_char(&o->payload, ',');
		json_string(&o->payload, span_of(p->v[i].alias));
		buf_char(&o->payload, ':');
		buf_span(&o->payload, column);
	}
	buf_str(&o->payload, envelope ? "}" : "");
	return buf_view(&o->payload);
}

/* ---- the line */

static void
put_member(struct buf *out, const char *name, struct span value)
{
	if (!value.p || !value.n)
		return;
	buf_char(out, '"');
	buf_str(out, name);
	buf_str(out, "\":");
	buf_span(out, value);
	buf_char(out, ',');
}

/* A member of the line: it is replaced where it is there. */
static void
set_member(struct outbox *o, struct record *rec, const char *name,
    struct span old, struct span value)
{
	if (!value.n)
		return;
	if (old.p)
		record_replace(rec, old, value);
	else
		put_member(&o->before, name, value);
}

/* The key of the event.  In kcat's lines it is a string that holds JSON. */
static void
set_key(struct outbox *o, struct record *rec)
{
	struct span value = value_of(o, o->parts.key);

	o->key.n = 0;
	buf_span(&o->key, value);
	if (rec->key_stringed) {
		record_replace(rec, rec->key_outline.text, buf_view(&o->key));
		return;
	}
	if (rec->kcat && !is_null(value)) {
		o->key.n = 0;
		json_string(&o->key, value);
	}
	set_member(o, rec, "key", rec->key, buf_view(&o->key));
}

static void
set_position(struct outbox *o, struct record *rec)
{
	put_member(&o->before, "source", rec->source);
	put_member(&o->before, "transaction", rec->transaction);
	put_member(&o->before, "op", SPAN("\"m\""));
}

static int
check_columns(struct outbox *o, struct record *rec, struct err *err)
{
	const size_t must[] = { o->parts.payload, o->parts.id, o->parts.route,
		o->parts.key, o->timestamp_column ? o->parts.timestamp :
		o->parts.key };

	for (size_t i = 0; i < sizeof(must) / sizeof(*must); i++)
		if (!value_of(o, must[i]).p)
			return refuse_missing(o, rec, must[i], err);
	return 0;
}

static int
make_event(struct outbox *o, struct record *rec, struct err *err)
{
	if (!rec->payload_at.p || !rec->topic.p) {
		record_fault(rec, "its line has no topic, and an event needs "
		    "one", err);
		return err_hint(err, "a line is {\"topic\":...,\"key\":...,"
		    "\"payload\":...}");
	}
	if (record_check_rows(rec, err) < 0)
		return -1;
	outbox_columns_read(&o->columns, rec->after);
	o->headers.n = o->before.n = o->partition.n = 0;
	if (check_columns(o, rec, err) < 0 || make_topic(o, rec, err) < 0 ||
	    make_timestamp(o, rec, err) < 0)
		return -1;
	buf_str(&o->headers, ",\"id\":");
	put_value(&o->headers, value_of(o, o->parts.id));
	if (place_columns(o, rec, err) < 0)
		return -1;
	put_tracing(o);
	record_replace(rec, rec->topic, buf_view(o->topic));
	set_member(o, rec, "partition", rec->partition,
	    buf_view(&o->partition));
	set_member(o, rec, "timestamp", member_value(&rec->members, rec->kcat ?
	    M_TS : M_TIMESTAMP), buf_view(&o->stamp));
	set_key(o, rec);
	if (!record_add_headers(rec, &o->headers, &o->before))
		return record_fault(rec, "it has a header of the name of an "
		    "added one", err);
	set_position(o, rec);
	record_replace(rec, rec->wrapper.p ? rec->wrapper : rec->payload,
	    make_payload(o, rec));
	if (!rec->wrapper.p)
		record_replace(rec, rec->schema, SPAN("null"));
	record_replace(rec, rec->payload_at, buf_view(&o->before));
	return 1;
}

/* ---- records */

static int
drop_update(struct outbox *o, const struct record *rec, struct err *err)
{
	if (o->opt->update == UPDATE_FATAL)
		return record_fault(rec, "an update of an outbox table", err);
	if (o->updates++ == 0 && o->opt->update == UPDATE_WARN)
		log_warn("line %" PRIu64 ": an update of an outbox table is "
		    "dropped", rec->line.number);
	else if (o->updates == 1)
		log_error("line %" PRIu64 ": an update of an outbox table is "
		    "dropped", rec->line.number);
	return 0;
}

/* Is it of an outbox table?  1, 0, -1. */
static int
is_outbox(struct outbox *o, struct record *rec, struct err *err)
{
	struct table_filter *names = &o->opt->names;
	struct span db, table;

	if (!table_filter_active(names))
		return 1;
	if (record_table(rec, &db, &table))
		return table_filter_keeps(names, db, table);
	if (o->opt->pass_unknown || (rec->kind == KIND_TOMBSTONE &&
	    !rec->topic.p))
		return 0;
	record_fault(rec, "it does not name its table", err);
	return err_hint(err, "--pass-unknown lets such lines pass");
}

int
outbox_record(struct outbox *o, struct record *rec, struct err *err)
{
	int mine;

	if (rec->kind != KIND_ENVELOPE && rec->kind != KIND_TOMBSTONE)
		return 1;
	mine = is_outbox(o, rec, err);
	if (mine <= 0)
		return mine < 0 ? -1 : 1;
	switch (rec->kind == KIND_TOMBSTONE ? 'd' : record_op(rec)) {
	case 'c':
	case 'r':
		return make_event(o, rec, err);
	case 'u':
		return drop_update(o, rec, err);
	default:
		return 0;       /* rows are deleted once events are sent */
	}
}

void
outbox_close(struct outbox *o)
{
	struct buf *all[] = { &o->headers, &o->before, &o->payload, &o->key,
		&o->partition, &o->stamp, &o->text };

	if (o->updates > 1)
		log_warn("%" PRIu64 " updates of outbox tables were dropped",
		    o->updates);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		buf_free(all[i]);
	for (size_t i = 0; o->routes && i < ROUTES; i++) {
		buf_free(&o->routes[i].value);
		buf_free(&o->routes[i].topic);
	}
	free(o->routes);
	rule_free(o->rule);
	free(o->timestamp_column);
	outbox_columns_clear(&o->columns);
	placements_clear(&o->opt->placements);
	table_filter_clear(&o->opt->names);
}

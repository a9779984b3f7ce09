/* SPDX-License-Identifier: MIT */
#include "route/router.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "json/object.h"
#include "json/scan.h"

int
router_open(struct router *r, struct route_options *opt, int n,
    char **words, struct err *err)
{
	*r = (struct router){ .opt = opt,
		.routes = xcalloc(1, sizeof(*r->routes)),
		.partition = { .opt = &opt->partition, .told = &r->told },
		.asks_types = opt->times.timestamp_zone ||
		    opt->times.datetime_zone || (opt->partition.by.n &&
		    opt->partition.hash != HASH_MURMUR2) ||
		    partition_has_choice(&opt->partition.by),
	};
	told_open(&r->told);
	rekey_open(&r->rekey, &opt->keys);
	name_set_add_one(&r->moved, SPAN(OLD_KEY));
	if (routes_make(r->routes, &opt->topics, n, words, err) < 0 ||
	    times_open(&r->times, &opt->times, &r->told, err) < 0)
		return -1;
	return opt->schema ? told_load(&r->told, opt->schema, err) : 0;
}

/* {"id":1} -> {"id":1,"name":"topic"}; a null key stays null. */
static int
extend_key(struct router *r, struct record *rec, const struct route *to,
    struct routed *parts, struct err *err)
{
	const char *name = r->opt->topics.key_field;
	const char *end = parts->key.p + parts->key.n - 1;
	const char *p = end;

	if (!name || parts->key.n < 2 || parts->key.p[0] != '{')
		return 0;
	if (record_check_key(rec, err) < 0)
		return -1;
	if (object_member(parts->key, name).p)
		return record_fault(rec, "its key has a member of the name "
		    "of the added one", err);
	while (json_is_blank(p[-1]))
		p--;
	r->key.n = 0;
	buf_span(&r->key, span_between(parts->key.p, end));
	if (p[-1] != '{')
		buf_char(&r->key, ',');
	buf_span(&r->key, buf_view(&to->member));
	buf_char(&r->key, '}');
	parts->key = buf_view(&r->key);
	return 0;
}

static int
route_topic(struct router *r, struct record *rec, struct routed *parts,
    struct err *err)
{
	const struct route *to;

	if (!json_inside(rec->topic).p)
		return 0;
	to = routes_find(r->routes, rec->topic);
	if (to->renamed.n == 0)
		return 0;
	parts->topic = buf_view(&to->renamed);
	return extend_key(r, rec, to, parts, err);
}

/* ---- partitions */

/* Has it a row, or the key of one? */
static bool
is_of_row(const struct record *rec)
{
	return rec->kind == KIND_ENVELOPE || rec->kind == KIND_ROW ||
	    rec->kind == KIND_TOMBSTONE;
}

static void
set_partition(struct router *r, struct record *rec, uint32_t number)
{
	r->number.n = 0;
	buf_u64(&r->number, number);
	if (rec->partition.p) {
		record_replace(rec, rec->partition, buf_view(&r->number));
		return;
	}
	buf_str(&r->front, "\"partition\":");
	buf_span(&r->front, buf_view(&r->number));
	buf_char(&r->front, ',');
}

/* A tombstone goes where its delete went. */
static int
partition_of(struct router *r, struct record *rec, const struct routed *parts,
    int64_t *number, struct err *err)
{
	uint32_t found;
	int got;

	if (parts->tombstone || (rec->kind == KIND_TOMBSTONE &&
	    deletes_has(&r->last, rec))) {
		*number = r->last_partition;
		return 0;
	}
	got = partition_find(&r->partition, rec, parts, &found, err);
	*number = got > 0 ? (int64_t)found : -1;
	return got < 0 ? -1 : 0;
}

static int
choose_partition(struct router *r, struct record *rec,
    const struct routed *parts, struct err *err)
{
	int64_t number;

	if (!r->opt->partition.by.n || !is_of_row(rec) ||
	    parts->op == 't')
		return 0;
	if (!rec->payload_at.p)
		return record_fault(rec, "its line has no place for a "
		    "partition: it is an envelope or a row alone", err);
	if (partition_of(r, rec, parts, &number, err) < 0)
		return -1;
	if (parts->op == 'd' && rec->kind != KIND_TOMBSTONE &&
	    !parts->tombstone) {
		deletes_set(&r->last, rec, true);
		r->last_partition = number;
	}
	if (number >= 0)
		set_partition(r, rec, (uint32_t)number);
	return 0;
}

/* ---- the line */

static void
put(struct record *rec, struct span is, struct span becomes)
{
	if (becomes.p != is.p)
		record_replace(rec, is, becomes);
}

/* A header that it has not. */
static void
add_header(struct router *r, struct span is, struct span becomes,
    const char *name)
{
	if (is.p || !becomes.p)
		return;
	buf_str(&r->members, ",\"");
	buf_str(&r->members, name);
	buf_str(&r->members, "\":");
	buf_span(&r->members, becomes);
}

static int
put_headers(struct router *r, struct record *rec, const struct routed *is,
    const struct routed *parts, struct err *err)
{
	r->members.n = 0;
	if (is->oldkey.p && !parts->oldkey.p)
		return record_change_headers(rec, &r->moved, &r->members,
		    &r->headers, &r->front) ? 0 : -1;
	put(rec, is->oldkey, parts->oldkey);
	put(rec, is->newkey, parts->newkey);
	add_header(r, is->oldkey, parts->oldkey, OLD_KEY);
	add_header(r, is->newkey, parts->newkey, NEW_KEY);
	return record_add_headers(rec, &r->members, &r->front) ? 0 :
	    record_fault(rec, "it has a header of the name of an added one",
	    err);
}

/* The tombstone of a delete: null, and beside it what the delete is of. */
static void
put_null(struct router *r, struct record *rec, const struct routed *parts)
{
	buf_str(&r->front, "\"source\":");
	buf_span(&r->front, rec->source);
	if (parts->transaction.p) {
		buf_str(&r->front, ",\"transaction\":");
		buf_span(&r->front, parts->transaction);
	}
	buf_str(&r->front, ",\"op\":\"d\",");
	if (rec->wrapper.p) {
		record_replace(rec, rec->wrapper, SPAN("null"));
		return;
	}
	record_replace(rec, rec->payload, SPAN("null"));
	record_replace(rec, rec->schema, SPAN("null"));
}

static void
put_value(struct record *rec, const struct routed *is,
    const struct routed *parts)
{
	put(rec, is->before, parts->before);
	put(rec, is->after, parts->after);
	put(rec, is->transaction, parts->transaction);
	if (parts->op != is->op)
		record_replace(rec, rec->op, parts->op == 'd' ?
		    SPAN("\"d\"") : parts->op == 'c' ? SPAN("\"c\"") :
		    SPAN("\"u\""));
}

static int
put_parts(struct router *r, struct record *rec, const struct routed *parts,
    struct err *err)
{
	struct routed is = routed_of(rec);

	put(rec, is.topic, parts->topic);
	put(rec, is.key, parts->key);
	if (put_headers(r, rec, &is, parts, err) < 0)
		return -1;
	if (parts->tombstone)
		put_null(r, rec, parts);
	else
		put_value(rec, &is, parts);
	if (r->front.n)
		record_replace(rec, rec->payload_at, buf_view(&r->front));
	return 0;
}

/* A record whose key is settled. */
static int
send(struct router *r, struct record *rec, struct routed *parts,
    struct lines *in, struct err *err)
{
	r->front.n = 0;
	if ((is_of_row(rec) && times_convert(&r->times, rec, parts,
	    err) < 0) || choose_partition(r, rec, parts, err) < 0 ||
	    route_topic(r, rec, parts, err) < 0 ||
	    put_parts(r, rec, parts, err) < 0)
		return -1;
	record_emit(rec, in);
	rec->nsplices = 0;      /* it may be sent again as something else */
	return 0;
}

/* An update as two records. */
static int
send_two(struct router *r, struct record *rec, struct routed parts[2],
    struct lines *in, struct err *err)
{
	struct routed null = parts[0];

	null.tombstone = true;
	null.before = null.after = (struct span){ NULL, 0 };
	return send(r, rec, &parts[0], in, err) < 0 ||
	    (r->opt->tombstones && send(r, rec, &null, in, err) < 0) ||
	    send(r, rec, &parts[1], in, err) < 0 ? -1 : 0;
}

/* A delete that waited, its tombstone, and the create after it. */
static int
send_pair(struct router *r, struct record *rec, struct routed parts[2],
    struct lines *in, struct err *err)
{
	struct record *old = &r->rekey.old;
	struct routed delete = parts[0], null;

	if (send(r, old, &parts[0], in, err) < 0)
		return -1;
	if (r->rekey.waits_null) {
		old = rekey_waiting(&r->rekey, &r->rekey.null, err);
		if (!old)
			return -1;
		null = routed_of(old);
		null.key = delete.key;
		null.newkey = delete.newkey;
		if (null.transaction.p)
			null.transaction = delete.transaction;
		if (send(r, old, &null, in, err) < 0)
			return -1;
	}
	return send(r, rec, &parts[1], in, err);
}

int
router_record(struct router *r, struct record *rec, struct lines *in,
    struct err *err)
{
	struct routed parts[2] = { routed_of(rec) };

	if (r->asks_types && told_take(&r->told, rec, err) < 0)
		return -1;
	if (!key_columns_active(&r->opt->keys))
		return send(r, rec, parts, in, err);
	switch (rekey_record(&r->rekey, rec, parts, err)) {
	case REKEY_ONE:
		return send(r, rec, parts, in, err);
	case REKEY_TWO:
		return send_two(r, rec, parts, in, err);
	case REKEY_PAIR:
		return send_pair(r, rec, parts, in, err);
	case REKEY_WAITS:
		return 0;
	default:
		return -1;
	}
}

int
router_end(struct router *r, struct err *err)
{
	return rekey_end(&r->rekey, err);
}

void
router_clear(struct router *r)
{
	routes_clear(r->routes);
	free(r->routes);
	told_clear(&r->told);
	partition_clear(&r->partition);
	times_clear(&r->times);
	rekey_clear(&r->rekey);
	key_columns_clear(&r->opt->keys);
	table_filter_clear(&r->opt->times.columns);
	partition_fields_clear(&r->opt->partition.by);
	deletes_clear(&r->last);
	buf_free(&r->key);
	buf_free(&r->number);
	name_set_clear(&r->moved);
	buf_free(&r->headers);
	buf_free(&r->members);
	buf_free(&r->front);
}

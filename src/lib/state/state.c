/* SPDX-License-Identifier: MIT */
#include "state/state.h"

#include <inttypes.h>
#include <stddef.h>

#include "base/clock.h"
#include "io/files.h"
#include "json/object.h"
#include "json/scan.h"
#include "json/write.h"
#include "record/unique.h"
#include "state/gtids.h"

/* ---- members */

/* How a member is read and written: text and JSON are a struct buf; the rest
 * is known by its kind. */
enum kind { TEXT, JSON, GTIDS, RESTART, POS, PARTIAL, NOW };

static const char *const wants[] = {
	[TEXT] = "string", [JSON] = "object", [GTIDS] = "list of GTIDs",
	[RESTART] = "list of GTIDs", [POS] = "whole number",
	[PARTIAL] = "part of a transaction", [NOW] = "number",
};

/* THE TABLE, in the order in which they are written. */
static const struct member {
	const char *name;
	enum kind kind;
	size_t at;
	bool always;            /* also written where it is empty, as null */
	bool beats;             /* heartbeats have it, too */
} members[] = {
#define AT(field) offsetof(struct state, field)
	{ "name", TEXT, AT(name), true, false },
	{ "gtid", GTIDS, AT(done), true, false },
	{ "file", TEXT, AT(file), true, true },
	{ "pos", POS, AT(pos), true, true },
	{ "partial", PARTIAL, AT(partial), true, false },
	{ "restart", RESTART, AT(restart), false, true },
	{ "snapshot", JSON, AT(snapshot), true, false },
	{ "incremental", JSON, AT(incremental), false, true },
	{ "temporary", JSON, AT(temporary), false, true },
	{ "filter", TEXT, AT(filter), true, true },
	{ "lists", JSON, AT(lists), false, true },
	{ "modes", JSON, AT(modes), false, true },
	{ "ts_ms", NOW, 0, true, false },
#undef AT
};

enum { MEMBERS_OF_STATE = sizeof(members) / sizeof(*members) };

/* The buffer of a text or JSON; NULL: it has none. */
static struct buf *
buf_of(const struct state *s, const struct member *m)
{
	return m->kind == TEXT || m->kind == JSON ?
	    (struct buf *)((char *)s + m->at) : NULL;
}

void
state_copy(struct state *to, const struct state *from)
{
	for (size_t i = 0; i < MEMBERS_OF_STATE; i++) {
		struct buf *b = buf_of(to, &members[i]);

		if (!b)
			continue;
		b->n = 0;
		buf_span(b, buf_view(buf_of(from, &members[i])));
	}
	gtid_list_copy(&to->done, &from->done);
	gtid_list_copy(&to->restart, &from->restart);
	to->restarts = from->restarts;
	to->partial = from->partial;
	to->partial_order = from->partial_order;
	to->pos = from->pos;
}

void
state_clear(struct state *s)
{
	for (size_t i = 0; i < MEMBERS_OF_STATE; i++)
		if (buf_of(s, &members[i]))
			buf_free(buf_of(s, &members[i]));
	gtid_list_clear(&s->done);
	gtid_list_clear(&s->restart);
	*s = (struct state){ 0 };
}

/* ---- reading */

static bool
take_text(struct buf *to, struct span value)
{
	struct span inside = json_inside(value);

	to->n = 0;
	return inside.p && json_unescape(to, inside);
}

static bool
take_json(struct buf *to, struct span value)
{
	to->n = 0;
	if (value.p[0] != '{')
		return false;
	json_put_line(to, value);
	return true;
}

bool
state_take_partial(struct state *s, struct span json)
{
	return gtids_take_one(json, "gtid", &s->partial) &&
	    object_whole(json, "total_order", &s->partial_order) &&
	    s->partial_order > 0;
}

/* 1, 0 if it is another type, -1 if it is a string and no list. */
static int
take_gtids(struct state *s, const struct member *m, struct span object,
    struct err *err)
{
	struct gtid_list *to = m->kind == GTIDS ? &s->done : &s->restart;
	int got = gtids_take(object, m->name, to, err);

	if (m->kind == RESTART)
		s->restarts = got > 0;
	if (got < 0)
		err->kind = ERR_DATA;   /* of a file, not of an option */
	return got;
}

/* A member that is there and not null: 1, 0 if it is no such thing, -1. */
static int
take_value(struct state *s, const struct member *m, struct span object,
    struct span value, struct err *err)
{
	switch (m->kind) {
	case TEXT:
		return take_text(buf_of(s, m), value);
	case JSON:
		return take_json(buf_of(s, m), value);
	case POS:
		return object_whole(object, m->name, &s->pos);
	case PARTIAL:
		return state_take_partial(s, value);
	case GTIDS:
	case RESTART:
		return take_gtids(s, m, object, err);
	case NOW:
		return value.p[0] >= '0' && value.p[0] <= '9';
	}
	return 0;
}

/* As it is if nothing sets it. */
static void
empty(struct state *s, const struct member *m)
{
	if (buf_of(s, m))
		buf_of(s, m)->n = 0;
	if (m->kind == POS)
		s->pos = 0;
	if (m->kind == RESTART)
		s->restarts = false;
}

static int
take_member(struct state *s, const struct member *m, struct span object,
    struct err *err)
{
	struct span value = object_member(object, m->name);
	int got;

	if (!value.p || span_is(value, "null")) {
		empty(s, m);
		return 1;
	}
	got = take_value(s, m, object, value, err);
	if (got == 0)
		empty(s, m);
	return got;
}

int
state_take_beat(struct state *s, struct span beat, struct err *err)
{
	for (size_t i = 0; i < MEMBERS_OF_STATE; i++)
		if (members[i].beats && take_member(s, &members[i], beat,
		    err) < 0)
			return -1;
	return 0;
}

static int
no_state(struct err *err)
{
	return err_hint(err, "cdc-apply --show-state prints the target's; "
	    "cdc-state(5) describes it");
}

/* JSON, no name twice (which would be meant?), and of our version. */
static int
check_text(struct span text, struct err *err)
{
	if (!text.n)
		err_set(err, ERR_DATA, "it is empty, and no state");
	else if (unique_check(text, err) < 0)
		err_wrap(err, "it is no state");
	else if (!span_is(object_member(text, "version"), "1"))
		err_set(err, ERR_DATA, "it is not a state of version 1");
	return err->kind ? no_state(err) : 0;
}

/* A snapshot is whole, or has the table in hand. */
static bool
is_snapshot(struct span copy)
{
	struct span table = object_member(copy, "table");
	struct span done = object_member(copy, "done");

	if (!table.p)
		return json_inside(object_member(copy, "until")).p;
	return one_of(table.p[0], "{[\"n") &&
	    (!done.p || one_of(done.p[0], "[n"));
}

bool
state_is_unfinished(const struct state *s)
{
	return object_member(buf_view(&s->snapshot), "table").p;
}

/* Where XA transactions are read again from lies before what is done. */
static int
check_restart(const struct state *s, struct err *err)
{
	for (size_t i = 0; s->restarts && i < s->restart.n; i++)
		if (!gtid_list_find(&s->done, s->restart.v[i].domain))
			return err_set(err, ERR_DATA, "restart has domain %u, "
			    "but gtid does not", s->restart.v[i].domain);
	return 0;
}

int
state_read(struct state *s, struct span text, struct err *err)
{
	if (check_text(text, err) < 0)
		return -1;
	for (size_t i = 0; i < MEMBERS_OF_STATE; i++) {
		const struct member *m = &members[i];
		int got = take_member(s, m, text, err);

		if (got == 0) {
			err_set(err, ERR_DATA, "it is not a state of version "
			    "1: its %s is no %s", m->name, wants[m->kind]);
			return no_state(err);
		}
		if (got < 0)
			return -1;
	}
	if (s->snapshot.n && !is_snapshot(buf_view(&s->snapshot))) {
		err_set(err, ERR_DATA, "it is not a state of version 1: its "
		    "snapshot is none");
		return no_state(err);
	}
	if (state_is_unfinished(s))
		return 0;
	if (!json_inside(object_member(text, "gtid")).p)
		return err_set(err, ERR_DATA, "a state without gtid");
	return check_restart(s, err);
}

/* ---- writing */

void
state_put_partial(const struct state *s, struct buf *out)
{
	char gtid[GTID_TEXT];

	if (!s->partial_order)
		return;
	gtid_print(gtid, &s->partial);
	json_first(out, "gtid", span_of(gtid));
	buf_printf(out, ",\"total_order\":%" PRIu64 "}", s->partial_order);
}

void
state_put_lists(struct state *s, const struct lists *lists)
{
	char filter[FINGERPRINT_TEXT];

	lists_fingerprint(lists, filter);
	buf_str(&s->filter, filter);
	if (lists->n)
		lists_put(lists, &s->lists);
}

static void
put_member(const struct state *s, const struct member *m, struct buf *out)
{
	struct buf *b = buf_of(s, m), partial = { 0 };

	switch (m->kind) {
	case TEXT:
		json_member(out, m->name, buf_view(b));
		break;
	case JSON:
		if (b->n || m->always)
			json_value_member(out, m->name, buf_view(b));
		break;
	case GTIDS:
		gtids_put(out, m->name, &s->done);
		break;
	case RESTART:
		if (s->restarts)
			gtids_put(out, m->name, &s->restart);
		break;
	case POS:
		buf_printf(out, ",\"%s\":%" PRIu64, m->name, s->pos);
		break;
	case PARTIAL:
		state_put_partial(s, &partial);
		json_value_member(out, m->name, buf_view(&partial));
		buf_free(&partial);
		break;
	case NOW:
		buf_printf(out, ",\"%s\":%" PRId64, m->name, clock_now_ms());
		break;
	}
}

void
state_print(const struct state *s, struct buf *out)
{
	buf_str(out, "{\"version\":1");
	for (size_t i = 0; i < MEMBERS_OF_STATE; i++)
		put_member(s, &members[i], out);
	buf_str(out, "}\n");
}

int
state_write(const struct state *s, const char *path, struct err *err)
{
	struct buf text = { 0 };
	int status;

	state_print(s, &text);
	status = file_replace(path, buf_view(&text), err);
	buf_free(&text);
	return status;
}

/* SPDX-License-Identifier: MIT
 *
 * MariaDB's grammar, read from the outside: GTID … end, where the end is XID,
 * COMMIT or ROLLBACK, or, behind a STANDALONE GTID, the one statement.
 * https://mariadb.com/kb/en/gtid_event/
 */
#include "binlog/group.h"

#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/log.h"
#include "binlog/events.h"
#include "binlog/inflate.h"
#include "binlog/query.h"
#include "io/stop.h"

enum {
	FL_STANDALONE = 1, FL_GROUP_COMMIT_ID = 2, FL_DDL = 32,
	FL_PREPARED_XA = 64, FL_COMPLETED_XA = 128,

	FL_EXTRA_MULTI_ENGINE = 1, FL_EXTRA_START_ALTER = 2,
	FL_EXTRA_COMMIT_ALTER = 4, FL_EXTRA_ROLLBACK_ALTER = 8,
	FL_EXTRA_THREAD_ID = 16,

	ROWS_STMT_END = 1,
	LIST_COUNT = (1 << 28) - 1,
	LIST_ENTRY = 16,
};

struct savepoint {
	char *name;
	uint64_t pos;           /* what comes behind is undone with it */
};

struct range {
	uint64_t from, to;
};

struct group_reader {
	struct binlog_source *src;
	struct gtid_list at, start;
	bool have_start;
	bool tolerant;          /* --on-error warn */
	uint64_t tolerated;
	uint64_t offset;
	uint32_t time;

	bool open;              /* between a GTID and its end */
	bool standalone;
	bool has_event;         /* ev below was read by group_peek_start() */
	struct binlog_event ev;
	struct group group;
	struct savepoint *savepoints;
	size_t nsavepoints;
	struct range *undone;
	size_t nundone;
	struct buf plain;       /* the event in hand, if it was compressed */

	uint64_t replay;        /* group_event()'s place */
	size_t replay_range;
};

struct group_reader *
group_reader_new(struct binlog_source *src, bool tolerant)
{
	struct group_reader *r = xcalloc(1, sizeof(*r));

	r->src = src;
	r->tolerant = tolerant;
	return r;
}

static void
drop_savepoints(struct group_reader *r, size_t keep)
{
	while (r->nsavepoints > keep)
		free(r->savepoints[--r->nsavepoints].name);
}

void
group_reader_free(struct group_reader *r)
{
	drop_savepoints(r, 0);
	free(r->savepoints);
	free(r->undone);
	buf_free(&r->plain);
	inflate_end();
	gtid_list_clear(&r->at);
	gtid_list_clear(&r->start);
	free(r);
}

const struct gtid_list *
group_position(const struct group_reader *r)
{
	return &r->at;
}

const struct gtid_list *
group_start(const struct group_reader *r)
{
	return r->have_start ? &r->start : NULL;
}

const char *
group_file(const struct group_reader *r)
{
	return r->src->file ? r->src->file : "";
}

uint64_t
group_offset(const struct group_reader *r)
{
	return r->offset;
}

uint32_t
group_time(const struct group_reader *r)
{
	return r->time;
}

static int
at_event(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	return err_wrap(err, "%s:%" PRIu64, r->src->path, ev->pos);
}

int
group_tolerate(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	if (!r->tolerant || err->kind != ERR_DATA)
		return -1;
	log_warn("%s:%" PRIu64 ": left out: %s", r->src->path, ev->pos,
	    err->text);
	*err = (struct err){ 0 };
	r->tolerated++;
	return 0;
}

uint64_t
group_tolerated(const struct group_reader *r)
{
	return r->tolerated;
}

/* GTID: seq u64 | domain u32 | flags u8 | [commit id u64] | [xid] |
 * [extra flags u8 | engines u8 | alter seq u64 | thread id u32] | zeros */
static int
read_gtid(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	struct group *g = &r->group;
	uint8_t flags, extra = 0;

	*g = (struct group){ .timestamp = ev->timestamp,
		.server_id = ev->server_id, .pos = ev->pos };
	g->gtid.seq = take_u64(&in);
	g->gtid.domain = take_u32(&in);
	g->gtid.server = ev->server_id;
	flags = take_u8(&in);
	if (in.bad)
		return err_set(err, ERR_DATA, "GTID event is cut short");
	if (flags & FL_GROUP_COMMIT_ID)
		take_u64(&in);
	if (flags & (FL_PREPARED_XA | FL_COMPLETED_XA))
		return err_set(err, ERR_DATA, "transaction %u-%u-%" PRIu64
		    " is part of an XA transaction, which is not decoded yet",
		    g->gtid.domain, g->gtid.server, g->gtid.seq);
	if (cursor_left(&in) > 0)
		extra = take_u8(&in);
	if (extra & FL_EXTRA_MULTI_ENGINE)
		take_u8(&in);
	if (extra & (FL_EXTRA_COMMIT_ALTER | FL_EXTRA_ROLLBACK_ALTER))
		take_u64(&in);
	if (extra & FL_EXTRA_THREAD_ID)
		g->thread_id = take_u32(&in);
	g->ddl = flags & FL_DDL;
	g->ddl_begun = extra & (FL_EXTRA_START_ALTER |
	    FL_EXTRA_ROLLBACK_ALTER);
	r->standalone = flags & FL_STANDALONE;
	return 0;
}

static int
begin_group(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	if (read_gtid(r, ev, err) < 0)
		return -1;
	r->open = true;
	r->nundone = 0;
	drop_savepoints(r, 0);
	r->src->mark(r->src, ev);
	return 0;
}

/* The log goes on without the end of the group in hand. */
static int
abandon_group(struct group_reader *r, const char *why, struct err *err)
{
	struct group *g = &r->group;

	if (!r->open)
		return 0;
	r->open = false;
	r->src->release(r->src);
	if (!r->src->format.in_use)
		return err_set(err, ERR_DATA, "transaction %u-%u-%" PRIu64
		    " at %" PRIu64 " has no end: %s", g->gtid.domain,
		    g->gtid.server, g->gtid.seq, g->pos, why);
	log_warn("%s: transaction %u-%u-%" PRIu64 " at %" PRIu64
	    " has no end and is not printed: %s", r->src->path, g->gtid.domain,
	    g->gtid.server, g->gtid.seq, g->pos, why);
	return 0;
}

static int
end_group(struct group_reader *r, const struct binlog_event *ev,
    enum group_verdict verdict)
{
	struct group *g = &r->group;

	r->open = false;
	g->verdict = verdict;
	g->end = ev->pos + ev->size;
	g->file = r->src->file;
	g->path = r->src->path;
	r->offset = g->end;
	r->replay = g->pos;
	r->replay_range = 0;
	gtid_list_set(&r->at, &g->gtid);
	return 1;
}

static size_t
find_savepoint(const struct group_reader *r, struct span name)
{
	size_t i = r->nsavepoints;

	while (i > 0 && (strlen(r->savepoints[i - 1].name) != name.n ||
	    strncasecmp(r->savepoints[i - 1].name, name.p, name.n) != 0))
		i--;
	return i;               /* index + 1, 0 where there is none */
}

/* A savepoint of the same name takes the older one's place. */
static void
set_savepoint(struct group_reader *r, struct span name, uint64_t pos)
{
	size_t old = find_savepoint(r, name);

	if (old) {
		free(r->savepoints[old - 1].name);
		memmove(r->savepoints + old - 1, r->savepoints + old,
		    (r->nsavepoints - old) * sizeof(*r->savepoints));
		r->nsavepoints--;
	}
	r->savepoints = xreallocarray(r->savepoints, r->nsavepoints + 1,
	    sizeof(*r->savepoints));
	r->savepoints[r->nsavepoints++] = (struct savepoint){
		xmemdup(name.p, name.n), pos,
	};
}

static int
rollback_to(struct group_reader *r, const struct binlog_event *ev,
    struct span name, struct err *err)
{
	size_t i = find_savepoint(r, name);
	uint64_t from;

	if (!i)
		return err_set(err, ERR_DATA, "ROLLBACK TO %.*s: the "
		    "transaction has no such savepoint", (int)name.n, name.p);
	from = r->savepoints[i - 1].pos;
	drop_savepoints(r, i);
	while (r->nundone && r->undone[r->nundone - 1].from >= from)
		r->nundone--;
	r->undone = xreallocarray(r->undone, r->nundone + 1,
	    sizeof(*r->undone));
	r->undone[r->nundone++] = (struct range){ from, ev->pos + ev->size };
	return 0;
}

static int
statement_based(const struct query *query, struct err *err)
{
	err_set(err, ERR_DATA, "statement-based change (database %.*s): its "
	    "rows are not in the log: %.*s%s", (int)query->default_db.n,
	    query->default_db.p,
	    (int)(query->text.n < 80 ? query->text.n : 80), query->text.p,
	    query->text.n < 80 ? "" : "…");
	return err_hint(err, "SET GLOBAL binlog_format=ROW on the server, "
	    "and look for sessions that set another");
}

/* 1 where the query ends the group. */
static int
group_query(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	struct binlog_event plain = *ev;
	struct query query;

	if (event_inflate(&plain, event_type(ev->type), &r->plain, err) < 0 ||
	    query_parse(&query, &plain, err) < 0)
		return -1;
	switch (query.kind) {
	case QUERY_COMMIT:
		return end_group(r, ev, GROUP_COMMITTED);
	case QUERY_ROLLBACK:
		return end_group(r, ev, GROUP_UNDONE);
	case QUERY_SAVEPOINT:
		set_savepoint(r, query.name, ev->pos + ev->size);
		return 0;
	case QUERY_ROLLBACK_TO:
		return rollback_to(r, ev, query.name, err);
	case QUERY_DML:
		statement_based(&query, err);
		if (group_tolerate(r, ev, err) < 0)
			return -1;
		return r->standalone ? end_group(r, ev, GROUP_COMMITTED) : 0;
	case QUERY_BEGIN:
	case QUERY_RELEASE:
		return 0;
	default:
		return r->standalone ? end_group(r, ev, GROUP_COMMITTED) : 0;
	}
}

/* A STANDALONE group of rows ends with its statement. */
static int
group_rows(struct group_reader *r, const struct binlog_event *ev)
{
	if (r->standalone && ev->body_n >= 8 &&
	    load_le(ev->body + 6, 2) & ROWS_STMT_END)
		return end_group(r, ev, GROUP_COMMITTED);
	return 0;
}

/* Where the log's list and what was read before it disagree, files are
 * missing, or come in a wrong order. */
static int
check_continuity(struct group_reader *r, const struct gtid_list *list,
    struct err *err)
{
	if (list->n == 0 && r->at.n > 0) {
		err_set(err, ERR_DATA, "this log begins before everything, "
		    "but %u-%u-%" PRIu64 " was read already",
		    r->at.v[0].domain, r->at.v[0].server, r->at.v[0].seq);
		return err_hint(err, "give the files in their order, each "
		    "once");
	}
	for (size_t i = 0; i < list->n; i++) {
		const struct gtid *want = &list->v[i];
		const struct gtid *have = gtid_list_find(&r->at,
		    want->domain);

		if (have && have->seq == want->seq)
			continue;
		if (have && have->seq > want->seq) {
			err_set(err, ERR_DATA, "this log begins at %u-%u-%"
			    PRIu64 ", but %u-%u-%" PRIu64
			    " was read already", want->domain, want->server,
			    want->seq, have->domain, have->server, have->seq);
			return err_hint(err, "give the files in their order, "
			    "each once");
		}
		err_set(err, ERR_CONFIG, "this log begins behind %u-%u-%"
		    PRIu64 ", but the one before it ends at %u-%u-%" PRIu64
		    ": a file between them is missing", want->domain,
		    want->server, want->seq, want->domain,
		    have ? have->server : want->server, have ? have->seq : 0);
		return err_hint(err, "give all files of the sequence");
	}
	return 0;
}

/* GTID_LIST: count u32 (28 bits), then domain u32, server u32, seq u64; the
 * last entry of a domain is its newest. */
static int
read_gtid_list(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);
	uint32_t n = take_u32(&in) & LIST_COUNT;
	struct gtid_list list = { 0 };
	int status = 0;

	if (in.bad || n > cursor_left(&in) / LIST_ENTRY)
		return err_set(err, ERR_DATA, "GTID_LIST event is cut short");
	for (uint32_t i = 0; i < n; i++) {
		struct gtid gtid;

		gtid.domain = take_u32(&in);
		gtid.server = take_u32(&in);
		gtid.seq = take_u64(&in);
		gtid_list_set(&list, &gtid);
	}
	if (r->have_start)
		status = check_continuity(r, &list, err);
	else
		gtid_list_copy(&r->start, &list);
	if (!r->have_start)
		gtid_list_copy(&r->at, &list);
	r->have_start = true;
	gtid_list_clear(&list);
	return status;
}

static int
begin_file(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	if (abandon_group(r, "another log begins", err) < 0)
		return -1;
	r->offset = ev->pos + ev->size;
	return 0;
}

static int
refuse(const struct binlog_event *ev, const struct event_type *type,
    struct err *err)
{
	if (type->role == EVENT_UNKNOWN) {
		err_set(err, ERR_DATA, "unknown event type %u", ev->type);
		return err_hint(err, "it may hold changes; a newer version "
		    "of this program may know it");
	}
	err_set(err, ERR_DATA, "%s event: %s", type->name, type->why);
	if (type->hint)
		err_hint(err, "%s", type->hint);
	return -1;
}

/* What only makes sense inside a group. */
static int
inside(struct group_reader *r, const struct binlog_event *ev,
    const struct event_type *type, struct err *err)
{
	if (!r->open)
		return err_set(err, ERR_DATA, "%s event outside of a "
		    "transaction: the log has no GTIDs (MariaDB before 10.0, "
		    "or MySQL)", type->name);
	switch (type->role) {
	case EVENT_QUERY:
		return group_query(r, ev, err);
	case EVENT_XID:
		return end_group(r, ev, GROUP_COMMITTED);
	case EVENT_ROWS:
		return group_rows(r, ev);
	case EVENT_XA_PREPARE:
		return err_set(err, ERR_DATA,
		    "XA transactions are not decoded yet");
	default:
		return 0;
	}
}

/* 1 where the event ends a group, 0 where there is more to read, -1. */
static int
handle(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	const struct event_type *type = event_type(ev->type);

	if (ev->timestamp > r->time)
		r->time = ev->timestamp;
	switch (type->role) {
	case EVENT_UNKNOWN:
		if (ev->flags & EVENT_FLAG_IGNORABLE)
			return 0;
		refuse(ev, type, err);
		return group_tolerate(r, ev, err);
	case EVENT_REFUSED:
		refuse(ev, type, err);
		return group_tolerate(r, ev, err);
	case EVENT_ENCRYPTED:
		return refuse(ev, type, err);
	case EVENT_SKIPPED:
		return 0;
	case EVENT_FORMAT:
		return begin_file(r, ev, err);
	case EVENT_GTID_LIST:
		return read_gtid_list(r, ev, err);
	case EVENT_GTID:
		if (abandon_group(r, "another one begins", err) < 0)
			return -1;
		return begin_group(r, ev, err);
	case EVENT_ROTATE:
	case EVENT_STOP:
		return abandon_group(r, "the log ends", err);
	default:
		return inside(r, ev, type, err);
	}
}

static int
next_event(struct group_reader *r, struct err *err)
{
	if (r->has_event) {
		r->has_event = false;
		return 1;
	}
	return r->src->next(r->src, &r->ev, err);
}

int
group_peek_start(struct group_reader *r, struct err *err)
{
	while (!r->have_start) {
		int got = next_event(r, err);

		if (got <= 0)
			return got;
		if (event_type(r->ev.type)->role == EVENT_GTID) {
			r->have_start = true;   /* it has no list */
			r->has_event = true;
			return 1;
		}
		if (handle(r, &r->ev, err) < 0)
			return at_event(r, &r->ev, err);
	}
	return 1;
}

int
group_next(struct group_reader *r, struct group *group, struct err *err)
{
	r->src->release(r->src);
	for (;;) {
		int got = next_event(r, err);

		if (got < 0)
			return -1;
		if (got == 0 && stop_requested())
			return 0;
		if (got == 0)
			return abandon_group(r, "the input ends", err);
		got = handle(r, &r->ev, err);
		if (got < 0)
			return at_event(r, &r->ev, err);
		if (got > 0) {
			*group = r->group;
			return 1;
		}
	}
}

int
group_event(struct group_reader *r, struct binlog_event *ev, struct err *err)
{
	while (r->replay_range < r->nundone &&
	    r->replay >= r->undone[r->replay_range].from)
		r->replay = r->undone[r->replay_range++].to;
	if (r->replay >= r->group.end)
		return 0;
	if (r->src->replay(r->src, r->replay, ev, err) < 0)
		return -1;
	r->replay += ev->size;
	if (event_inflate(ev, event_type(ev->type), &r->plain, err) < 0)
		return at_event(r, ev, err);
	return 1;
}

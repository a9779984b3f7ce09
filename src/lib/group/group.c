/* SPDX-License-Identifier: MIT
 *
 * MariaDB's grammar, read from the outside: GTID … end, where the end is XID,
 * COMMIT or ROLLBACK, or, after a STANDALONE GTID, the one statement.
 * https://mariadb.com/kb/en/gtid_event/
 */
#include "group/group.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "source/continuity.h"
#include "binlog/events.h"
#include "binlog/compressed_event.h"
#include "binlog/mysql_gtid.h"
#include "group/reader.h"
#include "io/stop.h"

enum { ROWS_STMT_END = 1, TABLE_ID = 6 };

struct group_reader *
group_reader_new(struct binlog_source *src, const struct group_options *opt)
{
	struct group_reader *r = xcalloc(1, sizeof(*r));

	r->src = src;
	r->opt = opt;
	r->sessions = (struct group_sessions){ .known = src->sessions > 0,
		.server_id = src->server_id, .after = src->sessions,
		.started = src->started };
	xa_open(&r->prepared);
	src->done = &r->at;
	return r;
}

void
group_reader_free(struct group_reader *r)
{
	savepoints_clear(&r->savepoints);
	buf_free(&r->plain);
	replay_clear(&r->replay);
	fragments_clear(&r->fragments);
	xa_clear(&r->prepared);
	gtid_list_clear(&r->at);
	gtid_list_clear(&r->start);
	free(r);
}

/* In front of the first of all logs no session did anything. */
static void
know_first(struct group_reader *r, const struct gtid_list *start)
{
	if (start->n)
		return;
	r->sessions.known = true;
	r->sessions.after = 0;
}

void
group_begin_behind(struct group_reader *r, const struct gtid_list *list)
{
	gtid_list_copy(&r->at, list);
	gtid_list_copy(&r->start, list);
	r->have_start = true;
	know_first(r, list);
}

static int
at_event(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	return err_wrap(err, "%s:%" PRIu64, r->src->path, ev->pos);
}

static int
open_group(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	r->group = (struct group){
		.timestamp = ev->timestamp, .pos = ev->pos,
		.server_id = ev->server_id,
		.skip_replication = ev->flags & EVENT_FLAG_SKIP_REPLICATION,
	};
	r->open = true;
	r->in_use = r->src->format.in_use;
	r->standalone = true;
	savepoints_reset(&r->savepoints, r->src->format.names_1400 ?
	    FOLD_GENERAL1400 : FOLD_GENERAL);
	fragments_clear(&r->fragments);
	return r->src->mark(r->src, ev, err);
}

static int
begin_group(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	const struct gtid_event *gtid = &r->gtid;

	if (gtid_event_parse(&r->gtid, ev, err) < 0 ||
	    open_group(r, ev, err) < 0)
		return -1;
	r->group.gtid = gtid->gtid;
	r->group.has_gtid = true;
	r->group.thread_id = gtid->thread_id;
	r->group.ddl_begun = gtid->extra & (GTID_EXTRA_START_ALTER |
	    GTID_EXTRA_ROLLBACK_ALTER);
	gtid_print(r->group.id, &gtid->gtid);
	r->standalone = gtid->flags & GTID_STANDALONE;
	return gtid_event_domains_fit(&r->at, &gtid->gtid, err);
}

/* MySQL's, which is standalone until its BEGIN. */
static int
begin_mysql(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	return open_group(r, ev, err) < 0 ? -1 :
	    mysql_gtid_parse(r->group.id, ev, err);
}

/* The log continues without the end of the group in hand. */
static int
abandon_group(struct group_reader *r, const char *why, struct err *err)
{
	struct group *g = &r->group;

	if (!r->open)
		return 0;
	r->open = false;
	r->src->release(r->src);
	if (!r->in_use)
		return err_set(err, ERR_DATA, "transaction %s at %" PRIu64
		    " has no end: %s", g->id, g->pos, why);
	log_warn("%s: transaction %s at %" PRIu64
	    " has no end and is not printed: %s", r->src->path, g->id, g->pos,
	    why);
	return 0;
}

/* SAVEPOINT name, ROLLBACK TO name */
static int
group_savepoint(struct group_reader *r, const struct binlog_event *ev,
    const struct query *query, struct err *err)
{
	uint64_t end = ev->pos + ev->size;

	if (query->name.n > SAVEPOINT_NAME)
		return err_set(err, ERR_DATA, "a savepoint's name of %zu "
		    "bytes", query->name.n);
	if (query->kind == QUERY_SAVEPOINT) {
		savepoint_set(&r->savepoints, query->name, end);
		return 0;
	}
	if (r->packed)
		return err_set(err, ERR_DATA, "ROLLBACK TO inside of a "
		    "TRANSACTION_PAYLOAD event");
	if (savepoint_rollback(&r->savepoints, query->name, end))
		return 0;
	return err_set(err, ERR_DATA, "the transaction has no savepoint %.*s "
	    "to ROLLBACK TO", (int)query->name.n, query->name.p);
}

/* Is it a statement that commits what is before it, wherever it stands? */
static bool
commits(const struct query *query)
{
	static const char *const first[] = { "CREATE", "ALTER", "DROP",
		"RENAME", "TRUNCATE" };
	struct sql s = query_statement(query);

	for (size_t i = 0; i < sizeof(first) / sizeof(*first); i++) {
		if (!sql_word(&s, first[i]))
			continue;
		if (sql_word(&s, "OR"))
			sql_word(&s, "REPLACE");
		return !sql_word(&s, "TEMPORARY");
	}
	return false;
}

/* The place after such a statement, as a savepoint: no name is a blank. */
static const struct span committed = { " ", 1 };

static int
group_statement(struct group_reader *r, const struct binlog_event *ev,
    const struct query *query)
{
	r->group.statement = true;
	if (r->standalone)
		return group_end(r, ev, GROUP_COMMITTED);
	if (commits(query))
		savepoint_set(&r->savepoints, committed, ev->pos + ev->size);
	return 0;
}

/* CREATE OR REPLACE … SELECT that fails logs its DROP, and a ROLLBACK. */
static int
group_rollback(struct group_reader *r, const struct binlog_event *ev)
{
	bool kept = savepoint_rollback(&r->savepoints, committed,
	    ev->pos + ev->size);

	return group_end(r, ev, kept ? GROUP_COMMITTED : GROUP_UNDONE);
}

/* 1 if the query ends the group. */
static int
group_query(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	struct binlog_event plain = *ev;
	struct query query;

	if (compressed_event_inflate(
		&plain, event_kind(ev->type), &r->plain, err) < 0 ||
	    query_parse(&query, &plain, err) < 0)
		return -1;
	switch (query.kind) {
	case QUERY_COMMIT:
		return group_end(r, ev, GROUP_COMMITTED);
	case QUERY_ROLLBACK:
		return group_rollback(r, ev);
	case QUERY_SAVEPOINT:
	case QUERY_ROLLBACK_TO:
		return group_savepoint(r, ev, &query, err);
	case QUERY_XA_COMMIT:
		return group_xa_commit(r, ev, &query, err);
	case QUERY_XA_ROLLBACK:
		return group_xa_rollback(r, ev, &query);
	case QUERY_DML:                 /* refused by who knows the lists */
		return r->standalone ? group_end(r, ev, GROUP_COMMITTED) : 0;
	case QUERY_BEGIN:
	case QUERY_XA:
		if (!r->group.has_gtid)
			r->standalone = false;
		r->group.statement = true;
		return 0;
	case QUERY_RELEASE:
		return 0;
	default:
		return group_statement(r, ev, &query);
	}
}

/* A STANDALONE group of rows ends with its statement. */
static int
group_rows(struct group_reader *r, const struct binlog_event *ev)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);

	take(&in, TABLE_ID);
	if (r->standalone && take_u16(&in) & ROWS_STMT_END)
		return group_end(r, ev, GROUP_COMMITTED);
	return 0;
}

static int
read_gtid_list(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	struct gtid_list list = { 0 };
	int status = gtid_event_list_parse(&list, ev, err);

	if (status == 0 && r->have_start) {
		status = continuity_check(&r->at, &list, err);
	} else if (status == 0) {
		gtid_list_copy(&r->start, &list);
		gtid_list_copy(&r->at, &list);
		r->have_start = true;
		know_first(r, &list);
	}
	gtid_list_clear(&list);
	return status;
}

/* Those of a server are known as long as its logs follow each other. */
static void
know_sessions(struct group_reader *r, const struct binlog_event *ev)
{
	struct group_sessions *s = &r->sessions;
	bool starts = r->src->format.first;

	s->log_time = ev->timestamp;
	s->started = r->src->started;
	if (!starts && s->known && s->server_id == ev->server_id)
		return;
	s->server_id = ev->server_id;
	s->known = starts || r->src->sessions > 0;
	s->after = starts ? 0 : r->src->sessions;
}

static int
begin_file(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	if (abandon_group(r, "another log begins", err) < 0)
		return -1;
	r->offset = ev->pos + ev->size;
	r->starts += r->src->format.first;
	know_sessions(r, ev);
	return 0;
}

static int handle(struct group_reader *r, const struct binlog_event *ev,
    struct err *err);

/* A payload holds the whole transaction, to its end. */
static int
group_payload(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	struct payload *p = payload_open(ev, &r->src->format, err);
	struct binlog_event part;
	int got = p ? 0 : -1;

	r->packed = true;
	while (got == 0 && (got = payload_next(p, &part, err)) > 0)
		got = event_kind(part.type)->role == ROLE_PAYLOAD ?
		    err_set(err, ERR_DATA, "a payload in a payload") :
		    handle(r, &part, err);
	r->packed = false;
	payload_close(p);
	return got;
}

static int
group_fragment(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	struct binlog_event whole;
	int got = fragments_add(&r->fragments, ev, &whole, &r->src->format,
	    err);

	if (got <= 0)
		return got;
	if (event_kind(whole.type)->role != ROLE_ROWS)
		return err_set(err, ERR_DATA, "PARTIAL_ROW_DATA events that "
		    "do not make up a row event");
	whole.size = ev->size;
	whole.pos = ev->pos;
	return group_rows(r, &whole);
}

/* What only makes sense inside a group. */
static int
inside(struct group_reader *r, const struct binlog_event *ev,
    const struct event_kind *type, struct err *err)
{
	if (!r->open && format_has_gtids(&r->src->format))
		return err_set(err, ERR_DATA, "%s event outside of a "
		    "transaction", type->name);
	if (!r->open && open_group(r, ev, err) < 0)
		return -1;
	if (fragments_open(&r->fragments) && type->role != ROLE_FRAGMENT)
		return err_set(err, ERR_DATA, "%s event between "
		    "PARTIAL_ROW_DATA events", type->name);
	switch (type->role) {
	case ROLE_QUERY:
		return group_query(r, ev, err);
	case ROLE_XID:
		return group_end(r, ev, GROUP_COMMITTED);
	case ROLE_ROWS:
		return group_rows(r, ev);
	case ROLE_XA_PREPARE:
		return group_xa_prepared(r, ev, err);
	case ROLE_PAYLOAD:
		return group_payload(r, ev, err);
	case ROLE_FRAGMENT:
		return group_fragment(r, ev, err);
	case ROLE_ANNOTATE:
	case ROLE_TABLE_MAP:
		return 0;
	case ROLE_UNKNOWN: case ROLE_REFUSED: case ROLE_ENCRYPTED:
	case ROLE_SKIPPED: case ROLE_FORMAT: case ROLE_ROTATE: case ROLE_STOP:
	case ROLE_GTID_LIST: case ROLE_GTID: case ROLE_MYSQL_GTID:
		break;                  /* never inside: handle() */
	}
	return err_set(err, ERR_BUG, "%s event inside of a transaction",
	    type->name);
}

/* 1 if the event ends a group, 0 if there is more to read, -1. */
static int
handle(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	const struct event_kind *type = event_kind(ev->type);

	if (ev->timestamp > r->time)
		r->time = ev->timestamp;
	switch (type->role) {
	case ROLE_UNKNOWN:
		if (ev->flags & EVENT_FLAG_IGNORABLE)
			return 0;
		/* fall through */
	case ROLE_REFUSED:
		event_refuse(type, ev->type, err);
		return group_tolerate(r, ev, err);
	case ROLE_ENCRYPTED:           /* ignorable: its sender decrypts */
		return ev->flags & EVENT_FLAG_IGNORABLE ? 0 :
		    event_refuse(type, ev->type, err);
	case ROLE_SKIPPED:
		return 0;
	case ROLE_FORMAT:
		return begin_file(r, ev, err);
	case ROLE_GTID_LIST:           /* a stream begins where we said */
		return r->src->live ? 0 : read_gtid_list(r, ev, err);
	case ROLE_GTID:
		if (abandon_group(r, "another one begins", err) < 0)
			return -1;
		return begin_group(r, ev, err);
	case ROLE_MYSQL_GTID:
		if (abandon_group(r, "another one begins", err) < 0)
			return -1;
		return begin_mysql(r, ev, err);
	case ROLE_ROTATE:
	case ROLE_STOP:
		return abandon_group(r, "the log ends", err);
	case ROLE_QUERY: case ROLE_XID: case ROLE_XA_PREPARE:
	case ROLE_ANNOTATE: case ROLE_TABLE_MAP: case ROLE_ROWS:
	case ROLE_PAYLOAD: case ROLE_FRAGMENT:
		break;
	}
	return inside(r, ev, type, err);
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

/* The list is followed by the BINLOG_CHECKPOINT that names the log. */
int
group_peek_start(struct group_reader *r, struct err *err)
{
	for (;;) {
		int got = next_event(r, err);
		enum event_role role;

		if (got <= 0)
			return got;
		if (got == SOURCE_ANEW)
			continue;
		role = event_kind(r->ev.type)->role;
		if (role >= ROLE_GTID || (r->have_start &&
		    role != ROLE_SKIPPED)) {
			r->have_start = true;   /* without list: empty */
			r->has_event = true;
			return 1;
		}
		if (handle(r, &r->ev, err) < 0)
			return at_event(r, &r->ev, err);
	}
}

/* Let go of what the last group kept. */
static void
release(struct group_reader *r)
{
	if (r->branch)
		xa_forget(&r->prepared, r->branch);
	r->branch = NULL;
	r->src->release(r->src);
}

int
group_next(struct group_reader *r, struct group *group, struct err *err)
{
	release(r);
	for (;;) {
		int got = next_event(r, err);

		if (got < 0)
			return -1;
		if (got == SOURCE_ANEW) {
			r->open = false;
			release(r);
			continue;
		}
		if (got == 0 && stop_requested())
			return 0;
		if (got == 0)
			return abandon_group(r, "the input ends", err);
		got = handle(r, &r->ev, err);
		if (got < 0)
			return at_event(r, &r->ev, err);
		if (got == 0)
			continue;
		if (r->group.verdict == GROUP_PREPARED &&
		    group_keep_prepared(r, err) < 0)
			return -1;
		*group = r->group;
		return 1;
	}
}

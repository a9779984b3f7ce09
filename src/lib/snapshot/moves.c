/* SPDX-License-Identifier: MIT */
#include "snapshot/moves.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/integer.h"
#include "base/log.h"
#include "binlog/compressed_event.h"
#include "binlog/events.h"
#include "source/gtid_pos.h"
#include "source/server.h"
#include "db/errors.h"
#include "db/query.h"
#include "follow/borders.h"
#include "io/stop.h"
#include "catalog/sight.h"
#include "incremental/watermark.h"
#include "snapshot/snapshot_db.h"
#include "snapshot/waiting.h"
#include "tail/statement_text.h"

enum { SHOWN = 120, STALL_MS = 60000 };

static bool
is_before(struct moves_place a, struct moves_place b)
{
	return a.log == b.log ? a.pos < b.pos : a.log < b.log;
}

/* ---- names that are kept */

static bool
is_needed(const struct snapshot_source *s)
{
	return s->opt->mode != MODE_NO_DATA && s->opt->lock != LOCK_EXTENDED;
}

int
moves_open(struct snapshot_source *s, struct err *err)
{
	static const char *const names[] = {
		"REPLICATION SLAVE", "REPLICATION REPLICA", NULL,
	};
	int may = is_needed(s) ? sight_may(s->db, names, false, err) : 1;

	if (may < 0)
		return -1;
	s->moves.told = may > 0;
	s->moves.keeps = may == 0;
	if (may == 0)
		log_warn("without the privilege REPLICATION SLAVE an ALTER or "
		    "RENAME of any table that is copied waits until the "
		    "snapshot ends%s", s->opt->threads > 1 ?
		    "; one thread reads" : "");
	return 0;
}

/* Metadata locks of a transaction: no row is read.  One that is gone by now
 * shows in the list of all tables. */
static int
lock_names(struct snapshot_source *s, struct db *db, bool waits,
    struct err *err)
{
	int status = 0;

	for (size_t i = 0; i < s->ntables && status == 0; i++) {
		const struct copied_table *t = &s->tables[i];
		struct waiting w = { .source = s, .db = db, .table = t };

		status = waiting_begin(&w, err);
		if (status < 0)
			return -1;
		do
			status = db_execute(db, err, SQL("SELECT 1 FROM "),
			    SQL_TABLE(span_of(t->db), span_of(t->name)),
			    SQL(" LIMIT 0"));
		while (status < 0 && waits && waiting_again(&w, err));
		if (status < 0 && db_errno(db) == ER_NO_SUCH_TABLE) {
			*err = (struct err){ 0 };
			status = 0;
		}
	}
	return status;
}

int
moves_keep(struct snapshot_source *s, struct err *err)
{
	struct moves *m = &s->moves;

	if (!m->keeps)
		return 0;
	db_free(m->keeper);
	m->keeper = db_twin(s->db);
	return watermark_reach(m->keeper, s->db, err) == 0 &&
	    db_execute(m->keeper, err, SQL("START TRANSACTION READ ONLY")) ==
	    0 && lock_names(s, m->keeper, true, err) == 0 ? 0 : -1;
}

/* Where a statement waits for the keeper already, we would wait for it, and it
 * for us. */
int
moves_kept(struct snapshot_source *s, struct err *err)
{
	struct moves *m = &s->moves;
	int status;

	if (!m->keeps)
		return 1;
	status = lock_names(s, s->db, false, err);
	db_free(m->keeper);
	m->keeper = NULL;
	if (status < 0 && db_errno(s->db) == ER_LOCK_WAIT_TIMEOUT) {
		*err = (struct err){ 0 };
		return 0;
	}
	return status < 0 ? -1 : 1;
}

/* ---- places in the log */

int
moves_begin(struct snapshot_source *s, struct err *err)
{
	struct moves *m = &s->moves;
	void *shared;

	gtid_list_copy(&m->begin, &s->gtids);
	m->file = xstrdup(s->file);
	m->pos = s->pos;
	m->n = s->ntables;
	if (!m->n)
		return 0;
	shared = mmap(NULL, m->n * sizeof(*m->read), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return err_errno(err, ERR_OS, "no memory for %zu tables", m->n);
	m->read = shared;
	return 0;
}

void
moves_close(struct snapshot_source *s)
{
	struct moves *m = &s->moves;

	db_free(m->keeper);
	gtid_list_clear(&m->begin);
	free(m->file);
	if (m->read)
		munmap(m->read, m->n * sizeof(*m->read));
	*m = (struct moves){ 0 };
}

/* Outside of a snapshot they say where the log ends. */
static int
take_place(void *arg, char **v, size_t n)
{
	struct moves_place *place = arg;

	if (n < 2 || !v[0] || !v[1])
		return 0;
	if (strcasecmp(v[0], "binlog_snapshot_file") == 0)
		place->log = gtid_pos_log_number(v[1]);
	if (strcasecmp(v[0], "binlog_snapshot_position") == 0)
		place->pos = integer_or(v[1], 0);
	return 0;
}

int
moves_read(struct snapshot_source *s, size_t table, struct err *err)
{
	struct db *watch;

	if (!is_needed(s) || !s->moves.told)
		return 0;
	watch = waiting_watch(s, err);
	return watch ? db_rows(watch, take_place, &s->moves.read[table], err,
	    SNAPSHOT_PLACE) : -1;
}

/* ---- what the log has */

struct looking {
	struct snapshot_source *s;
	struct binlog_source *log;
	struct moves_place upto;
	bool any;               /* whatever was read when; of those that were
	                         * dropped, what is at stake */
	bool (*stakes)(void *arg, const struct copied_table *t);
	void *arg;
	int64_t since_ms;       /* nothing came */
	bool drops;             /* … by which it was dropped */
	struct buf plain, text; /* of the event in hand */
	struct buf found;       /* "LOG:POS: STATEMENT"; empty: none */
	struct buf table;       /* whose rows they are taken for */
};

static bool
same_name(const struct looking *l, const char *a, const char *b)
{
	char *x = schemas_lower(l->s->schemas, xstrdup(a));
	char *y = schemas_lower(l->s->schemas, xstrdup(b));
	bool same = strcmp(x, y) == 0;

	free(x);
	free(y);
	return same;
}

/* Was the table, whatever it was, looked for by a name after that?  One that is
 * dropped, or its database: and was there again? */
static bool
is_late(struct looking *l, const struct act *act, struct moves_place at,
    bool drops)
{
	const struct snapshot_source *s = l->s;
	bool late = false;

	for (size_t i = 0; i < s->ntables && !late; i++) {
		const struct copied_table *t = &s->tables[i];

		if ((drops && !t->schema) || !same_name(l, t->db, act->db) ||
		    (act->name && !same_name(l, t->name, act->name)))
			continue;
		late = l->any ? l->stakes(l->arg, t) :
		    is_before(at, s->moves.read[i]);
	}
	return late;
}

/* Rows of what is dropped are in no event; of tables that rows move between,
 * all that the lists keep count. */
static bool
is_misled(struct looking *l, const struct act *act, struct moves_place at,
    bool drops)
{
	struct table_filter *lists =
	    (struct table_filter *)&l->s->opt->filter;

	if (!act->changes || (!act->name && !drops))
		return false;
	return l->any && !drops ? table_filter_keeps(lists, span_of(act->db),
	    span_of(act->name)) : is_late(l, act, at, drops);
}

static bool
misleads(struct looking *l, const struct action *a, struct moves_place at)
{
	struct table_filter *lists =
	    (struct table_filter *)&l->s->opt->filter;
	bool found = a->trouble != NULL, drops = action_drops_tables(a);

	if ((!drops && !action_moves_rows(a)) || borders_swapped(a, lists))
		return false;
	for (size_t i = 0; i < a->nacts && !l->table.n; i++) {
		const struct act *act = &a->acts[i];

		if (!is_misled(l, act, at, drops))
			continue;
		buf_printf(&l->table, "%s.%s", act->db,
		    act->name ? act->name : "*");
		l->drops = drops;
		found = true;
	}
	return found;
}

static int
take_statement(struct looking *l, const struct binlog_event *ev,
    struct moves_place at, struct err *err)
{
	struct binlog_event plain = *ev;
	struct query query;
	struct action a;

	if (compressed_event_inflate(&plain, event_kind(ev->type), &l->plain,
	    err) < 0 || query_parse(&query, &plain, err) < 0)
		return err_wrap(err, "%s:%" PRIu64, l->log->path, ev->pos);
	if (query.kind != QUERY_OTHER)
		return 0;
	l->text.n = 0;
	statement_text_make_utf8(&query, &l->text);
	action_read_query(&a, &query);
	if (misleads(l, &a, at))
		buf_printf(&l->found, "%s:%" PRIu64 ": %.*s%s", l->log->file,
		    ev->pos, (int)(a.text.n < SHOWN ? a.text.n : SHOWN),
		    a.text.p, a.text.n > SHOWN ? "…" : "");
	action_clear(&a);
	return 0;
}

/* One event: 1 go on; 0 that was all, -1.  The first that a server sends is a
 * FORMAT_DESCRIPTION, which is not there in the log. */
static int
look_at(struct looking *l, const struct binlog_event *ev, struct err *err)
{
	enum event_role role = event_kind(ev->type)->role;
	struct moves_place at = {
		gtid_pos_log_number(l->log->file), ev->pos,
	};

	l->since_ms = clock_steady_ms();
	if (role == ROLE_FORMAT)
		return 1;
	if (!is_before(at, l->upto))
		return 0;
	if (role == ROLE_QUERY && take_statement(l, ev, at, err) < 0)
		return -1;
	at.pos += ev->size;
	return !l->found.n && is_before(at, l->upto);
}

/* The log continues to a place that the server named: it will come. */
static int
is_stalled(void *arg, struct err *err)
{
	struct looking *l = arg;

	if (clock_steady_ms() - l->since_ms < STALL_MS)
		return 0;
	return err_set(err, ERR_RETRY, "%s: the log does not come to where "
	    "its server said that it ends", l->log->path);
}

static int
look(struct looking *l, const struct gtid_list *behind,
    struct err *err)
{
	struct binlog_event ev;
	int got = 1;

	l->log->done = behind;
	l->log->idle = is_stalled;
	l->log->idle_arg = l;
	l->log->idle_ms = STALL_MS / 10;
	l->since_ms = clock_steady_ms();
	while (got > 0) {
		got = l->log->next(l->log, &ev, err);
		if (got == 0)
			return err_set(err, ERR_RETRY, "stopped while the log "
			    "of the copy was read");
		if (got > 0 && got != SOURCE_ANEW)
			got = look_at(l, &ev, err);
	}
	return got;
}

/* Read the log from there on; file NULL: where it is, the server is to find. */
static int
look_from(struct looking *l, const struct gtid_list *behind, const char *file,
    uint64_t pos, struct err *err)
{
	struct moves_place from = {
		file ? gtid_pos_log_number(file) : 0, pos,
	};
	struct server_options opt = l->s->opt->tail.in.server;
	struct db *db;
	int64_t began = clock_steady_ms();
	int status;

	if (!is_before(from, l->upto))
		return 0;
	opt.by_place = file != NULL;
	opt.file = file;
	opt.pos = pos;
	db = db_twin(l->s->db);
	status = watermark_reach(db, l->s->db, err);
	if (status == 0) {
		l->log = source_server_new(db, &opt);
		status = look(l, behind, err);
		source_server_free(l->log);
		log_note("the log of the copy was read in %" PRId64 " ms",
		    clock_steady_ms() - began);
	}
	db_free(db);
	buf_free(&l->plain);
	buf_free(&l->text);
	return status;
}

static void
forget(struct looking *l)
{
	buf_free(&l->found);
	buf_free(&l->table);
}

int
moves_check(struct snapshot_source *s, struct err *err)
{
	struct moves *m = &s->moves;
	struct looking l = { .s = s };
	int status;

	for (size_t i = 0; i < m->n; i++)
		if (is_before(l.upto, m->read[i]))
			l.upto = m->read[i];
	status = look_from(&l, &m->begin, m->file, m->pos, err);
	if (status == 0 && l.found.n) {
		status = err_set(err, ERR_RETRY, "table %s: a statement gave "
		    "it other rows, or its rows another name, before it was "
		    "read: %s", l.table.n ? buf_cstr(&l.table) : "(any)",
		    buf_cstr(&l.found));
		err_hint(err, "take the snapshot again: of this one rows may "
		    "be another table's; with --state that of the sink, it "
		    "starts over");
	}
	forget(&l);
	return status;
}

int
moves_between(struct snapshot_source *s, const struct gtid_list *begun,
    const char *file, uint64_t pos,
    bool (*stakes)(void *arg, const struct copied_table *t), void *arg,
    struct err *err)
{
	struct moves *m = &s->moves;
	struct looking l = { .s = s, .any = true, .stakes = stakes, .arg = arg,
		.upto = { gtid_pos_log_number(m->file), m->pos } };
	int status;

	if (!m->told) {
		log_warn("without the privilege REPLICATION SLAVE nobody can "
		    "tell whether tables changed their names: the copy starts "
		    "over");
		return 0;
	}
	if (!gtid_pos_is(s->db, begun, file, pos))
		file = NULL;            /* another server's */
	status = look_from(&l, begun, file, file ? pos : 0, err);
	if (status < 0 && err->kind == ERR_CONFIG) {
		log_warn("%s: the copy starts over", err->text);
		*err = (struct err){ 0 };
	} else if (l.found.n) {
		log_warn("tables %s, %s: the copy starts over", l.drops ?
		    "were dropped and created again" : "changed their names",
		    buf_cstr(&l.found));
	} else if (status == 0) {
		status = 1;
	}
	forget(&l);
	return status < 0 && !err->kind ? 0 : status;
}

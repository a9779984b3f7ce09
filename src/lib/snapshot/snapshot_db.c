/* SPDX-License-Identifier: MIT */
#include "snapshot/snapshot_db.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/integer.h"
#include "base/log.h"
#include "source/gtid_pos.h"
#include "copy/result_rows.h"
#include "db/errors.h"
#include "io/stop.h"
#include "catalog/information_schema.h"
#include "catalog/sight.h"
#include "snapshot/waiting.h"

enum {
	READ_TIMEOUT_S = 3600, STEP_MS = 500,
	TRIES = 10,
};

#define BEGIN_SNAPSHOT SQL("START TRANSACTION WITH CONSISTENT "              \
	"SNAPSHOT, READ ONLY")

/* schema, table, are its rows in transactions, estimate */
static int
take_table(void *arg, char **v, size_t n)
{
	struct snapshot_source *s = arg;
	struct table_filter *filter = (struct table_filter *)&s->opt->filter;

	if (n < 5 || !v[0] || !v[1] ||
	    !table_filter_keeps(filter, span_of(v[0]), span_of(v[1])))
		return 0;
	if (v[4] && strcmp(v[4], "1") == 0) {
		log_warn("table %s.%s is a MERGE table, whose rows are those "
		    "of other tables: it is not copied", v[0], v[1]);
		return 0;
	}
	*ARRAY_ADD(s->tables, s->ntables) = (struct copied_table){
		.db = xstrdup(v[0]), .name = xstrdup(v[1]),
		.transactional = v[2] && strcmp(v[2], "YES") == 0,
		.estimate = integer_or(v[3], 0),
	};
	return 0;
}

static void
forget_tables(struct snapshot_source *s)
{
	for (size_t i = 0; i < s->ntables; i++) {
		free(s->tables[i].db);
		free(s->tables[i].name);
	}
	free(s->tables);
	s->tables = NULL;
	s->ntables = 0;
}

/* A text that differs where the list of all tables does; the caller frees. */
static char *
sum_tables(struct snapshot_source *s, struct err *err)
{
	return db_value(s->db, err, SQL("SELECT CONCAT(COUNT(*), ' ', "
	    "COALESCE(SUM(CRC32(CONCAT(TABLE_SCHEMA, '.', TABLE_NAME))), 0)) "
	    "FROM information_schema.TABLES WHERE TABLE_SCHEMA NOT IN "
	    VIRTUAL_SCHEMAS));
}

static int
find_tables(struct snapshot_source *s, struct err *err)
{
	forget_tables(s);
	return db_rows(s->db, take_table, s, err, SQL("SELECT TABLE_SCHEMA, "
	    "TABLE_NAME, TRANSACTIONS, TABLE_ROWS, t.ENGINE='MRG_MYISAM' FROM "
	    "information_schema.TABLES t LEFT JOIN information_schema.ENGINES "
	    "e ON e.ENGINE=t.ENGINE WHERE TABLE_TYPE IN "
	    "('BASE TABLE','SYSTEM VERSIONED') AND TABLE_SCHEMA NOT IN "
	    VIRTUAL_SCHEMAS " ORDER BY "
	    "TRANSACTIONS='YES', "
	    "BINARY TABLE_SCHEMA, BINARY TABLE_NAME"));
}

/* Without a binlog of its own a transaction lets go of metadata locks at
 * ROLLBACK TO SAVEPOINT. */
static int
be_released(struct snapshot_source *s, struct err *err)
{
	s->releases = db_execute(s->db, err, SQL("SET sql_log_bin=0")) == 0;
	if (s->releases || db_errno(s->db) != ER_SPECIFIC_ACCESS_DENIED_ERROR)
		return s->releases ? 0 : -1;
	err_clear(err);
	return 0;
}

static void
say_locks(const struct snapshot_source *s)
{
	if (!s->releases && !s->moves.keeps)
		log_warn("without the privilege BINLOG ADMIN an ALTER of a "
		    "table already read waits until the snapshot ends");
}

static bool
must_lock(const struct snapshot_source *s, const struct copied_table *t)
{
	return s->opt->lock == LOCK_EXTENDED ||
	    (s->opt->lock == LOCK_MINIMAL && !t->transactional);
}

static int
take_locks(struct snapshot_source *s, const struct statement *sql,
    struct err *err)
{
	struct waiting w = { .source = s, .db = s->locks };
	int status = waiting_begin(&w, err);

	if (status < 0)
		return status;
	do
		status = db_execute(s->locks, err, SQL_OF(sql));
	while (status < 0 && waiting_again(&w, err));
	return status;
}

/* LOCK TABLES of those that the snapshot does not see, over a connection of
 * its own: they are read first, and then let go of. */
static int
lock_tables(struct snapshot_source *s, struct err *err)
{
	struct statement sql = { 0 };
	size_t n = 0;
	int status = 0;

	for (size_t i = 0; i < s->ntables; i++) {
		const struct copied_table *t = &s->tables[i];

		if (!t->transactional && s->opt->lock == LOCK_NONE)
			log_warn("table %s.%s: its engine has no snapshots, "
			    "and it is not locked: its rows may be newer than "
			    "the position", t->db, t->name);
		if (!must_lock(s, t))
			continue;
		statement_add(&sql, n++ ? SQL(", ") : SQL("LOCK TABLES "),
		    SQL_TABLE(span_of(t->db), span_of(t->name)),
		    SQL(" READ"));
	}
	if (n) {
		s->locks = db_twin(s->db);
		status = db_connect(s->locks, READ_TIMEOUT_S, err);
		if (status == 0)
			status = copy_rows_session(s->locks, err);
		if (status == 0)
			status = db_execute(s->locks, err,
			    SQL("SET character_set_results=NULL"));
		if (status == 0)
			status = take_locks(s, &sql, err);
		log_note("%zu table%s locked while %s read", n,
		    n == 1 ? " is" : "s are", n == 1 ? "it is" : "they are");
	}
	statement_free(&sql);
	return status;
}

static int
take_status(void *arg, char **v, size_t n)
{
	struct snapshot_source *s = arg;

	if (n < 2 || !v[0] || !v[1])
		return 0;
	if (strcasecmp(v[0], "binlog_snapshot_file") == 0) {
		free(s->file);
		s->file = xstrdup(v[1]);
	}
	if (strcasecmp(v[0], "binlog_snapshot_position") == 0)
		s->pos = integer_or(v[1], 0);
	return 0;
}

static int
begin(struct snapshot_source *s, struct gtid_list *gtids, struct err *err)
{
	if (db_execute(s->db, err, BEGIN_SNAPSHOT) < 0 ||
	    db_rows(s->db, take_status, s, err, SNAPSHOT_PLACE) < 0)
		return -1;
	if (!s->file || !s->file[0]) {
		err_set(err, ERR_CONFIG, "%s: the server has no binlog, and "
		    "so no position", db_name(s->db));
		return err_hint(err, "set log_bin on the server");
	}
	return gtid_pos_offset(s->db, gtids, s->file, s->pos, err);
}

/* The rows of prepared XA transactions are not in the snapshot, and in the log
 * in front of its position: there must be none. */
static int
begin_without_xa(struct snapshot_source *s, struct gtid_list *gtids,
    struct err *err)
{
	int64_t until = clock_steady_ms() + s->opt->xa_timeout_ms;

	for (;;) {
		size_t n = 0;

		if (begin(s, gtids, err) < 0 || db_count(s->db, &n, err,
		    SQL("XA RECOVER")) < 0)
			return -1;
		if (n == 0)
			return 0;
		if (clock_steady_ms() >= until || stop_requested()) {
			err_set(err, ERR_RETRY, "%s: %zu XA transactions "
			    "are prepared and undecided", db_name(s->db), n);
			return err_hint(err, "XA RECOVER names them: XA "
			    "COMMIT or XA ROLLBACK each");
		}
		if (db_execute(s->db, err, SQL("ROLLBACK")) < 0)
			return -1;
		stop_sleep(STEP_MS);
	}
}

static int
take_position(void *arg, char **v, size_t n)
{
	struct buf *text = arg;

	for (size_t i = 0; i < n; i++)
		buf_str(text, v[i] ? v[i] : "");
	return 0;
}

/* Open a worker's snapshot, which must be at the position of the first. */
static int
begin_worker(struct snapshot_source *s, struct db *db, struct err *err)
{
	struct buf text = { 0 }, want = { 0 };
	int status = db_execute(db, err, BEGIN_SNAPSHOT);

	if (status == 0)
		status = db_rows(db, take_position, &text, err,
		    SNAPSHOT_PLACE);
	buf_printf(&want, "Binlog_snapshot_file%s"
	    "Binlog_snapshot_position%" PRIu64, s->file, s->pos);
	if (status == 0 && !strstr(buf_cstr(&text), buf_cstr(&want)))
		status = err_set(err, ERR_RETRY, "%s: two snapshots are not at "
		    "one position", db_name(db));
	buf_free(&text);
	buf_free(&want);
	return status;
}

static void
drop_workers(struct snapshot_source *s)
{
	for (size_t i = 0; i < s->nworkers; i++)
		db_free(s->workers[i]);
	free(s->workers);
	s->workers = NULL;
	s->nworkers = 0;
}

static int
connect_workers(struct snapshot_source *s, struct err *err)
{
	drop_workers(s);
	for (uint64_t i = 1; i < s->opt->threads; i++) {
		struct db *db = db_twin(s->db);

		*ARRAY_ADD(s->workers, s->nworkers) = db;
		if (db_connect(db, READ_TIMEOUT_S, err) < 0 ||
		    copy_rows_session(db, err) < 0 || (s->releases &&
		    db_execute(db, err, SQL("SET sql_log_bin=0")) < 0) ||
		    db_execute(db, err,
		    SQL("SET character_set_results=NULL")) < 0)
			return -1;
	}
	return 0;
}

/* All snapshots while nothing can be committed, which is some milliseconds. */
static int
begin_together(struct snapshot_source *s, struct db *stage, struct err *err)
{
	int64_t began = clock_steady_ms();
	int status = db_execute(stage, err, SQL("BACKUP STAGE BLOCK_COMMIT"));

	if (status == 0)
		status = db_execute(s->db, err, SQL("ROLLBACK"));
	if (status == 0)
		status = begin(s, &s->gtids, err);
	for (size_t i = 0; status == 0 && i < s->nworkers; i++)
		status = begin_worker(s, s->workers[i], err);
	if (status == 0)
		status = db_execute(stage, err, SQL("BACKUP STAGE END"));
	log_note("commits waited for %" PRId64 " ms",
	    clock_steady_ms() - began);
	return status;
}

/* --threads: the server has no way to share a snapshot. */
static int
begin_workers(struct snapshot_source *s, struct err *err)
{
	struct db *stage = db_twin(s->db);
	int status = db_connect(stage, READ_TIMEOUT_S, err);

	if (status == 0)
		status = db_execute(stage, err, SQL("SET lock_wait_timeout="),
		    SQL_SIGNED((s->opt->lock_wait_ms + 999) / 1000));
	if (status == 0 &&
	    db_execute(stage, err, SQL("BACKUP STAGE START")) < 0) {
		status = -1;
		if (db_errno(stage) == ER_SPECIFIC_ACCESS_DENIED_ERROR) {
			err_clear(err);
			log_warn("--threads needs the privilege RELOAD: "
			    "reading with one connection");
			drop_workers(s);
			status = 0;
		}
	} else if (status == 0) {
		status = begin_together(s, stage, err);
	}
	db_free(stage);                 /* ends its stage, too */
	return status;
}

/* The tables, and the snapshot in which they are: 1; 0 where some came or went
 * meanwhile, -1. */
static int
find_and_begin(struct snapshot_source *s, struct err *err)
{
	char *before = sum_tables(s, err), *behind = NULL;
	int status = -1;

	if (before && find_tables(s, err) == 0 && lock_tables(s, err) == 0 &&
	    moves_keep(s, err) == 0 &&
	    begin_without_xa(s, &s->gtids, err) == 0 &&
	    (s->opt->threads < 2 || s->moves.keeps ||
	    (connect_workers(s, err) == 0 && begin_workers(s, err) == 0)))
		status = moves_kept(s, err);
	if (status > 0) {
		behind = sum_tables(s, err);
		status = !behind ? -1 : strcmp(before, behind) == 0;
	}
	if (status == 0) {
		db_free(s->locks);
		s->locks = NULL;
		status = db_execute(s->db, err, SQL("ROLLBACK"));
	}
	free(before);
	free(behind);
	return status;
}

static int
begin_with_all(struct snapshot_source *s, struct err *err)
{
	int got = 0;

	for (int i = 0; got == 0 && i < TRIES; i++)
		got = find_and_begin(s, err);
	if (got == 0)
		err_set(err, ERR_RETRY, "%s: tables keep being created or "
		    "dropped", db_name(s->db));
	return got > 0 ? 0 : -1;
}

/* What the server says of each table; NULL where it is gone. */
static int
ask_schemas(struct snapshot_source *s, bool all, struct err *err)
{
	if (s->schemas)
		schemas_free(s->schemas);
	s->schemas = schemas_new();
	if (information_schema_ask(s->schemas, s->db, NULL, NULL, true, err) <
	    0)
		return -1;
	for (size_t i = 0; i < s->ntables; i++) {
		struct copied_table *t = &s->tables[i];
		struct schema_table *schema = schema_entry_newest(
		    schemas_entry(s->schemas, span_of(t->db),
		    span_of(t->name), false));

		t->schema = schema;
		if (!t->schema && all)
			return err_set(err, ERR_CONFIG, "table %s.%s: the "
			    "account may not see its columns", t->db, t->name);
		if (schema && information_schema_ask_foreign(
				  s->db, t->db, t->name, schema, err) < 0)
			return -1;
	}
	return 0;
}

/* The tables are those that the account sees: are they all? */
static int
check_sight(struct snapshot_source *s, struct err *err)
{
	struct waiting w = { .source = s, .db = s->db };
	struct table_filter *filter = (struct table_filter *)&s->opt->filter;
	int status = waiting_begin(&w, err);

	if (status < 0)
		return status;
	do
		status = sight_check(s->db, filter, err);
	while (status < 0 && waiting_again(&w, err));
	return status < 0 ? -1 : db_execute(s->db, err,
	    SQL("SET lock_wait_timeout=DEFAULT"));
}

int
snapshot_db_open(struct snapshot_source *s, const struct snapshot_options *opt,
    struct err *err)
{
	*s = (struct snapshot_source){ .opt = opt, .db = db_new(&opt->db) };
	if (db_connect(s->db, READ_TIMEOUT_S, err) < 0 ||
	    copy_rows_session(s->db, err) < 0 ||
	    be_released(s, err) < 0 || check_sight(s, err) < 0 ||
	    moves_open(s, err) < 0 || begin_with_all(s, err) < 0 ||
	    moves_begin(s, err) < 0 || ask_schemas(s, true, err) < 0)
		return -1;
	say_locks(s);
	/* from here on text comes as it is stored */
	return db_execute(s->db, err, SQL("SET character_set_results=NULL"));
}

int
snapshot_db_again(struct snapshot_source *s, struct err *err)
{
	char *file = s->file;
	uint64_t pos = s->pos;
	int status;

	s->file = NULL;
	status = db_execute(s->db, err, SQL("ROLLBACK"));
	if (status == 0)
		status = db_execute(s->db, err,
		    SQL("SET character_set_results=utf8mb4"));
	if (status == 0)
		status = check_sight(s, err);
	if (status == 0)
		status = begin_without_xa(s, &s->until, err);
	if (status == 0)
		status = ask_schemas(s, false, err);
	if (status == 0)
		status = db_execute(s->db, err,
		    SQL("SET character_set_results=NULL"));
	free(s->file);
	s->file = file;
	s->pos = pos;
	return status;
}

int
snapshot_db_ddl_waits(struct snapshot_source *s, struct err *err)
{
	struct db *watch = waiting_watch(s, err);
	size_t n = 0;

	if (!watch || db_count(watch, &n, err, SQL("SELECT 1 FROM "
	    "information_schema.PROCESSLIST WHERE STATE="
	    "'Waiting for table metadata lock'")) < 0)
		return -1;
	return n > 0;
}

bool
snapshot_db_is_locked(const struct snapshot_source *s, size_t table)
{
	return must_lock(s, &s->tables[table]);
}

/* Who holds the lock reads: others would wait behind those who wait to
 * write. */
struct db *
snapshot_db_reader(const struct snapshot_source *s, size_t table)
{
	return must_lock(s, &s->tables[table]) &&
	    !s->tables[table].transactional ? s->locks : s->db;
}

int
snapshot_db_table_begin(struct snapshot_source *s, struct err *err)
{
	return s->releases && !s->moves.keeps
		   ? db_execute(s->db, err, SQL("SAVEPOINT cdc"))
		   : 0;
}

static bool
locks_later(const struct snapshot_source *s, size_t table)
{
	for (size_t i = table + 1; i < s->ntables; i++)
		if (must_lock(s, &s->tables[i]))
			return true;
	return false;
}

int
snapshot_db_table_end(struct snapshot_source *s, size_t table, struct err *err)
{
	if (s->releases && !s->moves.keeps &&
	    db_execute(s->db, err, SQL("ROLLBACK TO SAVEPOINT cdc")) < 0)
		return -1;
	if (s->locks && !locks_later(s, table)) {
		db_free(s->locks);
		s->locks = NULL;
	}
	return 0;
}

void
snapshot_db_close(struct snapshot_source *s)
{
	moves_close(s);
	forget_tables(s);
	free(s->file);
	gtid_list_clear(&s->gtids);
	gtid_list_clear(&s->until);
	if (s->schemas)
		schemas_free(s->schemas);
	drop_workers(s);
	db_free(s->locks);
	db_free(s->watch);
	db_free(s->db);
}

/* SPDX-License-Identifier: MIT */
#include "incremental/watermark.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/random.h"
#include "sql/lex.h"
#include "copy/result_rows.h"
#include "json/write.h"

enum { READ_TIMEOUT_S = 300, LOCK_WAIT_S = 5 };

/* db.table, each as a name of SQL. */
static int
name_signal(struct watermarks *s, struct err *err)
{
	struct sql sql = sql_of(span_of(s->table));
	struct span db = { 0 }, name;

	sql.mode = SQL_ANSI_QUOTES;
	if (!sql_table(&sql, &db, &name) || !db.n || sql_more(&sql))
		return err_set(err, ERR_USAGE, "--signal %s: not db.table",
		    s->table);
	s->signal_db = sql_unquote(db);
	s->signal_name = sql_unquote(name);
	s->sql = SQL_TABLE(span_of(s->signal_db), span_of(s->signal_name));
	return 0;
}

/* Ids begin with what no other run has. */
static void
name_windows(struct watermarks *s, const char *orphans)
{
	struct buf name = { 0 };

	buf_printf(&name, "cdc-%016" PRIx64, random_u64());
	s->window = buf_cstr(&name);
	if (orphans && *orphans && strspn(orphans, "cdc-0123456789abef") ==
	    strlen(orphans))
		s->orphans = xstrdup(orphans);
}

int
watermark_reach(struct db *db, const struct db *stream, struct err *err)
{
	for (size_t i = 0; i < db_hosts(db); i++) {
		err_clear(err);
		if (db_connect(db, READ_TIMEOUT_S, err) < 0)
			continue;
		if (strcmp(db_name(db), db_name(stream)) == 0)
			return 0;
		db_close(db);
		err_set(err, ERR_UNAVAILABLE, "%s: not the server of the "
		    "stream", db_name(db));
	}
	return -1;
}

/* What does not fit must not go into the signal table. */
static int
connect_now(struct watermarks *s, struct err *err)
{
	if (watermark_reach(s->db, s->stream, err) < 0)
		return -1;
	s->connected = true;
	s->raw = s->reads_only = false;
	if (copy_rows_session(s->db, err) == 0 && db_execute(s->db, err,
	    SQL("SET sql_mode='STRICT_ALL_TABLES', lock_wait_timeout="),
	    SQL_NUMBER(LOCK_WAIT_S), SQL(", innodb_lock_wait_timeout="),
	    SQL_NUMBER(LOCK_WAIT_S)) == 0)
		return 0;
	watermark_hang_up(s);
	return -1;
}

static int
sweep(struct watermarks *s, const char *window, struct err *err)
{
	struct buf like = { 0 };
	int status;

	if (!window)
		return 0;
	buf_printf(&like, "%s-%%", window);
	status = db_execute(s->db, err, SQL("DELETE FROM "), s->sql,
	    SQL(" WHERE id LIKE "), SQL_TEXT(buf_view(&like)));
	buf_free(&like);
	return status;
}

int
watermark_connect(struct watermarks *s, struct err *err)
{
	if (s->connected)
		return 0;
	if (connect_now(s, err) < 0)
		return -1;
	if (sweep(s, s->window, err) < 0 || sweep(s, s->orphans, err) < 0) {
		watermark_hang_up(s);
		return -1;
	}
	free(s->orphans);
	s->orphans = NULL;
	return 0;
}

void
watermark_hang_up(struct watermarks *s)
{
	if (s->connected)
		db_close(s->db);
	s->connected = false;
}

bool
watermark_is_signal(
    const struct watermarks *s, struct span db, struct span name)
{
	return span_is(name, s->signal_name) && span_is(db, s->signal_db);
}

int
watermark_text(struct watermarks *s, bool raw, struct err *err)
{
	if (s->raw == raw)
		return 0;
	s->raw = raw;
	return db_execute(s->db, err, SQL("SET character_set_results="),
	    raw ? SQL("NULL") : SQL("utf8mb4"));
}

int
watermark_read_only(struct watermarks *s, bool only, struct err *err)
{
	if (s->reads_only == only)
		return 0;
	s->reads_only = only;
	return db_execute(s->db, err, SQL("SET SESSION tx_read_only="),
	    SQL_NUMBER(only));
}

int
watermark_put(
    struct watermarks *s, const char *db, const char *name, struct err *err)
{
	struct buf data = { 0 };
	int status;

	if (watermark_read_only(s, false, err) < 0)
		return -1;
	snprintf(s->id, sizeof(s->id), "%s-%" PRIu64, s->window,
	    ++s->windows);
	json_first(&data, "db", span_of(db));
	json_member(&data, "table", span_of(name));
	buf_char(&data, '}');
	status = db_execute(s->db, err, SQL("INSERT INTO "), s->sql,
	    SQL(" (id, type, data) VALUES ("), SQL_TEXT(span_of(s->id)),
	    SQL(", 'snapshot-window-open', "), SQL_TEXT(buf_view(&data)),
	    SQL(")"));
	buf_free(&data);
	return status;
}

int
watermark_take_away(struct watermarks *s, struct err *err)
{
	if (watermark_read_only(s, false, err) < 0 || db_execute(s->db, err,
	    SQL("DELETE FROM "), s->sql, SQL(" WHERE id = "),
	    SQL_TEXT(span_of(s->id))) < 0)
		return -1;
	return db_affected(s->db) == 1 ? 0 : err_set(err, ERR_RETRY,
	    "the row of a watermark was deleted from %s", s->table);
}

static int
take_xid(void *arg, char **v, size_t n)
{
	if (n >= 4 && v[3])
		buf_put(arg, v[3], strlen(v[3]) + 1);
	return 0;
}

int
watermark_prepared(struct watermarks *s, struct buf *xids, struct err *err)
{
	xids->n = 0;
	return db_rows(s->db, take_xid, xids, err,
	    SQL("XA RECOVER FORMAT='SQL'"));
}

/* Is it there, of the right columns, and ours to write? */
static int
try_table(struct watermarks *s, struct err *err)
{
	struct statement make = { 0 };

	if (db_execute(s->db, err, SQL("BEGIN")) == 0 &&
	    watermark_put(s, s->signal_db, s->signal_name, err) == 0 &&
	    watermark_take_away(s, err) == 0 &&
	    db_execute(s->db, err, SQL("ROLLBACK")) == 0)
		return 0;
	if (err->kind != ERR_UNAVAILABLE && err->kind != ERR_RETRY)
		err->kind = ERR_CONFIG;
	err_wrap(err, "--signal %s", s->table);
	statement_add(&make, SQL("CREATE TABLE "), s->sql,
	    SQL(" (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32) NOT NULL, "
	    "data TEXT); GRANT SELECT, INSERT, DELETE ON it to the account"));
	err_hint(err, "%.*s", (int)statement_size(&make),
	    statement_view(&make).p);
	statement_free(&make);
	return -1;
}

int
watermark_open(struct watermarks *s, const char *table, const char *orphans,
    const struct db *stream, struct err *err)
{
	int status;

	*s = (struct watermarks){ .stream = stream, .db = db_twin(stream),
		.table = table };
	name_windows(s, orphans);
	if (name_signal(s, err) < 0 || connect_now(s, err) < 0)
		return -1;
	status = try_table(s, err);
	watermark_hang_up(s);
	return status;
}

void
watermark_close(struct watermarks *s)
{
	db_free(s->db);
	free(s->signal_db);
	free(s->signal_name);
	free(s->window);
	free(s->orphans);
}

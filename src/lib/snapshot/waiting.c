/* SPDX-License-Identifier: MIT */
#include "snapshot/waiting.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/log.h"
#include "db/errors.h"
#include "db/query.h"
#include "io/report.h"
#include "io/stop.h"

enum { MOMENT_S = 2, SAY_MS = 60000, WATCH_TIMEOUT_S = 30 };

/* How long in all, and the option that says it. */
static int64_t
most_ms(const struct waiting *w)
{
	return w->table ? w->source->opt->lock_wait_timeout_ms :
	    w->source->opt->lock_wait_ms;
}

static const char *
option(const struct waiting *w)
{
	return w->table ? "lock-wait-timeout" : "lock-wait";
}

int
waiting_begin(struct waiting *w, struct err *err)
{
	w->began_ms = clock_steady_ms();
	w->said_ms = 0;
	return db_execute(w->db, err, SQL("SET lock_wait_timeout="),
	    SQL_NUMBER(MOMENT_S));
}

struct db *
waiting_watch(struct snapshot_source *s, struct err *err)
{
	if (!s->watch)
		s->watch = db_twin(s->db);
	return db_fd(s->watch) >= 0 ||
	    db_connect(s->watch, WATCH_TIMEOUT_S, err) == 0 ? s->watch : NULL;
}

/* id, user, host, seconds, what it does */
static int
take_holder(void *arg, char **v, size_t n)
{
	struct buf *text = arg;

	if (n < 5 || !v[0])
		return 0;
	buf_printf(text, "%s connection %s (%s@%s, %s s, %s)", text->n ? "," :
	    "", v[0], v[1] ? v[1] : "?", v[2] ? v[2] : "?",
	    v[3] ? v[3] : "?", v[4] ? v[4] : "idle");
	return 0;
}

/* The connections that hold a lock of the table, where the server tells. */
static void
find_holders(struct waiting *w, struct buf *text)
{
	struct err err = { 0 };
	struct db *watch = w->table ? waiting_watch(w->source, &err) : NULL;

	if (watch)
		db_rows(watch, take_holder, text, &err, SQL("SELECT DISTINCT "
		    "p.ID, p.USER, p.HOST, p.TIME, p.INFO FROM "
		    "information_schema.METADATA_LOCK_INFO m JOIN "
		    "information_schema.PROCESSLIST p ON p.ID=m.THREAD_ID "
		    "WHERE m.TABLE_SCHEMA="), SQL_TEXT(span_of(w->table->db)),
		    SQL(" AND m.TABLE_NAME="),
		    SQL_TEXT(span_of(w->table->name)),
		    SQL(" AND COALESCE(p.STATE, '') NOT LIKE 'Waiting%'"));
	if (!text->n)
		buf_str(text, " SHOW PROCESSLIST may show which connection; "
		    "with INSTALL SONAME 'metadata_lock_info', this message "
		    "names it");
}

static void
name_table(const struct waiting *w, struct buf *name)
{
	if (w->table)
		buf_printf(name, "table %s.%s", w->table->db, w->table->name);
	else
		buf_str(name, "tables");
	buf_cstr(name);
}

static void
say(struct waiting *w, int64_t now)
{
	struct buf holders = { 0 }, name = { 0 };

	if (w->said_ms && now - w->said_ms < SAY_MS)
		return;
	w->said_ms = now;
	find_holders(w, &holders);
	name_table(w, &name);
	log_warn("%s: locked by another connection, waited for since %" PRId64
	    " s (--%s: up to %" PRId64 " s):%s", name.p, (now - w->began_ms) /
	    1000, option(w), most_ms(w) / 1000, buf_cstr(&holders));
	buf_free(&holders);
	buf_free(&name);
}

bool
waiting_again(struct waiting *w, struct err *err)
{
	int64_t now = clock_steady_ms();
	struct buf name = { 0 };

	if (db_errno(w->db) != ER_LOCK_WAIT_TIMEOUT)
		return false;
	report_answer();
	err_clear(err);
	if (!stop_requested() && now - w->began_ms < most_ms(w)) {
		say(w, now);
		return true;
	}
	name_table(w, &name);
	if (stop_requested()) {
		err_set(err, ERR_RETRY, "%s: stopped while waiting for the "
		    "lock of another connection", name.p);
	} else {
		err_set(err, ERR_RETRY, "%s: another connection holds the lock "
		    "for longer than %" PRId64 " s", name.p,
		    most_ms(w) / 1000);
		err_hint(err, "end what holds it, or --%s", option(w));
	}
	buf_free(&name);
	return false;
}

/* SPDX-License-Identifier: MIT */
#include "evolve/source_statement.h"

#include <stdlib.h>

#include "base/log.h"
#include "binlog/query_event.h"
#include "db/errors.h"
#include "db/query.h"
#include "evolve/altering.h"
#include "evolve/denied.h"
#include "evolve/executed.h"
#include "evolve/guard.h"
#include "evolve/queued.h"
#include "evolve/source_session.h"
#include "evolve/unfollowed.h"
#include "follow/action.h"
#include "json/scan.h"
#include "json/write.h"

struct source_statement {
	struct buf text, schema, gtid;
	struct span session;    /* in which it ran; p NULL: unknown */
	struct buf bytes;       /* the text as the source had it, … */
	const char *client;     /* … in this character set; NULL: no */
	uint64_t thread;        /* number of the session; 0: unknown */
	uint64_t error;         /* with which it failed there, or 0 */
	unsigned mode;          /* enum sql_mode, by which it is read */
	struct buf before;      /* executed_look() */
	bool ran;               /* the server says that it did */
	bool lost;              /* it was sent, and no answer came */
	bool refused;           /* the answer was that it did not run */
	bool succeeded;         /* it ran, and should have failed */
};

static void
forget_statement(struct source_statement *s)
{
	buf_free(&s->text);
	buf_free(&s->schema);
	buf_free(&s->gtid);
	buf_free(&s->bytes);
	buf_free(&s->before);
}

/* The statement of a record, or of an intent, which is its own source. */
static bool
read_statement(struct source_statement *s, struct span body, struct span source)
{
	if (!json_inside(object_member(body, "ddl")).p)
		return false;
	object_text(&s->text, body, "ddl");
	object_text(&s->schema, body, "databaseName");
	object_text(&s->gtid, source, "gtid");
	return true;
}

static struct span
schema_of(const struct source_statement *s)
{
	return s->schema.n ? buf_view(&s->schema) : SPAN("");
}

/* How the source's session read it. */
static unsigned
mode_of(struct span session)
{
	return (unsigned)object_number(session, "sql_mode") & SQL_MODES;
}

/* Of the stream no more than the statement is skipped. */
static void
does_not_fit(struct source_statement *s, struct err *err)
{
	const char *gtid = buf_cstr(&s->gtid);

	if (!*gtid) {
		err_hint(err, "the source's statement does not fit the "
		    "target: fix it there, or execute it by hand and leave "
		    "it out of the stream");
		return;
	}
	err_wrap(err, "the statement of %s", gtid);
	err_hint(err, "it does not fit the target: fix it there, or execute "
	    "it by hand and skip only it: run the same pipeline once with "
	    "--until %s added to cdc-tail's options and --schema-evolution "
	    "none in place of apply-ddl, without --evolve, then go on as "
	    "before", gtid);
}

/* As text, or as the bytes that the source had. */
static int
execute_text(struct db *db, const struct source_statement *s,
    struct err *err)
{
	if (!s->client)
		return db_execute(db, err, SQL_FOREIGN(buf_view(&s->text)));
	if (db_execute(db, err, SQL("SET SESSION character_set_client="),
	    SQL_WORD(span_of(s->client))) < 0)
		return -1;
	return db_execute(db, err, SQL_FOREIGN(buf_view(&s->bytes)));
}

/* DROP TABLE of several, some of which were not there, is logged as if it had
 * succeeded: a replica's slave_ddl_exec_mode adds IF EXISTS. */
static int
drop_leniently(struct db *db, struct source_statement *s, struct err *err)
{
	struct sql at = query_statement_of(sql_of(buf_view(&s->text)));

	if ((s->error && s->error != ER_BAD_TABLE_ERROR) ||
	    !sql_word(&at, "DROP") || !(sql_word(&at, "TABLE") ||
	    sql_word(&at, "TABLES") || sql_word(&at, "SEQUENCE") ||
	    sql_word(&at, "VIEW")))
		return 0;
	s->error = 0;
	return db_execute(db, err, SQL("SET SESSION sql_if_exists=1"));
}

/* An ALTER may give CONNECTION_ID() to rows that are there. */
static bool
asks_for_thread(const struct source_statement *s)
{
	struct sql at = query_statement_of(sql_in(buf_view(&s->text),
	    s->mode));
	struct sql_token t;
	bool asks = false;

	if (!sql_word(&at, "ALTER"))
		return false;
	while (!asks && sql_token(&at, &t) != TOKEN_END &&
	    t.kind != TOKEN_BROKEN)
		asks = sql_token_is(&t, "CONNECTION_ID");
	return asks;
}

static int
be_thread(struct db *db, const struct source_statement *s, struct err *err)
{
	if (!s->thread || !asks_for_thread(s) || db_execute(db, err,
	    SQL("SET SESSION pseudo_thread_id="), SQL_NUMBER(s->thread)) == 0)
		return 0;
	return err_hint(err, "it gives rows the source's CONNECTION_ID(), "
	    "which needs GRANT BINLOG REPLAY ON *.*; or execute it by hand");
}

/* It is unknown what one that was cut off at the source has done. */
static int
judge_error(const struct source_statement *s, struct err *err)
{
	if (!db_was_cut_off((unsigned)s->error))
		return 0;
	err_set(err, ERR_CONFIG, "a statement that was killed at the source "
	    "(error %llu): the log does not say how much of it was done: %.*s",
	    (unsigned long long)s->error, (int)s->text.n, s->text.p);
	return err_hint(err, "make the target's tables equal to the source's, "
	    "then continue after it with --schema-evolution none");
}

/* Other connections may have been in its way at the source. */
static bool
must_fail(const struct source_statement *s)
{
	return s->error && !db_was_in_the_way((unsigned)s->error);
}

static int
other_than_at_source(const struct source_statement *s, const char *how,
    const char *why, struct err *err)
{
	err_clear(err);
	return err_set(err, ERR_CONFIG, "a statement that failed at the source "
	    "(error %llu) %s%s: %.*s", (unsigned long long)s->error, how, why,
	    (int)s->text.n, s->text.p);
}

static int
succeeds_here(const struct source_statement *s, struct err *err)
{
	other_than_at_source(s, "succeeds here", "", err);
	return err_hint(err, "undo at the target what it did, and remove the "
	    "reason why it did not fail; then start again");
}

/* What failed at the source fails here, alike: a replica's rule. */
static int
compare_errors(const struct source_statement *s, unsigned got,
    struct err *err)
{
	struct err ours = *err;

	if (!must_fail(s))
		return got ? -1 : 0;
	if (got && got != s->error && ours.kind != ERR_CONFIG &&
	    ours.kind != ERR_DATA)
		return -1;
	if (got == s->error) {
		log_note("failed as at the source: %s", ours.text);
		err_clear(err);
		return 0;
	}
	return got ? other_than_at_source(s, "fails in another way here: ",
	    ours.text, err) : succeeds_here(s, err);
}

static int
execute_in(struct db *db, struct source_statement *s, struct err *err)
{
	if (source_session_make(db, s->session, buf_view(&s->schema),
	    buf_view(&s->text), err) < 0 ||
	    be_thread(db, s, err) < 0 || judge_error(s, err) < 0 ||
	    drop_leniently(db, s, err) < 0)
		return -1;
	s->ran = execute_text(db, s, err) == 0;
	return compare_errors(s, s->ran ? 0 : db_errno(db), err);
}

/* {"gtid":…,"number":…,"sql_mode":…,"ddl":…,"databaseName":…,"before":…,
 * "refused":true,"succeeded":true} */
static void
put_intent(const struct evolver *e, const struct source_statement *s,
    struct buf *out)
{
	out->n = 0;
	json_first(out, "gtid", s->gtid.n ? buf_view(&s->gtid) : SPAN(""));
	buf_str(out, ",\"number\":");
	buf_u64(out, e->number);
	buf_str(out, ",\"sql_mode\":");
	buf_u64(out, s->mode);
	buf_str(out, ",\"ddl\":");
	json_string(out, buf_view(&s->text));
	buf_str(out, ",\"databaseName\":");
	json_string(out, schema_of(s));
	json_member(out, "before", s->before.n ? buf_view(&s->before) :
	    SPAN(""));
	if (s->refused)
		buf_str(out, ",\"refused\":true");
	if (s->succeeded)
		buf_str(out, ",\"succeeded\":true");
	buf_char(out, '}');
}

/* Commit what is meant to be done; only where a position is kept. */
static int
intend(struct evolver *e, struct db *db, struct source_statement *s,
    struct err *err)
{
	if (!e->position->keeps)
		return 0;
	if (executed_be_alone(db, span_of(e->position->name), err) < 0 ||
	    executed_look(db, buf_view(&s->text), schema_of(s), s->mode,
	    &s->before, err) < 0)
		return -1;
	put_intent(e, s, &e->position->intent);
	return offsets_table_intent(e->position, err);
}

/* Its answer was lost: are the things that it changes others than they were?
 * 1, 0, -1. */
static int
find_out(struct evolver *e, struct db *db, const struct source_statement *s,
    struct err *err)
{
	struct buf now = { 0 };
	int status = executed_be_alone(db, span_of(e->position->name), err);

	if (status == 0)
		status = executed_look(db, buf_view(&s->text), schema_of(s),
		    s->mode, &now, err);
	if (status == 0)
		status = !executed_repeats(buf_view(&s->text)) &&
		    !span_eq(buf_view(&now), buf_view(&s->before));
	buf_free(&now);
	return status;
}

/* The server answered that it did not execute it: whatever somebody does to the
 * target before it comes again, it is still to be executed, and those before it
 * in its transaction are not.  Or it executed one that failed at the source:
 * then the intent says what the target is like since, and until somebody undid
 * it. */
static void
take_back(struct evolver *e, struct db *db, struct source_statement *s)
{
	struct err ignored = { 0 };

	s->refused = !s->ran && !s->lost;
	s->succeeded = s->ran && must_fail(s);
	if ((!s->refused && !s->succeeded) || !e->position->keeps)
		return;
	if (s->succeeded) {
		s->before.n = 0;
		executed_look(db, buf_view(&s->text), schema_of(s), s->mode,
		    &s->before, &ignored);
	}
	put_intent(e, s, &e->position->intent);
	offsets_table_intent(e->position, &ignored);
}

static int
execute_once(struct evolver *e, struct db *db, struct source_statement *s,
    struct err *err)
{
	int status = s->lost ? find_out(e, db, s, err) : 0;

	if (status != 0)
		return status < 0 ? -1 : 0;
	s->before.n = 0;
	s->lost = s->refused = s->succeeded = false;
	if (intend(e, db, s, err) < 0) {
		denied_hint(e->evolution, db, buf_view(&s->schema), err);
		return -1;
	}
	log_note("%.*s", (int)s->text.n, s->text.p);
	status = execute_in(db, s, err);
	s->lost = status < 0 && err->kind == ERR_UNAVAILABLE;
	if (status < 0 && !err_may_pass(err)) {
		denied_hint(e->evolution, db, buf_view(&s->schema), err);
		does_not_fit(s, err);
	}
	if (status < 0)
		take_back(e, db, s);
	return status;
}

/* What may pass is tried again; where the connection was lost, only with a
 * position can be found out what became of it. */
static int
execute_statement(struct evolver *e, struct source_statement *s,
    struct err *err)
{
	int status = -1;

	for (uint64_t tries = 0; status < 0; tries++) {
		struct db *db = source_session_connect(e, s->session,
		    schema_of(s), err);

		if (!db)
			break;
		status = execute_once(e, db, s, err);
		source_session_leave(e, db, status == 0);
		if (status < 0 && ((s->lost && !e->position->keeps) ||
		    e->do_again(e->arg, tries, err) < 0))
			break;
	}
	e->position->progress->moved = true;
	return status;
}

/* Which statement of its transaction is it? */
static void
number_it(struct evolver *e, const struct source_statement *s)
{
	if (!span_eq(buf_view(&s->gtid), buf_view(&e->numbered))) {
		e->numbered.n = e->number = 0;
		buf_span(&e->numbered, buf_view(&s->gtid));
	}
	e->number++;
}

/* Was it executed before we began? */
static bool
was_executed(const struct evolver *e, const struct source_statement *s)
{
	if (!e->begun.ddl.n)
		return false;
	if (!e->begun.number)           /* of an older version */
		return e->begun.executed && span_eq(buf_view(&e->begun.ddl),
		    buf_view(&s->text));
	if (!span_eq(buf_view(&e->begun.gtid), buf_view(&s->gtid)))
		return false;
	return e->number < e->begun.number ||
	    (e->number == e->begun.number && e->begun.executed);
}

enum begun
source_statement_number(struct evolver *e, struct span gtid)
{
	struct source_statement s = { 0 };
	bool done;

	buf_span(&s.gtid, gtid);
	number_it(e, &s);
	done = gtid.n && e->begun.number && was_executed(e, &s);
	forget_statement(&s);
	return !done ? BEGUN_NOT : e->number < e->begun.number ?
	    BEGUN_PASSED : BEGUN_DONE;
}

int
source_statement_intend(struct evolver *e, struct db *db, struct span text,
    struct span schema, struct span gtid, struct err *err)
{
	struct source_statement s = { 0 };
	int status;

	buf_span(&s.text, text);
	buf_span(&s.schema, schema);
	buf_span(&s.gtid, gtid);
	status = gtid.n ? intend(e, db, &s, err) : 0;
	e->position->progress->moved = true;
	forget_statement(&s);
	return status;
}

static int
replay(struct evolver *e, struct source_statement *s, struct err *err)
{
	if (was_executed(e, s)) {
		if (e->number == e->begun.number && must_fail(s))
			return succeeds_here(s, err);
		log_note("executed already: %.*s", (int)s->text.n, s->text.p);
		return 0;
	}
	if (e->tables->map)
		return err_set(err, ERR_CONFIG, "--schema-evolution apply-ddl "
		    "executes the source's statements and cannot be combined "
		    "with --map");
	if (e->x->dry) {
		execute_print(e->x, buf_view(&s->text));
		return 0;
	}
	return execute_statement(e, s, err);
}

/* What --evolve leaves of it, which is to wait for no record. */
static int
evolve_part(struct evolver *e, struct source_statement *s, struct err *err)
{
	struct buf copy = { 0 };
	struct action action;
	bool replaces = false;
	int got = 1;

	buf_span(&copy, buf_view(&s->text));
	action_read(&action, buf_view(&copy), schema_of(s), s->mode);
	if (!s->error && unfollowed_replay(e, &action, buf_cstr(&s->gtid),
	    &replaces, err) < 0)
		got = -1;
	if (got > 0 && !s->error)
		got = altering_judge(e->ways, e->left, &action, replaces,
		    buf_cstr(&s->gtid), &s->text, err);
	if (got > 0 && !was_executed(e, s) &&
	    queued_check_statement(e, &action, err) < 0)
		got = s->gtid.n ? err_wrap(err, "the statement of %s",
		    buf_cstr(&s->gtid)) : -1;
	action_clear(&action);
	buf_free(&copy);
	return got;
}

/* What may be executed of it, as guard_statement() says. */
static int
judge(struct evolver *e, struct source_statement *s, struct err *err)
{
	struct buf as_told = { 0 };
	const char *client = NULL;
	int got, own = source_session_bytes(s->session, buf_view(&s->text),
	    &s->bytes, &client, err);

	if (own < 0)
		return -1;
	buf_span(&as_told, buf_view(&s->text));
	got = guard_statement(e->tables, &s->text, schema_of(s),
	    s->mode, err);
	if (got > 0)
		got = evolve_part(e, s, err);
	if (own > 0 && span_eq(buf_view(&as_told), buf_view(&s->text)))
		s->client = client;
	buf_free(&as_told);
	return got;
}

/* What it did not do is no longer left: not once more of what came before the
 * one that was executed last. */
static void
forget_left(struct evolver *e, const struct source_statement *s)
{
	struct action action;

	if (!e->left->n || s->error || (e->number < e->begun.number &&
	    was_executed(e, s)))
		return;
	action_read(&action, buf_view(&s->text), schema_of(s), s->mode);
	unfollowed_replayed(e, &action);
	action_clear(&action);
}

int
source_statement_replay(struct evolver *e, const struct record *rec,
    struct err *err)
{
	struct source_statement s = { 0 };
	int got = 0;

	s.session = object_member(rec->body, "session");
	s.error = object_number(s.session, "error");
	s.mode = mode_of(s.session);
	s.thread = object_number(object_member(rec->body, "source"), "thread");
	if (read_statement(&s, rec->body, object_member(rec->body,
	    "source"))) {
		number_it(e, &s);
		got = judge(e, &s, err);
	}
	if (got > 0) {
		got = replay(e, &s, err);
		if (got == 0)
			forget_left(e, &s);
	}
	forget_statement(&s);
	return got < 0 ? -1 : 0;
}

void
source_statement_warn(const struct evolver *e, const struct record *rec)
{
	struct source_statement s = { 0 };
	struct action action;
	bool read = read_statement(&s, rec->body, object_member(rec->body,
	    "source"));

	if (read) {
		action_read(&action, buf_view(&s.text), schema_of(&s),
		    mode_of(object_member(rec->body, "session")));
		if (action_removes_rows(&action) &&
		    !action_moves_rows(&action) && action.form != FORM_CREATE &&
		    !(e->evolution == EVOLVE_ADD && altering_acts(&action)))
			log_warn("rows that the source removed stay here: "
			    "this is executed only with --schema-evolution "
			    "apply-ddl: %.*s", (int)s.text.n, s.text.p);
		action_clear(&action);
	}
	forget_statement(&s);
}

/* Are the things that it changes others than they were? */
static int
look_again(struct evolver *e, const struct source_statement *s,
    struct err *err)
{
	struct db *db = source_session_connect(e, s->session, schema_of(s),
	    err);
	int status = db ? find_out(e, db, s, err) : -1;

	e->begun.executed = s->succeeded ? status == 0 : status > 0;
	db_free(db);
	return status < 0 ? -1 : 0;
}

/* Nothing is begun where the position says so; another version may have left
 * an intent. */
static bool
is_passed(const struct evolver *e, const struct source_statement *s)
{
	struct gtid gtid;

	return s->gtid.n && gtid_parse(&gtid, buf_view(&s->gtid)) &&
	    gtid_list_covers(&e->position->stored.done, &gtid);
}

int
source_statement_resume(struct evolver *e, struct err *err)
{
	struct span intent = buf_view(&e->position->intent);
	struct source_statement s = { 0 };
	int status = 0;

	if (!intent.n || e->x->dry || !read_statement(&s, intent,
	    intent) || is_passed(e, &s))
		goto out;
	object_text(&s.before, intent, "before");
	s.mode = mode_of(intent);
	s.refused = span_is(object_member(intent, "refused"), "true");
	s.succeeded = span_is(object_member(intent, "succeeded"), "true");
	if (!s.refused)
		status = look_again(e, &s, err);
	buf_span(&e->begun.gtid, buf_view(&s.gtid));
	buf_span(&e->begun.ddl, buf_view(&s.text));
	e->begun.number = object_number(intent, "number");
	if (status == 0 && !s.refused)
		log_warn("a statement was started, and is %s: %.*s",
		    e->begun.executed ? "executed" : "executed when it comes "
		    "again", (int)s.text.n, s.text.p);
	if (!e->begun.number)
		e->position->intent.n = 0;
out:
	forget_statement(&s);
	return status;
}

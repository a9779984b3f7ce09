/* SPDX-License-Identifier: MIT */
#include "apply/statement.h"

#include <stdlib.h>

#include "apply/denied.h"
#include "apply/guard.h"
#include "apply/session.h"
#include "apply/store.h"
#include "base/log.h"
#include "binlog/query.h"
#include "db/errors.h"
#include "db/query.h"
#include "json/scan.h"
#include "json/write.h"
#include "schema/action.h"

/* What SHOW CREATE TABLE says of a table, empty where there is none: whether a
 * statement was executed is seen by that. */
static int
look(struct db *db, struct span schema, struct span table, struct buf *out,
    struct err *err)
{
	char *text = db_value(db, err, SQL("SELECT MD5(GROUP_CONCAT("
	    "c.COLUMN_NAME, c.COLUMN_TYPE, c.IS_NULLABLE, "
	    "COALESCE(c.COLUMN_DEFAULT, '-'), "
	    "c.EXTRA, COALESCE(c.COLLATION_NAME, '-'), c.COLUMN_COMMENT "
	    "ORDER BY c.ORDINAL_POSITION)) FROM information_schema.COLUMNS c "
	    "WHERE TABLE_SCHEMA = "), SQL_TEXT(schema),
	    SQL(" AND TABLE_NAME = "), SQL_TEXT(table));

	if (text)
		buf_str(out, text);
	free(text);
	return err->kind ? -1 : 0;
}

struct source_statement {
	struct buf text, schema, name;
	struct span session;    /* in which it ran; p NULL: nobody says */
	struct buf bytes;       /* the text as the source had it, … */
	const char *client;     /* … in this character set; NULL: no */
	uint64_t error;         /* with which it failed there, or 0 */
	struct buf before;      /* look() */
};

static void
forget_statement(struct source_statement *s)
{
	buf_free(&s->text);
	buf_free(&s->schema);
	buf_free(&s->name);
	buf_free(&s->bytes);
	buf_free(&s->before);
}

/* The statement of a record, or of an intent. */
static bool
read_statement(struct source_statement *s, struct span body, struct span source)
{
	struct span ddl = json_inside(object_member(body, "ddl"));
	struct span db = json_inside(object_member(body, "databaseName"));
	struct span table = json_inside(object_member(source, "table"));

	if (!ddl.p)
		return false;
	json_unescape(&s->text, ddl);
	if (db.p)
		json_unescape(&s->schema, db);
	if (table.p)
		json_unescape(&s->name, table);
	return true;
}

/* Of the stream no more than the statement is skipped. */
static void
does_not_fit(const char *gtid, struct err *err)
{
	if (!*gtid) {
		err_hint(err, "the source's statement does not fit the "
		    "target: fix it there, or execute it by hand and leave "
		    "it out of the stream");
		return;
	}
	err_wrap(err, "the statement of %s", gtid);
	err_hint(err, "it does not fit the target: fix it there; or execute "
	    "it by hand, skip it alone (once cdc-tail --until %s | cdc-apply "
	    "--schema-evolution none), and go on as before", gtid);
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

	if ((s->error && s->error != DB_BAD_TABLE) || !sql_word(&at, "DROP") ||
	    !(sql_word(&at, "TABLE") || sql_word(&at, "TABLES") ||
	    sql_word(&at, "SEQUENCE")))
		return 0;
	s->error = 0;
	return db_execute(db, err, SQL("SET SESSION sql_if_exists=1"));
}

/* One that was cut off at the source has done what nobody knows. */
static int
judge_error(const struct source_statement *s, struct err *err)
{
	if (!db_was_cut_off((unsigned)s->error))
		return 0;
	err_set(err, ERR_CONFIG, "a statement that was cut off at the source "
	    "(error %llu): how much of it was done is not in the log: %.*s",
	    (unsigned long long)s->error, (int)s->text.n, s->text.p);
	return err_hint(err, "make the target's tables what the source's "
	    "are, and go on after it with --schema-evolution none");
}

/* What failed at the source fails here, alike: a replica's rule. */
static int
compare_errors(const struct source_statement *s, unsigned got,
    struct err *err)
{
	struct err ours = *err;

	if (!s->error || db_was_in_the_way((unsigned)s->error))
		return got ? -1 : 0;
	if (got && got != s->error && ours.kind != ERR_CONFIG &&
	    ours.kind != ERR_DATA)
		return -1;
	*err = (struct err){ 0 };
	if (got == s->error) {
		log_note("failed as at the source: %s", ours.text);
		return 0;
	}
	err_set(err, ERR_CONFIG, "a statement that failed at the source "
	    "(error %llu) %s%s: %.*s", (unsigned long long)s->error, got ?
	    "fails in another way here: " : "succeeds here", got ? ours.text :
	    "", (int)s->text.n, s->text.p);
	return -1;
}

static int
execute_in(struct db *db, struct source_statement *s, struct err *err)
{
	if (session_make(db, s->session, buf_view(&s->schema), err) < 0 ||
	    judge_error(s, err) < 0 || drop_leniently(db, s, err) < 0)
		return -1;
	return compare_errors(s, execute_text(db, s, err) < 0 ?
	    db_errno(db) : 0, err);
}

static int
execute_statement(struct applier *a, struct source_statement *s,
    const char *gtid, struct err *err)
{
	struct db *db = session_connect(a, err);
	int status;

	if (!db)
		return -1;
	log_note("%.*s", (int)s->text.n, s->text.p);
	status = execute_in(db, s, err);
	if (status < 0) {
		denied_hint(a, db, buf_view(&s->schema), err);
		does_not_fit(gtid, err);
	}
	db_free(db);
	return status;
}

/* {"ddl":…,"databaseName":…,"table":…,"before":…} */
static void
put_intent(const struct source_statement *s, struct buf *out)
{
	buf_str(out, "{\"ddl\":");
	json_string(out, buf_view(&s->text));
	buf_str(out, ",\"databaseName\":");
	json_string(out, s->schema.n ? buf_view(&s->schema) : SPAN(""));
	buf_str(out, ",\"table\":");
	json_string(out, s->name.n ? buf_view(&s->name) : SPAN(""));
	json_member(out, "before", s->before.n ? buf_view(&s->before) :
	    SPAN(""));
	buf_char(out, '}');
}

/* The statement that was done before the crash comes again: not twice. */
static bool
was_done(struct applier *a, const struct source_statement *s)
{
	struct buf intended = { 0 };
	bool same;

	if (!a->intent_done)
		return false;
	json_unescape(&intended, json_inside(object_member(
	    buf_view(&a->intent), "ddl")));
	same = span_eq(buf_view(&s->text), buf_view(&intended));
	buf_free(&intended);
	if (same) {
		a->intent_done = false;
		a->intent.n = 0;
	}
	return same;
}

/* Store what is meant to be done, do it, and note that it is done with the
 * next position. */
static int
replay_now(struct applier *a, struct source_statement *s, const char *gtid,
    struct err *err)
{
	int status;

	if (a->opt->dry_run) {
		executor_print(&a->executor, buf_view(&s->text));
		return 0;
	}
	if (look(a->db, buf_view(&s->schema), buf_view(&s->name), &s->before,
	    err) < 0)
		return -1;
	a->intent.n = 0;
	put_intent(s, &a->intent);
	status = store_intent(a, err);
	if (status == 0)
		status = execute_statement(a, s, gtid, err);
	a->intent.n = 0;                /* the next position clears it */
	a->progress.moved = true;
	return status;
}

/* What may be executed of it, as guard_statement() says. */
static int
judge(struct applier *a, struct source_statement *s, struct err *err)
{
	struct buf as_told = { 0 };
	const char *client = NULL;
	int got, own = session_bytes(s->session, buf_view(&s->text),
	    &s->bytes, &client, err);

	if (own < 0)
		return -1;
	buf_span(&as_told, buf_view(&s->text));
	got = guard_statement(&a->opt->tables, &s->text,
	    s->schema.n ? buf_view(&s->schema) : SPAN(""), err);
	if (own > 0 && span_eq(buf_view(&as_told), buf_view(&s->text)))
		s->client = client;
	buf_free(&as_told);
	return got;
}

int
statement_replay(struct applier *a, const struct record *rec,
    struct err *err)
{
	struct source_statement s = { 0 };
	struct span source = object_member(rec->body, "source");
	struct buf gtid = { 0 };
	int got = 0;

	object_text(&gtid, source, "gtid");
	s.session = object_member(rec->body, "session");
	s.error = object_number(s.session, "error");
	if (read_statement(&s, rec->body, source))
		got = judge(a, &s, err);
	if (got > 0 && !was_done(a, &s))
		got = a->opt->tables.map ? err_set(err, ERR_CONFIG,
		    "--schema-evolution apply-ddl executes the source's "
		    "statements, which know no --map") :
		    replay_now(a, &s, buf_cstr(&gtid), err);
	forget_statement(&s);
	buf_free(&gtid);
	return got < 0 ? -1 : 0;
}

void
statement_warn(const struct record *rec)
{
	struct source_statement s = { 0 };
	struct action action;
	bool read = read_statement(&s, rec->body, object_member(rec->body,
	    "source"));

	if (read) {
		action_read(&action, buf_view(&s.text), s.schema.n ?
		    buf_view(&s.schema) : SPAN(""));
		if (action_removes_rows(&action))
			log_warn("rows that the source removed stay here: not "
			    "executed without --schema-evolution apply-ddl: "
			    "%.*s", (int)s.text.n, s.text.p);
		action_clear(&action);
	}
	forget_statement(&s);
}

int
statement_resume(struct applier *a, struct err *err)
{
	struct span intent = buf_view(&a->intent);
	struct buf before = { 0 };
	struct source_statement s = { 0 };
	struct buf now = { 0 };
	int status;

	if (!intent.n || !read_statement(&s, intent, intent))
		return 0;
	status = look(a->db, buf_view(&s.schema), buf_view(&s.name), &now,
	    err);
	object_text(&before, intent, "before");
	/* else it comes again, and is executed then */
	a->intent_done = status == 0 && !span_eq(buf_view(&before),
	    buf_view(&now));
	if (a->intent_done)
		log_warn("a statement that was begun is done: %s",
		    buf_cstr(&s.text));
	buf_free(&before);
	forget_statement(&s);
	buf_free(&now);
	return status;
}

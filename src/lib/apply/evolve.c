/* SPDX-License-Identifier: MIT */
#include "apply/evolve.h"

#include <stdlib.h>

#include "apply/commit.h"
#include "apply/define.h"
#include "apply/guard.h"
#include "apply/store.h"
#include "base/log.h"
#include "db/query.h"
#include "json/scan.h"
#include "json/write.h"

enum { READ_TIMEOUT_S = 300 };

/* ---- check, add */

struct evolving {
	struct applier *a;
	struct db *db;          /* of statements that commit by themselves;
	                         * NULL: there was none yet */
	struct buf to_db, to_name;
	const struct schema_table *from;
	struct target *target;
};

/* A connection of its own: DDL commits, and what waits in the other must not
 * be.  Who holds a lock on the table for longer is an error. */
static struct db *
ddl_connection(struct applier *a, struct err *err)
{
	struct db *db = db_twin(a->db);

	for (uint64_t tries = 0; db_connect(db, READ_TIMEOUT_S, err) < 0 ||
	    db_execute(db, err, SQL("SET SESSION lock_wait_timeout=30, "
	    "sql_mode='ALLOW_INVALID_DATES'"),
	    a->opt->skip_replication ? SQL(", skip_replication=1") :
	    SQL("")) < 0; tries++)
		if (!commit_again(a, tries, err)) {
			db_free(db);
			return NULL;
		}
	return db;
}

static int
execute(struct evolving *e, const struct statement *sql, struct err *err)
{
	struct span text;

	if (statement_text(sql, &text, err) < 0)
		return -1;
	log_note("%.*s", (int)text.n, text.p);
	if (e->a->opt->dry_run) {
		executor_print(&e->a->executor, text);
		return 0;
	}
	if (!e->db)
		e->db = ddl_connection(e->a, err);
	return e->db ? db_execute(e->db, err, SQL_OF(sql)) : -1;
}

static int
make_table(struct evolving *e, struct err *err)
{
	struct statement database = { 0 }, table = { 0 };
	struct span text;
	int status;

	statement_add(&database, SQL("CREATE DATABASE IF NOT EXISTS "),
	    SQL_NAME(buf_view(&e->to_db)));
	status = define_table(&table, e->from, buf_view(&e->to_db),
	    buf_view(&e->to_name), err);
	if (status == 0)                /* before anything is executed */
		status = statement_text(&table, &text, err);
	if (status == 0)
		status = execute(e, &database, err);
	if (status == 0)
		status = execute(e, &table, err);
	statement_free(&database);
	statement_free(&table);
	return status;
}

/* NULL in the rows that are there: the source's default is in no row of the
 * log. */
static int
add_column(struct evolving *e, const struct schema_column *col,
    struct err *err)
{
	struct statement sql = { 0 };
	int status;

	statement_add(&sql, SQL("ALTER TABLE "), target_sql(e->target),
	    SQL(" ADD COLUMN IF NOT EXISTS "));
	status = define_column(&sql, e->from, col, err);
	statement_add(&sql, SQL(" NULL"));
	if (status == 0)
		status = execute(e, &sql, err);
	statement_free(&sql);
	return status;
}

/* A column of the source that the target has not. */
static int
missing_column(struct evolving *e, const struct schema_column *col,
    struct err *err)
{
	if (e->a->opt->evolution == EVOLVE_ADD)
		return add_column(e, col, err);
	err_set(err, ERR_CONFIG, "table %s.%s has no column %s, which the "
	    "source has", e->target->db, e->target->name, col->name);
	return err_hint(err, "add it, or --schema-evolution add");
}

static int
check_columns(struct evolving *e, struct err *err)
{
	for (size_t i = 0; i < e->from->ncolumns; i++) {
		const struct schema_column *col = &e->from->columns[i];

		if (!col->row_time && !e->a->opt->tables.ignore_unknown &&
		    target_column_find(e->target, span_of(col->name)) < 0 &&
		    !e->a->opt->tables.map_column &&
		    missing_column(e, col, err) < 0)
			return -1;
	}
	return 0;
}

static int
follow_table(struct evolving *e, struct err *err)
{
	for (uint64_t tries = 0; target_read(e->a->db, buf_view(&e->to_db),
	    buf_view(&e->to_name), &e->target, err) < 0; tries++)
		if (commit_ask_again(e->a, tries, err) < 0)
			return -1;
	if (!e->target && e->a->opt->evolution == EVOLVE_ADD)
		return make_table(e, err);
	if (!e->target)
		return err_set(err, ERR_CONFIG, "the target has no table "
		    "%.*s.%.*s", (int)e->to_db.n, e->to_db.p,
		    (int)e->to_name.n, e->to_name.p);
	return check_columns(e, err);
}

static int
follow_source(struct applier *a, struct span db, struct span name,
    bool *altered, struct err *err)
{
	struct schema_entry *entry = schemas_entry(a->tables.schemas, db,
	    name, false);
	struct evolving e = { .a = a };
	int status;

	e.from = schema_entry_newest(entry);
	if (!e.from)
		return 0;
	tables_map(&a->opt->tables, db, name, &e.to_db, &e.to_name);
	status = guard_table(&a->opt->tables, buf_view(&e.to_db),
	    buf_view(&e.to_name), err);
	if (status > 0)
		status = follow_table(&e, err);
	*altered = e.db != NULL;
	if (e.target)
		target_free(e.target);
	db_free(e.db);
	buf_free(&e.to_db);
	buf_free(&e.to_name);
	return status;
}

/* ---- the source's statements */

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
	struct span ddl, db, table;     /* as JSON's inside */
	struct buf text, schema, name;  /* … and plain */
	struct buf before;      /* look() */
};

static void
forget_statement(struct source_statement *s)
{
	buf_free(&s->text);
	buf_free(&s->schema);
	buf_free(&s->name);
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
		    "target: mend it there, or execute it by hand and leave "
		    "it out of the stream");
		return;
	}
	err_wrap(err, "the statement of %s", gtid);
	err_hint(err, "it does not fit the target: mend it there; or execute "
	    "it by hand, skip it alone (once cdc-tail --until %s | cdc-apply "
	    "--schema-evolution none), and go on as before", gtid);
}

static int
execute_statement(struct applier *a, const struct source_statement *s,
    const char *gtid, struct err *err)
{
	struct db *db = ddl_connection(a, err);
	struct span schema = buf_view(&s->schema);
	char *there = NULL;
	int status = -1;

	if (!db)
		return -1;
	log_note("%.*s", (int)s->text.n, s->text.p);
	if (schema.n)
		there = db_value(db, err, SQL("SELECT 1 FROM "
		    "information_schema.SCHEMATA WHERE SCHEMA_NAME = "),
		    SQL_TEXT(schema));
	if (!err->kind && (!there || db_execute(db, err, SQL("USE "),
	    SQL_NAME(schema)) == 0))
		status = db_execute(db, err,
		    SQL_FOREIGN(buf_view(&s->text)));
	if (status < 0)
		does_not_fit(gtid, err);
	free(there);
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

static int
replay_statement(struct applier *a, const struct record *rec,
    struct err *err)
{
	struct source_statement s = { 0 };
	struct span source = object_member(rec->body, "source");
	struct buf gtid = { 0 };
	int got = 0;

	object_text(&gtid, source, "gtid");
	if (read_statement(&s, rec->body, source))
		got = guard_statement(&a->opt->tables, &s.text,
		    s.schema.n ? buf_view(&s.schema) : SPAN(""), err);
	if (got > 0 && !was_done(a, &s))
		got = a->opt->tables.map ? err_set(err, ERR_CONFIG,
		    "--schema-evolution apply-ddl executes the source's "
		    "statements, which know no --map") :
		    replay_now(a, &s, buf_cstr(&gtid), err);
	forget_statement(&s);
	buf_free(&gtid);
	return got < 0 ? -1 : 0;
}

int
evolve_resume(struct applier *a, struct err *err)
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

int
evolve(struct applier *a, const struct record *rec, bool *altered,
    struct err *err)
{
	struct span source = object_member(rec->body, "source");
	struct span db = json_inside(object_member(source, "db"));
	struct span name = json_inside(object_member(source, "table"));
	struct buf scratch[2] = { { 0 }, { 0 } };
	int status = 0;

	*altered = a->opt->evolution == EVOLVE_DDL;
	if (*altered)
		return replay_statement(a, rec, err);
	if (a->opt->evolution != EVOLVE_NONE && db.p && name.p)
		status = follow_source(a, string_text(db, &scratch[0]),
		    string_text(name, &scratch[1]), altered, err);
	buf_free(&scratch[0]);
	buf_free(&scratch[1]);
	return status;
}

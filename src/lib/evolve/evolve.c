/* SPDX-License-Identifier: MIT */
#include "evolve/evolve.h"

#include <stdlib.h>

#include "base/log.h"
#include "db/query.h"
#include "ddl/ddl.h"
#include "evolve/altering.h"
#include "evolve/define.h"
#include "evolve/evolving.h"
#include "evolve/guard.h"
#include "evolve/renaming.h"
#include "evolve/source_session.h"
#include "evolve/source_statement.h"
#include "evolve/unfollowed.h"
#include "follow/cuts.h"
#include "json/object.h"
#include "json/scan.h"
#include "json/write.h"
#include "schema/schema_file.h"
#include "target/history.h"

/* What foreign keys cascade is in no record.  Names of them are told by a
 * copy, by a statement the tables that they refer to. */
static void
warn_of_foreign(struct evolving *e)
{
	struct buf names = { 0 };
	const struct action *s = e->action;

	for (size_t i = 0; e->from && i < e->from->nforeign; i++)
		buf_printf(&names, "%s%s", i ? ", " : " ", e->from->foreign[i]);
	for (size_t i = 0; s && i < s->nacts; i++)
		if (action_refers(s, i))
			buf_printf(&names, "%s to %s.%s", names.n ? "," : "",
			    s->acts[i].db, s->acts[i].name);
	if (names.n)
		log_warn("table %s.%s lacks the source's foreign keys%s: no "
		    "record contains what they cascade; create them here once "
		    "all tables are copied, or use --schema-evolution "
		    "apply-ddl", buf_cstr(&e->to_db), buf_cstr(&e->to_name),
		    buf_cstr(&names));
	buf_free(&names);
}

static int
make_table(struct evolving *e, struct err *err)
{
	struct statement database = { 0 }, table = { 0 };
	struct span text;
	int status;

	if (e->from->merges)    /* rows of it are refused */
		return 0;
	status = evolving_may(e, CREATE_TABLE, NULL, NULL, err);
	if (status <= 0)
		return status;
	statement_add(&database, SQL("CREATE DATABASE IF NOT EXISTS "),
	    SQL_NAME(buf_view(&e->to_db)));
	status = define_table(&table, e->from, buf_view(&e->to_db),
	    buf_view(&e->to_name), history_is_told(e->by->modes,
	    e->from),
	    err);
	if (status == 0)                /* before anything is executed */
		status = statement_text(&table, &text, err);
	if (status == 0)
		status = evolving_execute(e, &database, false, NULL, err);
	if (status == 0)
		status = evolving_execute(e, &table, false, NULL, err);
	if (status == 0) {
		left_forget_table(e->by->left, buf_cstr(&e->to_db),
		    buf_cstr(&e->to_name));
		warn_of_foreign(e);
	}
	statement_free(&database);
	statement_free(&table);
	return status;
}

/* ---- tables */

/* --schema-evolution check */
static int
check_columns(struct evolving *e, struct err *err)
{
	for (size_t i = 0; i < e->from->ncolumns; i++) {
		const struct schema_column *col = &e->from->columns[i];

		if (col->row_time || e->by->tables->ignore_unknown ||
		    target_column_find(e->target, span_of(col->name)) >= 0 ||
		    e->by->tables->map_column)
			continue;
		err_set(err, ERR_CONFIG, "table %s.%s has no column %s, "
		    "which the source has", e->target->db, e->target->name,
		    col->name);
		return err_hint(err, "add it, or use --schema-evolution add; "
		    "if it exists, GRANT SELECT on it so that the account can "
		    "see it");
	}
	return 0;
}

/* --schema-evolution check; apply-ddl, where rows of a copy come. */
static int
check_table(struct evolving *e, struct err *err)
{
	if (copied_check(e, err) < 0)
		return -1;
	if (check_columns(e, err) == 0)
		return 0;
	if (e->by->evolution == EVOLVE_CHECK)
		return -1;
	err->hint[0] = '\0';
	return err_hint(err, "a copy comes before the statements: bring the "
	    "table to the source's definition by hand, and run both again");
}

static int
follow_table(struct evolving *e, struct err *err)
{
	bool adds = e->by->evolution == EVOLVE_ADD;

	if (unfollowed_table(e, err) < 0)
		return -1;
	if (e->by->evolution == EVOLVE_NONE)
		return 0;
	if (evolving_read(e, err) < 0)
		return -1;
	if (e->target && adds)
		return copied_check(e, err) < 0 ? -1 : reshape(e, err);
	if (e->target)
		return check_table(e, err);
	if (e->by->evolution == EVOLVE_DDL)
		return 0;       /* its first row says so */
	if (adds)       /* a part of one does not make it */
		return e->from->complete ? make_table(e, err) : 0;
	err_set(err, ERR_CONFIG, "the target has no table %.*s.%.*s",
	    (int)e->to_db.n, e->to_db.p, (int)e->to_name.n, e->to_name.p);
	return err_hint(err, "create it as the source has it: mariadb-dump "
	    "--no-data --skip-triggers DB TABLE | mariadb DB");
}

static int
follow_change(struct evolving *e, struct schemas *schemas, const char *db,
    const char *name, struct err *err)
{
	struct schema_entry *entry = schemas_entry(schemas, span_of(db),
	    span_of(name), false);
	int status;

	e->from = schema_entry_newest(entry);
	if (!e->from && entry)
		e->from = entry->learned;
	status = e->from ? evolving_find(e, db, name, err) : 0;
	if (status > 0)
		status = follow_table(e, err);
	if (e->target)
		target_free(e->target);
	e->target = NULL;
	return status;
}

/* DROP TABLE: each that it names, of those that are there. */
static int
drop_tables(struct evolving *e, struct err *err)
{
	int status = 0;

	for (size_t i = 0; i < e->action->nacts && status == 0; i++) {
		const struct act *act = &e->action->acts[i];
		struct statement sql = { 0 };

		status = evolving_find(e, act->db, act->name, err);
		if (status > 0)
			status = evolving_may(e, DROP_TABLE, NULL, NULL, err);
		if (status > 0) {
			statement_add(&sql, SQL("DROP TABLE IF EXISTS "),
			    SQL_TABLE(buf_view(&e->to_db),
			    buf_view(&e->to_name)));
			status = evolving_execute(e, &sql, false, NULL, err);
			left_forget_table(e->by->left, buf_cstr(&e->to_db),
			    buf_cstr(&e->to_name));
		}
		statement_free(&sql);
	}
	return status;
}

/* ---- statements that describe no table */

/* What an ALTER TABLE leaves the table called. */
static const struct act *
name_now(const struct action *s)
{
	for (size_t i = s->nacts; i-- > 1;)
		if (s->acts[i].renamed)
			return &s->acts[i];
	return &s->acts[0];
}

/* Whether a column is there already, of a table that nobody described, the
 * target tells: not ADD COLUMN IF NOT EXISTS. */
static void
put_plainly(const struct action *s, struct buf *text)
{
	struct cuts cuts;

	cuts_open(&cuts, s);
	for (size_t i = 0; i < s->nparts; i++) {
		struct sql at = sql_in(s->parts[i].at, s->mode);
		const char *from;

		if (altering_of_part(s, &s->parts[i]) != ADD_COLUMN ||
		    !sql_word(&at, "ADD"))
			continue;
		sql_word(&at, "COLUMN");
		from = at.p;
		if (sql_word(&at, "IF") && sql_word(&at, "NOT") &&
		    sql_word(&at, "EXISTS"))
			cuts_edit(&cuts, span_between(from, at.p), NULL);
	}
	cuts_put(&cuts, text);
	cuts_clear(&cuts);
}

/* An ALTER of a table that was never described: of its columns those that the
 * statement defines are known. */
static int
follow_statement(struct evolving *e, struct err *err)
{
	const struct act *act = &e->action->acts[0];
	struct buf text = { 0 };
	struct query query = { .default_db = span_of(act->db),
		.session.sql_mode = e->action->mode };
	struct schema_changes changes = { 0 };
	struct schemas *schemas = schemas_new();
	struct schema_entry *entry;
	int status = 0;

	put_plainly(e->action, &text);
	query.text = buf_view(&text);
	ddl_learn(schemas, &query, "", 0, &changes);
	act = name_now(e->action);
	entry = schemas_entry(schemas, span_of(act->db), span_of(act->name),
	    false);
	for (size_t i = 0; entry && entry->learned &&
	    i < entry->learned->ncolumns; i++)
		entry->learned->columns[i].told = true;
	status = follow_change(e, schemas, act->db, act->name, err);
	ddl_changes_clear(&changes);
	schemas_free(schemas);
	buf_free(&text);
	return status;
}

/* The tables whose definitions the record has. */
static int
follow_changes(struct evolving *e, struct span body, struct err *err)
{
	struct json_pos at = json_at(object_member(body, "tableChanges"));
	struct span change;
	int status = 0, n = 0;

	if (!json_enter(&at, '['))
		return 0;
	while (status == 0 && json_next_element(&at) > 0 &&
	    json_value(&at, &change)) {
		char *db, *name;

		if (schemas_change_names(body, change, &db, &name))
			status = follow_change(e, e->by->schemas, db,
			    name, err);
		free(db);
		free(name);
		n++;
	}
	if (n == 0 && status == 0 && e->action &&
	    action_alters_columns(e->action))
		status = follow_statement(e, err);
	return status;
}

/* ALTER TABLE … ADD FOREIGN KEY: has the target one like it? */
static int
look_for_foreign(struct evolving *e, const struct act *parent,
    struct err *err)
{
	struct buf db = { 0 }, name = { 0 };
	char *found;

	mapping_table(e->by->tables, span_of(parent->db),
	    span_of(parent->name), &db, &name);
	found = db_value(e->by->db, err, SQL("SELECT 1 FROM "
	    "information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = "),
	    SQL_TEXT(buf_view(&e->to_db)), SQL(" AND TABLE_NAME = "),
	    SQL_TEXT(buf_view(&e->to_name)),
	    SQL(" AND REFERENCED_TABLE_SCHEMA = "), SQL_TEXT(buf_view(&db)),
	    SQL(" AND REFERENCED_TABLE_NAME = "), SQL_TEXT(buf_view(&name)),
	    SQL(" LIMIT 1"));
	buf_free(&db);
	buf_free(&name);
	if (found)
		free(found);
	else if (!err->kind)
		warn_of_foreign(e);
	return err->kind ? -1 : found != NULL;
}

static int
check_foreign(struct evolving *e, struct err *err)
{
	const struct action *s = e->action;
	int got = 1;

	for (size_t i = 0; i < s->nacts && got > 0; i++)
		if (s->form == FORM_ALTER && action_refers(s, i)) {
			got = evolving_find(e, s->acts[0].db, s->acts[0].name,
			    err);
			if (got > 0)
				got = look_for_foreign(e, &s->acts[i], err);
		}
	return got < 0 ? -1 : 0;
}

/* `add`, of a statement that was read. */
static int
follow_action(struct evolving *e, struct span body, struct err *err)
{
	if (altering_of_statement(e->action) == DROP_TABLE &&
	    e->action->form == FORM_DROP)
		return drop_tables(e, err);
	if (renaming_follow(e, err) < 0)
		return -1;
	if (!e->passed && follow_changes(e, body, err) < 0)
		return -1;
	return check_foreign(e, err);
}

/* What --schema-evolution makes of it, after nothing of it would be lost. */
static int
follow_read(struct evolving *e, struct action *action, struct span body,
    struct err *err)
{
	uint64_t failed = object_number(e->session, "error");
	int status = action->nacts ? unfollowed_statement(e, action, failed,
	    err) : 0;

	if (status != 0)
		return status;
	if (e->by->evolution == EVOLVE_ADD && action->nacts &&
	    !action->trouble && !failed)
		e->action = action;
	return e->action ? follow_action(e, body, err) :
	    follow_changes(e, body, err);
}

static int
follow_record(struct evolving *e, struct span body, struct err *err)
{
	struct buf text = { 0 }, db = { 0 };
	struct action action = { 0 };
	int status;

	object_text(&text, body, "ddl");
	object_text(&db, body, "databaseName");
	e->session = object_member(body, "session");
	if (text.n)
		action_read(&action, buf_view(&text), buf_view(&db),
		    (unsigned)object_number(e->session, "sql_mode") &
		    SQL_MODES);
	status = follow_read(e, &action, body, err);
	action_clear(&action);
	buf_free(&text);
	buf_free(&db);
	return status;
}

bool
evolve_concerns(const struct evolver *by, const struct record *rec)
{
	return by->evolution != EVOLVE_NONE || by->left->n ||
	    json_inside(object_member(rec->body, "ddl")).p;
}

int
evolve(struct evolver *by, const struct record *rec, bool *altered,
    struct err *err)
{
	struct evolving e = { .by = by };
	int status;

	*altered = by->evolution == EVOLVE_DDL;
	e.copied = json_is_text(object_member(object_member(rec->body,
	    "source"), "snapshot"), "true");
	if (*altered && !e.copied)
		return source_statement_replay(by, rec, err);
	object_text(&e.gtid, object_member(rec->body, "source"), "gtid");
	status = follow_record(&e, rec->body, err);
	*altered = *altered || e.db != NULL;
	if (e.db)
		source_session_leave(by, e.db, status == 0);
	buf_free(&e.to_db);
	buf_free(&e.to_name);
	buf_free(&e.gtid);
	return status;
}

void
evolve_clear(struct evolver *by)
{
	buf_free(&by->begun.gtid);
	buf_free(&by->begun.ddl);
	buf_free(&by->numbered);
	db_free(by->spare);
}

/* SPDX-License-Identifier: MIT */
#include "evolve/unfollowed.h"

#include <stdlib.h>

#include "base/log.h"
#include "db/errors.h"
#include "db/query.h"
#include "evolve/altering.h"
#include "evolve/source_session.h"
#include "target/left.h"

enum { SHOWN = 120 };

/* ---- what the target has */

static int
ask_for_rows(struct evolving *e, bool *has, struct err *err)
{
	char *one = db_value(e->db, err, SQL("SELECT 1 FROM "),
	    SQL_TABLE(buf_view(&e->to_db), buf_view(&e->to_name)),
	    SQL(" LIMIT 1"));

	*has = one != NULL;
	free(one);
	if (err->kind && (db_errno(e->db) == ER_NO_SUCH_TABLE ||
	    db_errno(e->db) == ER_BAD_DB_ERROR))
		err_clear(err);
	return err->kind ? -1 : 0;
}

/* Has the target's table any?  Asked over the connection of statements: the
 * other would hold a lock on the table until its transaction ends. */
static int
look_for_rows(struct evolving *e, bool *has, struct err *err)
{
	for (;;) {
		if (evolving_connect(e, err) < 0)
			return -1;
		if (ask_for_rows(e, has, err) == 0)
			return 0;
		if (!e->by->again(e->by->arg, e->tries++, err))
			return -1;
		db_free(e->db);
		e->db = NULL;
	}
}

/* Of a table of the source: has the target rows of it that nobody accepts?  1,
 * 0, -1.  *accepted: somebody does. */
static int
holds_rows(struct evolving *e, const char *db, const char *name,
    bool *accepted, struct err *err)
{
	bool has = false;

	/* what is the server's gets no rows, and says why */
	if (evolving_find(e, db, name, err) <= 0) {
		err_clear(err);
		return 0;
	}
	if (look_for_rows(e, &has, err) < 0)
		return -1;
	if (has && mapping_accepts(e->by->tables, db, name))
		has = !(*accepted = true);
	return has;
}

/* ---- tables that are made again */

static int
refuse_again(struct evolving *e, struct err *err)
{
	err_set(err, ERR_CONFIG, "table %s.%s: the source dropped and created "
	    "it again, and the rows of the dropped one are still here",
	    buf_cstr(&e->to_db), buf_cstr(&e->to_name));
	return err_hint(err, e->by->evolution == EVOLVE_NONE ||
	    e->by->evolution == EVOLVE_CHECK ? "make it here as the source "
	    "has it now, without rows, and continue; if its rows are the new "
	    "table's already, --accept-tables '%s\\.%s'" : "drop or rename it "
	    "here and continue; or use --evolve drop.table=follow before the "
	    "source drops a table; if its rows are the new table's already, "
	    "--accept-tables '%s\\.%s'", e->from_db, e->from_name);
}

/* The rows that are there are those of the table that the source has. */
static void
settle(struct evolving *e, bool with_database)
{
	left_forget_table(e->by->left, buf_cstr(&e->to_db),
	    buf_cstr(&e->to_name));
	if (with_database)
		left_make(e->by->left, e->from_db, e->from_name);
}

int
unfollowed_table(struct evolving *e, struct err *err)
{
	const struct left *left = e->by->left;
	bool alone = left_is_dropped(left, buf_cstr(&e->to_db),
	    buf_cstr(&e->to_name));
	bool with_database = left_is_dropped_with(left, e->from_db,
	    e->from_name);
	bool accepted = false;
	int has = alone || with_database ? holds_rows(e, e->from_db,
	    e->from_name, &accepted, err) : 0;

	if (has > 0)
		return refuse_again(e, err);
	if (has == 0 && (alone || with_database))
		settle(e, with_database);
	return has;
}

/* ---- statements */

static int
refuse_moves(struct evolving *e, const struct action *s,
    struct buf *tables, struct err *err)
{
	bool add = e->by->evolution == EVOLVE_ADD;
	const char *whose = e->gtid.n ? buf_cstr(&e->gtid) : "the source";

	err_set(err, ERR_CONFIG, "a statement of %s %s rows that no record "
	    "contains, and is executed only with --schema-evolution "
	    "apply-ddl: %s: %.*s%s", whose, s->trouble ? "may move" : "moves",
	    buf_cstr(tables), (int)(s->text.n < SHOWN ?
	    s->text.n : SHOWN), s->text.p, s->text.n < SHOWN ? "" : "…");
	return err_hint(err, "%scopy these tables as COPYING A TABLE AGAIN in "
	    "cdc-apply(1) says; or execute the statement here by hand, and "
	    "pass it over with --accept-tables", add || s->form !=
	    FORM_RENAME ? "" : "use --schema-evolution add; or ");
}

/* Of those whose rows go elsewhere, which has some here? */
static int
check_moves(struct evolving *e, const struct action *s, struct err *err)
{
	struct buf tables = { 0 };
	bool accepted = false;
	int status = 0;

	for (size_t i = 0; i < s->nacts && status >= 0; i++) {
		const struct act *act = &s->acts[i];

		if (!act->changes || act->renamed || !act->name)
			continue;
		status = holds_rows(e, act->db, act->name, &accepted, err);
		if (status > 0)
			buf_printf(&tables, "%s%s.%s", tables.n ? ", " : "",
			    buf_cstr(&e->to_db), buf_cstr(&e->to_name));
	}
	if (status >= 0)
		status = tables.n ? refuse_moves(e, s, &tables, err) : 0;
	if (status == 0 && accepted)
		log_warn("passed over, as --accept-tables says: %.*s%s",
		    (int)(s->text.n < SHOWN ? s->text.n : SHOWN), s->text.p,
		    s->text.n < SHOWN ? "" : "…");
	buf_free(&tables);
	return status;
}

static bool
drops_tables(const struct action *s)
{
	return s->on == ON_TABLES && s->form == FORM_DROP &&
	    altering_of_statement(s) == DROP_TABLE;
}

/* add says itself what becomes of a DROP TABLE. */
static int
note_drops(struct evolving *e, const struct action *s, struct err *err)
{
	bool accepted = false;
	int has = 0;

	for (size_t i = 0; i < s->nacts && has >= 0; i++) {
		has = holds_rows(e, s->acts[i].db, s->acts[i].name, &accepted,
		    err);
		if (has > 0) {
			struct left_note note = evolving_note(e, DROP_TABLE,
			    NULL, NULL);

			note.why = ", and its rows are still here";
			note.quiet = true;
			left_add(e->by->left, &note);
		}
	}
	return has < 0 ? -1 : 0;
}

/* CREATE OR REPLACE TABLE */
static int
replace_table(struct evolving *e, const struct act *act, struct err *err)
{
	bool add = e->by->evolution == EVOLVE_ADD, accepted = false;
	enum evolve_way way = add ? ways_of(e->by->ways, true, DROP_TABLE) :
	    WAY_IGNORE;
	struct statement sql = { 0 };
	int status = holds_rows(e, act->db, act->name, &accepted, err);

	if (status > 0 && way == WAY_STOP)
		return evolving_may(e, DROP_TABLE, NULL, NULL, err);
	if (status > 0 && way == WAY_IGNORE)
		return refuse_again(e, err);
	if (status < 0 || !e->to_name.n)
		return status;
	if (way == WAY_FOLLOW && !accepted) {
		statement_add(&sql, SQL("DROP TABLE IF EXISTS "),
		    SQL_TABLE(buf_view(&e->to_db), buf_view(&e->to_name)));
		status = evolving_execute(e, &sql, false, NULL, err);
		statement_free(&sql);
	}
	settle(e, left_is_dropped_with(e->by->left, act->db, act->name));
	return status < 0 ? -1 : 0;
}

static int
make_table(struct evolving *e, const struct action *s, struct err *err)
{
	const struct act *act = &s->acts[0];
	int got;

	if (action_removes_rows(s))
		return replace_table(e, act, err);
	got = evolving_find(e, act->db, act->name, err);
	if (got < 0)
		err_clear(err);
	return got > 0 ? unfollowed_table(e, err) : 0;
}

/* Of those that are left, tables and columns that a person removed here. */
static int
refuse_more(struct evolving *e, struct err *err)
{
	if (!left_is_full(e->by->left))
		return 0;
	err_set(err, ERR_CONFIG, "more than %d tables and columns that the "
	    "source dropped or renamed are still here", LEFT_MOST);
	return err_hint(err, "column unfollowed of %s.cdc_offsets names them: "
	    "drop them here, set it to NULL, and continue; or use --evolve "
	    "drop.table=follow", e->by->tables->offsets_db);
}

/* --map may have put its tables anywhere. */
static int
has_tables(struct evolving *e, const char *db, struct err *err)
{
	char *one;

	if (e->by->tables->map)
		return 1;
	one = db_value(e->by->db, err, SQL("SELECT 1 FROM "
	    "information_schema.TABLES WHERE TABLE_SCHEMA = "),
	    SQL_TEXT(span_of(db)), SQL(" AND TABLE_TYPE IN ('BASE TABLE', "
	    "'SYSTEM VERSIONED') LIMIT 1"));
	free(one);
	return err->kind ? -1 : one != NULL;
}

/* DROP DATABASE */
static int
note_database(struct evolving *e, const char *db, struct err *err)
{
	const struct left_note note = { .action = DROP_TABLE, .db = db,
		.table = "*", .gtid = buf_cstr(&e->gtid), .quiet = true,
		.why = ", and its tables are still here" };
	int has;

	for (uint64_t tries = 0; (has = has_tables(e, db, err)) < 0; tries++)
		if (e->by->ask_again(e->by->arg, tries, err) < 0)
			return -1;
	if (has)
		left_add(e->by->left, &note);
	return 0;
}

int
unfollowed_statement(struct evolving *e, const struct action *s,
    uint64_t error, struct err *err)
{
	bool adds = e->by->evolution == EVOLVE_ADD;

	if (refuse_more(e, err) < 0)
		return -1;
	/* of several tables some may have been gone already */
	if (error && !(error == ER_BAD_TABLE_ERROR && drops_tables(s)))
		return 0;
	if (s->on == ON_DATABASES && s->form == FORM_DROP_DATABASE)
		return note_database(e, s->acts[0].db, err);
	if (s->on != ON_TABLES || s->acts[0].is_column_free)
		return 0;
	if (drops_tables(s))
		return adds && !error ? 0 : note_drops(e, s, err);
	if (action_moves_rows(s) && !(adds && action_only_renames(s)))
		return check_moves(e, s, err);
	return s->form == FORM_CREATE ? make_table(e, s, err) : 0;
}

/* ---- apply-ddl */

/* A column that the source adds: is one of the name left, or another in its
 * place? */
static int
replay_column(struct evolving *e, const char *column, struct err *err)
{
	struct left *left = e->by->left;
	const char *db = buf_cstr(&e->to_db), *table = buf_cstr(&e->to_name);
	bool dropped = left_has(left, db, table, column, REMOVE_COLUMN);
	bool has;

	if (!dropped && !left_has(left, db, table, column, RENAME_COLUMN_TO))
		return 0;
	if (evolving_read(e, err) < 0)
		return -1;
	has = e->target && target_column_find(e->target, span_of(column)) >= 0;
	if (e->target)
		target_free(e->target);
	e->target = NULL;
	if (dropped == has && !mapping_accepts(e->by->tables, e->from_db,
	    e->from_name))
		return unfollowed_column(e, column, err);
	left_forget(left, db, table, column);
	return 0;
}

int
unfollowed_column(struct evolving *e, const char *column, struct err *err)
{
	const char *db = buf_cstr(&e->to_db), *table = buf_cstr(&e->to_name);
	bool renamed = left_has(e->by->left, db, table, column,
	    RENAME_COLUMN_TO);

	err_set(err, ERR_CONFIG, renamed ? "column %s of %s.%s is added again, "
	    "and has its first name here" : "column %s of %s.%s is added "
	    "again, and the earlier one was not dropped here", column, db,
	    table);
	err_hint(err, "%s it at the target, or use --evolve %s.column=follow "
	    "before the source does; if its values are the new column's "
	    "already, --accept-tables '%s\\.%s'", renamed ? "rename" : "drop",
	    renamed ? "rename" : "drop", e->from_db, e->from_name);
	return left_say(e->by->left, db, table, column, err);
}

static int
replay_alter(struct evolving *e, const struct action *s, struct err *err)
{
	int status = 0;

	for (size_t i = 0; i < s->nparts && status == 0; i++)
		for (size_t k = 0; k < s->parts[i].ncolumns && status == 0;
		     k++)
			if (altering_of_part(s, &s->parts[i]) == ADD_COLUMN)
				status = replay_column(e,
				    s->parts[i].columns[k], err);
	return status;
}

static int
replay(struct evolving *e, const struct action *s, bool *replaces,
    struct err *err)
{
	const struct act *act = &s->acts[0];
	bool accepted = false;
	int got;

	e->from_db = act->db;
	e->from_name = act->name;
	if (s->form == FORM_ALTER)
		return e->by->left->n && evolving_find(e, act->db, act->name,
		    err) > 0 ? replay_alter(e, s, err) : err->kind ? -1 : 0;
	if (s->form != FORM_CREATE)
		return 0;
	if (!action_removes_rows(s))
		return evolving_find(e, act->db, act->name, err) > 0 ?
		    unfollowed_table(e, err) : err->kind ? -1 : 0;
	if (ways_of(e->by->ways, false, DROP_TABLE) != WAY_IGNORE)
		return 0;
	got = holds_rows(e, act->db, act->name, &accepted, err);
	if (got > 0)
		return refuse_again(e, err);
	*replaces = got == 0 && !accepted;
	return got;
}

int
unfollowed_replay(struct evolver *by, const struct action *s,
    const char *gtid, bool *replaces, struct err *err)
{
	struct evolving e = { .by = by };
	int status = 0;

	*replaces = false;
	if (s->on != ON_TABLES || !s->nacts || s->trouble ||
	    s->acts[0].is_column_free || !s->acts[0].name ||
	    (!by->left->n && !by->ways->any))
		return 0;
	buf_str(&e.gtid, gtid);
	status = replay(&e, s, replaces, err);
	if (e.db)
		source_session_leave(by, e.db, status == 0);
	buf_free(&e.to_db);
	buf_free(&e.to_name);
	buf_free(&e.gtid);
	return status;
}

/* What became of the tables of a statement that was executed. */
void
unfollowed_replayed(struct evolver *by, const struct action *s)
{
	struct left *left = by->left;

	if (!left->n || s->on != ON_TABLES)
		return;
	for (size_t i = 0; i < s->nacts; i++) {
		const struct act *act = &s->acts[i], *old;

		if (!act->name || !act->changes)
			continue;
		if (s->form == FORM_DROP || s->form == FORM_CREATE)
			left_forget_table(left, act->db, act->name);
		if (!act->renamed || !i)
			continue;
		old = s->form == FORM_RENAME ? &s->acts[i - 1] : &s->acts[0];
		left_forget_table(left, act->db, act->name);
		left_rename(left, (const struct span[]){ span_of(old->db),
		    span_of(old->name) }, (const struct span[]){
		    span_of(act->db), span_of(act->name) });
	}
}

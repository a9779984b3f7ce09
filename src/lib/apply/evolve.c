/* SPDX-License-Identifier: MIT */
#include "apply/evolve.h"

#include <stdlib.h>

#include "apply/commit.h"
#include "apply/define.h"
#include "apply/denied.h"
#include "apply/guard.h"
#include "apply/session.h"
#include "apply/statement.h"
#include "base/log.h"
#include "db/query.h"
#include "json/scan.h"
#include "json/write.h"

struct evolving {
	struct applier *a;
	struct db *db;          /* of statements that commit by themselves;
	                         * NULL: there was none yet */
	struct buf to_db, to_name;
	const struct schema_table *from;
	struct target *target;
};

/* All of them say IF NOT EXISTS: what may pass is done again, also where its
 * answer was lost. */
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
	for (uint64_t tries = 0;; tries++) {
		if (!e->db)
			e->db = session_connect(e->a, err);
		if (!e->db)
			return -1;
		if (db_execute(e->db, err, SQL_OF(sql)) == 0)
			return 0;
		denied_hint(e->a, e->db, buf_view(&e->to_db), err);
		if (!commit_again(e->a, tries, err))
			return -1;
		db_free(e->db);
		e->db = NULL;
	}
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
	if (status == 0)
		log_warn("table %s.%s: its rows have NULL in the new column "
		    "%s, whatever the source has there", e->target->db,
		    e->target->name, col->name);
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
	if (!e->target) {
		err_set(err, ERR_CONFIG, "the target has no table %.*s.%.*s",
		    (int)e->to_db.n, e->to_db.p, (int)e->to_name.n,
		    e->to_name.p);
		return err_hint(err, "create it as the source has it: "
		    "mariadb-dump --no-data DB TABLE | mariadb");
	}
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
		return statement_replay(a, rec, err);
	if (a->opt->evolution != EVOLVE_NONE && db.p && name.p)
		status = follow_source(a, string_text(db, &scratch[0]),
		    string_text(name, &scratch[1]), altered, err);
	buf_free(&scratch[0]);
	buf_free(&scratch[1]);
	return status;
}

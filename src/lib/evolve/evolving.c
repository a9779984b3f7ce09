/* SPDX-License-Identifier: MIT */
#include "evolve/evolving.h"

#include "base/log.h"
#include "db/query.h"
#include "evolve/denied.h"
#include "evolve/guard.h"
#include "evolve/queued.h"
#include "evolve/source_session.h"
#include "json/object.h"

struct left_note
evolving_note(struct evolving *e, enum evolve_action action,
    const char *column, const char *to)
{
	return (struct left_note){ .action = action, .column = column,
		.db = buf_cstr(&e->to_db), .table = buf_cstr(&e->to_name),
		.to = to, .gtid = buf_cstr(&e->gtid) };
}

int
evolving_may(struct evolving *e, enum evolve_action action,
    const char *column, const char *to, struct err *err)
{
	struct left_note note = evolving_note(e, action, column, to);

	switch (ways_of(e->by->ways, true, action)) {
	case WAY_STOP:
		return left_stop(&note, err);
	case WAY_IGNORE:
		if (!left_has(e->by->left, note.db, note.table,
		    to ? to : column, action))
			left_add(e->by->left, &note);
		return 0;
	default:
		return 1;
	}
}

int
evolving_find(struct evolving *e, const char *db, const char *name,
    struct err *err)
{
	e->from_db = db;
	e->from_name = name;
	e->to_db.n = e->to_name.n = 0;
	mapping_table(e->by->tables, span_of(db), span_of(name), &e->to_db,
	    &e->to_name);
	return guard_table(e->by->tables, buf_view(&e->to_db),
	    buf_view(&e->to_name), err);
}

int
evolving_read(struct evolving *e, struct err *err)
{
	if (e->target)
		target_free(e->target);
	for (uint64_t tries = 0; target_read(e->by->db, buf_view(&e->to_db),
	    buf_view(&e->to_name), &e->target, err) < 0; tries++)
		if (e->by->ask_again(e->by->arg, tries, err) < 0)
			return -1;
	return 0;
}

/* ---- statements */

/* Of sql_mode what an expression means something else by; texts are written so
 * that backslashes escape. */
enum {
	PIPES_AS_CONCAT = 1 << 1, IGNORE_SPACE = 1 << 3,
	NO_UNSIGNED_SUBTRACTION = 1 << 6, ALLOW_INVALID_DATES = 1 << 25,
	HIGH_NOT_PRECEDENCE = 1 << 29,
};

static int
be_source(struct evolving *e, struct err *err)
{
	uint64_t mode = object_number(e->session, "sql_mode");

	mode &= PIPES_AS_CONCAT | IGNORE_SPACE | NO_UNSIGNED_SUBTRACTION |
	    HIGH_NOT_PRECEDENCE;
	if (source_session_make(e->db, e->session, buf_view(&e->to_db),
	    (struct span){ 0 }, err) < 0)
		return -1;
	return db_execute(e->db, err, SQL("SET SESSION sql_mode="),
	    SQL_NUMBER(mode | ALLOW_INVALID_DATES));
}

static int
execute_once(struct evolving *e, const struct statement *sql, bool as_source,
    struct err *err)
{
	if (as_source && e->session.p && be_source(e, err) < 0)
		return -1;
	return db_execute(e->db, err, SQL_OF(sql));
}

int
evolving_connect(struct evolving *e, struct err *err)
{
	if (!e->db)
		e->db = source_session_connect(e->by, e->session,
		    buf_view(&e->to_db), err);
	return e->db ? 0 : -1;
}

int
evolving_execute(struct evolving *e, const struct statement *sql,
    bool as_source, bool *again, struct err *err)
{
	struct span text;

	if (statement_text(sql, &text, err) < 0 || queued_check_table(e->by,
	    e->from_db, e->from_name, text, err) < 0)
		return -1;
	log_note("%.*s", (int)text.n, text.p);
	if (e->by->x->dry) {
		execute_print(e->by->x, text);
		return 0;
	}
	for (;;) {
		if (evolving_connect(e, err) < 0)
			return -1;
		if (execute_once(e, sql, as_source, err) == 0)
			return 0;
		denied_hint(e->by->evolution, e->db, buf_view(&e->to_db), err);
		if (!e->by->again(e->by->arg, e->tries++, err))
			break;
		db_free(e->db);
		e->db = NULL;
		if (again) {
			*again = true;
			return 0;
		}
	}
	if (err->kind == ERR_CONFIG)
		err_hint(err, "create it at the target by hand, as far as "
		    "that server supports it");
	return e->gtid.n ? err_wrap(err, "table %s.%s, as it is after %s",
	    buf_cstr(&e->to_db), buf_cstr(&e->to_name), buf_cstr(&e->gtid)) :
	    -1;
}

void
evolving_warn_of_less(struct evolving *e, const char *column)
{
	log_warn("table %s.%s: column %s was altered at the source by %s: "
	    "values that this changed there stay here as they were",
	    e->target->db, e->target->name, column, buf_cstr(&e->gtid));
}

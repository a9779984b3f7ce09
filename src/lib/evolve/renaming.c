/* SPDX-License-Identifier: MIT */
#include "evolve/renaming.h"

#include "evolve/queued.h"
#include "evolve/source_statement.h"
#include "follow/action.h"
#include "target/left.h"

static int
exists(struct evolving *e, bool *found, struct err *err)
{
	int status = evolving_read(e, err);

	*found = e->target != NULL;
	if (e->target)
		target_free(e->target);
	e->target = NULL;
	return status;
}

static int
refuse_rename(const struct evolving *e, struct span db, struct span name,
    struct err *err)
{
	err_set(err, ERR_CONFIG, "table %.*s.%.*s is renamed to %.*s.%.*s, "
	    "which already exists", (int)db.n, db.p, (int)name.n, name.p,
	    (int)e->to_db.n, e->to_db.p, (int)e->to_name.n, e->to_name.p);
	return err_hint(err, "rename or drop by hand what the source does not "
	    "have, and continue; tables already renamed are passed over");
}

static void
put_rename(struct statement *sql, const struct evolving *e, struct span db,
    struct span name)
{
	statement_add(sql, SQL("RENAME TABLE IF EXISTS "), SQL_TABLE(db, name),
	    SQL(" TO "), SQL_TABLE(buf_view(&e->to_db),
	    buf_view(&e->to_name)));
}

/* Say that it is about to be executed. */
static int
intend(struct evolving *e, const struct statement *sql, struct err *err)
{
	struct span text;
	int status = -1;

	if (statement_text(sql, &text, err) < 0)
		return -1;
	if (e->by->x->dry)
		return 0;
	for (uint64_t tries = 0; status < 0; tries++) {
		status = evolving_connect(e, err);
		if (status == 0)
			status = source_statement_intend(e->by, e->db, text,
			    buf_view(&e->to_db), buf_view(&e->gtid), err);
		if (status == 0)
			break;
		if (e->by->do_again(e->by->arg, tries, err) < 0)
			return -1;
		db_free(e->db);
		e->db = NULL;
	}
	return 0;
}

static int
rename_pair(struct evolving *e, const struct act *from, struct span db,
    struct span name, struct err *err)
{
	struct statement sql = { 0 };
	bool is_new = false;
	int status = exists(e, &is_new, err);

	if (status == 0 && is_new)
		status = refuse_rename(e, db, name, err);
	if (status == 0)
		status = queued_check_table(e->by, from->db, from->name,
		    e->action->text, err);
	put_rename(&sql, e, db, name);
	if (status == 0)
		status = intend(e, &sql, err);
	if (status == 0)
		status = evolving_execute(e, &sql, false, NULL, err);
	statement_free(&sql);
	return status;
}

/* What was left of a table goes with it; what the name had is gone. */
static void
rename_left(struct evolving *e, struct span db, struct span name)
{
	const struct span from[] = { db, name };
	const struct span to[] = { buf_view(&e->to_db),
		buf_view(&e->to_name) };

	left_forget_table(e->by->left, buf_cstr(&e->to_db),
	    buf_cstr(&e->to_name));
	left_rename(e->by->left, from, to);
}

/* RENAME TABLE from TO to, unless it was done. */
static int
rename_table(struct evolving *e, const struct act *from, const struct act *to,
    struct err *err)
{
	struct buf db = { 0 }, name = { 0 };
	enum begun begun = source_statement_number(e->by, buf_view(&e->gtid));
	bool is_old = false;
	int status = evolving_find(e, from->db, from->name, err);

	e->passed = begun == BEGUN_PASSED;
	if (status > 0 && begun == BEGUN_NOT && exists(e, &is_old, err) < 0)
		status = -1;
	buf_span(&db, buf_view(&e->to_db));
	buf_span(&name, buf_view(&e->to_name));
	if (status > 0)
		status = evolving_find(e, to->db, to->name, err);
	if (status > 0 && is_old && rename_pair(e, from, buf_view(&db),
	    buf_view(&name), err) < 0)
		status = -1;
	if (status > 0 && begun != BEGUN_PASSED)
		rename_left(e, buf_view(&db), buf_view(&name));
	buf_free(&db);
	buf_free(&name);
	return status < 0 ? -1 : 0;
}

/* Each pair of a RENAME TABLE; ALTER TABLE … RENAME. */
int
renaming_follow(struct evolving *e, struct err *err)
{
	const struct action *s = e->action;
	int status = 0;

	if (s->form != FORM_RENAME && s->form != FORM_ALTER)
		return 0;
	for (size_t i = 1; i < s->nacts && status == 0; i++)
		if (s->acts[i].renamed)
			status = rename_table(e, s->form == FORM_RENAME ?
			    &s->acts[i - 1] : &s->acts[0], &s->acts[i], err);
	return status;
}

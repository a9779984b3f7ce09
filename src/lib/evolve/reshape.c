/* SPDX-License-Identifier: MIT */
#include "evolve/evolving.h"

#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/log.h"
#include "db/query.h"
#include "evolve/altering.h"
#include "evolve/define.h"
#include "evolve/expression.h"
#include "evolve/unfollowed.h"
#include "evolve/widen.h"
#include "json/object.h"
#include "schema/type_name.h"
#include "sql/lex.h"

/* A change of name, in names of the target. */
struct renaming {
	char *from, *to;
	bool due;               /* it is to be made now … */
	bool put;               /* … and is in the statement */
	bool left;              /* it is not to be made */
};

struct reshaping {
	struct evolving *e;
	struct statement sql;   /* ALTER TABLE … */
	size_t n;               /* its changes */
	bool as_source;         /* it needs the source's session */
	struct renaming *renamings;
	size_t nrenamings;
	char *lines;            /* SHOW CREATE TABLE, or NULL */
	char *after;            /* column of the target after which the next
	                         * one comes; NULL: it is the first */
};

static char *
mapped(const struct evolving *e, const char *column)
{
	struct buf name = { 0 };
	char *text;

	mapping_column(e->by->tables, e->from_db, e->from_name,
	    span_of(column), &name);
	text = xstrdup(buf_cstr(&name));
	buf_free(&name);
	return text;
}

/* The next change. */
static void
begin_change(struct reshaping *r)
{
	if (r->n++)
		statement_add(&r->sql, SQL(", "));
	else
		statement_add(&r->sql, SQL("ALTER TABLE "),
		    target_sql(r->e->target), SQL(" "));
}

static bool
has(const struct reshaping *r, const char *column)
{
	return target_column_find(r->e->target, span_of(column)) >= 0;
}

/* What was left of a column is no longer so. */
static void
forget_left(const struct reshaping *r, const char *name)
{
	left_forget(r->e->by->left, r->e->target->db, r->e->target->name,
	    name);
}

static bool
was_left(const struct reshaping *r, const char *name, enum evolve_action action)
{
	return left_has(r->e->by->left, r->e->target->db, r->e->target->name,
	    name, action);
}

static bool
is_accepted(const struct reshaping *r)
{
	return mapping_accepts(r->e->by->tables, r->e->from_db,
	    r->e->from_name);
}

/* ---- names */

static void
take_renaming(struct reshaping *r, const struct part *part)
{
	*ARRAY_ADD(r->renamings, r->nrenamings) = (struct renaming){
		.from = mapped(r->e, part->columns[0]),
		.to = mapped(r->e, part->columns[1]),
	};
}

static struct renaming *
renamed_to(const struct reshaping *r, const char *name)
{
	for (size_t i = 0; i < r->nrenamings; i++)
		if (r->renamings[i].due &&
		    strcasecmp(r->renamings[i].to, name) == 0)
			return &r->renamings[i];
	return NULL;
}

static bool
is_old_name(const struct reshaping *r, const char *name)
{
	size_t i = 0;

	while (i < r->nrenamings && strcasecmp(r->renamings[i].from, name))
		i++;
	return i < r->nrenamings;
}

static bool
is_new_name(const struct reshaping *r, const char *name)
{
	size_t i = 0;

	while (i < r->nrenamings && strcasecmp(r->renamings[i].to, name))
		i++;
	return i < r->nrenamings;
}

/* Does a part of the statement do that to a column, by its name of the
 * target? */
static bool
does(const struct reshaping *r, enum evolve_action action, const char *name)
{
	const struct action *s = r->e->action;

	for (size_t i = 0; s && i < s->nparts; i++)
		for (size_t k = 0;
		     altering_of_part(s, &s->parts[i]) == action &&
		     k < s->parts[i].ncolumns;
		     k++) {
			char *column = mapped(r->e, s->parts[i].columns[k]);
			bool same = strcasecmp(column, name) == 0;

			free(column);
			if (same)
				return true;
		}
	return false;
}

static int
refuse_both(const struct reshaping *r, const struct renaming *n,
    struct err *err)
{
	const struct evolving *e = r->e;

	err_set(err, ERR_CONFIG, "column %s of %s.%s is renamed to %s, which "
	    "already exists", n->from, e->target->db, e->target->name, n->to);
	return err_hint(err, "drop the one that the source does not have, or "
	    "make the change by hand and continue with --evolve "
	    "rename.column=ignore");
}

/* Were they made already?  1, 0; -1: names only change places, and the table
 * looks the same before and after; -2 and err.  A new name that was not there
 * before tells. */
static int
are_renamed(const struct reshaping *r, struct err *err)
{
	int told = -1;

	for (size_t i = 0; i < r->nrenamings; i++) {
		const struct renaming *n = &r->renamings[i];

		if (is_old_name(r, n->to) || does(r, REMOVE_COLUMN, n->to))
			continue;
		if (!has(r, n->to) && has(r, n->from))
			return 0;
		if (has(r, n->to) && has(r, n->from) &&
		    !is_new_name(r, n->from) && !does(r, ADD_COLUMN, n->from))
			return refuse_both(r, n, err), -2;
		told = 1;
	}
	return told;
}

static int
refuse_swap(const struct reshaping *r, struct err *err)
{
	const struct evolving *e = r->e;

	err_set(err, ERR_CONFIG, "table %s.%s: %s and other columns exchange "
	    "names; whether they already did here is unknown", e->target->db,
	    e->target->name, r->renamings[0].from);
	return err_hint(err, "make the change by hand and continue with "
	    "--evolve rename.column=ignore, or use --schema-evolution "
	    "apply-ddl");
}

/* A name that was left gets another one: that is left, too. */
static void
follow_left(struct reshaping *r)
{
	struct evolving *e = r->e;

	for (size_t i = 0; i < r->nrenamings; i++) {
		struct renaming *n = &r->renamings[i];
		struct left_note note = evolving_note(e, RENAME_COLUMN_TO,
		    n->from, n->to);

		if (has(r, n->from) || !was_left(r, n->from, RENAME_COLUMN_TO))
			continue;
		note.why = ", and the column has its first name here";
		forget_left(r, n->from);
		left_add(e->by->left, &note);
		n->left = true;
	}
}

static int
find_renamings(struct reshaping *r, struct err *err)
{
	const struct action *s = r->e->action;
	int made;

	for (size_t i = 0; s && i < s->nparts; i++)
		if (altering_of_part(s, &s->parts[i]) == RENAME_COLUMN_TO &&
		    s->parts[i].ncolumns == 2)
			take_renaming(r, &s->parts[i]);
	if (!r->nrenamings)
		return 0;
	follow_left(r);
	made = are_renamed(r, err);
	for (size_t i = 0; i < r->nrenamings && made != 1; i++) {
		struct renaming *n = &r->renamings[i];
		int may = made == -2 ? -1 : !has(r, n->from) ? 0 :
		    evolving_may(r->e, RENAME_COLUMN_TO, n->from, n->to, err);

		if (may > 0 && made < 0)
			may = refuse_swap(r, err);
		if (may < 0)
			return -1;
		n->due = may > 0;
		n->left = n->left || (may == 0 && has(r, n->from));
	}
	return 0;
}

/* The column of that name gets another one. */
static bool
goes(const struct reshaping *r, const char *name)
{
	for (size_t i = 0; i < r->nrenamings; i++)
		if (r->renamings[i].due &&
		    strcasecmp(r->renamings[i].from, name) == 0)
			return true;
	return false;
}

static bool
is_left(const struct reshaping *r, const char *name)
{
	for (size_t i = 0; i < r->nrenamings; i++)
		if (r->renamings[i].left &&
		    strcasecmp(r->renamings[i].to, name) == 0)
			return true;
	return false;
}

/* ---- columns */

static void
warn_of_values(const struct evolving *e, const struct schema_column *col)
{
	if (!col->told || col->generated)
		log_warn("table %s.%s: its rows get NULL in the new column "
		    "%s, whatever the source has there", e->target->db,
		    e->target->name, col->name);
	else if (col->computed && (expression_is_of_here(col->fallback) ||
	    !object_member(e->session, "timestamp").p))
		log_warn("table %s.%s: its rows get the default that the new "
		    "column %s has here and now: %s", e->target->db,
		    e->target->name, col->name, col->fallback);
}

/* Of an expression, of numbers that are given, of a time in its zone. */
static bool
needs_session(const struct schema_column *col)
{
	return col->computed || col->auto_increment || (col->fallback &&
	    schema_column_type(col)->id == DECLARED_TIMESTAMP);
}

static int
put_column(struct reshaping *r, const struct schema_column *col,
    const char *name, bool anew, struct err *err)
{
	const struct evolving *e = r->e;
	unsigned mode = (unsigned)object_number(e->session, "sql_mode");

	begin_change(r);
	statement_add(&r->sql, anew ? SQL("ADD COLUMN ") :
	    SQL("ADD COLUMN IF NOT EXISTS "));
	if (define_column(&r->sql, e->from, col, span_of(name), err) < 0)
		return -1;
	if (!col->told || col->generated)
		statement_add(&r->sql, SQL(" NULL"));
	else
		define_added(&r->sql, e->from, col, mode);
	r->as_source = r->as_source || needs_session(col);
	if (r->after)
		statement_add(&r->sql, SQL(" AFTER "),
		    SQL_NAME(span_of(r->after)));
	else if (e->from->complete)
		statement_add(&r->sql, SQL(" FIRST"));
	warn_of_values(e, col);
	return 0;
}

static int
add_column(struct reshaping *r, const struct schema_column *col,
    const char *name, bool anew, struct err *err)
{
	int may;

	if (r->e->by->tables->ignore_unknown)
		return 0;
	may = evolving_may(r->e, ADD_COLUMN, name, NULL, err);
	if (may > 0)
		forget_left(r, name);
	return may > 0 && put_column(r, col, name, anew, err) < 0 ? -1 : may;
}

/* DROP c, ADD c: no value of before may stay in it. */
static int
make_anew(struct reshaping *r, const struct schema_column *col,
    const char *name, struct err *err)
{
	struct left_note note = evolving_note(r->e, REMOVE_COLUMN, name, NULL);

	if (ways_of(r->e->by->ways, true, REMOVE_COLUMN) != WAY_FOLLOW) {
		left_stop(&note, err);
		return err_wrap(err, "and added again");
	}
	begin_change(r);
	statement_add(&r->sql, SQL("DROP COLUMN IF EXISTS "),
	    SQL_NAME(span_of(name)));
	return put_column(r, col, name, true, err);
}

/* It is added at the source, and is here: by us, or since an earlier one was
 * not dropped. */
static int
check_added(struct reshaping *r, const char *name, struct err *err)
{
	const struct evolving *e = r->e;

	if (!does(r, ADD_COLUMN, name))
		return 0;
	if (was_left(r, name, REMOVE_COLUMN)) {
		if (!is_accepted(r))
			return unfollowed_column(r->e, name, err);
		forget_left(r, name);
	}
	log_warn("table %s.%s: column %s, which the source adds, already "
	    "exists: its rows keep their values", e->target->db,
	    e->target->name, name);
	return 0;
}

/* Does the statement in hand change this column's type? */
static bool
is_changed(const struct reshaping *r, const char *column)
{
	const struct action *s = r->e->action;

	for (size_t i = 0; s && i < s->nparts; i++) {
		const struct part *p = &s->parts[i];
		enum evolve_action action = altering_of_part(s, p);

		if (action == ALTER_COLUMN_TYPE && !p->ncolumns)
			return true;
		if ((action == ALTER_COLUMN_TYPE ||
		    (action == RENAME_COLUMN_TO && p->ncolumns == 2)) &&
		    strcasecmp(p->columns[p->ncolumns - 1], column) == 0)
			return true;
	}
	return false;
}

static int
widen(struct reshaping *r, const struct schema_column *from,
    const struct target_column *to, const char *name, struct err *err)
{
	struct span line;

	if (widen_read(r->e->by->db, r->e->target, to->name,
	    &r->lines, &line, err) < 0)
		return -1;
	if (!line.p)
		return 0;
	begin_change(r);
	statement_add(&r->sql, SQL("CHANGE COLUMN IF EXISTS "),
	    SQL_NAME(span_of(to->name)), SQL(" "));
	return widen_define(&r->sql, to, from, span_of(name), line, err);
}

/* 1: it is changed, and has its new name; 0, -1 */
static int
change_type(struct reshaping *r, const struct schema_column *from,
    const struct target_column *to, const char *name, struct err *err)
{
	enum widen judged = widen_judge(to, from);
	struct left_note note = evolving_note(r->e, ALTER_COLUMN_TYPE, name,
	    NULL);
	bool changed = is_changed(r, from->name);
	int may;

	if (judged == WIDEN_NO && changed && widen_is_more(to, from))
		evolving_warn_of_less(r->e, name);
	if (judged == WIDEN_NO || (judged == WIDEN_CANNOT && !changed))
		return 0;
	may = evolving_may(r->e, ALTER_COLUMN_TYPE, name, NULL, err);
	if (may > 0 && judged == WIDEN_CANNOT) {
		note.why = ", which is not followed where values could be "
		    "lost";
		left_add(r->e->by->left, &note);
		return 0;
	}
	if (may > 0 && widen(r, from, to, name, err) < 0)
		return -1;
	return may;
}

static void
put_renaming(struct reshaping *r, const struct renaming *n)
{
	begin_change(r);
	statement_add(&r->sql, SQL("RENAME COLUMN IF EXISTS "),
	    SQL_NAME(span_of(n->from)), SQL(" TO "),
	    SQL_NAME(span_of(n->to)));
}

/* A column that is there: 1: it has its new name already; 0, -1. */
static int
keep_column(struct reshaping *r, const struct schema_column *col,
    const struct target_column *to, const char *name, struct err *err)
{
	if (was_left(r, name, RENAME_COLUMN_TO))
		forget_left(r, name);           /* somebody renamed it */
	if (renamed_to(r, name))
		return change_type(r, col, to, name, err);
	if (does(r, REMOVE_COLUMN, name) && does(r, ADD_COLUMN, name))
		return make_anew(r, col, name, err);
	return check_added(r, name, err) < 0 ? -1 :
	    change_type(r, col, to, name, err);
}

static int
take_column(struct reshaping *r, const struct schema_column *col,
    const char *name, struct err *err)
{
	struct renaming *renaming = renamed_to(r, name);
	int at = target_column_find(r->e->target, span_of(renaming ?
	    renaming->from : name));
	bool anew = false;
	int got;

	if (at < 0 && is_accepted(r))
		forget_left(r, name);
	if (at < 0 && (is_left(r, name) || was_left(r, name,
	    RENAME_COLUMN_TO)))
		return 0;
	if (at >= 0 && !renaming && goes(r, name)) {
		anew = true;
		at = -1;
	}
	got = at < 0 ? add_column(r, col, name, anew, err) : keep_column(r,
	    col, &r->e->target->columns[at], name, err);
	if (got == 0 && renaming)
		put_renaming(r, renaming);
	if (renaming)
		renaming->put = true;
	if (r->e->from->complete && (at >= 0 || got > 0)) {
		free(r->after);
		r->after = xstrdup(name);
	}
	return got < 0 ? -1 : 0;
}

/* A column that the source dropped and the target keeps takes rows without a
 * value for it. */
static int
leave_column(struct reshaping *r, const char *name, struct err *err)
{
	static const char *const given[] = { "DEFAULT", "AUTO_INCREMENT",
		NULL };
	char any[] = "";
	const struct schema_column none = { .type = any };
	int at = target_column_find(r->e->target, span_of(name));
	const struct target_column *to = &r->e->target->columns[at];
	struct span line;

	if (widen_judge(to, &none) != WIDEN_YES)
		return 0;
	if (widen_read(r->e->by->db, r->e->target, to->name,
	    &r->lines, &line, err) < 0)
		return -1;
	return line.p && !expression_has_word(line, given) ? widen(r, &none, to,
	    to->name, err) : 0;
}

/* Of those that the statement drops, what the target has. */
static int
drop_columns(struct reshaping *r, struct err *err)
{
	const struct action *s = r->e->action;
	int may = 0;

	for (size_t i = 0; s && i < s->nparts && may >= 0; i++) {
		char *name;

		if (altering_of_part(s, &s->parts[i]) != REMOVE_COLUMN)
			continue;
		name = mapped(r->e, s->parts[i].columns[0]);
		may = !has(r, name) || does(r, ADD_COLUMN, name) ? 0 :
		    evolving_may(r->e, REMOVE_COLUMN, name, NULL, err);
		if (may > 0 || (!has(r, name) && !does(r, ADD_COLUMN, name)))
			forget_left(r, name);
		if (may > 0) {
			begin_change(r);
			statement_add(&r->sql,
			    SQL("DROP COLUMN IF EXISTS "),
			    SQL_NAME(span_of(name)));
		} else if (may == 0 && has(r, name) &&
		    !does(r, ADD_COLUMN, name)) {
			may = leave_column(r, name, err);
		}
		free(name);
	}
	return may < 0 ? -1 : 0;
}

static void
clear(struct reshaping *r)
{
	for (size_t i = 0; i < r->nrenamings; i++) {
		free(r->renamings[i].from);
		free(r->renamings[i].to);
	}
	free(r->renamings);
	free(r->lines);
	free(r->after);
	statement_free(&r->sql);
}

static int
reshape_once(struct evolving *e, bool *again, struct err *err)
{
	struct reshaping r = { .e = e };
	int status = find_renamings(&r, err);

	for (size_t i = 0; i < e->from->ncolumns && status == 0; i++) {
		const struct schema_column *col = &e->from->columns[i];
		char *name = mapped(e, col->name);

		if (!col->row_time)
			status = take_column(&r, col, name, err);
		free(name);
	}
	/* of columns that are not described */
	for (size_t i = 0; i < r.nrenamings && status == 0; i++)
		if (r.renamings[i].due && !r.renamings[i].put)
			put_renaming(&r, &r.renamings[i]);
	if (status == 0)
		status = drop_columns(&r, err);
	if (status == 0 && r.n)
		status = evolving_execute(e, &r.sql, r.as_source, again, err);
	clear(&r);
	return status;
}

int
reshape(struct evolving *e, struct err *err)
{
	bool again;
	int status;

	do {
		again = false;
		status = evolving_read(e, err);
		if (status == 0 && e->target)
			status = reshape_once(e, &again, err);
	} while (status == 0 && again);
	return status;
}

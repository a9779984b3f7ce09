/* SPDX-License-Identifier: MIT */
#include "follow/follow.h"

#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/log.h"
#include "follow/clauses.h"
#include "follow/cuts.h"
#include "sql/statement.h"

enum { SHOWN = 120 };

struct follower {
	const struct action *s;
	struct table_filter *lists;
	struct span db;
	char *const *columns;
	size_t ncolumns;
	struct err *err;

	struct cuts cuts;
};

static int
refuse(struct follower *f, const char *why)
{
	err_set(f->err, ERR_CONFIG, "a statement that the lists cannot take "
	    "apart: %s: %.*s%s", why, SPAN_SHOWN(f->s->text, SHOWN));
	return err_hint(f->err, "list everything that it affects, or nothing; "
	    "or execute it by hand at the target, and get past it once with "
	    "cdc-tail --on-error warn --until its transaction (if the lists "
	    "are cdc-filter's, give cdc-tail the same, and --accept-lists)");
}

static int
refuse_act(struct follower *f, const struct act *act)
{
	struct buf why = { 0 };
	int status;

	buf_printf(&why, "it is also on %s.%s, which is left out", act->db,
	    act->name);
	status = refuse(f, buf_cstr(&why));
	buf_free(&why);
	return status;
}

static bool
follows(struct table_filter *lists, const struct act *act)
{
	if (!act->changes && !table_filter_active(lists))
		return true;
	return act->name ? table_filter_keeps(lists, span_of(act->db),
	    span_of(act->name)) : table_filter_covers(lists,
	    span_of(act->db));
}

static int
check_cuts(struct follower *f)
{
	const char *why = cuts_fault(&f->cuts);

	return why ? refuse(f, why) : 0;
}

/* ---- columns */

static bool
keeps_column(const struct follower *f, const char *column)
{
	const struct act *table = &f->s->acts[0];

	return table_filter_keeps_column(f->lists, span_of(table->db),
	    span_of(table->name), span_of(column));
}

static bool
is_known(const struct follower *f, const char *name)
{
	for (size_t i = 0; i < f->ncolumns; i++)
		if (strcasecmp(f->columns[i], name) == 0)
			return true;
	for (size_t i = 0; i < f->s->nparts; i++)
		for (size_t k = 0; k < f->s->parts[i].ncolumns; k++)
			if (strcasecmp(f->s->parts[i].columns[k], name) == 0)
				return true;
	return false;
}

/* A token that may be the name of a column which is left out.  What no include
 * list has may be a word, a type, a function: a column only if it is known. */
static bool
is_left_out(const struct follower *f, const struct sql_token *token)
{
	const struct act *table = &f->s->acts[0];
	char *name = sql_token_name(token);
	bool out = table_filter_excludes_column(f->lists,
	    span_of(table->db), span_of(table->name), span_of(name)) ||
	    (is_known(f, name) && !keeps_column(f, name));

	free(name);
	return out;
}

/* COMMENT 'text', COMMENT='text': a word, whatever it is called. */
static bool
is_attribute(const struct sql_token *token, struct sql at)
{
	struct sql_token next;

	sql_token(&at, &next);
	return token->kind == TOKEN_WORD && (next.kind == TOKEN_STRING ||
	    sql_token_sign(&next, '='));
}

/* Does a text name a column that is left out?  `except` is no such place. */
static bool
mentions(const struct follower *f, struct span text, struct span except,
    char **column)
{
	struct sql at = sql_in(text, f->s->mode);
	struct sql_token t;
	size_t depth = 0;

	while (sql_token(&at, &t) != TOKEN_END && t.kind != TOKEN_BROKEN) {
		depth += sql_token_sign(&t, '(');
		depth -= depth && sql_token_sign(&t, ')');
		if (!sql_token_names(&t) || (except.p && t.text.p >= except.p &&
		    t.text.p < except.p + except.n))
			continue;
		if (depth == 0 && is_attribute(&t, at))
			continue;
		if (is_left_out(f, &t)) {
			*column = sql_token_name(&t);
			return true;
		}
	}
	return false;
}

static int
refuse_column(struct follower *f, char *column)
{
	struct buf why = { 0 };
	int status;

	buf_printf(&why, "it names column %s, which is left out", column);
	status = refuse(f, buf_cstr(&why));
	buf_free(&why);
	free(column);
	return status;
}

/* AFTER a column that is left out: at the end. */
static void
cut_after(struct follower *f, const struct part *p)
{
	struct span none = { NULL, 0 };
	char *column = NULL;

	if (!p->after.p || !mentions(f, p->after, none, &column))
		return;
	free(column);
	cuts_edit(&f->cuts, p->after, NULL);
}

static int
follow_part_columns(struct follower *f, size_t i)
{
	const struct part *p = &f->s->parts[i];
	char *column = NULL;
	size_t out = 0;

	for (size_t k = 0; k < p->ncolumns; k++)
		out += !keeps_column(f, p->columns[k]);
	if (out && out == p->ncolumns) {
		cuts_part(&f->cuts, i);
		return 0;
	}
	cut_after(f, p);
	if (!mentions(f, p->at, p->after, &column))
		return 0;
	if (p->type != CLAUSE_KEY)
		return refuse_column(f, column);
	free(column);
	cuts_part(&f->cuts, i);
	return 0;
}

/* Before the parts and after them: 1, or 0 if an index is on a column
 * that is left out. */
static int
follow_outside_columns(struct follower *f)
{
	const struct action *s = f->s;
	const struct part *last = s->nparts ? &s->parts[s->nparts - 1] : NULL;
	const char *end = s->text.p + s->text.n;
	struct span none = { NULL, 0 };
	struct span back = last ? span_between(last->at.p + last->at.n, end) :
	    span_between(s->acts[0].at.p + s->acts[0].at.n, end);
	char *column = NULL;

	if (!mentions(f, back, none, &column))
		return 1;
	if (s->form != FORM_INDEX)
		return refuse_column(f, column);
	free(column);
	return 0;
}

/* 1; 0: nothing is left; -1. */
static int
follow_columns(struct follower *f)
{
	if (!table_filter_edits(f->lists) || f->s->acts[0].is_column_free)
		return 1;
	for (size_t i = 0; i < f->s->nparts; i++)
		if (!f->cuts.part[i] && follow_part_columns(f, i) < 0)
			return -1;
	return follow_outside_columns(f);
}

/* ---- tables */

/* An index, a constraint or a view that was taken out is not there to be
 * dropped. */
static void
add_if_exists(struct follower *f, struct span text)
{
	const char *at = clause_if_exists(text, f->s->mode);

	if (at)
		cuts_edit(&f->cuts, (struct span){ at, 0 },
		    xstrdup("IF EXISTS "));
}

/* Does a list take something out of statements on this table? */
static bool
takes_out(const struct follower *f)
{
	return table_filter_edits(f->lists) ||
	    !table_filter_covers(f->lists, span_of(f->s->acts[0].db));
}

static void
expect_less(struct follower *f)
{
	const struct action *s = f->s;

	if (s->form == FORM_INDEX)
		add_if_exists(f, s->text);
	for (size_t i = 0; i < s->nparts; i++)
		add_if_exists(f, s->parts[i].at);
}

/* What a table's statement names apart from the table. */
static int
follow_others(struct follower *f)
{
	for (size_t i = 1; i < f->s->nacts; i++) {
		const struct act *act = &f->s->acts[i];
		const struct part *p = act->part == NO_PART ? NULL :
		    &f->s->parts[act->part];

		if (follows(f->lists, act))
			continue;
		if (act->changes || !act->clause.p)
			return refuse_act(f, act);
		if (p && span_eq(act->clause, p->at) &&
		    act->clause.p == p->at.p)
			cuts_part(&f->cuts, (size_t)act->part);
		else
			cuts_edit(&f->cuts, act->clause, NULL);
	}
	return 1;
}

/* 1; 0: it is on another table; -1. */
static int
follow_table(struct follower *f)
{
	const struct action *s = f->s;

	if (!follows(f->lists, &s->acts[0])) {
		for (size_t i = 1; i < s->nacts; i++)
			if (s->acts[i].changes && follows(f->lists,
			    &s->acts[i]))
				return refuse_act(f, &s->acts[0]);
		return s->trouble && s->form == FORM_ALTER ?
		    refuse(f, s->trouble) : 0;
	}
	if (s->trouble)
		return refuse(f, s->trouble);
	if (s->queries)
		return refuse(f, "its rows come from a query, which "
		    "may read what is left out");
	if (takes_out(f))
		expect_less(f);
	return follow_others(f) < 0 ? -1 : follow_columns(f);
}

/* DROP, RENAME: each part for itself. */
static int
follow_list(struct follower *f)
{
	const struct action *s = f->s;
	const struct act *in = NULL, *out = NULL;

	if (s->trouble)
		return refuse(f, s->trouble);
	if (s->on == ON_VIEWS && (table_filter_active(f->lists) ||
	    table_filter_edits(f->lists)))
		add_if_exists(f, s->text);
	for (size_t i = 0; i < s->nacts; i++) {
		const struct act *act = &s->acts[i];

		if (i == 0 || s->acts[i - 1].part != act->part)
			in = out = NULL;
		if (s->on == ON_VIEWS)
			left_views_set(&f->lists->left_views,
			    span_of(act->db), span_of(act->name), false);
		*(follows(f->lists, act) ? &in : &out) = act;
		if (in && out)
			return refuse_act(f, out);
		if (out)
			cuts_part(&f->cuts, (size_t)act->part);
	}
	return 1;
}

/* Of a database that is followed in part nothing is dropped, and nothing
 * made. */
static int
follow_database(struct follower *f)
{
	const struct act *act = &f->s->acts[0];
	struct span db = span_of(act->db);
	struct buf why = { 0 };
	int status;

	if (f->s->trouble)
		return refuse(f, f->s->trouble);
	if (table_filter_covers(f->lists, db))
		return 1;
	if (f->s->form != FORM_DROP_DATABASE ||
	    !table_filter_touches(f->lists, db))
		return 0;
	buf_printf(&why, "some tables of database %s are followed, and not "
	    "all", act->db);
	status = refuse(f, buf_cstr(&why));
	buf_free(&why);
	return status;
}

/* ---- the whole */

static void
qualify(struct follower *f)
{
	for (size_t i = 0; i < f->s->nacts; i++) {
		const struct act *act = &f->s->acts[i];
		struct buf front = { 0 };

		if (act->qualified || span_is(f->db, act->db))
			continue;
		sql_put_quoted(&front, span_of(act->db), '`');
		if (*act->at.p != '.')
			buf_char(&front, '.');
		cuts_edit(&f->cuts, (struct span){ act->at.p, 0 }, xstrdup(
		    buf_cstr(&front)));
		buf_free(&front);
	}
}

/* The table is called so afterwards: does a later act of the same part, or of
 * the same ALTER, say another name? */
static bool
is_renamed(const struct action *s, size_t i)
{
	for (size_t k = i + 1; k < s->nacts; k++)
		if (s->acts[k].renamed && (s->form == FORM_ALTER ||
		    s->acts[k].part == s->acts[i].part))
			return true;
	return false;
}

static void
name_tables(const struct follower *f, struct buf *out)
{
	const struct action *s = f->s;

	for (size_t i = 0; i < s->nacts; i++) {
		const struct act *act = &s->acts[i];
		bool is_table = i == 0 || act->renamed ||
		    s->form == FORM_DROP || s->form == FORM_RENAME;

		if (!is_table || !act->changes || !act->name ||
		    is_renamed(s, i) || (act->part != NO_PART &&
		    f->cuts.part[act->part]))
			continue;
		if (out->n)
			buf_char(out, ',');
		buf_str(out, act->name);
	}
}

static int
judge(struct follower *f)
{
	const struct action *s = f->s;
	bool plain = !table_filter_active(f->lists) &&
	    !table_filter_edits(f->lists);

	if (s->trouble && plain)
		return 1;
	if (s->nacts == 0)
		return refuse(f, s->trouble ? s->trouble :
		    "it names nothing");
	if (s->on == ON_DATABASES)
		return follow_database(f);
	if (s->form == FORM_DROP || s->form == FORM_RENAME)
		return follow_list(f);
	if (s->on == ON_VIEWS)
		return s->trouble ? refuse(f, s->trouble) :
		    view_follows(s, f->lists);
	if (plain)
		return follows(f->lists, &s->acts[0]) ? follow_others(f) : 0;
	return follow_table(f);
}

static enum follow
put_result(struct follower *f, struct following *out)
{
	name_tables(f, &out->tables);
	qualify(f);
	if (cuts_are_none(&f->cuts))
		return FOLLOW_ALL;
	cuts_put(&f->cuts, &out->text);
	return FOLLOW_PART;
}

int
follow_statement(const struct action *s, struct table_filter *lists,
    struct span db, char *const *columns, size_t ncolumns,
    struct following *out, struct err *err)
{
	struct follower f = {
		.s = s, .lists = lists, .db = db, .columns = columns,
		.ncolumns = ncolumns, .err = err,
	};
	int got = FOLLOW_NOTHING;

	out->text.n = out->tables.n = 0;
	if (!action_is_schema_change(s)) {
		log_note("the lists leave out a statement on %s",
		    action_class_name(s->on));
		return FOLLOW_NOTHING;
	}
	cuts_open(&f.cuts, s);
	got = judge(&f);
	if (got > 0 && cuts_are_all(&f.cuts))
		got = FOLLOW_NOTHING;
	if (got > 0)
		got = check_cuts(&f) < 0 ? -1 : (int)put_result(&f, out);
	cuts_clear(&f.cuts);
	return got;
}

void
follow_clear(struct following *f)
{
	buf_free(&f->text);
	buf_free(&f->tables);
}

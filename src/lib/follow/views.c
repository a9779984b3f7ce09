/* SPDX-License-Identifier: MIT
 *
 * CREATE and ALTER VIEW: the view, and the tables that its query reads, be it
 * in a join, a subquery or a WITH.
 * https://mariadb.com/kb/en/create-view/, join-syntax/
 */
#include "follow/clauses.h"

#include <stdlib.h>
#include <strings.h>

#include "base/array.h"
#include "base/log.h"
#include "match/system.h"
#include "ddl/phrases.h"

/* What is known of a parenthesis, or of what is in none. */
enum level {
	QUERY = 1,              /* SELECT was seen, … */
	TABLES = 2,             /* … and FROM: a comma is in front of a table */
	COMMON = 4,             /* WITH: … in front of a name for a query */
};

struct query_scan {
	struct reading_of *r;
	struct buf levels;      /* enum level */
	char **common;          /* names that WITH gave */
	size_t ncommon;
	bool table, name;       /* comes next */
	struct sql_token last;
};

static bool
is_common(const struct query_scan *q, const char *name)
{
	for (size_t i = 0; i < q->ncommon; i++)
		if (strcasecmp(q->common[i], name) == 0)
			return true;
	return false;
}

static void
take_name(struct query_scan *q, const struct sql_token *t)
{
	*ARRAY_ADD(q->common, q->ncommon) = sql_token_name(t);
	q->name = false;
}

/* Not JSON_TABLE(…), DUAL, or what WITH gave. */
static void
take_table(struct query_scan *q, const struct sql_token *t)
{
	struct sql at = q->r->sql;
	struct action *s = q->r->to;
	struct act *act;

	q->table = false;
	if (sql_sign(&at, '(') || sql_token_is(t, "DUAL"))
		return;
	q->r->sql.p = t->text.p;
	act = clause_act(q->r, NO_PART);
	if (!act)
		return;
	act->changes = false;
	if (act->qualified || !is_common(q, act->name))
		return;
	free(act->db);
	free(act->name);
	s->nacts--;
}

static bool
is_word_of(const struct sql_token *t, const char *const *words)
{
	while (*words && !sql_token_is(t, *words))
		words++;
	return *words;
}

/* USE INDEX FOR JOIN (…), FOR SYSTEM_TIME FROM … TO …: those are not ours. */
static void
take_word(struct query_scan *q, const struct sql_token *t)
{
	static const char *const joins[] = { "JOIN", "STRAIGHT_JOIN", NULL };
	static const char *const ends[] = { "WHERE", "GROUP", "HAVING",
		"ORDER", "LIMIT", "WINDOW", "PROCEDURE", NULL };
	static const char *const queries[] = { "SELECT", "VALUES", NULL };
	char *top = &q->levels.p[q->levels.n - 1];

	if (sql_token_is(&q->last, "FOR") ||
	    sql_token_is(&q->last, "SYSTEM_TIME"))
		return;
	if (is_word_of(t, queries))
		*top = QUERY;
	else if (sql_token_is(t, "FROM") && *top == QUERY)
		*top |= TABLES;
	else if (sql_token_is(t, "WITH"))
		*top |= COMMON;
	else if (is_word_of(t, ends))
		*top &= ~TABLES;
	else if (!is_word_of(t, joins))
		return;
	q->table = (*top & TABLES) && !is_word_of(t, queries);
	q->name = sql_token_is(t, "WITH");
	if (q->name)
		sql_word(&q->r->sql, "RECURSIVE");
}

static void
take_sign(struct query_scan *q, const struct sql_token *t)
{
	char top = q->levels.p[q->levels.n - 1];

	if (sql_token_sign(t, '(')) {
		buf_char(&q->levels, q->table ? QUERY | TABLES : 0);
	} else if (sql_token_sign(t, ')')) {
		q->levels.n -= q->levels.n > 1;
		q->table = false;
	} else if (sql_token_sign(t, ',')) {
		q->table = top & TABLES;
		q->name = (top & COMMON) && !q->table;
	} else if (sql_token_sign(t, '{')) {
		sql_word(&q->r->sql, "OJ");
	} else if (sql_token_sign(t, ';') && sql_more(&q->r->sql)) {
		action_trouble(q->r->to, "more than one statement");
	}
}

static bool
is_keyword(const struct sql_token *t)
{
	static const char *const words[] = { "SELECT", "VALUES", "WITH",
		NULL };

	return is_word_of(t, words);
}

static void
scan_query(struct reading_of *r)
{
	struct query_scan q = { .r = r };
	struct sql_token t;

	buf_char(&q.levels, 0);
	while (sql_token(&r->sql, &t) != TOKEN_END &&
	    t.kind != TOKEN_BROKEN) {
		if (t.kind == TOKEN_SIGN)
			take_sign(&q, &t);
		else if (q.name && sql_token_names(&t))
			take_name(&q, &t);
		else if (q.table && sql_token_names(&t) && !is_keyword(&t))
			take_table(&q, &t);
		else
			take_word(&q, &t);
		q.last = t;
	}
	if (t.kind == TOKEN_BROKEN)
		action_trouble(r->to, "a quote that is not closed");
	for (size_t i = 0; i < q.ncommon; i++)
		free(q.common[i]);
	free(q.common);
	buf_free(&q.levels);
}

/* [IF NOT EXISTS] name [(…)] AS query */
void
view_acts(struct reading_of *r)
{
	struct act *act;

	phrase_if_exists(&r->sql);
	act = clause_act(r, NO_PART);
	if (!act)
		return;
	act->is_column_free = true;
	if (!sql_word(&r->sql, "AS"))
		sql_skip(&r->sql);
	scan_query(r);
}

/* ---- lists */

enum { SHOWN = 120 };

/* Where the rows of a table do not go, it need not be. */
static bool
reads_in_vain(const struct act *act, struct table_filter *lists)
{
	struct span db = span_of(act->db), name = span_of(act->name);

	return left_views_has(&lists->left_views, db, name) ||
	    (table_filter_active(lists) && !system_is_schema(db) &&
	    !table_filter_keeps(lists, db, name));
}

/* Does a name in the text stand for a column that is left out?  By what an
 * include list does not have, that cannot be told from other words. */
static bool
names_column(const struct action *s, const struct act *act,
    struct table_filter *lists)
{
	struct sql at = sql_in(s->text, s->mode);
	bool found = lists->include_column.n > 0;
	struct sql_token t;

	while (!found && sql_token(&at, &t) != TOKEN_END &&
	    t.kind != TOKEN_BROKEN) {
		char *name = sql_token_names(&t) ? sql_token_name(&t) : NULL;

		found = name && table_filter_excludes_column(lists,
		    span_of(act->db), span_of(act->name), span_of(name));
		free(name);
	}
	return found;
}

static void
say_left_out(const struct action *s, const struct act *act, const char *what)
{
	log_warn("view %s.%s is left out because it reads %s%s.%s, which the "
	    "lists leave out: %.*s%s", s->acts[0].db, s->acts[0].name, what,
	    act->db, act->name, SPAN_SHOWN(s->text, SHOWN));
}

bool
view_follows(const struct action *s, struct table_filter *lists)
{
	struct span db = span_of(s->acts[0].db);
	struct span name = span_of(s->acts[0].name);

	if (!table_filter_keeps(lists, db, name))
		return false;
	for (size_t i = 1; i < s->nacts; i++) {
		const struct act *act = &s->acts[i];
		bool columns = !reads_in_vain(act, lists);

		if (columns && !(table_filter_edits(lists) &&
		    names_column(s, act, lists)))
			continue;
		say_left_out(s, act, columns ? "columns of " : "");
		left_views_set(&lists->left_views, db, name, true);
		return false;
	}
	left_views_set(&lists->left_views, db, name, false);
	return true;
}

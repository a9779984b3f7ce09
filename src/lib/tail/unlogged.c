/* SPDX-License-Identifier: MIT
 *
 * Statements whose rows are not in the log: those on rows in the formats
 * STATEMENT and MIXED, and CREATE TABLE … SELECT in them.
 */
#include "tail/printer.h"

#include "base/log.h"
#include "follow/clauses.h"

enum { SHOWN = 80 };            /* bytes of a statement */

/* Rows come of it that no event has. */
static bool
is_unlogged(const struct action *s, const struct query *query)
{
	return query->kind == QUERY_DML || (s->on == ON_TABLES &&
	    s->form == FORM_CREATE && s->queries);
}

/* Is all that it changes left out?  What cannot be told is not. */
static bool
is_left_out(struct printer *p, const struct action *s)
{
	if (s->trouble || s->nacts == 0)
		return false;
	for (size_t i = 0; i < s->nacts; i++) {
		const struct act *act = &s->acts[i];
		struct span db = span_of(act->db);
		struct span name = span_of(act->name ? act->name : "");

		if (act->changes && (copied_rows_are_in(p, db, name) ||
		    table_filter_keeps(&p->opt->filter, db, name)))
			return false;
	}
	return true;
}

static void
pass_over(struct printer *p, const struct binlog_event *ev,
    const struct action *s)
{
	if (p->unlogged++)
		return;
	log_warn("%s:%llu: a statement on %s.%s was logged without its "
	    "rows; the lists leave it out, and this is not reported again for "
	    "others like it", p->group->rows_path,
	    (unsigned long long)ev->pos, s->acts[0].db, s->acts[0].name);
}

static int
refuse(struct printer *p, const struct action *s, const struct query *query,
    struct err *err)
{
	struct span db = query->default_db;
	const char *id = p->group->id;

	err_set(err, ERR_DATA, "statement-based change%s%s%s%.*s%s: its rows "
	    "are not in the log: %.*s%s", *id ? " of " : "", id,
	    db.n ? " (database " : "", (int)db.n, db.n ? db.p : "",
	    db.n ? ")" : "", SPAN_SHOWN(query->text, SHOWN));
	border_hint(p, s, "SET GLOBAL binlog_format=ROW on the server, and "
	    "look for sessions that set another (a table versioned by "
	    "transaction ids is always logged like this: leave it out); for "
	    "what is already logged",
	    "", err);
	return -1;
}

int
unlogged_take(struct printer *p, const struct binlog_event *ev,
    const struct query *query, struct err *err)
{
	struct action s;
	int status = 0;

	action_read_query(&s, query);
	if (is_unlogged(&s, query)) {
		if (is_left_out(p, &s))
			pass_over(p, ev, &s);
		else
			status = refuse(p, &s, query, err);
	}
	action_clear(&s);
	return status;
}

int
unlogged_calls(struct printer *p, const struct query *query, struct err *err)
{
	struct action s;

	action_read_query(&s, query);
	action_trouble(&s, "it does not say what it changes");
	refuse(p, &s, query, err);
	action_clear(&s);
	return -1;
}

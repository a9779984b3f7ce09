/* SPDX-License-Identifier: MIT
 *
 * Statements on temporary tables, of which nobody else knows.
 */
#include "tail/printer.h"

enum { SHOWN = 120 };

int
temporary_take(struct printer *p, const struct binlog_event *ev,
    const struct query *query, struct err *err)
{
	struct action s;
	struct temporary_statement st = {
		.schemas = p->opt->schemas, .query = query, .action = &s,
		.server_id = ev->server_id,
	};
	int use;

	if (p->starts != group_starts(p->reader))
		hidden_tables_clear(&p->temporaries);
	p->starts = group_starts(p->reader);
	/* all that came after a server's start are known */
	st.specific = ev->flags & EVENT_FLAG_THREAD_SPECIFIC && !p->starts;
	action_read_query(&s, query);
	use = hidden_tables_take(&p->temporaries, &st, err);
	action_clear(&s);
	return use;
}

static bool
is_followed(struct printer *p, const struct action *s)
{
	for (size_t i = 0; i < s->nacts; i++)
		if (s->acts[i].changes && table_filter_keeps(&p->opt->filter,
		    span_of(s->acts[i].db), span_of(s->acts[i].name)))
			return true;
	return false;
}

static int
refuse(struct printer *p, const struct action *s, enum temporary_use use,
    struct err *err)
{
	size_t n = s->text.n < SHOWN ? s->text.n : SHOWN;
	const char *more = s->text.n > n ? "…" : "";

	if (use == TEMPORARY_PART)
		err_set(err, ERR_CONFIG, "a statement on a temporary table "
		    "and on others: %.*s%s", (int)n, s->text.p, more);
	else
		err_set(err, ERR_CONFIG, "a statement on a table that may be "
		    "a temporary one, which hides another: %.*s%s", (int)n,
		    s->text.p, more);
	if (p->opt->tolerant)
		err->kind = ERR_DATA;   /* may be left out */
	if (use == TEMPORARY_PART)
		border_hint(p, s, "a target has no temporary tables", "", err);
	else
		border_hint(p, s, "only its session can see which",
		    "; or begin in front of where its session made it", err);
	return -1;
}

int
temporary_check(struct printer *p, const struct query *query,
    enum temporary_use use, struct err *err)
{
	struct action s;
	int status = 0;

	if (use == TEMPORARY_NONE)
		return 0;
	action_read_query(&s, query);
	if (is_followed(p, &s))
		status = refuse(p, &s, use, err);
	action_clear(&s);
	return status;
}

/* SPDX-License-Identifier: MIT
 *
 * Statements on temporary tables, which no other session sees.
 */
#include "tail/printer.h"

#include <string.h>

enum { SHOWN = 120 };

/* A server that was started has none; of another than that of the state, its
 * sessions are not known. */
static void
keep_up(struct printer *p)
{
	const struct group_sessions *now = group_sessions(p->reader);

	if (p->starts != group_starts(p->reader))
		hidden_tables_clear(&p->temporaries);
	if (p->starts != group_starts(p->reader) || (now->server_id &&
	    now->server_id != p->restored.server_id))
		p->restored.known = false;
	p->starts = group_starts(p->reader);
}

/* Was the server started since the state was written, and is that not in the
 * input?  It tells no reader which begins with the log that a start begins. */
static bool
is_of_another_start(const struct printer *p,
    const struct group_sessions *was)
{
	const struct group_sessions *now = group_sessions(p->reader);

	return now->started && now->started != was->started &&
	    strcmp(group_file(p->reader), p->feed->state_file) != 0;
}

/* What is known from the input itself is known better. */
void
printer_open(struct printer *p, uint64_t restarts)
{
	const struct group_sessions *now = group_sessions(p->reader);
	struct group_sessions was;
	struct err ignored = { 0 };
	bool in_input = now->known && now->after == 0;

	if (!p->feed->temporary.n || in_input ||
	    group_starts(p->reader) != restarts)
		return;
	hidden_tables_load(&p->temporaries, &was, p->feed->temporary, &ignored);
	p->restored = was;
	if (!is_of_another_start(p, &was))
		return;
	hidden_tables_clear(&p->temporaries);
	p->restored = (struct group_sessions){ .server_id = now->server_id,
		.known = was.started && now->log_time >= now->started,
		.started = now->started };
}

/* The better of what the input and the state know. */
static const struct group_sessions *
best(struct printer *p)
{
	const struct group_sessions *now = group_sessions(p->reader);

	keep_up(p);
	return p->restored.known && !(now->known && now->after == 0) ?
	    &p->restored : now;
}

void
temporary_put(struct printer *p, struct buf *out)
{
	const struct group_sessions *s = best(p);

	hidden_tables_put(&p->temporaries, s, out);
}

bool
temporary_changed(struct printer *p)
{
	keep_up(p);
	return p->temporaries.changed;
}

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

	st.specific = ev->flags & EVENT_FLAG_THREAD_SPECIFIC;
	st.known = hidden_tables_knows(best(p), ev->server_id,
	    query->thread_id) || hidden_tables_knows(group_sessions(p->reader),
	    ev->server_id, query->thread_id);
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
	if (use == TEMPORARY_PART)
		err_set(err, ERR_CONFIG, "a statement on a temporary table "
		    "and on others: %.*s%s", SPAN_SHOWN(s->text, SHOWN));
	else
		err_set(err, ERR_CONFIG, "a statement on a table that may be "
		    "a temporary one, which hides another: %.*s%s",
		    SPAN_SHOWN(s->text, SHOWN));
	if (p->opt->tolerant)
		err->kind = ERR_DATA;   /* may be left out */
	if (use == TEMPORARY_PART)
		border_hint(p, s, "the target does not have temporary tables",
		    "", err);
	else
		border_hint(p, s, "the log does not say which",
		    "; or start before its session created the table", err);
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

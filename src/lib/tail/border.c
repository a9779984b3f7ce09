/* SPDX-License-Identifier: MIT
 *
 * Changes of captured tables whose rows no event contains.  The stream cannot
 * print them, and says how to get past the statement.
 */
#include "tail/printer.h"

#include <ctype.h>
#include <inttypes.h>

#include "base/log.h"
#include "follow/borders.h"

enum { SHOWN = 120 };

/* The tables that are followed, of those that it changes; or one that matches
 * them alone. */
static void
name_followed(struct printer *p, const struct action *s,
    void (*put)(struct buf *out, const struct act *act), struct buf *names)
{
	for (size_t i = 0; i < s->nacts; i++) {
		const struct act *act = &s->acts[i];
		bool told = false;

		for (size_t k = 0; k < i && act->name; k++)
			told |= s->acts[k].name && strcmp(s->acts[k].name,
			    act->name) == 0 && strcmp(s->acts[k].db,
			    act->db) == 0;
		if (!told && act->changes && act->name && table_filter_keeps(
		    &p->opt->filter, span_of(act->db), span_of(act->name)))
			put(names, act);
	}
	buf_cstr(names);
}

static void
put_name(struct buf *out, const struct act *act)
{
	buf_printf(out, "%s%s.%s", out->n ? ", " : "", act->db, act->name);
}

static void
put_quoted(struct buf *out, const char *name)
{
	for (; *name; name++) {
		if (ispunct((unsigned char)*name) && *name != '_')
			buf_char(out, '\\');
		buf_char(out, *name);
	}
}

static void
put_expression(struct buf *out, const struct act *act)
{
	if (out->n)
		buf_char(out, ',');
	put_quoted(out, act->db);
	buf_str(out, "\\.");
	put_quoted(out, act->name);
}

/* Where the transaction in hand ends, for --until. */
static void
put_end(const struct printer *p, struct buf *out)
{
	if (p->group->id[0])
		buf_str(out, p->group->id);
	else
		buf_printf(out, "%s:%" PRIu64, p->group->file, p->group->end);
	buf_cstr(out);
}

void
border_hint(struct printer *p, const struct action *s, const char *why,
    const char *otherwise, struct err *err)
{
	struct buf names = { 0 }, lists = { 0 }, end = { 0 };

	name_followed(p, s, put_name, &names);
	name_followed(p, s, put_expression, &lists);
	put_end(p, &end);
	if (s->trouble || !names.n)
		err_hint(err, "%s: leave it out once, with --on-error warn "
		    "--until %s, and copy again what it changed: see COPYING "
		    "A TABLE AGAIN in cdc-apply(1)%s", why, end.p,
		    otherwise);
	else
		err_hint(err, "%s: copy %s again, and stream without it up to "
		    "there (--exclude-table '%s' --accept-lists --until %s, or "
		    "later): see COPYING A TABLE AGAIN in cdc-apply(1); "
		    "--on-error warn only leaves the statement out%s", why,
		    names.p, lists.p, end.p, otherwise);
	buf_free(&names);
	buf_free(&lists);
	buf_free(&end);
}

static int
refuse(struct printer *p, const struct action *s, struct err *err)
{
	struct buf names = { 0 };

	name_followed(p, s, put_name, &names);
	err_set(err, ERR_CONFIG, "rows move into or out of %s by a "
	    "statement on a table that the lists leave out: %.*s%s",
	    names.p, SPAN_SHOWN(s->text, SHOWN));
	if (p->opt->tolerant)
		err->kind = ERR_DATA;   /* may be left out */
	border_hint(p, s, "no row event contains them", "; or list both "
	    "tables before they are created (gh-ost, pt-osc: "
	    "--online-ddl); a view has no rows to miss: do by hand what the "
	    "statement does to it", err);
	buf_free(&names);
	return -1;
}

static void
say_swapped(struct printer *p, const struct binlog_event *ev,
    const struct action *s)
{
	log_warn("%s:%" PRIu64 ": treated as the ALTER that it completes: "
	    "what that did to existing rows is not printed: %.*s%s",
	    p->group->rows_path, ev->pos, SPAN_SHOWN(s->text, SHOWN));
}

int
border_check(struct printer *p, const struct binlog_event *ev,
    const struct query *query, struct err *err)
{
	struct action s;
	int got = 0;

	action_read_query(&s, query);
	if (!query->error && borders_swapped(&s, &p->opt->filter)) {
		say_swapped(p, ev, &s);
		got = 1;
	} else if (!query->error && table_filter_active(&p->opt->filter) &&
	    borders_crossed(&s, &p->opt->filter)) {
		got = refuse(p, &s, err);
	}
	action_clear(&s);
	return got;
}

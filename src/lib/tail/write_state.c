/* SPDX-License-Identifier: MIT */
#include "tail/write_state.h"

#include <inttypes.h>

#include "base/log.h"
#include "io/out.h"
#include "state/state.h"
#include "incremental/incremental.h"

/* Of a transaction that --count ended in. */
static void
put_partial(struct state *s, const struct printer *p)
{
	s->partial = p->group->gtid;
	s->partial_order = p->total_order;
	if (p->total_order)
		log_warn("--count ended inside transaction %s: the next run "
		    "prints it again, whole", p->group->id);
}

static void
fill(struct state *s, struct printer *p)
{
	const struct gtid_list *restart =
	    xa_restart(group_prepared(p->reader));
	struct log_place at = printer_place(p);

	buf_str(&s->name, p->opt->prefix);
	gtid_list_copy(&s->done, p->done);
	if (restart) {
		gtid_list_copy(&s->restart, restart);
		s->restarts = true;
	}
	if (p->feed->incremental)
		incremental_put(p->feed->incremental, &s->incremental);
	temporary_put(p, &s->temporary);
	buf_str(&s->file, p->cut ? p->group->file : at.file);
	s->pos = p->cut ? p->group->pos : at.pos;
	state_put_lists(s, &p->lists);
	if (p->cut)
		put_partial(s, p);
}

void
tail_tell_lists(const struct tail_options *opt, struct lists *lists)
{
	lists_add_filter(lists, &opt->filter);
	lists_add_ops(lists, "skip-op", opt->skip_ops);
	transaction_filter_tell(&opt->origin, lists);
}

int
tail_state_write(const char *path, struct printer *p, struct err *err)
{
	struct state s = { 0 };
	int status = out_sync(err);

	if (status == 0) {
		fill(&s, p);
		status = state_write(&s, path, err);
	}
	state_clear(&s);
	return status;
}

int
tail_state_check(const struct group *g, struct err *err)
{
	if (g->has_gtid)
		return 0;
	err_set(err, ERR_USAGE, "%s:%" PRIu64 ": --write-state is a list of "
	    "MariaDB GTIDs, but the transaction has none", g->path, g->pos);
	return err_hint(err, "keep FILE:OFFSET of source.file and source.pos, "
	    "for --from");
}

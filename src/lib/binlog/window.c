/* SPDX-License-Identifier: MIT */
#include "binlog/window.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"

/* Every domain of the first log must be named, or be provided for. */
static int
check_domains(const struct window *w, struct err *err)
{
	struct gtid_list missing = { 0 };
	struct buf text = { 0 };

	for (size_t i = 0; i < w->start.n; i++) {
		const struct gtid *have = &w->start.v[i];
		const struct gtid *from = gtid_list_find(&w->from.gtids,
		    have->domain);

		if (!from)
			gtid_list_set(&missing, have);
		else if (from->seq < have->seq)
			err_set(err, ERR_CONFIG, "--from %u-%u-%" PRIu64
			    ": the first log begins only behind %u-%u-%"
			    PRIu64, from->domain, from->server, from->seq,
			    have->domain, have->server, have->seq);
	}
	if (err->kind)
		err_hint(err, "give the older files as well");
	if (!err->kind && missing.n && w->other_domains == OTHER_REFUSE) {
		gtid_list_print(&missing, &text);
		err_set(err, ERR_USAGE, "--from does not name every domain "
		    "of the first log: %s is missing", buf_cstr(&text));
		err_hint(err, "add it, or say --other-domains earliest "
		    "(print all of them) or now (print none)");
	}
	gtid_list_clear(&missing);
	buf_free(&text);
	return err->kind ? -1 : 0;
}

int
window_open(struct window *w, struct group_reader *r, struct err *err)
{
	int got = group_peek_start(r, err);

	if (got < 0)
		return -1;
	if (group_start(r))
		gtid_list_copy(&w->start, group_start(r));
	gtid_list_copy(&w->done, &w->start);
	w->first_file = xstrdup(group_file(r));
	if (w->from.kind != BOUND_GTID)
		return 0;
	for (size_t i = 0; i < w->from.gtids.n; i++)
		gtid_list_set(&w->done, &w->from.gtids.v[i]);
	return check_domains(w, err);
}

static enum window_verdict
judge_gtid(const struct window *w, const struct group *g)
{
	const struct gtid *from = gtid_list_find(&w->from.gtids,
	    g->gtid.domain);

	if (from)
		return g->gtid.seq > from->seq ? WINDOW_IN : WINDOW_BEFORE;
	if (w->other_domains == OTHER_NOW)
		return WINDOW_BEFORE;
	return WINDOW_IN;
}

/* Is it the group's log, by its own name or by that of its file? */
static bool
is_log(const struct group *g, const char *file)
{
	const char *slash = strrchr(g->path, '/');

	return strcmp(g->file, file) == 0 ||
	    strcmp(slash ? slash + 1 : g->path, file) == 0;
}

static int
judge_offset(struct window *w, const struct group *g, struct err *err)
{
	const char *file = w->from.file ? w->from.file : w->first_file;

	if (!is_log(g, file))
		return w->seen_from ? WINDOW_IN : WINDOW_BEFORE;
	w->seen_from = true;
	if (g->pos >= w->from.offset)
		return WINDOW_IN;
	if (g->end <= w->from.offset)
		return WINDOW_BEFORE;
	err_set(err, ERR_USAGE, "--from %" PRIu64 " lies inside a "
	    "transaction (%s:%" PRIu64 " to %" PRIu64 ")", w->from.offset,
	    g->file, g->pos, g->end);
	return err_hint(err, "begin at its start (%" PRIu64 ") or behind it "
	    "(%" PRIu64 ")", g->pos, g->end);
}

static int
judge_from(struct window *w, const struct group *g, struct err *err)
{
	if (w->begun && w->from.kind != BOUND_GTID)
		return WINDOW_IN;
	switch (w->from.kind) {
	case BOUND_GTID:
		return judge_gtid(w, g);
	case BOUND_OFFSET:
		return judge_offset(w, g, err);
	case BOUND_TIME:
		return g->timestamp >= w->from.time_s ? WINDOW_IN :
		    WINDOW_BEFORE;
	default:
		return WINDOW_IN;
	}
}

static enum window_verdict
judge_until(struct window *w, const struct group *g, bool last_log)
{
	const struct gtid *until;
	bool here;

	switch (w->until.kind) {
	case BOUND_GTID:
		until = gtid_list_find(&w->until.gtids, g->gtid.domain);
		return until && g->gtid.seq > until->seq ? WINDOW_BEYOND :
		    WINDOW_IN;
	case BOUND_OFFSET:
		here = w->until.file ? is_log(g, w->until.file) : last_log;
		if (!here)
			return w->seen_until ? WINDOW_PAST : WINDOW_IN;
		w->seen_until = true;
		return g->pos >= w->until.offset ? WINDOW_PAST : WINDOW_IN;
	case BOUND_TIME:
		return g->timestamp >= w->until.time_s ? WINDOW_PAST :
		    WINDOW_IN;
	default:
		return WINDOW_IN;
	}
}

static int
not_growing(const struct window *w, const struct group *g, struct err *err)
{
	const struct gtid *seen = gtid_list_find(&w->done, g->gtid.domain);

	err_set(err, ERR_DATA, "%s:%" PRIu64 ": transaction %u-%u-%" PRIu64
	    " comes behind %u-%u-%" PRIu64 ": sequence numbers do not grow",
	    g->file, g->pos, g->gtid.domain, g->gtid.server, g->gtid.seq,
	    seen->domain, seen->server, seen->seq);
	return err_hint(err, "set gtid_strict_mode=ON on the server; "
	    "--gtid-order arrival reads on");
}

static int
no_gtids(const struct group *g, struct err *err)
{
	err_set(err, ERR_USAGE, "%s:%" PRIu64 ": --from or --until is a list "
	    "of MariaDB GTIDs, but the transaction has none", g->path, g->pos);
	return err_hint(err, "use FILE:OFFSET or a time");
}

int
window_judge(struct window *w, const struct group *g, bool last_log,
    struct err *err)
{
	int verdict;

	if (!g->has_gtid && (w->from.kind == BOUND_GTID ||
	    w->until.kind == BOUND_GTID))
		return no_gtids(g, err);
	verdict = judge_from(w, g, err);
	if (verdict != WINDOW_IN)
		return verdict;
	verdict = (int)judge_until(w, g, last_log);
	if (verdict != WINDOW_IN)
		return verdict;
	if (w->order == ORDER_STRICT && g->has_gtid &&
	    gtid_list_covers(&w->done, &g->gtid))
		return not_growing(w, g, err);
	w->begun = true;
	return WINDOW_IN;
}

void
window_pass(struct window *w, const struct group *g)
{
	if (g->has_gtid && !gtid_list_covers(&w->done, &g->gtid))
		gtid_list_set(&w->done, &g->gtid);
}

bool
window_reached(const struct window *w)
{
	if (w->until.kind != BOUND_GTID)
		return false;
	for (size_t i = 0; i < w->until.gtids.n; i++)
		if (!gtid_list_covers(&w->done, &w->until.gtids.v[i]))
			return false;
	return true;
}

int
window_close(const struct window *w, struct err *err)
{
	if (w->from.kind == BOUND_OFFSET && !w->seen_from && w->from.file) {
		err_set(err, ERR_USAGE, "--from %s:%" PRIu64
		    ": no such log was read", w->from.file, w->from.offset);
		return err_hint(err, "the name is that of the log, without "
		    "its folder");
	}
	if (w->until.kind == BOUND_GTID && !window_reached(w))
		log_warn("the input ended before --until was reached");
	return 0;
}

void
window_clear(struct window *w)
{
	bound_clear(&w->from);
	bound_clear(&w->until);
	gtid_list_clear(&w->start);
	gtid_list_clear(&w->done);
	free(w->first_file);
}

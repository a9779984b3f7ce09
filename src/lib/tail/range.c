/* SPDX-License-Identifier: MIT */
#include "tail/range.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "binlog/events.h"
#include "source/gtid_pos.h"

/* ---- places in a domain */

/* Is the place of `want` that of `at`, or before it?  In any order only the
 * place itself tells, and of one server, which counts on, its numbers; these
 * only where nothing better is known. */
static bool
went_by(const struct range *w, const struct gtid *want,
    const struct gtid *at, bool is_end)
{
	if (gtid_equal(want, at))
		return true;
	return at->seq > want->seq && (w->order == ORDER_STRICT ||
	    (is_end && w->guess && want->server == at->server));
}

/* A group of a stream goes by: in any order, only itself is its place. */
static void
strike(const struct range *w, struct gtid_list *left,
    const struct gtid *gtid)
{
	const struct gtid *want = gtid_list_find(left, gtid->domain);

	if (want && (gtid_equal(want, gtid) ||
	    (w->order == ORDER_STRICT && gtid->seq > want->seq)))
		gtid_list_drop(left, gtid->domain);
}

/* What of a list is still to come, where everything up to `at` is past. */
static void
what_is_left(const struct range *w, struct gtid_list *left,
    const struct gtid_list *list, const struct gtid_list *at, bool is_end)
{
	gtid_list_clear(left);
	for (size_t i = 0; i < list->n; i++) {
		const struct gtid *there = gtid_list_find(at,
		    list->v[i].domain);

		if (!there || !went_by(w, &list->v[i], there, is_end))
			gtid_list_set(left, &list->v[i]);
	}
}

/* ---- the beginning */

static void
begins_too_late(const struct gtid *from, const struct gtid *have,
    struct err *err)
{
	err_set(err, ERR_CONFIG, "--from %u-%u-%" PRIu64 ": the first log "
	    "begins only after %u-%u-%" PRIu64, from->domain, from->server,
	    from->seq, have->domain, have->server, have->seq);
	err_hint(err, "give the older files as well");
}

static int
another_history(const struct gtid *said, const char *option,
    const struct gtid *have, struct err *err)
{
	err_set(err, ERR_CONFIG, "%s %u-%u-%" PRIu64 ": the log has %u-%u-%"
	    PRIu64 " in its place", option, said->domain, said->server,
	    said->seq, have->domain, have->server, have->seq);
	return err_hint(err, "it is the log of another server, or its numbers "
	    "do not increase (--gtid-order arrival)");
}

/* Every domain of the first log must be named, or be provided for. */
static int
check_domains(const struct range *w, struct err *err)
{
	struct gtid_list missing = { 0 };
	struct buf text = { 0 };

	for (size_t i = 0; i < w->start.n; i++) {
		const struct gtid *have = &w->start.v[i];
		const struct gtid *from = gtid_list_find(&w->from.gtids,
		    have->domain);

		if (!from)
			gtid_list_set(&missing, have);
		else if (from->seq < have->seq && w->order == ORDER_STRICT)
			begins_too_late(from, have, err);
		else if (from->seq == have->seq && !gtid_equal(from, have) &&
		    w->order == ORDER_STRICT)
			another_history(from, "--from", have, err);
	}
	if (!err->kind && missing.n && w->other_domains == OTHER_REFUSE) {
		gtid_list_print(&missing, &text);
		err_set(err, ERR_USAGE, "--from does not name every domain "
		    "of the first log: %s is missing", buf_cstr(&text));
		err_hint(err, "add it, or use --other-domains earliest (print "
		    "all of them) or now (print none)");
	}
	gtid_list_clear(&missing);
	buf_free(&text);
	return err->kind ? -1 : 0;
}

/* What is known before anything is read. */
static void
see_start(struct range *w)
{
	for (size_t i = 0; w->order == ORDER_STRICT &&
	    i < w->until.gtids.n; i++) {
		const struct gtid *end = &w->until.gtids.v[i];
		const struct gtid *at = gtid_list_find(&w->done, end->domain);

		w->crossed |= at && end->seq < at->seq;
	}
	if (w->from.kind == BOUND_TIME && w->until.kind == BOUND_TIME)
		w->crossed |= w->until.time_s < w->from.time_s;
	for (size_t i = 0; i < w->start.n; i++) {
		gtid_list_set(&w->from_seen, &w->start.v[i]);
		gtid_list_set(&w->until_seen, &w->start.v[i]);
	}
}

int
range_open(struct range *w, struct group_reader *r, struct err *err)
{
	if (group_peek_start(r, err) < 0)
		return -1;
	if (group_start(r))
		gtid_list_copy(&w->start, group_start(r));
	gtid_list_copy(&w->done, &w->start);
	what_is_left(w, &w->from_left, &w->from.gtids, &w->start, false);
	if (w->from.kind == BOUND_GTID)
		for (size_t i = 0; i < w->from.gtids.n; i++)
			gtid_list_set(&w->done, &w->from.gtids.v[i]);
	what_is_left(w, &w->until_left, &w->until.gtids, &w->done, true);
	see_start(w);
	what_is_left(w, &w->limit_left, &w->limit, &w->done, true);
	/* its GTID may have been there before */
	if (w->last_file && !w->empty)
		gtid_list_copy(&w->until_left, &w->until.gtids);
	return w->from.kind == BOUND_GTID ? check_domains(w, err) : 0;
}

/* ---- events */

bool
range_watches(const struct range *w)
{
	return w->from.kind == BOUND_OFFSET || w->until.kind == BOUND_OFFSET;
}

int
range_watch(void *window, const struct binlog_source *src,
    const struct binlog_event *ev, struct err *err)
{
	struct range *w = window;
	struct edge *end = &w->until_edge;
	enum event_role role = event_kind(ev->type)->role;
	bool between = role >= ROLE_FORMAT && role <= ROLE_GTID_LIST;

	w->logs += role == ROLE_FORMAT && ev->pos == LOG_START;
	if (w->from.kind == BOUND_OFFSET && edge_event(&w->from_edge,
	    &w->from, "--from", EDGE_FIRST_LOG, w->logs, src, ev, err) < 0)
		return -1;
	if (w->until.kind != BOUND_OFFSET)
		return 0;
	if (edge_event(end, &w->until, "--until", EDGE_LAST_LOG, w->logs, src,
	    ev, err) < 0)
		return -1;
	if (between && end->here && end->end >= w->until.offset)
		end->reached = true;
	return end->reached && !w->to_the_end && (between ||
	    role == ROLE_GTID || role == ROLE_MYSQL_GTID);
}

/* ---- groups */

/* Left out: what comes before the place where we begin. */
static enum range_verdict
leave_out(struct range *w, const struct group *g)
{
	gtid_list_set(&w->passed, &g->gtid);
	return WINDOW_BEFORE;
}

static int
not_growing(const struct range *w, const struct group *g, struct err *err)
{
	const struct gtid *seen = gtid_list_find(&w->done, g->gtid.domain);

	err_set(err, ERR_DATA, "%s:%" PRIu64 ": transaction %u-%u-%" PRIu64 " "
	    "comes after %u-%u-%" PRIu64 ": sequence numbers do not increase",
	    g->file, g->pos, g->gtid.domain, g->gtid.server, g->gtid.seq,
	    seen->domain, seen->server, seen->seq);
	return err_hint(err, "set gtid_strict_mode=ON on the server; "
	    "--gtid-order arrival reads on");
}

/* As long as not all of --from has gone by, what is of another domain may be
 * before it or after it. */
static int
not_named(const struct range *w, const struct group *g, struct err *err)
{
	const struct gtid *left = &w->from_left.v[0];

	err_set(err, ERR_CONFIG, "--from %u-%u-%" PRIu64 ": it is not before "
	    "%s:%" PRIu64 " (%s), whose domain --from does not name",
	    left->domain, left->server, left->seq, g->path, g->pos, g->id);
	return err_hint(err, "name every domain, or use --other-domains "
	    "earliest (print all of the others) or now (print none)");
}

static int
judge_gtid(struct range *w, const struct group *g, struct err *err)
{
	const struct gtid *from = gtid_list_find(&w->from.gtids,
	    g->gtid.domain);
	bool left = gtid_list_find(&w->from_left, g->gtid.domain);

	if (!from && w->other_domains == OTHER_REFUSE && w->from_left.n)
		return not_named(w, g, err);
	if (!from)
		return w->other_domains == OTHER_NOW ? WINDOW_BEFORE :
		    WINDOW_IN;
	if (w->order == ORDER_ARRIVAL) {
		if (left)
			strike(w, &w->from_left, &g->gtid);
		return left ? (int)leave_out(w, g) : WINDOW_IN;
	}
	strike(w, &w->from_left, &g->gtid);
	if (g->gtid.seq > from->seq)
		return WINDOW_IN;
	if (g->gtid.seq == from->seq && !gtid_equal(&g->gtid, from))
		return another_history(from, "--from", &g->gtid, err);
	return left ? (int)leave_out(w, g) : not_growing(w, g, err);
}

static int
judge_offset(const struct range *w, const struct group *g, struct err *err)
{
	const struct edge *e = &w->from_edge;

	if (!e->here)
		return e->seen ? WINDOW_IN : WINDOW_BEFORE;
	if (g->pos >= w->from.offset)
		return WINDOW_IN;
	if (g->end <= w->from.offset)
		return WINDOW_BEFORE;
	err_set(err, ERR_USAGE, "--from %" PRIu64 " lies inside a "
	    "transaction (%s:%" PRIu64 " to %" PRIu64 ")", w->from.offset,
	    g->file, g->pos, g->end);
	return err_hint(err, "start at its beginning (%" PRIu64 ") or after "
	    "it (%" PRIu64 ")", g->pos, g->end);
}

static int
judge_from(struct range *w, const struct group *g, struct err *err)
{
	if (w->begun && w->from.kind != BOUND_GTID)
		return WINDOW_IN;
	switch (w->from.kind) {
	case BOUND_GTID:
		return judge_gtid(w, g, err);
	case BOUND_OFFSET:
		return judge_offset(w, g, err);
	case BOUND_TIME:
		return g->timestamp >= w->from.time_s ? WINDOW_IN :
		    WINDOW_BEFORE;
	default:
		return WINDOW_IN;
	}
}

static int
judge_until_gtid(const struct range *w, const struct group *g,
    struct err *err)
{
	const struct gtid *until = gtid_list_find(&w->until.gtids,
	    g->gtid.domain);

	if (w->to_the_end && !w->until_left.n)
		return WINDOW_BEYOND;
	if (!until)
		return WINDOW_IN;
	if (w->order == ORDER_ARRIVAL)
		return gtid_list_find(&w->until_left, g->gtid.domain) ?
		    WINDOW_IN : WINDOW_BEYOND;
	if (g->gtid.seq == until->seq && !gtid_equal(&g->gtid, until))
		return another_history(until, "--until", &g->gtid, err);
	return g->gtid.seq > until->seq ? WINDOW_BEYOND : WINDOW_IN;
}

static int
judge_until(const struct range *w, const struct group *g, struct err *err)
{
	const struct edge *e = &w->until_edge;
	enum range_verdict out = w->to_the_end ? WINDOW_BEYOND : WINDOW_PAST;

	switch (w->until.kind) {
	case BOUND_GTID:
		return judge_until_gtid(w, g, err);
	case BOUND_OFFSET:
		if (e->here)
			return g->pos >= w->until.offset ? out : WINDOW_IN;
		return e->seen ? out : WINDOW_IN;
	case BOUND_TIME:
		return g->timestamp >= w->until.time_s ? WINDOW_PAST :
		    WINDOW_IN;
	default:
		return WINDOW_IN;
	}
}

static int
no_gtids(const struct group *g, struct err *err)
{
	err_set(err, ERR_USAGE, "%s:%" PRIu64 ": --from or --until is a list "
	    "of MariaDB GTIDs, but the transaction has none", g->path, g->pos);
	return err_hint(err, "use FILE:OFFSET or a time");
}

/* A GTID of a bound goes by: for the first time? */
static int
see(const struct range *w, const struct bound *bound, const char *option,
    struct gtid_list *seen, const struct group *g, struct err *err)
{
	const struct gtid *meant = gtid_list_find(&bound->gtids,
	    g->gtid.domain);
	const struct gtid *before = gtid_list_find(seen, g->gtid.domain);

	if (!meant || !gtid_equal(meant, &g->gtid))
		return 0;
	if (w->unique && before && gtid_equal(before, meant)) {
		err_set(err, ERR_CONFIG, "%s %s: it occurs twice, the second "
		    "time at %s:%" PRIu64, option, g->id,
		    g->path, g->pos);
		return err_hint(err, "use LOG:OFFSET");
	}
	gtid_list_set(seen, meant);
	return 0;
}

static int
see_group(struct range *w, const struct group *g, struct err *err)
{
	if (w->order != ORDER_ARRIVAL || !g->has_gtid)
		return 0;
	if (see(w, &w->from, "--from", &w->from_seen, g, err) < 0)
		return -1;
	return see(w, &w->until, "--until", &w->until_seen, g, err);
}

/* Is a group that is before from already after until? */
static bool
is_crossed(const struct range *w, const struct group *g)
{
	const struct gtid *until = gtid_list_find(&w->until.gtids,
	    g->gtid.domain);
	const struct gtid *seen = gtid_list_find(&w->until_seen,
	    g->gtid.domain);

	if (w->until.kind != BOUND_GTID)
		return judge_until(w, g, &(struct err){ 0 }) != WINDOW_IN;
	if (!until || gtid_equal(until, &g->gtid))
		return false;
	return w->order == ORDER_STRICT ? g->gtid.seq > until->seq :
	    seen && gtid_equal(seen, until);
}

int
range_judge(struct range *w, const struct group *g, struct err *err)
{
	int verdict;

	if (!g->has_gtid && (w->from.kind == BOUND_GTID ||
	    w->until.kind == BOUND_GTID))
		return no_gtids(g, err);
	if (see_group(w, g, err) < 0)
		return -1;
	verdict = judge_from(w, g, err);
	if (verdict == WINDOW_BEFORE) {
		w->late |= w->from.kind == BOUND_TIME;
		w->crossed |= is_crossed(w, g);
	}
	if (verdict != WINDOW_IN)
		return verdict;
	verdict = judge_until(w, g, err);
	if (verdict > WINDOW_IN)
		w->cut_first |= !w->begun;
	if (verdict != WINDOW_IN)
		return verdict;
	if (w->order == ORDER_STRICT && g->has_gtid &&
	    gtid_list_covers(&w->done, &g->gtid))
		return not_growing(w, g, err);
	w->begun = true;
	return WINDOW_IN;
}

/* In any order, what is before from is no news of its domain; what is after
 * it is, whatever its number. */
static bool
moves_done(const struct range *w, const struct gtid *gtid)
{
	const struct gtid *from;

	if (w->order == ORDER_STRICT)
		return !gtid_list_covers(&w->done, gtid);
	from = gtid_list_find(&w->from.gtids, gtid->domain);
	return !gtid_list_find(&w->from_left, gtid->domain) &&
	    !(from && gtid_equal(from, gtid));
}

/* Is it the last group that is in?  A GTID may stand in a log twice: where the
 * place is known, it alone tells. */
static void
strike_end(struct range *w, const struct group *g)
{
	bool there;

	if (!w->last_file) {
		strike(w, &w->until_left, &g->gtid);
		return;
	}
	there = strcmp(g->file, w->last_file) == 0 ? g->pos >= w->last_pos :
	    gtid_pos_log_number(g->file) > gtid_pos_log_number(w->last_file);
	if (there)
		gtid_list_clear(&w->until_left);
}

bool
range_pass(struct range *w, const struct group *g)
{
	struct edge *end = &w->until_edge;
	bool moves = g->has_gtid && moves_done(w, &g->gtid);

	if (end->here && g->end >= w->until.offset)
		end->reached = true;
	if (moves)
		gtid_list_set(&w->done, &g->gtid);
	if (g->has_gtid && w->until_left.n && w->to_the_end) {
		free(w->end_file);
		w->end_file = xstrdup(g->file);
		w->end_pos = g->end;
	}
	if (g->has_gtid) {
		strike_end(w, g);
		strike(w, &w->limit_left, &g->gtid);
	}
	return moves;
}

/* ---- the end */

void
range_limit(struct range *w, const struct gtid_list *now)
{
	gtid_list_copy(&w->limit, now);
	what_is_left(w, &w->limit_left, now, &w->done, true);
}

void
range_unbound(struct range *w)
{
	bound_clear(&w->until);
	gtid_list_clear(&w->limit);
}

bool
range_reached(const struct range *w)
{
	if (w->empty || (w->limit.n && !w->limit_left.n))
		return true;
	if (w->until.kind == BOUND_OFFSET)
		return w->until_edge.reached && !w->to_the_end;
	return w->until.kind == BOUND_GTID && !w->until_left.n &&
	    !w->to_the_end;
}

static int
never_met(const char *option, const struct gtid *gtid, struct err *err)
{
	err_set(err, ERR_CONFIG, "%s %u-%u-%" PRIu64 ": it was not found",
	    option, gtid->domain, gtid->server, gtid->seq);
	return err_hint(err, "give all files of the sequence; after RESET "
	    "MASTER, or of another server, it cannot be found");
}

int
range_missed(const struct range *w, struct err *err)
{
	if (w->empty || !w->limit.n || w->limit_left.n ||
	    w->until.kind != BOUND_GTID || !w->until_left.n)
		return 0;
	never_met("--until", &w->until_left.v[0], err);
	return err_hint(err, "the server had it before --from");
}

int
range_close(const struct range *w, struct err *err)
{
	if (edge_close(&w->from_edge, &w->from, "--from", err) < 0 ||
	    edge_close(&w->until_edge, &w->until, "--until", err) < 0)
		return -1;
	for (size_t i = 0; i < w->from_left.n; i++)
		if (!w->state || gtid_list_find(&w->passed,
		    w->from_left.v[i].domain))
			return never_met("--from", &w->from_left.v[i], err);
	if (w->until.kind == BOUND_GTID && w->until_left.n)
		return never_met("--until", &w->until_left.v[0], err);
	return 0;
}

/* Did until come before from? */
static bool
end_came_first(const struct range *w)
{
	return w->crossed || (w->from.kind == BOUND_GTID ? w->from_left.n > 0 :
	    w->from.kind == BOUND_OFFSET && !w->from_edge.reached);
}

void
range_remark(const struct range *w)
{
	bool bounded = w->until.kind && !w->now;
	bool at_end = bounded && (w->cut_first || w->to_the_end ||
	    range_reached(w));
	bool mixed = w->from.kind != w->until.kind && w->from.kind &&
	    !w->state;

	if (w->begun)
		return;
	if (at_end && end_came_first(w))
		log_warn("--until is before --from: nothing is printed");
	else if (at_end && mixed)
		log_warn("nothing lies between --from and --until: nothing is "
		    "printed");
	else if (w->late && !at_end)
		log_warn("--from: everything that was read is before this "
		    "time: nothing is printed");
}

void
range_clear(struct range *w)
{
	bound_clear(&w->from);
	bound_clear(&w->until);
	gtid_list_clear(&w->limit);
	gtid_list_clear(&w->start);
	gtid_list_clear(&w->done);
	gtid_list_clear(&w->from_left);
	gtid_list_clear(&w->until_left);
	gtid_list_clear(&w->limit_left);
	gtid_list_clear(&w->passed);
	gtid_list_clear(&w->from_seen);
	gtid_list_clear(&w->until_seen);
	free(w->last_file);
	free(w->end_file);
}

/* SPDX-License-Identifier: MIT */
#include "sink/progress.h"

#include <inttypes.h>

#include "record/end.h"
#include "state/gtids.h"
#include "record/lists.h"
#include "json/scan.h"
#include "sink/copy_begin.h"
#include "sink/written.h"

/* Is a place that we wait for where `done` is, or before it?  In any order,
 * only the place itself tells. */
static bool
went_by(const struct progress *p, const struct gtid *want)
{
	const struct gtid *done = gtid_list_find(&p->state.done,
	    want->domain);

	return done && (gtid_equal(done, want) ||
	    (!p->places && done->seq > want->seq));
}

/* Events that are younger than all rows of a copy come now. */
static void
leave_copy(struct progress *p)
{
	bool waited = p->until.n > 0;

	for (size_t i = p->until.n; i-- > 0;)
		if (went_by(p, &p->until.v[i]))
			gtid_list_drop(&p->until, p->until.v[i].domain);
	if (waited && !p->until.n) {
		p->state.snapshot.n = 0;
		gtid_list_clear(&p->until);
	}
}

static void
finish(struct progress *p)
{
	struct state *s = &p->state;

	if (p->open && !p->skips) {
		gtid_list_set(&s->done, &p->in_hand);
		p->finished = p->in_hand;
		s->partial_order = 0;
		p->transactions++;
		p->moved = true;
		leave_copy(p);
	}
	p->open = false;
}

/* Is the record a row of a first copy?  Those that are copied while a stream
 * runs belong to its transactions. */
static bool
is_copy(const struct record *rec)
{
	struct span mark = object_member(record_source(rec), "snapshot");

	return mark.n > 2 && !json_is_text(mark, "false") &&
	    !span_is(mark, "false") && mark.p[0] != 'n' &&
	    !json_is_text(mark, "incremental");
}

/* The transaction of a record and its place in it; false if it says
 * neither. */
static bool
place_of(const struct record *rec, struct gtid *gtid, uint64_t *order)
{
	struct span t = rec->transaction.p ? rec->transaction :
	    rec->line_transaction;

	*order = object_number(t, "total_order");
	return gtids_take_one(t, "id", gtid) ||
	    gtids_take_one(record_source(rec), "gtid", gtid);
}

static int
not_growing(const struct gtid *gtid, const struct gtid *seen,
    struct err *err)
{
	char now[GTID_TEXT], before[GTID_TEXT];

	gtid_print(now, gtid);
	gtid_print(before, seen);
	err_set(err, ERR_DATA, "transaction %s comes after %s: sequence "
	    "numbers of a domain must increase", now, before);
	return err_hint(err, "gtid_strict_mode=ON at the source ensures "
	    "that; --gtid-order arrival accepts them in any order");
}

/* The number of what is done, and not itself: of another server's log. */
static int
another_history(const struct gtid *done, const struct gtid *gtid,
    struct err *err)
{
	char ours[GTID_TEXT], theirs[GTID_TEXT];

	gtid_print(ours, done);
	gtid_print(theirs, gtid);
	err_set(err, ERR_CONFIG, "%s is done, but the stream has %s in its "
	    "place", ours, theirs);
	return err_hint(err, "it is the log of another server: use another "
	    "--name, or copy the tables again; if numbers do not increase, "
	    "use --gtid-order arrival");
}

/* Is a transaction done already?  1, 0, -1. */
static int
is_done(const struct progress *p, const struct gtid *gtid, struct err *err)
{
	const struct gtid *done = gtid_list_find(&p->state.done,
	    gtid->domain);

	if (!p->keeps)
		return 0;
	if (p->any_order) {
		done = gtid_list_find(&p->left, gtid->domain);
		return done && (p->places || gtid->seq <= done->seq);
	}
	if (done && done->seq == gtid->seq && !gtid_equal(done, gtid))
		return another_history(done, gtid, err);
	return done && gtid->seq <= done->seq;
}

/* The stream comes by a place: is it what is done?  Then all after is new. */
static void
come_by(struct progress *p, const struct gtid *gtid)
{
	const struct gtid *done = gtid_list_find(&p->left, gtid->domain);

	if (done && (gtid_equal(done, gtid) ||
	    (!p->places && gtid->seq > done->seq)))
		gtid_list_drop(&p->left, gtid->domain);
}

/* The first record of another transaction. */
static int
begin(struct progress *p, const struct gtid *gtid, struct err *err)
{
	const struct gtid *seen = gtid_list_find(&p->seen, gtid->domain);
	int skips;

	finish(p);
	if (seen && seen->seq >= gtid->seq && p->keeps && !p->any_order)
		return not_growing(gtid, seen, err);
	skips = is_done(p, gtid, err);
	if (skips < 0)
		return -1;
	come_by(p, gtid);
	p->open = true;
	p->in_hand = *gtid;
	p->skips = skips;
	p->order = 0;
	gtid_list_set(&p->seen, gtid);
	return 0;
}

static int
no_opening(const struct progress *p, struct err *err)
{
	err_set(err, ERR_USAGE, "the stream has no opening heartbeat: its "
	    "position is unknown");
	return err_hint(err, "cdc-tail --control prints it; %s, no position is "
	    "kept", p->without ? p->without : "with --no-state");
}

static int
no_gtid(const struct progress *p, const struct record *rec,
    struct err *err)
{
	err_set(err, ERR_USAGE, "line %" PRIu64 ": the record has no GTID of "
	    "MariaDB", rec->line.number);
	return err_hint(err, "it is taken %s, and no position is kept",
	    p->without ? p->without : "with --no-state");
}

/* What was taken for the end of the stream was none. */
static void
go_on(struct progress *p)
{
	p->ended = false;
	p->failed = ERR_NONE;
}

int
progress_record(struct progress *p, const struct record *rec,
    struct err *err)
{
	struct gtid gtid;
	uint64_t order;

	go_on(p);
	if (p->keeps && !p->opened)
		return no_opening(p, err);
	if (record_op(rec) == 'r' && is_copy(rec)) {
		finish(p);
		p->rests = false;
		return 1;
	}
	if (!place_of(rec, &gtid, &order))
		return p->keeps ? no_gtid(p, rec, err) : 1;
	if ((!p->open || !gtid_equal(&gtid, &p->in_hand)) &&
	    begin(p, &gtid, err) < 0)
		return -1;
	p->order = order;
	if (p->skips)
		return 0;
	return !(p->keeps && p->state.partial_order &&
	    gtid_equal(&gtid, &p->state.partial) &&
	    order <= p->state.partial_order);
}

int
progress_schema(struct progress *p, const struct record *rec,
    struct err *err)
{
	struct span source = object_member(rec->body, "source");
	struct gtid gtid;

	go_on(p);
	if (!p->opened || !json_is_text(object_member(source, "snapshot"),
	    "false") || !gtids_take_one(source, "gtid", &gtid))
		return 1;
	if ((!p->open || !gtid_equal(&gtid, &p->in_hand)) &&
	    begin(p, &gtid, err) < 0)
		return -1;
	return !p->skips;
}

/* A member that is a list of GTIDs: 1, 0 if it is not there, -1. */
static int
take_list(struct gtid_list *to, struct span object, const char *name,
    struct err *err)
{
	int got = gtids_take(object, name, to, err);

	if (got < 0)
		err->kind = ERR_DATA;
	return got;
}

static int
gap(const struct gtid *at, struct err *err)
{
	char text[GTID_TEXT];

	gtid_print(text, at);
	err_set(err, ERR_CONFIG, "the stream starts after %s, which is beyond "
	    "the position: transactions are missing", text);
	return err_hint(err, "start it at the position: cdc-tail --state FILE");
}

/* The stream begins at `at`: does it follow what is done? */
static int
check_gap(const struct progress *p, const struct gtid_list *at,
    struct err *err)
{
	for (size_t i = 0; i < at->n; i++) {
		const struct gtid *theirs = &at->v[i];
		const struct gtid *ours = gtid_list_find(&p->state.done,
		    theirs->domain);

		if (ours && (gtid_equal(ours, theirs) || p->places))
			continue;
		if (!ours || ours->seq < theirs->seq)
			return gap(theirs, err);
		if (ours->seq == theirs->seq)
			return another_history(ours, theirs, err);
	}
	return 0;
}

/* In any order: what is done and is not where the stream begins lies ahead of
 * it.  Or after, which shows when the stream is where the source was. */
static void
look_ahead(struct progress *p, const struct gtid_list *at)
{
	gtid_list_clear(&p->left);
	for (size_t i = 0; p->any_order && i < p->state.done.n; i++) {
		const struct gtid *done = &p->state.done.v[i];
		const struct gtid *theirs = gtid_list_find(at, done->domain);

		if (!theirs || !gtid_equal(theirs, done))
			gtid_list_set(&p->left, done);
	}
}

/* Did the stream miss a place that it had to come by? */
static int
check_missed(const struct progress *p, const struct gtid_list *at,
    struct err *err)
{
	for (size_t i = 0; p->places && i < p->left.n; i++) {
		const struct gtid *theirs = gtid_list_find(at,
		    p->left.v[i].domain);
		const struct gtid *now = gtid_list_find(&p->now,
		    p->left.v[i].domain);

		if (theirs && (p->ended || (now && gtid_equal(theirs, now))))
			return gap(theirs, err);
	}
	return 0;
}

static int
begin_copy(struct progress *p, struct span copy, struct err *err)
{
	enum copy_begin is = p->known ? copy_begin_judge(&p->state, p->show,
	    copy, err) : COPY_CONTINUES;

	p->refused = p->refused || is == COPY_IS_ANOTHER;
	p->empties = is == COPY_ANEW;
	if (is == COPY_LACKS_ROWS || is == COPY_IS_ANOTHER)
		return -1;
	p->copies = p->moved = true;
	p->rests = !p->empties;
	p->steps = object_member(copy, "done").p;
	p->state.snapshot.n = 0;
	buf_span(&p->state.snapshot, copy);
	return 0;
}

/* How far it is. */
static void
step_copy(struct progress *p, struct span copy)
{
	p->state.snapshot.n = 0;
	buf_span(&p->state.snapshot, copy);
	p->rests = p->moved = true;
}

/* It is whole; up to where may its rows be younger than events? */
static int
end_copy(struct progress *p, struct span copy, struct err *err)
{
	p->state.snapshot.n = 0;
	p->copies = p->empties = false;
	p->rests = true;
	gtid_list_clear(&p->until);
	if (copy.p) {
		buf_span(&p->state.snapshot, copy);
		if (take_list(&p->until, copy, "until", err) < 0)
			return -1;
	}
	leave_copy(p);
	return 0;
}

static int
by_arrival(struct err *err)
{
	err_set(err, ERR_CONFIG, "the stream has its transactions in order of "
	    "arrival (cdc-tail --gtid-order arrival): their numbers do not "
	    "show what is done");
	return err_hint(err, "use --gtid-order arrival here too");
}

static bool
same_filter(const struct state *s, struct span filter)
{
	struct buf scratch = { 0 };
	bool same = span_eq(json_value_text(filter, &scratch),
	    buf_view(&s->filter));

	buf_free(&scratch);
	return same;
}

/* What other lists let pass is not done, or was not to be. */
static int
check_lists(const struct progress *p, struct span beat, struct err *err)
{
	const struct state *s = &p->state;
	struct span filter = object_member(beat, "filter");
	struct lists was = { 0 }, are = { 0 };
	struct buf text = { 0 };

	if (!p->known || p->any_lists || !s->filter.n ||
	    !json_inside(filter).p || same_filter(s, filter))
		return 0;
	lists_take(&was, buf_view(&s->lists));
	lists_take(&are, object_member(beat, "lists"));
	lists_compare(&was, &are, &text);
	err_set(err, ERR_CONFIG, "the position was made with other lists%s%s",
	    text.n ? ": " : "", text.n ? text.p : "");
	err_hint(err, p->without ? "another pipeline needs its own --state; "
	    "--accept-lists continues with the new lists, and of what they "
	    "newly include nothing before it is delivered" :
	    "another pipeline needs its own --name; copy a new "
	    "table under another name (cdc-snapshot -t TABLE | cdc-apply "
	    "--name copy), then continue with --accept-lists");
	lists_clear(&was);
	lists_clear(&are);
	buf_free(&text);
	return -1;
}

/* The opening heartbeat. */
static int
open_stream(struct progress *p, const struct gtid_list *at, struct span beat,
    struct err *err)
{
	struct span copy = object_member(beat, "snapshot");
	struct state *s = &p->state;

	gtid_list_clear(&p->seen);
	gtid_list_clear(&p->now);
	p->opened = true;
	p->places = json_is_text(object_member(beat, "order"), "arrival");
	if (!p->keeps)
		return 0;
	if (p->places && !p->any_order)
		return by_arrival(err);
	if (s->partial_order && !same_filter(s, object_member(beat,
	    "filter"))) {
		err_set(err, ERR_CONFIG, "part of a transaction was applied "
		    "with other include and exclude lists than the stream's");
		return err_hint(err, "finish it with the same lists");
	}
	if (check_lists(p, beat, err) < 0 || (p->known && written_check(
	    buf_view(&s->modes), object_member(beat, "modes"), err) < 0))
		return -1;
	if (object_member(copy, "start").p)
		return begin_copy(p, copy, err);
	if (s->snapshot.n && object_member(buf_view(&s->snapshot),
	    "table").p)
		return err_set(err, ERR_CONFIG, "the copy of the tables is "
		    "incomplete, but the stream continues after it");
	if (s->snapshot.n && take_list(&p->until, buf_view(&s->snapshot),
	    "until", err) < 0)
		return -1;
	if (!p->known && !p->moved) {
		gtid_list_copy(&s->done, at);
		p->moved = true;
	}
	look_ahead(p, at);
	if (take_list(&p->now, beat, "now", err) < 0 ||
	    check_gap(p, at, err) < 0)
		return -1;
	return check_missed(p, at, err);
}

/* A later heartbeat: everything up to `at` is done. */
static int
cover(struct progress *p, const struct gtid_list *at, struct span beat,
    struct err *err)
{
	struct state *s = &p->state;
	struct span copy = object_member(beat, "snapshot");

	if (p->open && gtid_list_covers(at, &p->in_hand))
		finish(p);
	for (size_t i = 0; i < at->n; i++)
		come_by(p, &at->v[i]);
	if (check_missed(p, at, err) < 0)
		return -1;
	for (size_t i = 0; i < at->n; i++)
		if (p->places ? !gtid_list_find(&p->left, at->v[i].domain) :
		    !gtid_list_covers(&s->done, &at->v[i]))
			gtid_list_set(&s->done, &at->v[i]);
	p->moved = true;
	if (p->copies && object_member(copy, "table").p) {
		step_copy(p, copy);
		return 0;
	}
	p->known = true;
	if (p->copies)
		return end_copy(p, copy, err);
	leave_copy(p);
	return 0;
}

static int
beat(struct progress *p, struct span payload, struct err *err)
{
	struct span kind = object_member(payload, "beat");
	struct gtid_list at = { 0 };
	struct state *s = &p->state;
	bool opens = json_is_text(kind, "first");
	int status;

	go_on(p);
	p->ended = json_is_text(kind, "last");
	status = take_list(&at, payload, "gtid", err);
	if (status == 0 && p->keeps)
		status = err_set(err, ERR_DATA, "a heartbeat without gtid");
	if (status >= 0 && opens)
		status = open_stream(p, &at, payload, err);
	else if (status >= 0 && p->keeps && !p->opened)
		status = no_opening(p, err);
	else if (status >= 0)
		status = cover(p, &at, payload, err);
	if (status >= 0 && p->keeps)
		status = state_take_beat(s, payload, err);
	gtid_list_clear(&at);
	return status < 0 ? -1 : 0;
}

int
progress_control(struct progress *p, const struct record *rec,
    struct err *err)
{
	struct gtid gtid;

	if (rec->kind == KIND_HEARTBEAT && object_member(rec->body, "beat").p)
		return beat(p, rec->body, err);
	go_on(p);
	p->failed = end_kind(rec);
	if (rec->kind != KIND_TRANSACTION ||
	    !json_is_text(object_member(rec->body, "status"), "END"))
		return 0;
	if (p->open && gtids_take_one(rec->body, "id", &gtid) &&
	    gtid_equal(&gtid, &p->in_hand))
		finish(p);
	return 0;
}

bool
progress_at_rest(const struct progress *p)
{
	return p->copies && p->steps ? p->rests : !p->open || p->skips;
}

void
progress_clear(struct progress *p)
{
	state_clear(&p->state);
	gtid_list_clear(&p->seen);
	gtid_list_clear(&p->left);
	gtid_list_clear(&p->now);
	gtid_list_clear(&p->until);
}

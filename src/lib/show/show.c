/* SPDX-License-Identifier: MIT */
#include "show/show.h"

#include <stdlib.h>

#include "json/scan.h"
#include "record/end.h"
#include "record/fault.h"
#include "show/block.h"
#include "show/show_line.h"
#include "show/show_row.h"
#include "show/show_text.h"
#include "show/time_zone.h"
#include "show/words.h"

enum { STATEMENT_LINES = 6 };

void
show_open(struct showing *s, const struct show_options *opt)
{
	*s = (struct showing){ .opt = opt };
	page_open(&s->page, (enum page_color)opt->color, opt->width,
	    opt->oneline || opt->full ? SIZE_MAX : PAGE_WIDTH);
	s->page.terse = opt->oneline;
	s->page.over = opt->full ? OVER_LEAVE : opt->oneline ? OVER_CUT :
	    OVER_FOLD;
	told_open(&s->told);
	s->seen = (struct seen){ .page = &s->page, .told = &s->told };
}

void
show_close(struct showing *s)
{
	struct buf *all[] = { &s->page.out, &s->block.id,
		&s->block.prefix, &s->first, &s->last,
		&s->text, &s->scratch };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		buf_free(all[i]);
	tally_clear(&s->block.counts);
	tally_clear(&s->counts);
	seen_clear(&s->seen);
	told_clear(&s->told);
	deletes_clear(&s->gone);
	move_clear(&s->move);
	free(s->cells);
}

/* ---- --summary */

/* "1-1-7, 2025-10-09 08:53:20 UTC" of a change. */
static void
note_place(struct showing *s, const struct record *rec)
{
	struct span id = member_value(&rec->transaction_block, M_ID);
	struct buf *to = s->first.n ? &s->last : &s->first;
	struct show_page *p = &s->page;
	size_t at = p->out.n;

	if (!id.p)
		id = member_value(&rec->block, M_GTID);
	block_moment(s, member_value(&rec->block, M_TS_MS), true);
	if (json_inside(id).p) {
		page_blanks(p, 2);
		show_text(p, &p->out, json_inside(id), true, TEXT_BARE,
		    SIZE_MAX);
	}
	to->n = 0;
	buf_put(to, p->out.p + at, p->out.n - at);
	p->out.n = at;
	p->at = 0;
}

static void
print_summary(struct showing *s)
{
	struct show_page *p = &s->page;

	block_gap(s, BELOW_LINES);
	s->text.n = 0;
	tally_put_words(&s->counts, &s->text);
	page_put(p, PAINT_ID, buf_view(&s->text), s->text.n);
	page_line(p);
	if (s->first.n) {
		page_words(p, PAINT_DIM, "  first  ");
		page_put(p, PAINT_NONE, buf_view(&s->first), s->first.n);
		page_line(p);
		page_words(p, PAINT_DIM, "  last   ");
		page_put(p, PAINT_NONE, s->last.n ? buf_view(&s->last) :
		    buf_view(&s->first), 0);
		page_line(p);
	}
	tally_print(&s->counts, p, SPAN("  "), 2);
}

/* ---- changes */

/* An update of which both rows are there. */
static bool
is_compared(const struct record *rec, char op, const struct record *old)
{
	return op == 'u' && rec->kind == KIND_ENVELOPE &&
	    old->before.p && old->before.p[0] == '{';
}

static void
print_change(struct showing *s, struct seen_table *t, const struct record *rec,
    char op, const struct record *old)
{
	struct show_page *p = &s->page;

	if (s->opt->oneline) {
		block_prefix(s, rec);
		show_line(s, t, op);
		page_line(p);
		return;
	}
	if (op != '?')
		block_statement(s, member_value(&rec->block, M_QUERY),
		    STATEMENT_LINES);
	page_blanks(p, 2);
	show_row_head(s, t, op);
	if (op == 't')
		page_words(p, PAINT_OTHER, "  truncated: all its rows are "
		    "gone");
	page_line(p);
	if (is_compared(rec, op, old))
		show_row_compare(s, t);
	else if (op != 't')
		show_row_flow(s, t, op == 'd' ? SIDE_OLD : SIDE_NEW);
}

static void
take_rows(struct showing *s, struct record *rec, struct record *old,
    struct seen_table *t, char op)
{
	show_row_take_key(s, t, old->key);
	if (rec->kind == KIND_ROW) {
		show_row_take(s, rec, t, rec->body, op == 'd' ? SIDE_OLD :
		    SIDE_NEW);
		return;
	}
	show_row_take(s, old, t, old->before, SIDE_OLD);
	show_row_take(s, rec, t, rec->after, SIDE_NEW);
}

static int
check_rows(struct record *rec, struct err *err)
{
	return record_check_rows(rec, err) < 0 ||
	    record_check_key(rec, err) < 0 ? -1 : 0;
}

/* A change; of an update of the key `old` is the record of the old row, else
 * the same. */
static void
show_change(struct showing *s, struct record *rec, struct record *old, char op)
{
	struct span db = { NULL, 0 }, table = { NULL, 0 };
	struct span none = { NULL, 0 };
	struct seen_table *t;

	record_table(rec, &db, &table);
	t = seen_table(&s->seen, db, table);
	tally_add(&s->counts, op, s->opt->summary ? buf_view(&t->shown) :
	    none, t->shown_columns);
	if (s->opt->summary)
		note_place(s, rec);
	if (s->opt->summary && !s->opt->stat)
		return;
	if (rec->block.seen)
		block_enter(s, rec);
	s->block.records += rec == old ? 1 : 2;
	tally_add(&s->block.counts, op, s->opt->stat ? buf_view(&t->shown) :
	    none, t->shown_columns);
	if (s->opt->stat)
		return;
	if (op == 'd')
		deletes_set(&s->gone, rec, true);
	seen_connect(&s->seen, t, rec->schema);
	take_rows(s, rec, old, t, op);
	print_change(s, t, rec, op, old);
}

static void
show_row(struct showing *s, struct record *rec)
{
	show_change(s, rec, rec, rec->letter ? rec->letter : '?');
}

static void
show_tombstone_between(struct showing *s)
{
	if (s->move.tombstone && !s->opt->summary && !s->opt->stat)
		words_tombstone(s, NULL);
}

/* A delete that waited is shown as one: its other half is not in the stream. */
static void
release(struct showing *s)
{
	s->move.waits = false;
	show_row(s, &s->move.old);
	show_tombstone_between(s);
}

static int
show_move(struct showing *s, struct record *rec, struct err *err)
{
	s->move.waits = false;
	if (check_rows(rec, err) < 0)
		return -1;
	show_change(s, rec, &s->move.old, 'u');
	show_tombstone_between(s);
	return 0;
}

/* ---- control records */

static int
show_control(struct showing *s, struct record *rec, struct err *err)
{
	struct span id = object_member(rec->body, "id");

	if (record_check_control(rec, err) < 0 ||
	    told_take(&s->told, rec, err) < 0)
		return -1;
	if (s->opt->summary && !s->opt->stat && end_kind(rec) == ERR_NONE)
		return 0;
	if (rec->kind == KIND_TRANSACTION) {
		if (json_is_text(object_member(rec->body, "status"), "BEGIN"))
			block_begin(s, id);
		else
			block_end(s, id, object_member(rec->body,
			    "event_count"));
		return 0;
	}
	if (rec->kind == KIND_SCHEMA) {
		block_enter(s, rec);
		if (s->opt->oneline)
			block_prefix(s, rec);
		words_schema(s, rec);
		return 0;
	}
	if (!s->block.begun)
		block_leave(s);
	block_gap(s, BELOW_BEATS);
	words_heartbeat(s, rec);
	return 0;
}

static int
show_data(struct showing *s, struct record *rec, struct err *err)
{
	if (check_rows(rec, err) < 0)
		return -1;
	if (move_hold(&s->move, rec, err))
		return 0;
	if (err->kind)
		return -1;
	show_row(s, rec);
	return 0;
}

static int
show_kind(struct showing *s, struct record *rec, struct err *err)
{
	bool lines = !s->opt->summary && !s->opt->stat;

	if (record_is_control(rec))
		return show_control(s, rec, err);
	if (rec->kind == KIND_ENVELOPE || rec->kind == KIND_ROW)
		return show_data(s, rec, err);
	if (rec->letter == SHAPE_MESSAGE) {
		if (lines)
			words_message(s, rec);
		return 0;
	}
	if (rec->kind == KIND_UNKNOWN && !s->opt->pass_unknown)
		return record_unknown(rec, NULL, err);
	if (rec->kind == KIND_UNKNOWN && lines)
		words_unknown(s, rec);
	else if (lines)
		words_tombstone(s, rec);
	return 0;
}

int
show_record(struct showing *s, struct record *rec, struct err *err)
{
	int status;

	if (move_has_tombstone(&s->move, rec)) {
		s->move.tombstone = true;
		return 0;
	}
	if (move_completes(&s->move, rec)) {
		status = show_move(s, rec, err);
	} else {
		if (s->move.waits)
			release(s);
		status = show_kind(s, rec, err);
	}
	page_print(&s->page);
	return status;
}

void
show_end(struct showing *s)
{
	if (s->move.waits)
		release(s);
	if (!s->opt->summary || s->opt->stat)
		block_leave(s);
	if (s->opt->summary)
		print_summary(s);
	page_print(&s->page);
}

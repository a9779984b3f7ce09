/* SPDX-License-Identifier: MIT */
#include "show/block.h"

#include <inttypes.h>

#include "base/integer.h"
#include "base/log.h"
#include "json/scan.h"
#include "show/show_text.h"
#include "show/time_zone.h"

enum {
	ID_ROOM = 64, NUMBER_ROOM = 24,
	TAB = 4,                /* blanks that show a statement's */
};

/* What a record belongs to: its transaction's id, else the GTID, else the place
 * in the log. */
static struct span
id_of(const struct record *rec)
{
	struct span id = member_value(&rec->transaction_block, M_ID);
	struct span gtid = member_value(&rec->block, M_GTID);

	if (id.p && id.p[0] == '"')
		return id;
	if (gtid.p && gtid.p[0] == '"')
		return gtid;
	return member_value(&rec->block, M_POS);
}

static bool
is_snapshot(const struct record *rec)
{
	struct span snapshot = member_value(&rec->block, M_SNAPSHOT);

	return rec->letter == 'r' || (snapshot.p && snapshot.p[0] == '"' &&
	    !json_is_text(snapshot, "false"));
}

void
block_gap(struct showing *s, enum below below)
{
	if (!s->opt->oneline && s->below != BELOW_NOTHING &&
	    (below != s->below || below == BELOW_LINES))
		page_line(&s->page);
	s->below = below;
}

static bool
is_block(const struct change_block *b, struct span id, bool snapshot)
{
	return b->id.n == id.n + 1 && b->id.p[0] == (snapshot ? 'r' : ' ') &&
	    memcmp(b->id.p + 1, id.p ? id.p : "", id.n) == 0;
}

static void
start(struct showing *s, struct span id, bool snapshot)
{
	struct change_block *b = &s->block;

	b->id.n = 0;
	buf_char(&b->id, snapshot ? 'r' : ' ');
	buf_span(&b->id, id);
	b->headed = b->begun = false;
	b->statement = 0;
	tally_empty(&b->counts);
	b->records = 0;
}

void
block_moment(struct showing *s, struct span ms, bool named)
{
	struct show_page *p = &s->page;
	int64_t v;
	size_t at = p->out.n;

	if (ms.p && integer_read_signed(ms, &v) &&
	    time_zone_put(&p->out, v / 1000 - (v % 1000 < 0), named))
		p->at += p->out.n - at;
	else
		page_words(p, PAINT_DIM, "(no time)");
}

static void
put_number(struct showing *s, const char *words, struct span number)
{
	if (!number.p || number.p[0] == 'n')
		return;
	page_words(&s->page, PAINT_DIM, words);
	show_text_words(&s->page, PAINT_NONE, number, NUMBER_ROOM);
}

static void
put_place(struct showing *s, const struct record *rec)
{
	struct span file = member_value(&rec->block, M_FILE);

	if (!json_inside(file).n)
		return;
	page_blanks(&s->page, 2);
	show_text_words(&s->page, PAINT_DIM, file, ID_ROOM);
	put_number(s, ":", member_value(&rec->block, M_POS));
}

static void
put_head(struct showing *s, const struct record *rec, bool snapshot)
{
	struct show_page *p = &s->page;
	struct span id = id_of(rec);

	if (snapshot)
		page_words(p, PAINT_ID, json_is_text(member_value(&rec->block,
		    M_SNAPSHOT), "incremental") ? "incremental snapshot  " :
		    "snapshot  ");
	if (id.p && id.p[0] == '"') {
		show_text_words(&s->page, PAINT_ID, id, ID_ROOM);
		page_blanks(p, 2);
	}
	block_moment(s, member_value(&rec->block, M_TS_MS), true);
	put_number(s, "  server ", member_value(&rec->block, M_SERVER_ID));
	put_number(s, "  thread ", member_value(&rec->block, M_THREAD));
	if (s->opt->full || !id.p || id.p[0] != '"')
		put_place(s, rec);
	page_line(p);
}

/* The lines of --stat come after the record that says when. */
static void
keep_prefix(struct showing *s, const struct record *rec)
{
	struct show_page *p = &s->page;
	size_t at = p->out.n, columns = p->at;

	block_prefix(s, rec);
	s->block.prefix.n = 0;
	buf_put(&s->block.prefix, p->out.p + at, p->out.n - at);
	s->block.prefix_columns = p->at - columns;
	p->out.n = at;
	p->at = columns;
}

static void
put_stat(struct showing *s)
{
	const struct change_block *b = &s->block;

	if (b->headed && s->opt->oneline)
		tally_print(&b->counts, &s->page, buf_view(&b->prefix),
		    b->prefix_columns);
	else if (b->headed)
		tally_print(&b->counts, &s->page, SPAN("  "), 2);
}

void
block_enter(struct showing *s, const struct record *rec)
{
	struct change_block *b = &s->block;
	bool snapshot = is_snapshot(rec);
	struct span id = id_of(rec);

	if (!is_block(b, id, snapshot)) {
		block_leave(s);
		start(s, id, snapshot);
	}
	if (b->headed)
		return;
	b->headed = true;
	if (s->opt->oneline && s->opt->stat)
		keep_prefix(s, rec);
	if (s->opt->oneline)
		return;
	block_gap(s, BELOW_LINES);
	put_head(s, rec, snapshot);
}

static void
put_footer(struct showing *s, const char *words, enum paint paint)
{
	struct show_page *p = &s->page;

	if (s->opt->oneline)
		return;
	page_blanks(p, 2);
	s->text.n = 0;
	tally_put_words(&s->block.counts, &s->text);
	page_put(p, PAINT_DIM, buf_view(&s->text), s->text.n);
	page_words(p, paint, words);
	page_line(p);
}

void
block_leave(struct showing *s)
{
	struct change_block *b = &s->block;

	if (s->opt->stat)
		put_stat(s);
	if (b->begun)
		put_footer(s, ", and the end of the transaction did not come",
		    PAINT_ALARM);
	else if (b->headed && tally_sum(&b->counts))
		put_footer(s, "", PAINT_DIM);
	start(s, (struct span){ NULL, 0 }, false);
	b->id.n = 0;
}

/* --oneline: lines of their own. */
static void
put_border(struct showing *s, struct span id, const char *words,
    struct span count)
{
	show_text_words(&s->page, PAINT_ID, id, ID_ROOM);
	page_words(&s->page, PAINT_DIM, words);
	if (count.p && count.p[0] != 'n') {
		put_number(s, ": ", count);
		page_words(&s->page, PAINT_DIM, span_is(count, "1") ?
		    " record" : " records");
	}
	page_line(&s->page);
}

/* Only the id is known: the head follows with the first change. */
void
block_begin(struct showing *s, struct span id)
{
	block_leave(s);
	start(s, id, false);
	s->block.begun = true;
	if (s->opt->oneline)
		put_border(s, id, "  begin", (struct span){ NULL, 0 });
}

/* A transaction of which nothing came. */
static void
put_bare_head(struct showing *s, struct span id)
{
	block_gap(s, BELOW_LINES);
	show_text_words(&s->page, PAINT_ID, id, ID_ROOM);
	page_line(&s->page);
}

/* END says how many records it had. */
static void
put_last_line(struct showing *s, struct span count)
{
	const struct change_block *b = &s->block;
	struct buf words = { 0 };
	uint64_t n;

	if (count.p && integer_read(count, UINT64_MAX, &n) &&
	    n != b->records)
		buf_printf(&words, ", of %" PRIu64 " record%s in the "
		    "transaction", n, plural(n));
	if (words.n || tally_sum(&b->counts))
		put_footer(s, words.n ? buf_cstr(&words) : "", PAINT_DIM);
	buf_free(&words);
}

void
block_end(struct showing *s, struct span id, struct span count)
{
	struct change_block *b = &s->block;

	if (!is_block(b, id, false)) {
		block_leave(s);
		start(s, id, false);
	}
	b->begun = false;
	if (s->opt->stat)
		put_stat(s);
	if (s->opt->oneline) {
		put_border(s, id, "  end", count);
	} else {
		if (!b->headed)
			put_bare_head(s, id);
		put_last_line(s, count);
	}
	start(s, (struct span){ NULL, 0 }, false);
	b->id.n = 0;
}

void
block_prefix(struct showing *s, const struct record *rec)
{
	struct span id = id_of(rec);

	if (id.p && id.p[0] == '"') {
		show_text_words(&s->page, PAINT_ID, id, ID_ROOM);
		page_blanks(&s->page, 2);
	}
	block_moment(s, member_value(&rec->block, M_TS_MS), false);
	page_blanks(&s->page, 2);
}

/* ---- statements */

/* A tab is blanks here, and the CR of a line's end is nothing. */
static void
put_statement_line(struct showing *s, struct span line)
{
	struct show_page *p = &s->page;
	size_t room = p->width == SIZE_MAX ? SIZE_MAX : p->width - 4;

	while (line.n && (line.p[line.n - 1] == '\r' ||
	    line.p[line.n - 1] == ' '))
		line.n--;
	page_blanks(p, 2);
	page_put(p, PAINT_DIM, SPAN("│ "), 2);
	s->text.n = 0;
	for (size_t i = 0; i < line.n; i++)
		for (size_t n = line.p[i] == '\t' ? TAB : 1; n; n--)
			buf_char(&s->text, line.p[i] == '\t' ? ' ' :
			    line.p[i]);
	page_paint(p, &p->out, PAINT_STATEMENT);
	show_text(p, &p->out, buf_view(&s->text), false, TEXT_LINE, room);
	page_unpaint(p, &p->out, PAINT_STATEMENT);
	page_line(p);
}

void
block_words(struct showing *s, struct span query)
{
	struct show_page *p = &s->page;
	struct span text = json_string_text(json_inside(query), &s->scratch);
	bool blank = false;

	s->text.n = 0;
	for (size_t i = 0; i < text.n; i++) {
		bool space = one_of(text.p[i], " \t\r\n");

		if (!space || !blank)
			buf_char(&s->text, space ? ' ' : text.p[i]);
		blank = space;
	}
	page_blanks(p, 2);
	page_paint(p, &p->out, PAINT_STATEMENT);
	p->at += show_text(p, &p->out, buf_view(&s->text), false, TEXT_LINE,
	    p->width > p->at + TEXT_LEAST ? p->width - p->at : TEXT_LEAST);
	page_unpaint(p, &p->out, PAINT_STATEMENT);
}

void
block_statement(struct showing *s, struct span query, size_t most)
{
	struct show_page *p = &s->page;
	struct span text = json_inside(query), line;
	uint64_t hash = hash_span(text, hash_seed()) | 1;
	size_t n = 0, left = 0;

	if (!text.p || hash == s->block.statement || s->opt->oneline)
		return;
	s->block.statement = hash;
	text = json_string_text(text, &s->scratch);
	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);

		line = end ? span_between(text.p, end) : text;
		text.p += line.n + (end != NULL);
		text.n -= line.n + (end != NULL);
		if (n++ < most || s->opt->full)
			put_statement_line(s, line);
		else
			left++;
	}
	if (!left)
		return;
	page_blanks(p, 2);
	page_put(p, PAINT_DIM, SPAN("│ … "), 4);
	buf_u64(&p->out, left);
	page_words(p, PAINT_DIM, left == 1 ? " more line" : " more lines");
	page_line(p);
}

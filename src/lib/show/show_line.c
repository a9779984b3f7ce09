/* SPDX-License-Identifier: MIT */
#include "show/show_line.h"

#include "json/scan.h"
#include "show/show_row.h"
#include "show/show_text.h"
#include "show/show_value.h"

enum {
	LEAST = 8,              /* of a value that is cut: "'abcd…'" */
	BETWEEN = 2,            /* blanks, or a comma and a blank */
	DOTS = 2,               /* " …": there is more */
	BESIDE_KEY = 24,        /* that a key leaves free which has to be cut */
	FAIR = 40,              /* of a value that is not the last one */
	ARROW = 1,
	FAR = 64,               /* of a value that is longer than the line */
};

static bool
has_limit(const struct showing *s)
{
	return s->page.width != SIZE_MAX && !s->opt->full;
}

static size_t
less(size_t room, size_t n)
{
	return room == SIZE_MAX ? room : room > n ? room - n : 0;
}

static size_t
room_left(const struct showing *s)
{
	return has_limit(s) ? less(s->page.width, s->page.at) : SIZE_MAX;
}

/* Append a value to `text`, whole or not much longer than a line. */
static size_t
put_whole(struct showing *s, struct seen_column *c, struct span json)
{
	return show_value(&s->page, &s->text, c, json, has_limit(s) ?
	    s->page.width + FAR : SIZE_MAX);
}

/* A number of which digits are missing is another number. */
static bool
may_be_cut(const struct seen_column *c, struct span json)
{
	return c->form == FORM_PLAIN ? one_of(json.p[0], "\"{[") :
	    c->form == FORM_BYTES && json.p[0] == '"';
}

/* The same in so many columns; false where that is not to be had. */
static bool
put_value(struct showing *s, struct seen_column *c, struct span json,
    size_t room, size_t *columns)
{
	size_t at = s->text.n, n = put_whole(s, c, json);

	if (n > room) {
		s->text.n = at;
		if (room < LEAST || !may_be_cut(c, json))
			return false;
		n = show_value(&s->page, &s->text, c, json, room);
	}
	*columns += n;
	return n <= room;
}

/* name=, the only thing in `text`. */
static size_t
put_name(struct showing *s, const struct seen_column *c)
{
	s->text.n = 0;
	return show_name(&s->page, &s->text, c);
}

/* Where there is no room for a value: "name=…", or nothing. */
static void
put_bare_name(struct showing *s, struct seen_column *c, const char *between,
    bool more)
{
	struct show_page *p = &s->page;
	size_t columns = put_name(s, c) + 1;

	if (BETWEEN + columns + (more ? DOTS : 0) <= room_left(s)) {
		buf_str(&s->text, "…");
		page_words(p, PAINT_NONE, between);
		page_put(p, PAINT_NONE, buf_view(&s->text), columns);
		if (!more)
			return;
	}
	page_put(p, PAINT_DIM, SPAN(" …"), DOTS);
}

/* ---- the key */

static size_t
key_columns(struct showing *s, const struct seen_table *t, size_t *parts)
{
	size_t sum = 0;

	*parts = 0;
	for (size_t i = 0; i < t->ncolumns; i++) {
		struct seen_column *c = &t->columns[i];

		if (!seen_has(t, c, SIDE_KEY))
			continue;
		s->text.n = 0;
		sum += BETWEEN + c->columns + 1 + put_whole(s, c,
		    c->side[SIDE_KEY]);
		++*parts;
	}
	return sum;
}

/* Of a key for which there is no room each part has the same share. */
static void
put_key(struct showing *s, const struct seen_table *t, bool more)
{
	size_t parts, whole = key_columns(s, t, &parts);
	size_t room = less(room_left(s), more ? DOTS : 0), share = SIZE_MAX;
	const char *between = "  ";

	if (whole > room && more)
		room -= room / 2 < BESIDE_KEY ? room / 2 : BESIDE_KEY;
	for (size_t i = 0; i < t->ncolumns && parts; i++) {
		struct seen_column *c = &t->columns[i];
		size_t columns;

		if (!seen_has(t, c, SIDE_KEY))
			continue;
		if (whole > room)
			share = room / parts;
		columns = put_name(s, c);
		if (!put_value(s, c, c->side[SIDE_KEY], less(share, BETWEEN +
		    columns), &columns)) {
			put_bare_name(s, c, between, more || parts > 1);
			return;
		}
		page_words(&s->page, PAINT_NONE, between);
		page_put(&s->page, PAINT_NONE, buf_view(&s->text), columns);
		between = ", ";
		room = less(room, BETWEEN + columns);
		whole -= whole > room ? 0 : BETWEEN + columns;
		parts--;
	}
}

/* ---- columns */

/* Two texts, each in its share, from where they differ. */
static bool
put_rests(struct showing *s, const struct seen_column *c, const size_t share[2],
    size_t *columns)
{
	struct span text[2] = { json_inside(c->side[SIDE_OLD]),
		json_inside(c->side[SIDE_NEW]) };
	size_t room = share[0] < share[1] ? share[0] : share[1];
	size_t skip = c->form == FORM_PLAIN && text[0].p && text[1].p ?
	    show_text_skip(text[0], text[1], room) : 0;

	if (!skip || room < LEAST)
		return false;
	*columns += show_text_rest(&s->page, &s->text, text[0], skip,
	    share[0]);
	buf_str(&s->text, "→");
	*columns += ARROW + show_text_rest(&s->page, &s->text, text[1], skip,
	    share[1]);
	return true;
}

/* old→new */
static bool
put_both(struct showing *s, struct seen_column *c, size_t room,
    size_t *columns)
{
	struct span old = c->side[SIDE_OLD], new = c->side[SIDE_NEW];
	size_t at = s->text.n, n[2], half = less(room, ARROW) / 2, middle;

	n[0] = put_whole(s, c, old);
	buf_str(&s->text, "→");
	n[1] = put_whole(s, c, new);
	if (n[0] + ARROW + n[1] <= room) {
		*columns += n[0] + ARROW + n[1];
		return true;
	}
	s->text.n = at;
	if (n[0] > half && n[1] > half && put_rests(s, c, (size_t[]){ half,
	    less(room, ARROW + half) }, columns))
		return true;
	n[0] = n[0] <= half ? n[0] : n[1] <= half ? less(room, ARROW + n[1]) :
	    half;
	if (!put_value(s, c, old, n[0], columns))
		return false;
	middle = s->text.n;
	buf_str(&s->text, "→");
	*columns += ARROW;
	if (!put_value(s, c, new, less(room, ARROW + n[0]), columns))
		return false;
	/* what looks the same tells nothing */
	return s->text.n - middle - 3 != middle - at || memcmp(s->text.p + at,
	    s->text.p + middle + 3, middle - at) != 0;
}

/* Is there room for what follows "name="?  Without a limit there is. */
static bool
is_within(const struct seen_column *c, size_t columns, size_t room)
{
	return less(columns, c->columns + 1) <= room;
}

/* …→new, where there is no room for both. */
static bool
put_new(struct showing *s, struct seen_column *c, size_t room,
    size_t *columns)
{
	*columns = put_name(s, c) + 1 + ARROW;
	buf_str(&s->text, "…→");
	*columns += put_whole(s, c, c->side[SIDE_NEW]);
	return is_within(c, *columns, room);
}

static bool
put_cell(struct showing *s, const struct seen_table *t, struct seen_column *c,
    char op, size_t room, size_t *columns)
{
	bool old = op == 'u' && seen_has(t, c, SIDE_OLD);
	bool new = op != 'd' && seen_has(t, c, SIDE_NEW);

	if (old && new)
		return put_both(s, c, room, columns) || put_new(s, c, room,
		    columns);
	if (!put_value(s, c, c->side[new ? SIDE_NEW : SIDE_OLD], room,
	    columns))
		return false;
	if (old) {
		buf_str(&s->text, "→(not logged)");
		*columns += 13;
	}
	return is_within(c, *columns, room);
}

/* The next column that the line tells of, from the i-th. */
static size_t
next_column(const struct seen_table *t, size_t i, char op)
{
	enum side side = op == 'd' ? SIDE_OLD : SIDE_NEW;

	for (; i < t->ncolumns; i++) {
		const struct seen_column *c = &t->columns[i];

		if (op == 'u' && seen_has(t, c, SIDE_OLD) ?
		    show_row_is_changed(t, c) : seen_has(t, c, side) &&
		    !show_row_is_said(t, c, side))
			break;
	}
	return i;
}

/* Of the room, leave half to those that follow, if that is enough. */
static size_t
fair_room(size_t room, bool more)
{
	return room == SIZE_MAX || !more || room <= FAIR ? room :
	    room / 2 > FAIR ? room / 2 : FAIR;
}

void
show_line(struct showing *s, struct seen_table *t, char op)
{
	struct show_page *p = &s->page;
	size_t i = op == 't' ? t->ncolumns : next_column(t, 0, op);

	show_row_sign(s, t, op);
	put_key(s, t, i < t->ncolumns);
	if (op == 't')
		page_words(p, PAINT_OTHER, "  truncated");
	while (i < t->ncolumns) {
		struct seen_column *c = &t->columns[i];
		size_t next = next_column(t, i + 1, op), columns, room;
		bool more = next < t->ncolumns;

		columns = put_name(s, c);
		room = fair_room(less(room_left(s), BETWEEN + columns +
		    (more ? DOTS : 0)), more);
		if (!put_cell(s, t, c, op, room, &columns)) {
			put_bare_name(s, c, "  ", more);
			return;
		}
		page_blanks(p, BETWEEN);
		page_put(p, PAINT_NONE, buf_view(&s->text), columns);
		i = next;
	}
}

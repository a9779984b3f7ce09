/* SPDX-License-Identifier: MIT */
#include "show/show_row.h"

#include "base/array.h"
#include "json/scan.h"
#include "show/show_text.h"
#include "show/show_value.h"

enum {
	INDENT = 6,
	VALUE_ROOM = 60,        /* of a value among others */
	NAMES_ROOM = 24,        /* names are aligned up to here */
	ARROW = 3,              /* " → " */
	SHORT = 16,             /* of a value that does not need half a line */
};

/* A value of the change in hand: its text in `text`. */
struct change_cell {
	struct seen_column *column;
	size_t at[2], n[2];     /* old, new */
	size_t columns[2];
	bool stacked;           /* on two lines */
};

void
show_row_take(struct showing *s, struct record *rec, struct seen_table *t,
    struct span row, enum side side)
{
	struct outline_pos at;
	struct span name;

	if (!row.p || row.p[0] != '{')
		return;
	at = outline_at(record_outline(rec), row);
	outline_enter(&at);
	for (size_t i = 0; outline_next(&at, &name); i++)
		seen_note(&s->seen, t, i, name, side, outline_value(&at));
}

void
show_row_take_key(struct showing *s, struct seen_table *t, struct span key)
{
	struct json_pos at = json_at(key);
	struct span name, value;

	if (!key.p || !json_enter(&at, '{'))
		return;
	for (size_t i = 0; json_next(&at, &name) > 0 &&
	    json_value(&at, &value); i++)
		seen_note(&s->seen, t, i, name, SIDE_KEY, value);
}

static const struct {
	const char *sign;
	enum paint paint;
} signs[256] = {
	['c'] = { "+ ", PAINT_INSERT }, ['u'] = { "~ ", PAINT_UPDATE },
	['d'] = { "- ", PAINT_DELETE }, ['r'] = { "= ", PAINT_READ },
	['t'] = { "! ", PAINT_OTHER }, ['?'] = { "? ", PAINT_OTHER },
};

/* A key is cut only where a line of its own has no room for it, and for the
 * comma after it. */
static size_t
key_room(const struct showing *s, size_t name)
{
	size_t width = s->page.width, rest = INDENT + name + 1;

	if (s->opt->full || width == SIZE_MAX)
		return SIZE_MAX;
	return width > rest + TEXT_LEAST ? width - rest : TEXT_LEAST;
}

/* A column of the key; on the next line, if there is no room in this one. */
static void
put_key(struct showing *s, struct seen_column *c, const char *between)
{
	struct show_page *p = &s->page;
	size_t columns;

	s->text.n = 0;
	columns = show_name(p, &s->text, c);
	columns += show_value(p, &s->text, c, c->side[SIDE_KEY],
	    key_room(s, columns));
	if (p->at + 2 + columns <= p->width) {
		page_words(p, PAINT_NONE, between);
	} else {
		page_words(p, PAINT_NONE, between[0] == ',' ? "," : "");
		page_line(p);
		page_blanks(p, INDENT);
	}
	page_put(p, PAINT_NONE, buf_view(&s->text), columns);
}

void
show_row_sign(struct showing *s, const struct seen_table *t, char op)
{
	struct show_page *p = &s->page;

	page_words(p, signs[(unsigned char)op].paint,
	    signs[(unsigned char)op].sign);
	page_put(p, PAINT_TABLE, buf_view(&t->shown), t->shown_columns);
}

void
show_row_head(struct showing *s, const struct seen_table *t, char op)
{
	const char *between = "  ";

	show_row_sign(s, t, op);
	for (size_t i = 0; i < t->ncolumns; i++) {
		if (!seen_has(t, &t->columns[i], SIDE_KEY))
			continue;
		put_key(s, &t->columns[i], between);
		between = ", ";
	}
}

bool
show_row_is_said(const struct seen_table *t, const struct seen_column *c,
    enum side side)
{
	return seen_has(t, c, SIDE_KEY) &&
	    json_same(c->side[SIDE_KEY], c->side[side]);
}

/* Append name=value to the page; it begins a line of its own where it does not
 * fit in the one in hand. */
static void
put_item(struct showing *s, struct seen_column *c, enum side side)
{
	struct show_page *p = &s->page;
	size_t start = p->out.n, columns = c->columns + 1;
	size_t room = p->width - INDENT - columns;
	bool first = p->at == INDENT;

	if (room > VALUE_ROOM)
		room = room < SIZE_MAX / 2 ? VALUE_ROOM : room;
	if (c->columns + TEXT_LEAST > p->width - INDENT)
		room = TEXT_LEAST;
	buf_str(&p->out, first ? "" : "  ");
	page_paint(p, &p->out, PAINT_KEY);
	buf_span(&p->out, buf_view(&c->shown));
	page_unpaint(p, &p->out, PAINT_KEY);
	page_paint(p, &p->out, PAINT_DIM);
	buf_char(&p->out, '=');
	page_unpaint(p, &p->out, PAINT_DIM);
	columns += show_value(p, &p->out, c, c->side[side], room);
	if (first || p->at + 2 + columns <= p->width) {
		p->at += columns + (first ? 0 : 2);
		return;
	}
	/* without its two blanks */
	s->text.n = 0;
	buf_put(&s->text, p->out.p + start + 2, p->out.n - start - 2);
	p->out.n = start;
	page_line(p);
	page_blanks(p, INDENT);
	page_put(p, PAINT_NONE, buf_view(&s->text), columns);
}

/* A line of --full: name, type, value. */
static size_t
widest_name(const struct seen_column *c, size_t widest)
{
	return c->columns > widest && c->columns <= NAMES_ROOM ? c->columns :
	    widest;
}

static size_t
widest_type(const struct seen_column *c, size_t widest)
{
	return c->type.n > widest ? c->type.n : widest;
}

/* Where values are; one whose name is longer than others begins a line. */
static void
put_name(struct show_page *p, const struct seen_column *c, size_t names,
    size_t types)
{
	page_blanks(p, INDENT);
	page_put(p, PAINT_KEY, buf_view(&c->shown), c->columns);
	if (c->columns > names) {
		page_line(p);
		page_blanks(p, INDENT + names);
	} else {
		page_blanks(p, names - c->columns);
	}
	if (types) {
		page_blanks(p, 2);
		page_put(p, PAINT_DIM, buf_view(&c->type), c->type.n);
		page_blanks(p, types - c->type.n);
	}
	page_blanks(p, 2);
}

static void
put_column(struct showing *s, struct seen_table *t, enum side side)
{
	struct show_page *p = &s->page;
	size_t names = 0, types = 0;

	for (size_t i = 0; i < t->ncolumns; i++) {
		if (!seen_has(t, &t->columns[i], side))
			continue;
		names = widest_name(&t->columns[i], names);
		types = widest_type(&t->columns[i], types);
	}
	for (size_t i = 0; i < t->ncolumns; i++) {
		struct seen_column *c = &t->columns[i];

		if (!seen_has(t, c, side))
			continue;
		put_name(p, c, names, types);
		p->at += show_value(p, &p->out, c, c->side[side], SIZE_MAX);
		page_line(p);
	}
}

/* Columns of one side, but those that `left_out` says. */
static void
put_flow(struct showing *s, struct seen_table *t, enum side side,
    bool left_out(const struct seen_table *, const struct seen_column *,
    enum side))
{
	bool any = false;

	for (size_t i = 0; i < t->ncolumns; i++) {
		struct seen_column *c = &t->columns[i];

		if (!seen_has(t, c, side) || left_out(t, c, side))
			continue;
		if (!any)
			page_blanks(&s->page, INDENT);
		any = true;
		put_item(s, c, side);
	}
	if (any)
		page_line(&s->page);
}

void
show_row_flow(struct showing *s, struct seen_table *t, enum side side)
{
	if (s->opt->full)
		put_column(s, t, side);
	else
		put_flow(s, t, side, show_row_is_said);
}

/* ---- what changed */

bool
show_row_is_changed(const struct seen_table *t, const struct seen_column *c)
{
	bool old = seen_has(t, c, SIDE_OLD), new = seen_has(t, c, SIDE_NEW);

	return old != new ? new || old : old && !json_same(c->side[SIDE_OLD],
	    c->side[SIDE_NEW]);
}

static void
render(struct showing *s, struct change_cell *cell, const struct seen_table *t,
    int half, size_t room)
{
	enum side side = half ? SIDE_NEW : SIDE_OLD;
	struct seen_column *c = cell->column;

	cell->at[half] = s->text.n;
	if (seen_has(t, c, side)) {
		cell->columns[half] = show_value(&s->page, &s->text, c,
		    c->side[side], room);
	} else {
		buf_str(&s->text, "(not logged)");
		cell->columns[half] = 12;
	}
	cell->n[half] = s->text.n - cell->at[half];
}

/* Two texts that begin alike, from where they differ. */
static bool
render_rests(struct showing *s, struct change_cell *cell, size_t room)
{
	struct seen_column *c = cell->column;
	struct span text[2] = { json_inside(c->side[SIDE_OLD]),
		json_inside(c->side[SIDE_NEW]) };
	size_t skip = c->form == FORM_PLAIN && text[0].p && text[1].p ?
	    show_text_skip(text[0], text[1], room) : 0;

	for (int half = 0; skip && half < 2; half++) {
		cell->at[half] = s->text.n;
		cell->columns[half] = show_text_rest(&s->page, &s->text,
		    text[half], skip, room);
		cell->n[half] = s->text.n - cell->at[half];
	}
	return skip != 0;
}

/* Both sides, on one line of so many columns, or on two. */
static void
render_both(struct showing *s, struct change_cell *cell,
    const struct seen_table *t, size_t room)
{
	size_t both = room - ARROW;

	render(s, cell, t, 0, room);
	render(s, cell, t, 1, room);
	if (cell->columns[0] + cell->columns[1] <= both)
		return;
	if (cell->columns[0] <= SHORT) {
		render(s, cell, t, 1, both - cell->columns[0]);
		return;
	}
	if (cell->columns[1] <= SHORT) {
		render(s, cell, t, 0, both - cell->columns[1]);
		return;
	}
	cell->stacked = true;
	if (cell->columns[0] + 1 < room && cell->columns[1] + 1 < room)
		return;
	if (seen_has(t, cell->column, SIDE_OLD) &&
	    seen_has(t, cell->column, SIDE_NEW) && render_rests(s, cell, room))
		return;
	render(s, cell, t, 0, room);
	render(s, cell, t, 1, room);
}

static struct span
half_of(const struct showing *s, const struct change_cell *cell, int half)
{
	return (struct span){ s->text.p + cell->at[half], cell->n[half] };
}

static void
put_change(struct showing *s, const struct change_cell *cell, size_t widest,
    size_t indent, size_t room)
{
	struct show_page *p = &s->page;
	size_t columns = cell->columns[0] + ARROW + cell->columns[1];
	size_t pad = widest > cell->columns[0] ? widest - cell->columns[0] : 0;

	page_put(p, PAINT_OLD, half_of(s, cell, 0), cell->columns[0]);
	if (cell->stacked) {
		page_line(p);
		page_blanks(p, indent - 2);
		page_put(p, PAINT_DIM, SPAN("→ "), 2);
	} else {
		if (pad > room - columns)
			pad = columns > room ? 0 : room - columns;
		page_blanks(p, pad);
		page_put(p, PAINT_DIM, SPAN(" → "), ARROW);
	}
	page_put(p, PAINT_NEW, half_of(s, cell, 1), cell->columns[1]);
	page_line(p);
}

/* The columns that changed; --full: all. */
static void
gather(struct showing *s, struct seen_table *t, size_t *names, size_t *types)
{
	s->ncells = 0;
	s->text.n = 0;
	*names = *types = 0;
	for (size_t i = 0; i < t->ncolumns; i++) {
		struct seen_column *c = &t->columns[i];

		if (!show_row_is_changed(t, c) && !(s->opt->full &&
		    seen_has(t, c, SIDE_NEW)))
			continue;
		*ARRAY_PUSH(s->cells, s->ncells, s->cells_cap) =
		    (struct change_cell){ .column = c };
		*names = widest_name(c, *names);
		if (s->opt->full)
			*types = widest_type(c, *types);
	}
}

static size_t
room_after(const struct show_page *p, size_t indent)
{
	return p->width == SIZE_MAX ? SIZE_MAX : p->width > indent +
	    2 * TEXT_LEAST ? p->width - indent : 2 * TEXT_LEAST;
}

/* Render them all; the widest old value that new ones are aligned to. */
static size_t
render_cells(struct showing *s, const struct seen_table *t, size_t room)
{
	size_t widest = 0;

	for (size_t i = 0; i < s->ncells; i++) {
		struct change_cell *cell = &s->cells[i];

		if (!show_row_is_changed(t, cell->column)) {
			render(s, cell, t, 1, room);
			continue;
		}
		render_both(s, cell, t, room);
		if (!cell->stacked && cell->columns[0] > widest &&
		    cell->columns[0] <= NAMES_ROOM)
			widest = cell->columns[0];
	}
	return widest;
}

static void
put_changes(struct showing *s, struct seen_table *t)
{
	struct show_page *p = &s->page;
	size_t names, types, indent, room, widest, changed = 0;

	gather(s, t, &names, &types);
	indent = INDENT + names + 2 + (types ? types + 2 : 0);
	room = s->opt->full ? SIZE_MAX : room_after(p, indent);
	widest = render_cells(s, t, room);
	for (size_t i = 0; i < s->ncells; i++) {
		const struct change_cell *cell = &s->cells[i];

		put_name(p, cell->column, names, types);
		if (show_row_is_changed(t, cell->column)) {
			put_change(s, cell, widest, indent, room);
			changed++;
			continue;
		}
		page_put(p, PAINT_DIM, half_of(s, cell, 1), cell->columns[1]);
		page_line(p);
	}
	if (changed)
		return;
	page_blanks(p, INDENT);
	page_words(p, PAINT_DIM, "no column has another value");
	page_line(p);
}

static bool
is_new(const struct seen_table *t, const struct seen_column *c, enum side side)
{
	(void)side;
	return show_row_is_changed(t, c);
}

void
show_row_compare(struct showing *s, struct seen_table *t)
{
	bool keyed = s->opt->full;

	for (size_t i = 0; i < t->ncolumns; i++)
		keyed = keyed || seen_has(t, &t->columns[i], SIDE_KEY);
	if (!keyed)
		put_flow(s, t, SIDE_OLD, is_new);
	put_changes(s, t);
}

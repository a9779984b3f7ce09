/* SPDX-License-Identifier: MIT
 *
 * A template is a line, cut where its lines differ: pieces that are the same
 * in all of them, and a hole behind each but the last.  It begins without
 * holes; a line that differs in a value makes one of it.  How much longer a
 * line is up to a hole than the template says where its members are.
 */
#include "event/template.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "event/record.h"
#include "json/blocks.h"
#include "json/valid.h"
#include "json/write.h"

enum {
	TEMPLATES = 16,
	MAX_TEXT = 16 << 10,    /* longer lines are read at 64 bytes a time */
	MAX_VALUES = 1024,
};

/* Each line that was like a template gives credit, learning takes it; without
 * any, it is tried again on one line of so many. */
enum { MAX_CREDIT = 64, LEARNING = 8, RESTS = 128 };

enum hole { NO_HOLE, STRING_HOLE, NUMBER_HOLE, ANY_HOLE };

/* A value that is no object and no array. */
struct value {
	uint32_t at, end;
	enum hole may;          /* become a hole */
	bool is, differs;       /* a hole; and from the line in hand */
};

/* Bytes that are the same, and the hole behind them, up to `end`. */
struct piece {
	uint32_t at, n, end;
	enum hole hole;
};

/* A span of a record, and the holes in front of its first and last byte. */
struct place {
	uint32_t at, end;
	uint16_t field;         /* its offset in the record */
	uint16_t first, last;
};

struct template {
	char *text;             /* owned; NULL: none */
	size_t n;
	struct value *values;   /* owned, as the following */
	struct piece *pieces;
	struct place *places;
	size_t nvalues, nplaces;
	struct template *next;  /* which came after it the last time */
	uint64_t used, stamp;
	unsigned names;         /* that are known to be different */
	/* of the record */
	enum record_kind kind;
	enum record_shape shape;
	char letter;
	bool escapes;
	struct { uint64_t seen; size_t others; } members[4];
};

struct templates {
	struct template all[TEMPLATES], *last;
	uint64_t clock;
	unsigned credit, rests;
	size_t shifts[MAX_VALUES + 1];
	bool escapes;           /* in holes */
};

#define FIELD(name) offsetof(struct record, name)

static const uint16_t spans[] = {
	FIELD(topic), FIELD(key), FIELD(headers), FIELD(line_source),
	FIELD(line_transaction), FIELD(line_op), FIELD(payload),
	FIELD(payload_at), FIELD(before), FIELD(after), FIELD(op),
	FIELD(source), FIELD(transaction), FIELD(ts_ms), FIELD(body),
	FIELD(schema), FIELD(wrapper), FIELD(db), FIELD(table),
};

static const uint16_t objects[] = {
	FIELD(members), FIELD(value), FIELD(block), FIELD(transaction_block),
};

enum { SPANS = sizeof(spans) / sizeof(*spans) };

_Static_assert(sizeof(struct record) < 1 << 16, "offsets");

static struct span *
span_at(struct record *rec, size_t field)
{
	return (struct span *)(void *)((char *)rec + field);
}

static struct members *
members_at(struct record *rec, size_t i)
{
	return (struct members *)(void *)((char *)rec + objects[i]);
}

/* ---- values */

/* The rest of a string that has more in it than ASCII; p: behind its quote. */
static const char *
over_words(const char *p, const char *end, bool *escapes)
{
	const char *start = p;
	bool high = false;

	while ((p = json_find_special(p, end)) < end && *p != '"') {
		struct json_pos at = { p + 1, end };

		if ((unsigned char)*p > 0x7F) {
			high = true;
			p++;
			continue;
		}
		if (*p != '\\' || !json_escape(&at))
			return NULL;
		*escapes = true;
		p = at.p;
	}
	if (p == end || (high && !utf8_valid(span_between(start, p))))
		return NULL;
	return p + 1;
}

static inline const char *
over_string(const char *p, const char *end, bool *escapes)
{
	const char *quote;

	if (p == end || *p != '"')
		return NULL;
	quote = json_find_special(p + 1, end);
	if (quote < end && *quote == '"')
		return quote + 1;
	return over_words(p + 1, end, escapes);
}

static inline const char *
over_number(const char *p, const char *end)
{
	const char *behind = json_find_no_digit(p, end);
	struct json_pos at = { p, end };

	if (behind > p && behind < end && (*behind == ',' || *behind == '}'))
		return *p == '0' && behind - p > 1 ? NULL : behind;
	if (p == end || (*p != '-' && behind == p) || !json_scalar(&at))
		return NULL;
	return at.p;
}

/* Over what may be in a hole; NULL: something else is. */
static inline const char *
over_hole(enum hole hole, const char *p, const char *end, bool *escapes)
{
	struct json_pos at = { p, end };

	if (hole == STRING_HOLE)
		return over_string(p, end, escapes);
	if (hole == NUMBER_HOLE || p == end || (*p >= '0' && *p <= '9'))
		return over_number(p, end);
	if (*p == '"')
		return over_string(p, end, escapes);
	return json_scalar(&at) ? at.p : NULL;
}

/* ---- is it like one? */

static bool
fits(struct templates *all, const struct template *t, const struct record *rec)
{
	const char *text = rec->line.text.p, *p = text;
	const char *end = p + rec->line.text.n;
	const struct piece *piece = t->pieces;
	size_t *shift = all->shifts;

	if (t->shape != rec->shape)
		return false;
	all->escapes = t->escapes;
	for (*shift = 0;; piece++) {
		if ((size_t)(end - p) < piece->n ||
		    !json_same_bytes(p, t->text + piece->at, piece->n))
			return false;
		p += piece->n;
		if (piece->hole == NO_HOLE)
			return p == end;
		p = over_hole(piece->hole, p, end, &all->escapes);
		if (!p)
			return false;
		*++shift = (size_t)(p - text) - piece->end;
	}
}

static void
fill(struct templates *all, struct template *t, struct record *rec)
{
	const char *text = rec->line.text.p;
	const size_t *shifts = all->shifts;

	for (size_t i = 0; i < t->nplaces; i++) {
		const struct place *at = &t->places[i];

		*span_at(rec, at->field) = (struct span){
			text + (at->at + shifts[at->first]),
			at->end - at->at + shifts[at->last] -
			    shifts[at->first] };
	}
	for (size_t i = 0; i < 4; i++) {
		members_at(rec, i)->seen = t->members[i].seen;
		members_at(rec, i)->others = t->members[i].others;
	}
	rec->kind = t->kind;
	rec->letter = t->letter;
	rec->template = t;
}

static bool
begins_so(const struct template *t, struct span text)
{
	const struct piece *first = t->pieces;

	return text.n >= first->n &&
	    json_same_bytes(text.p, t->text, first->n);
}

static struct template *
find(struct templates *all, const struct record *rec)
{
	struct template *likely = all->last->next;

	if (likely->text && fits(all, likely, rec))
		return likely;
	for (struct template *t = all->all; t < all->all + TEMPLATES; t++)
		if (t->text && t != likely && begins_so(t, rec->line.text) &&
		    fits(all, t, rec))
			return t;
	return NULL;
}

bool
template_match(struct record *rec)
{
	struct templates *all = rec->templates;
	struct template *t;

	if (!all || !all->last || rec->line.text.n > MAX_TEXT ||
	    (all->credit == 0 && ++all->rests % RESTS))
		return false;
	t = find(all, rec);
	if (!t)
		return false;
	fill(all, t, rec);
	t->used = ++all->clock;
	all->last->next = t;
	all->last = t;
	all->credit += all->credit < MAX_CREDIT;
	return true;
}

/* ---- learning */

static bool
is_within(struct span outer, const char *p)
{
	return outer.p && p > outer.p && p < outer.p + outer.n;
}

static enum hole
may_become(const struct record *rec, const char *p)
{
	struct span row = rec->kind == KIND_ROW ? rec->body : rec->after;

	if (p == rec->op.p || p == rec->line_op.p)
		return NO_HOLE;
	if (is_within(rec->key, p) || is_within(rec->before, p) ||
	    is_within(row, p))
		return ANY_HOLE;
	if (*p == '"')
		return STRING_HOLE;
	return *p == '-' || (*p >= '0' && *p <= '9') ? NUMBER_HOLE : NO_HOLE;
}

/* Behind a value, or a name. */
static const char *
behind(const char *p, const char *end)
{
	if (*p != '"') {
		while (p < end && json_in_word(*p) && !json_is_blank(*p))
			p++;
		return p;
	}
	for (p++; *(p = json_find_quote(p, end)) != '"'; p += 2)
		;
	return p + 1;
}

/* The values of a text that is JSON; false: too many. */
static bool
find_values(struct template *t, const struct record *rec)
{
	const struct outline *o = &rec->outline;
	const char *text = o->text.p, *end = text + o->text.n;

	t->values = xcalloc(MAX_VALUES, sizeof(*t->values));
	for (const char *p = text, *next; p < end; p = next) {
		size_t at = (size_t)(p - text);

		next = p + 1;
		if (json_is_blank(*p) || (*p != '"' && !json_in_word(*p)))
			continue;
		next = behind(p, end);
		if (*p == '"' && (o->blocks[at / 64].names >> at % 64 & 1))
			continue;
		if (t->nvalues == MAX_VALUES)
			return false;
		t->values[t->nvalues++] = (struct value){ (uint32_t)at,
			(uint32_t)(next - text), may_become(rec, p), false,
			false };
	}
	return true;
}

static void
add_place(struct template *t, struct record *rec, size_t field)
{
	const struct span *s = span_at(rec, field);
	size_t at = (size_t)(s->p - rec->line.text.p);

	if (s->p)
		t->places[t->nplaces++] = (struct place){ (uint32_t)at,
			(uint32_t)(at + s->n), (uint16_t)field, 0, 0 };
}

static void
find_places(struct template *t, struct record *rec)
{
	t->places = xcalloc(SPANS + 4 * MEMBERS, sizeof(*t->places));
	for (size_t i = 0; i < SPANS; i++)
		add_place(t, rec, spans[i]);
	for (size_t i = 0; i < 4; i++) {
		const struct members *m = members_at(rec, i);

		t->members[i].seen = m->seen;
		t->members[i].others = m->others;
		for (size_t k = 0; k < MEMBERS; k++)
			if (m->seen & BIT(k))
				add_place(t, rec, objects[i] +
				    offsetof(struct members, v) +
				    k * sizeof(m->v[0]));
	}
}

/* Cut it at its holes. */
static void
cut(struct template *t)
{
	struct piece *piece = t->pieces;
	uint32_t from = 0;
	uint16_t holes = 0;

	for (size_t i = 0; i < t->nplaces; i++)
		t->places[i].first = t->places[i].last = 0;
	for (size_t i = 0; i < t->nvalues; i++) {
		const struct value *v = &t->values[i];

		if (!v->is)
			continue;
		*piece++ = (struct piece){ from, v->at - from, v->end,
			v->may };
		from = v->end;
		holes++;
		for (size_t k = 0; k < t->nplaces; k++) {
			struct place *at = &t->places[k];

			/* one may begin inside of a string */
			at->first = at->at >= v->end ? holes : at->first;
			at->last = at->end > v->at ? holes : at->last;
		}
	}
	*piece = (struct piece){ from, (uint32_t)t->n - from, 0, NO_HOLE };
}

/* Would the line fit if more values were holes?  They are, then. */
static bool
widen(struct template *t, const struct record *rec)
{
	const char *p = rec->line.text.p, *end = p + rec->line.text.n;
	bool escapes;
	uint32_t from = 0;

	for (size_t i = 0; i <= t->nvalues; i++) {
		struct value *v = &t->values[i];
		size_t n = (i < t->nvalues ? v->at : t->n) - from;
		const char *next;

		if ((size_t)(end - p) < n || memcmp(p, t->text + from, n) != 0)
			return false;
		p += n;
		if (i == t->nvalues)
			break;
		from = v->end;
		n = v->end - v->at;
		if (v->may)
			next = over_hole(v->may, p, end, &escapes);
		else
			next = (size_t)(end - p) < n ? NULL : p + n;
		if (!next)
			return false;
		v->differs = (size_t)(next - p) != n ||
		    memcmp(p, t->text + v->at, n) != 0;
		if (v->differs && !v->may)
			return false;
		p = next;
	}
	if (p != end)
		return false;
	for (size_t i = 0; i < t->nvalues; i++)
		t->values[i].is |= t->values[i].differs;
	cut(t);
	return true;
}

static void
forget(struct template *t)
{
	free(t->text);
	free(t->values);
	free(t->pieces);
	free(t->places);
	*t = (struct template){ 0 };
}

static bool
make(struct template *t, struct record *rec)
{
	*t = (struct template){ .n = rec->line.text.n, .kind = rec->kind,
		.shape = rec->shape, .letter = rec->letter,
		.escapes = rec->outline.escapes };
	if (!find_values(t, rec)) {
		forget(t);
		return false;
	}
	t->text = xmemdup(rec->line.text.p, t->n);
	t->pieces = xcalloc(t->nvalues + 1, sizeof(*t->pieces));
	find_places(t, rec);
	cut(t);
	return true;
}

/* Does what the record is depend on nothing but what template.h says? */
static bool
may_learn(const struct record *rec)
{
	return (rec->kind == KIND_ENVELOPE ||
	    (rec->kind == KIND_ROW && rec->line_source.p)) &&
	    !rec->partition.p && !rec->offset.p &&
	    rec->line.text.n <= MAX_TEXT &&
	    rec->line.text.n == rec->outline.text.n;
}

static void
learn(struct templates *all, struct record *rec)
{
	struct template *oldest = all->all, new;

	for (struct template *t = all->all; t < all->all + TEMPLATES; t++) {
		if (t->text && t->shape == rec->shape && widen(t, rec)) {
			all->last = t;
			return;
		}
		if (t->used < oldest->used)
			oldest = t;
	}
	if (!make(&new, rec))
		return;
	forget(oldest);
	*oldest = new;
	oldest->used = oldest->stamp = ++all->clock;
	oldest->next = all->last = oldest;
}

void
template_learn(struct record *rec)
{
	struct templates *all = rec->templates;

	if (!may_learn(rec))
		return;
	if (!all) {
		all = rec->templates = xcalloc(1, sizeof(*all));
		all->credit = MAX_CREDIT;
	}
	if (all->credit == 0 && all->rests % RESTS)
		return;
	if (all->credit == 0)
		all->credit = 2 * LEARNING;
	all->credit -= all->credit < LEARNING ? all->credit : LEARNING;
	learn(all, rec);
}

bool
template_knows(const struct record *rec, unsigned names)
{
	return rec->template && (rec->template->names & names);
}

void
template_note(const struct record *rec, unsigned names)
{
	if (rec->template)
		rec->template->names |= names;
}

uint64_t
template_stamp(const struct record *rec)
{
	return rec->template ? rec->template->stamp : 0;
}

void
templates_free(struct templates *all)
{
	for (size_t i = 0; all && i < TEMPLATES; i++)
		forget(&all->all[i]);
	free(all);
}

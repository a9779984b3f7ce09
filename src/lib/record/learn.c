/* SPDX-License-Identifier: MIT */
#include "record/templates.h"

#include <stdlib.h>

#include "base/alloc.h"

#define FIELD(name) offsetof(struct record, name)

static const uint16_t spans[] = {
	FIELD(topic), FIELD(key), FIELD(headers), FIELD(line_source),
	FIELD(line_transaction), FIELD(line_op), FIELD(payload),
	FIELD(payload_at), FIELD(before), FIELD(after), FIELD(op),
	FIELD(source), FIELD(transaction), FIELD(ts_ms), FIELD(body),
	FIELD(schema), FIELD(wrapper), FIELD(db), FIELD(table),
};

const uint16_t template_objects[OBJECTS] = {
	FIELD(members), FIELD(value), FIELD(block), FIELD(transaction_block),
};

enum { SPANS = sizeof(spans) / sizeof(*spans) };

_Static_assert(sizeof(struct record) < 1 << 16, "offsets");

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
	const struct span *s = template_span(rec, field);
	size_t at = (size_t)(s->p - rec->line.text.p);

	if (s->p)
		t->places[t->nplaces++] = (struct template_place){ (uint32_t)at,
			(uint32_t)(at + s->n), (uint16_t)field, 0, 0 };
}

static void
find_places(struct template *t, struct record *rec)
{
	t->places = xcalloc(SPANS + OBJECTS * MEMBERS, sizeof(*t->places));
	for (size_t i = 0; i < SPANS; i++)
		add_place(t, rec, spans[i]);
	for (size_t i = 0; i < OBJECTS; i++) {
		const struct members *m = template_members(rec, i);

		t->members[i].seen = m->seen;
		t->members[i].others = m->others;
		for (size_t k = 0; k < MEMBERS; k++)
			if (m->seen & BIT(k))
				add_place(t, rec, template_objects[i] +
				    offsetof(struct members, v) +
				    k * sizeof(m->v[0]));
	}
}

static void
find_marks(struct template *t, const struct outline *o)
{
	size_t n = o->text.n / JSON_BLOCK + (o->text.n % JSON_BLOCK > 0);
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += (size_t)__builtin_popcountll(o->blocks[i].names |
		    o->blocks[i].brackets);
	t->marks = xcalloc(count, sizeof(*t->marks));
	for (size_t i = 0; i < n; i++) {
		const struct outline_block *b = &o->blocks[i];

		for (uint64_t left = b->names | b->brackets; left;
		    left &= left - 1)
			t->marks[t->nmarks++] = (struct mark){ (uint32_t)
			    (i * JSON_BLOCK) + (uint32_t)__builtin_ctzll(left),
			    0, b->brackets & left & -left };
	}
}

/* Count a hole in front of the places after it. */
static void
count_hole(struct template *t, const struct value *v, uint16_t holes)
{
	for (size_t k = 0; k < t->nplaces; k++) {
		struct template_place *at = &t->places[k];

		/* one may begin inside of a string */
		at->first = at->at >= v->end ? holes : at->first;
		at->last = at->end > v->at ? holes : at->last;
	}
}

/* Marks from *k on, up to a place in the text, have so many in front. */
static void
count_marks(struct template *t, size_t *k, size_t end, uint16_t holes)
{
	for (; *k < t->nmarks && t->marks[*k].at < end; ++*k)
		t->marks[*k].holes = holes;
}

/* Cut it at its holes. */
static void
cut(struct template *t)
{
	struct piece *piece = t->pieces;
	uint32_t from = 0;
	uint16_t holes = 0;
	size_t mark = 0;

	for (size_t i = 0; i < t->nplaces; i++)
		t->places[i].first = t->places[i].last = 0;
	for (size_t i = 0; i < t->nvalues; i++) {
		const struct value *v = &t->values[i];

		if (!v->is)
			continue;
		*piece++ = (struct piece){ from, v->at - from, v->end,
			v->may };
		from = v->end;
		count_marks(t, &mark, v->at, holes);
		count_hole(t, v, ++holes);
	}
	count_marks(t, &mark, t->n, holes);
	*piece = (struct piece){ from, (uint32_t)t->n - from, 0, NO_HOLE };
	t->escapes = false;
	for (; piece >= t->pieces; piece--)
		t->escapes |= memchr(t->text + piece->at, '\\', piece->n) !=
		    NULL;
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

void
template_forget(struct template *t)
{
	free(t->text);
	free(t->values);
	free(t->pieces);
	free(t->places);
	free(t->marks);
	*t = (struct template){ 0 };
}

static bool
make(struct template *t, struct record *rec)
{
	*t = (struct template){ .n = rec->line.text.n, .kind = rec->kind,
		.shape = rec->shape, .letter = rec->letter,
		.compact = rec->outline.compact };
	if (!find_values(t, rec)) {
		template_forget(t);
		return false;
	}
	t->values = xreallocarray(t->values, t->nvalues + 1,
	    sizeof(*t->values));
	t->text = xmemdup(rec->line.text.p, t->n);
	t->pieces = xcalloc(t->nvalues + 1, sizeof(*t->pieces));
	find_places(t, rec);
	find_marks(t, &rec->outline);
	cut(t);
	return true;
}

/* Of the names and brackets of a line. */
static uint64_t
hash_names(const struct outline *o)
{
	const char *text = o->text.p, *end = text + o->text.n;
	uint64_t hash = hash_seed();

	for (size_t i = 0; i * JSON_BLOCK < o->text.n; i++) {
		const struct outline_block *b = &o->blocks[i];
		uint64_t left = b->names | b->brackets;

		for (; left; left &= left - 1) {
			const char *p = text + i * JSON_BLOCK +
			    __builtin_ctzll(left);

			hash = hash_span(span_between(p, *p == '"' ?
			    behind(p, end) : p + 1), hash);
		}
	}
	return hash;
}

static void
take_out(struct templates *all, struct template *t)
{
	struct template **at = &all->lists[t->list];

	while (*at && *at != t)
		at = &(*at)->below;
	if (*at)
		*at = t->below;
}

static void
put_first(struct templates *all, struct template *t)
{
	struct span text = { t->text, t->n };

	t->list = template_head_size(text) < t->pieces->n ?
	    template_list(text) : LISTS;
	t->below = all->lists[t->list];
	all->lists[t->list] = t;
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

/* A template to give up: none, one that was compared in vain too often, or
 * the one that has not been used for longest. */
static struct template *
give_up(struct templates *all)
{
	struct template *oldest = all->all;

	for (struct template *t = all->all; t < all->all + TEMPLATES; t++) {
		if (!t->text || t->tries == 1)
			return t;
		if (t->used < oldest->used)
			oldest = t;
	}
	return oldest;
}

static void
learn(struct templates *all, struct record *rec)
{
	uint64_t names = hash_names(&rec->outline);
	struct template *t, new;

	for (t = all->all; t < all->all + TEMPLATES; t++)
		if (t->text && t->names == names && t->shape == rec->shape &&
		    widen(t, rec))
			break;
	if (t < all->all + TEMPLATES) {
		take_out(all, t);
		if (t->tries)
			template_proves(all, t);
	} else {
		if (!make(&new, rec))
			return;
		t = give_up(all);
		all->price *= t->tries && all->price < MAX_PRICE ? 2 : 1;
		take_out(all, t);
		template_forget(t);
		*t = new;
		t->names = names;
		t->next = t;
		t->tries = PATIENCE;
		t->used = ++all->clock;
	}
	put_first(all, t);
	all->last = t;
}

void
template_learn(struct record *rec)
{
	struct templates *all = rec->templates;

	if (!may_learn(rec))
		return;
	if (!all) {
		all = rec->templates = xcalloc(1, sizeof(*all));
		all->credit = MAX_PRICE;
		all->price = MIN_PRICE;
		all->luck = MAX_LUCK;
	}
	if (all->credit++ < all->price)
		return;
	all->credit -= all->price;
	learn(all, rec);
}

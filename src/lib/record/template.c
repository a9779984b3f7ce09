/* SPDX-License-Identifier: MIT */
#include "record/template.h"

#include <stdlib.h>

#include "record/templates.h"

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
		const struct template_place *at = &t->places[i];

		*template_span(rec, at->field) = (struct span){
			text + (at->at + shifts[at->first]),
			at->end - at->at + shifts[at->last] -
			    shifts[at->first] };
	}
	for (size_t i = 0; i < OBJECTS; i++) {
		template_members(rec, i)->seen = t->members[i].seen;
		template_members(rec, i)->others = t->members[i].others;
	}
	rec->kind = t->kind;
	rec->letter = t->letter;
	rec->template = t;
}

/* Of a list the one that is like the line, which comes to the front. */
static struct template *
find_in(struct templates *all, size_t list, const struct record *rec,
    const struct template *likely, int *tries)
{
	struct template **at = &all->lists[list], *t;

	for (; (t = *at) && *tries < MAX_TRIES; at = &t->below) {
		if (t == likely || t->tries == 1)
			continue;
		++*tries;
		if (!fits(all, t, rec)) {
			t->tries -= t->tries > 1;
			continue;
		}
		*at = t->below;
		t->below = all->lists[list];
		all->lists[list] = t;
		return t;
	}
	return NULL;
}

static struct template *
find(struct templates *all, const struct record *rec)
{
	struct template *likely = all->last->next, *t;
	int tries = 1;

	if (likely->text && fits(all, likely, rec))
		return likely;
	t = find_in(all, template_list(rec->line.text), rec, likely, &tries);
	return t ? t : find_in(all, LISTS, rec, likely, &tries);
}

bool
template_match(struct record *rec)
{
	struct templates *all = rec->templates;
	struct template *t;

	if (!all || !all->last || rec->line.text.n > MAX_TEXT ||
	    (all->luck == 0 && ++all->untried % UNLUCKY))
		return false;
	t = find(all, rec);
	if (!t) {
		all->luck -= all->luck > 0;
		return false;
	}
	fill(all, t, rec);
	t->used = ++all->clock;
	if (t->tries)
		template_proves(all, t);
	all->last->next = t;
	all->last = t;
	all->luck += all->luck < MAX_LUCK ? HIT_BUYS : 0;
	all->credit += all->credit < MAX_PRICE ? HIT_PAYS : 0;
	return true;
}

void
template_outline(struct record *rec)
{
	const struct template *t = rec->template;
	const size_t *shifts = rec->templates->shifts;
	struct outline *o = &rec->outline;
	struct outline_block b = { 0 }, *to, *end;
	size_t base = 0;

	outline_room(o, rec->line.text);
	o->escapes = rec->templates->escapes;
	o->compact = t->compact;
	to = o->blocks;
	end = to + o->text.n / JSON_BLOCK + 1;
	for (size_t i = 0; i < t->nmarks; i++) {
		size_t at = t->marks[i].at + shifts[t->marks[i].holes];
		uint64_t bit = 1ull << at % JSON_BLOCK;

		for (; at - base >= JSON_BLOCK; base += JSON_BLOCK) {
			*to++ = b;
			b = (struct outline_block){ 0 };
		}
		b.brackets |= t->marks[i].bracket ? bit : 0;
		b.names |= t->marks[i].bracket ? 0 : bit;
	}
	for (; to < end; b = (struct outline_block){ 0 })
		*to++ = b;
}

bool
template_knows(const struct record *rec, unsigned found)
{
	return rec->template && (rec->template->found & found);
}

void
template_note(const struct record *rec, unsigned found)
{
	if (rec->template)
		rec->template->found |= found;
}

void
templates_free(struct templates *all)
{
	for (size_t i = 0; all && i < TEMPLATES; i++)
		template_forget(&all->all[i]);
	free(all);
}

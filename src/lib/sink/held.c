/* SPDX-License-Identifier: MIT */
#include "sink/held.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/seed.h"

enum { FIRST_SLOTS = 64 };

static void
make_name(struct buf *name, struct span table, struct span key)
{
	name->n = 0;
	buf_span(name, table);
	buf_char(name, ' ');
	buf_span(name, key.p ? key : SPAN("*"));
}

static size_t *
slot_of(const struct held *h, struct span name)
{
	size_t i = hash_span(name, hash_seed()) & (h->nslots - 1);

	while (h->slots[i] && !span_is(name, h->names[h->slots[i] - 1]))
		i = (i + 1) & (h->nslots - 1);
	return &h->slots[i];
}

static void
fill_slots(struct held *h)
{
	while (2 * h->n >= h->nslots)
		h->nslots = h->nslots ? 2 * h->nslots : FIRST_SLOTS;
	free(h->slots);
	h->slots = xcalloc(h->nslots, sizeof(*h->slots));
	for (size_t i = 0; i < h->n; i++)
		*slot_of(h, span_of(h->names[i])) = i + 1;
}

static bool
has_name(const struct held *h, struct span name)
{
	return h->n > 0 && *slot_of(h, name) != 0;
}

void
held_add(struct held *h, struct span table, struct span key)
{
	struct buf name = { 0 };

	make_name(&name, table, key);
	if (!has_name(h, buf_view(&name))) {
		if (h->n == h->cap) {
			h->cap = h->cap ? 2 * h->cap : FIRST_SLOTS;
			h->names = xreallocarray(h->names, h->cap,
			    sizeof(*h->names));
		}
		h->names[h->n++] = xmemdup(name.p, name.n);
		if (2 * h->n >= h->nslots)
			fill_slots(h);
		else
			*slot_of(h, buf_view(&name)) = h->n;
	}
	buf_free(&name);
}

bool
held_has(const struct held *h, struct span table, struct span key)
{
	struct buf name = { 0 };
	struct span all = { NULL, 0 };
	bool has;

	if (h->n == 0)
		return false;
	make_name(&name, table, all);
	has = has_name(h, buf_view(&name));
	make_name(&name, table, key);
	has = has || has_name(h, buf_view(&name));
	buf_free(&name);
	return has;
}

bool
held_has_any(const struct held *h, struct span table)
{
	for (size_t i = 0; i < h->n; i++)
		if (strlen(h->names[i]) > table.n && memcmp(h->names[i],
		    table.p, table.n) == 0 && h->names[i][table.n] == ' ')
			return true;
	return false;
}

void
held_back(struct held *h, size_t n)
{
	if (n == h->n)
		return;
	while (h->n > n)
		free(h->names[--h->n]);
	fill_slots(h);
}

void
held_clear(struct held *h)
{
	for (size_t i = 0; i < h->n; i++)
		free(h->names[i]);
	free(h->names);
	free(h->slots);
	*h = (struct held){ 0 };
}

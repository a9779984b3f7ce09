/* SPDX-License-Identifier: MIT */
#include "sink/blocked_keys.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/seed.h"
#include "sink/samekey.h"

enum { FIRST_SLOTS = 64 };

/* Beside keys: that all are held, that some are. */
#define ALL SPAN("*")
#define ANY SPAN("?")

static void
make_name(struct buf *name, struct span table, struct span what)
{
	name->n = 0;
	samekey_put_table(name, table);
	buf_char(name, ' ');
	buf_span(name, what);
}

/* The name of a key; false where it may be that of any. */
static bool
make_key(struct buf *name, struct span table, struct span key)
{
	make_name(name, table, SPAN("="));
	return key.p && samekey_put(name, key);
}

static size_t *
slot_of(const struct blocked_keys *h, struct span name)
{
	size_t i = hash_span(name, seed_hash()) & (h->nslots - 1);

	while (h->slots[i] && !span_is(name, h->names[h->slots[i] - 1]))
		i = (i + 1) & (h->nslots - 1);
	return &h->slots[i];
}

static void
fill_slots(struct blocked_keys *h)
{
	while (2 * h->n >= h->nslots)
		h->nslots = h->nslots ? 2 * h->nslots : FIRST_SLOTS;
	free(h->slots);
	h->slots = xcalloc(h->nslots, sizeof(*h->slots));
	for (size_t i = 0; i < h->n; i++)
		*slot_of(h, span_of(h->names[i])) = i + 1;
}

static bool
has_name(const struct blocked_keys *h, struct span name)
{
	return h->n > 0 && *slot_of(h, name) != 0;
}

static void
add_name(struct blocked_keys *h, struct span name)
{
	if (has_name(h, name))
		return;
	if (h->n == h->cap) {
		h->cap = h->cap ? 2 * h->cap : FIRST_SLOTS;
		h->names = xreallocarray(h->names, h->cap, sizeof(*h->names));
	}
	h->names[h->n++] = xmemdup(name.p, name.n);
	if (2 * h->n >= h->nslots)
		fill_slots(h);
	else
		*slot_of(h, name) = h->n;
}

void
blocked_keys_add(struct blocked_keys *h, struct span table, struct span key)
{
	struct buf name = { 0 };

	if (!make_key(&name, table, key))
		make_name(&name, table, ALL);
	add_name(h, buf_view(&name));
	make_name(&name, table, ANY);
	add_name(h, buf_view(&name));
	buf_free(&name);
}

static bool
has(const struct blocked_keys *h, struct span table, struct span what)
{
	struct buf name = { 0 };
	bool found;

	make_name(&name, table, what);
	found = has_name(h, buf_view(&name));
	buf_free(&name);
	return found;
}

bool
blocked_keys_has(
    const struct blocked_keys *h, struct span table, struct span key)
{
	struct buf name = { 0 };
	bool found;

	if (h->n == 0 || !has(h, table, ANY))
		return false;
	found = !make_key(&name, table, key) || has_name(h,
	    buf_view(&name)) || has(h, table, ALL);
	buf_free(&name);
	return found;
}

bool
blocked_keys_has_any(const struct blocked_keys *h, struct span table)
{
	return has(h, table, ANY);
}

void
blocked_keys_move(struct blocked_keys *to, struct blocked_keys *from, size_t n)
{
	for (size_t i = n; i < from->n; i++)
		add_name(to, span_of(from->names[i]));
	blocked_keys_back(from, n);
}

void
blocked_keys_back(struct blocked_keys *h, size_t n)
{
	if (n == h->n)
		return;
	while (h->n > n)
		free(h->names[--h->n]);
	fill_slots(h);
}

void
blocked_keys_clear(struct blocked_keys *h)
{
	for (size_t i = 0; i < h->n; i++)
		free(h->names[i]);
	free(h->names);
	free(h->slots);
	*h = (struct blocked_keys){ 0 };
}

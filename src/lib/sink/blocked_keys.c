/* SPDX-License-Identifier: MIT */
#include "sink/blocked_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/buf.h"
#include "base/hash.h"
#include "sink/samekey.h"

/* Beside keys and the names of their columns: that all are held, that some are.
 */
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

/* The name of a key; false if it may be that of any. */
static bool
make_key(struct buf *name, struct span table, struct span key)
{
	make_name(name, table, SPAN("="));
	return key.p && samekey_put(name, key);
}

/* The name of a key's columns; false as make_key(). */
static bool
make_columns(struct buf *name, struct span table, struct span key)
{
	make_name(name, table, SPAN("#"));
	return key.p && samekey_put_columns(name, key);
}

static uint64_t
hash_of(struct span name)
{
	return hash_span(name, hash_seed());
}

/* The slot of a name, NULL if it is not held. */
static struct hash_slot *
find(const struct blocked_keys *h, struct span name)
{
	struct hash_slot *slot = hash_find(&h->places, hash_of(name));

	while (slot && !span_is(name, h->names[hash_value(slot)]))
		slot = hash_next(&h->places, slot);
	return slot;
}

static void
add_name(struct blocked_keys *h, struct span name)
{
	if (find(h, name))
		return;
	hash_add(&h->places, hash_of(name), h->n);
	*ARRAY_PUSH(h->names, h->n, h->cap) = xmemdup(name.p, name.n);
}

void
blocked_keys_add(struct blocked_keys *h, struct span table, struct span key)
{
	struct buf name = { 0 };

	if (make_columns(&name, table, key))
		add_name(h, buf_view(&name));
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
	found = find(h, buf_view(&name)) != NULL;
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
	found = !make_columns(&name, table, key) ||
	    !find(h, buf_view(&name)) || !make_key(&name, table, key) ||
	    find(h, buf_view(&name)) || has(h, table, ALL);
	buf_free(&name);
	return found;
}

bool
blocked_keys_has_any(const struct blocked_keys *h, struct span table)
{
	return has(h, table, ANY);
}

bool
blocked_keys_has_within(const struct blocked_keys *h, struct span tables)
{
	struct buf name = { 0 };
	bool found = false;

	samekey_put_table(&name, tables);
	for (size_t i = 0; i < h->n && !found; i++)
		found = strncmp(h->names[i], buf_cstr(&name), name.n) == 0;
	buf_free(&name);
	return found;
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
	while (h->n > n) {
		char *name = h->names[--h->n];

		hash_remove(&h->places, find(h, span_of(name)));
		free(name);
	}
}

void
blocked_keys_clear(struct blocked_keys *h)
{
	for (size_t i = 0; i < h->n; i++)
		free(h->names[i]);
	free(h->names);
	hash_clear(&h->places);
	*h = (struct blocked_keys){ 0 };
}

/* SPDX-License-Identifier: MIT */
#include "event/unique.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/seed.h"
#include "json/scan.h"

struct name_slot {
	uint64_t round;
	bool unescaped;         /* name.p is a place in text */
	size_t at;
	struct span name;
};

enum { FIRST_SLOTS = 64 };

static struct span
name_in(const struct unique *u, const struct name_slot *slot)
{
	return slot->unescaped ? (struct span){ u->text.p + slot->at,
		slot->name.n } : slot->name;
}

/* The slot of a name, or the free one where it goes. */
static struct name_slot *
find(const struct unique *u, struct span name)
{
	size_t i = hash_span(name, hash_seed()) & (u->nslots - 1);

	while (u->slots[i].round == u->round &&
	    !span_eq(name_in(u, &u->slots[i]), name))
		i = (i + 1) & (u->nslots - 1);
	return &u->slots[i];
}

static void
grow(struct unique *u)
{
	struct name_slot *old = u->slots;
	size_t n = u->nslots;

	u->nslots = n ? 2 * n : FIRST_SLOTS;
	u->slots = xcalloc(u->nslots, sizeof(*u->slots));
	for (size_t i = 0; i < n; i++)
		if (old[i].round == u->round)
			*find(u, name_in(u, &old[i])) = old[i];
	free(old);
}

/* Put a name in; false where it is there. */
static bool
put(struct unique *u, struct span name)
{
	struct name_slot new = { .round = u->round, .name = name };
	struct name_slot *slot;

	if (name.n && memchr(name.p, '\\', name.n)) {
		new.unescaped = true;
		new.at = u->text.n;
		if (!json_unescape(&u->text, name))
			return false;
		new.name.n = u->text.n - new.at;
		name = name_in(u, &new);
	}
	slot = find(u, name);
	if (slot->round == u->round)
		return false;
	*slot = new;
	return true;
}

bool
unique_names(struct unique *u, const struct outline *o, size_t at)
{
	struct outline_pos pos = { o, at };
	struct span name;
	size_t n = 0;

	u->round++;
	u->text.n = 0;
	outline_enter(&pos);
	while (outline_next(&pos, &name)) {
		outline_value(&pos);
		if (2 * n++ >= u->nslots)
			grow(u);
		if (!put(u, name))
			return false;
	}
	return true;
}

void
unique_clear(struct unique *u)
{
	free(u->slots);
	buf_free(&u->text);
	*u = (struct unique){ 0 };
}

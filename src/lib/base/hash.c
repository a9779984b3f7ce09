/* SPDX-License-Identifier: MIT
 *
 * Open addressing, at most half full.
 */
#include "base/hash.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/random.h"

enum { FIRST_SLOTS = 64, MOST_IDLE = 16 };

uint64_t
hash_seed(void)
{
	static uint64_t seed;           /* odd; 0: there is none yet */

	if (!seed)
		seed = random_u64() | 1;
	return seed;
}

static void
put(struct hash *t, struct hash_slot slot)
{
	size_t i = slot.hash & (t->nslots - 1);

	while (t->slots[i].after)
		i = (i + 1) & (t->nslots - 1);
	t->slots[i] = slot;
}

static void
resize(struct hash *t, size_t nslots)
{
	struct hash_slot *old = t->slots;
	size_t n = t->nslots;

	t->nslots = nslots;
	t->slots = xcalloc(t->nslots, sizeof(*t->slots));
	for (size_t i = 0; i < n; i++)
		if (old[i].after)
			put(t, old[i]);
	free(old);
}

void
hash_add(struct hash *t, uint64_t hash, uint64_t value)
{
	if (2 * (t->n + 1) > t->nslots)
		resize(t, t->nslots ? 2 * t->nslots : FIRST_SLOTS);
	put(t, (struct hash_slot){ hash, value + 1 });
	t->n++;
}

/* The gap in a run of slots is closed, so that those after it are found. */
void
hash_remove(struct hash *t, struct hash_slot *slot)
{
	size_t mask = t->nslots - 1, i = (size_t)(slot - t->slots);

	slot->after = 0;
	t->n--;
	for (i = (i + 1) & mask; t->slots[i].after; i = (i + 1) & mask) {
		struct hash_slot moved = t->slots[i];

		t->slots[i].after = 0;
		put(t, moved);
	}
	if (t->nslots > FIRST_SLOTS && t->n < t->nslots / 16)
		resize(t, t->nslots / 2);
}

void
hash_empty(struct hash *t)
{
	bool idle = t->nslots > FIRST_SLOTS && t->n < t->nslots / 8;

	t->idle = idle ? t->idle + 1 : 0;
	if (t->idle > MOST_IDLE)
		hash_clear(t);
	else if (t->n)
		memset(t->slots, 0, t->nslots * sizeof(*t->slots));
	t->n = 0;
}

void
hash_clear(struct hash *t)
{
	free(t->slots);
	*t = (struct hash){ 0 };
}

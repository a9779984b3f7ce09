/* SPDX-License-Identifier: MIT
 *
 * Hash tables.  The hashes are seeded, so that no author of a log can
 * choose names and numbers that collide.  A table grows with its contents.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* The same in all of a process, another in the next. */
uint64_t hash_seed(void);

/* Mix 64 bits (Stafford's 13th finalizer of 64 bits). */
static inline uint64_t
hash_u64(uint64_t v, uint64_t seed)
{
	v ^= seed;
	v = (v ^ v >> 30) * 0xBF58476D1CE4E5B9u;
	v = (v ^ v >> 27) * 0x94D049BB133111EBu;
	return v ^ v >> 31;
}

static inline uint64_t
hash_span(struct span s, uint64_t seed)
{
	uint64_t h = seed ^ s.n, w;

	for (; s.n >= 8; s.p += 8, s.n -= 8) {
		memcpy(&w, s.p, 8);
		h = hash_u64(h ^ w, seed);
	}
	w = 0;
	if (s.n)
		memcpy(&w, s.p, s.n);
	return hash_u64(h ^ w, seed);
}

/*
 * Values by hash: numbers of things that are kept elsewhere, or pointers.  Two
 * things may have one hash, so that a value found is looked at:
 *
 *     for (slot = hash_find(&t, hash); slot; slot = hash_next(&t, slot))
 *             if (is_it(hash_value(slot)))
 *                     break;
 *
 * A zeroed table is empty.
 */
struct hash_slot {
	uint64_t hash;
	uint64_t after;         /* the value + 1; 0: vacant */
};

struct hash {
	struct hash_slot *slots;        /* a power of two */
	size_t nslots, n;
	unsigned idle;          /* times that it was emptied, nearly empty */
};

/* Put a value in, beside those of the same hash. */
void hash_add(struct hash *t, uint64_t hash, uint64_t value);

/* Take one out; slots that were found before are others then. */
void hash_remove(struct hash *t, struct hash_slot *slot);

/* Take all out.  A large use does not make later ones slow for long: after some
 * small ones the table is small again. */
void hash_empty(struct hash *t);
void hash_clear(struct hash *t);

static inline uint64_t
hash_value(const struct hash_slot *slot)
{
	return slot->after - 1;
}

/* The slot of a hash from place i on, NULL if there is none. */
static inline struct hash_slot *
hash_walk(const struct hash *t, uint64_t hash, size_t i)
{
	for (;; i++) {
		struct hash_slot *slot = &t->slots[i & (t->nslots - 1)];

		if (!slot->after)
			return NULL;
		if (slot->hash == hash)
			return slot;
	}
}

/* The first of a hash, and each after it. */
static inline struct hash_slot *
hash_find(const struct hash *t, uint64_t hash)
{
	return t->n ? hash_walk(t, hash, hash) : NULL;
}

static inline struct hash_slot *
hash_next(const struct hash *t, const struct hash_slot *slot)
{
	return hash_walk(t, slot->hash, (size_t)(slot - t->slots) + 1);
}

#endif

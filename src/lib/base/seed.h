/* SPDX-License-Identifier: MIT
 *
 * Hashes of what comes from outside: nobody who writes a log can know which
 * of its names and numbers fall together.
 */
#ifndef BASE_SEED_H
#define BASE_SEED_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* The same in all of a process, another in the next. */
uint64_t seed_hash(void);

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

#endif

/* SPDX-License-Identifier: MIT */
#include "base/seed.h"

#include <unistd.h>

#include "base/clock.h"

uint64_t
seed_hash(void)
{
	static uint64_t seed;

	if (!seed && getentropy(&seed, sizeof(seed)) < 0)
		seed = hash_u64((uint64_t)clock_steady_ms(),
		    (uint64_t)getpid());
	seed |= 1;                      /* 0: there is none yet */
	return seed;
}

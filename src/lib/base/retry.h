/* SPDX-License-Identifier: MIT
 *
 * When to try again.
 */
#ifndef BASE_RETRY_H
#define BASE_RETRY_H

#include <stdint.h>

struct retry {
	uint64_t times;         /* at most */
	int64_t first_ms;       /* before the first time, … */
	int64_t most_ms;        /* … then twice as long, up to this */
};

/* Milliseconds before the n-th time, n from 1.  Of what they would be, chance
 * (a random number) takes away up to half, so that no two of us come back
 * together. */
int64_t retry_delay(const struct retry *retry, uint64_t n, uint64_t chance);

#endif

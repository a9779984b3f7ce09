/* SPDX-License-Identifier: MIT
 *
 * How long to wait before something that failed is tried again: longer each
 * time, and for a random time, so that programs that failed together do not
 * return together.  The caller decides whether to try again, and waits
 * (io/stop.h).
 */
#ifndef BASE_RETRY_H
#define BASE_RETRY_H

#include <stdint.h>

struct retry {
	uint64_t times;         /* how often at most; 0: not at all */
	int64_t first_ms;       /* the first delay */
	int64_t most_ms;        /* the longest one */
	uint64_t factor;        /* each is so many times the one before; 0: two
	                         * times */
};

/* The delay before the n-th retry, n from 1, in milliseconds: first_ms times
 * the factor, n - 1 times, at most most_ms, less up to half of that; `chance`,
 * a random number, decides how much less. */
int64_t retry_delay(const struct retry *retry, uint64_t n, uint64_t chance);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Keys that wait: a later record of one must not overtake an earlier.  Which
 * are the same is samekey.h's.
 */
#ifndef SINK_BLOCKED_KEYS_H
#define SINK_BLOCKED_KEYS_H

#include <stdbool.h>

#include "base/span.h"

/* A zeroed struct holds nothing. */
struct held {
	char **names;           /* of tables and keys, in the order they came */
	size_t n, cap;
	size_t *slots;          /* 1 + number in names; 0: free */
	size_t nslots;
};

/* Hold a key (JSON); key.p NULL: all keys of the table. */
void held_add(struct held *h, struct span table, struct span key);

/* Is a key held, or one that may be the same?  And is any of the table? */
bool held_has(const struct held *h, struct span table, struct span key);
bool held_has_any(const struct held *h, struct span table);

/* Those after the first n move to another. */
void held_move(struct held *to, struct held *from, size_t n);

/* Only the first n stay. */
void held_back(struct held *h, size_t n);
void held_clear(struct held *h);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Keys that wait: a later record of one must not overtake an earlier.
 */
#ifndef SINK_HELD_H
#define SINK_HELD_H

#include <stdbool.h>

#include "base/span.h"

/* A zeroed struct holds nothing. */
struct held {
	char **names;           /* "table key", in the order they came */
	size_t n, cap;
	size_t *slots;          /* 1 + number in names; 0: free */
	size_t nslots;
};

/* Hold a key (JSON); key.p NULL: all keys of the table. */
void held_add(struct held *h, struct span table, struct span key);

bool held_has(const struct held *h, struct span table, struct span key);
bool held_has_any(const struct held *h, struct span table);

/* Only the first n stay. */
void held_back(struct held *h, size_t n);
void held_clear(struct held *h);

#endif

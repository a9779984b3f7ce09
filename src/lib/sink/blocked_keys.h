/* SPDX-License-Identifier: MIT
 *
 * Keys blocked by an earlier failed record: later records of such a key must
 * not overtake it.  samekey.h says which keys are the same.
 */
#ifndef SINK_BLOCKED_KEYS_H
#define SINK_BLOCKED_KEYS_H

#include <stdbool.h>

#include "base/hash.h"
#include "base/span.h"

/* A zeroed struct holds nothing. */
struct blocked_keys {
	char **names;           /* of tables and keys, in the order they came */
	size_t n, cap;
	struct hash places;     /* in names */
};

/* Hold a key (JSON); key.p NULL: all keys of the table. */
void blocked_keys_add(
    struct blocked_keys *h, struct span table, struct span key);

/* Is a key held, or one that may be the same, as one of other columns may?  And
 * is any of the table, or of those whose names begin so? */
bool blocked_keys_has(
    const struct blocked_keys *h, struct span table, struct span key);
bool blocked_keys_has_any(const struct blocked_keys *h, struct span table);
bool blocked_keys_has_within(const struct blocked_keys *h, struct span tables);

/* Those after the first n move to another. */
void blocked_keys_move(
    struct blocked_keys *to, struct blocked_keys *from, size_t n);

/* Only the first n stay. */
void blocked_keys_back(struct blocked_keys *h, size_t n);
void blocked_keys_clear(struct blocked_keys *h);

#endif

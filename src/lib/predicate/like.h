/* SPDX-License-Identifier: MIT
 *
 * SQL's LIKE: % is any text, _ one character, and the escape character takes
 * their meaning from them.  Characters are compared by their bytes.
 */
#ifndef PREDICATE_LIKE_H
#define PREDICATE_LIKE_H

#include <stdbool.h>

#include "base/span.h"

/* Takes time in proportion to text.n * pattern.n at most.  escape: one
 * character, or empty for none. */
bool like_matches(struct span pattern, struct span escape, struct span text);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Definitions of columns as SQL: which words are in them.
 */
#ifndef EVOLVE_EXPRESSION_H
#define EVOLVE_EXPRESSION_H

#include <stdbool.h>

#include "base/span.h"

/* Is one of the words (the last is NULL) in it, outside of strings? */
bool expression_has_word(struct span sql, const char *const *words);

/* Has it what no log holds: another value each time, or of who asks? */
bool expression_is_of_here(const char *expression);

#endif

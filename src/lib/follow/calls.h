/* SPDX-License-Identifier: MIT
 *
 * What a statement calls.  A stored function may change any table, and one that
 * was loaded anything.
 */
#ifndef FOLLOW_CALLS_H
#define FOLLOW_CALLS_H

#include "sql/lex.h"

/* Is something called that is no function of the server's own?  What ends at
 * `table` is a table's name, with its columns after it; or NULL. */
bool calls_stored(struct sql at, const char *table);

#endif

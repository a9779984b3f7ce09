/* SPDX-License-Identifier: MIT
 *
 * Does the target's key tell all rows of the source apart?
 */
#ifndef APPLY_SOURCE_KEY_H
#define APPLY_SOURCE_KEY_H

#include "apply/source_table.h"

/*
 * -1 and ERR_CONFIG: the target finds rows by a key that lacks columns of the
 * source's primary key, so that two rows of the source could become one.
 * Tables whose key is unknown, or that --accept-tables names, pass.
 */
int source_key_check(struct source_table *t, const struct source_tables *all,
    struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Values that a column would silently round, cut or convert; the strict mode of
 * the server refuses the others.
 * https://mariadb.com/kb/en/sql-mode/#strict-mode
 */
#ifndef CONVERT_CHECK_VALUE_H
#define CONVERT_CHECK_VALUE_H

#include "convert/target_column.h"

/* Why the text does not fit, NULL if it does.  exact: it is a number that
 * FLOAT and DOUBLE may not change.  *no_label: it is the error value of an
 * ENUM, which strict mode refuses although a source can hold it. */
const char *check_value_misfit(const struct target_column *to, struct span text,
    bool exact, bool *no_label);

/*
 * A FLOAT or DOUBLE at its end: the text of the value at `at` becomes one that
 * the column takes, and stores as the same bits.  The shortest text of the
 * largest FLOAT lies above it, and FLOAT(8,2) has 999999.99 as 1e6, which it
 * refuses.
 */
void check_value_at_limit(const struct target_column *to, struct buf *out,
    size_t at);

#endif

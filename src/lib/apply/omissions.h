/* SPDX-License-Identifier: MIT
 *
 * Columns that the image of a new row leaves out (binlog_row_image=MINIMAL).
 * The row has their defaults: the source's, which the target's own need not be.
 */
#ifndef APPLY_OMISSIONS_H
#define APPLY_OMISSIONS_H

#include "apply/source_table.h"

/*
 * Give them to a row that was read.  One whose default is not known stays as it
 * was, to get the target's, with a warning.  If the target's tables are made by
 * us, from what records say, or if the two columns differ in NULL, that is
 * ERR_DATA, unless --accept-tables says that the table is as it should be.
 */
int omissions_supply(struct source_table *t, const struct source_tables *all,
    bool ours, struct batch *b, size_t row, struct err *err);

#endif

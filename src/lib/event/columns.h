/* SPDX-License-Identifier: MIT
 *
 * Dropping columns from row images, by the include and exclude lists of a
 * table_filter.  Verdicts are found once for each table and name.
 */
#ifndef EVENT_COLUMNS_H
#define EVENT_COLUMNS_H

#include "base/buf.h"
#include "match/names.h"

struct column_filter;

struct column_filter *column_filter_new(const struct table_filter *lists);
void column_filter_free(struct column_filter *f);

/*
 * The row without the columns that are not kept: `row` itself where all are,
 * else a copy in out.  A row that is no object (null) is left alone.
 */
struct span column_filter_row(struct column_filter *f, struct span db,
    struct span table, struct span row, struct buf *out);

#endif

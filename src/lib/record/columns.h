/* SPDX-License-Identifier: MIT
 *
 * Removes columns from row images, by the include and exclude lists of a
 * table_filter.  The decision is made once for each table and name.
 */
#ifndef RECORD_COLUMNS_H
#define RECORD_COLUMNS_H

#include "base/buf.h"
#include "json/outline.h"
#include "match/table_filter.h"

struct column_filter;

struct column_filter *column_filter_new(const struct table_filter *lists);
void column_filter_free(struct column_filter *f);

/*
 * Make *row, which lies in the text of that outline, the row without the
 * columns that are not kept: unchanged where all are, else a copy in out.  One
 * that is no object (null) is left alone.  false if a name is there twice.
 */
bool column_filter_row(struct column_filter *f, const struct outline *o,
    struct span db, struct span table, struct span *row, struct buf *out);

#endif

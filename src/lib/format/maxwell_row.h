/* SPDX-License-Identifier: MIT
 *
 * A change as Maxwell's message.
 */
#ifndef FORMAT_MAXWELL_ROW_H
#define FORMAT_MAXWELL_ROW_H

#include "format/cells.h"
#include "format/maxwell_settings.h"

struct maxwell_rows {
	struct maxwell_settings on;
	struct format_cells row, before;
};

/* Append a line; *at is where in it the commit is told.  -1: ERR_DATA, and a
 * part may be appended. */
int maxwell_row_put(struct formatter *f, struct maxwell_rows *m,
    const struct format_change *c, struct buf *out, size_t *at,
    struct err *err);

/* The messages around a copy of a table: bootstrap-start, -complete. */
void maxwell_row_bound(struct formatter *f, struct maxwell_rows *m,
    struct format_table *table, bool start);

/* struct format: the table's own. */
void maxwell_row_forget(struct format_table *table, bool gone);

void maxwell_rows_free(struct maxwell_rows *m);

#endif

/* SPDX-License-Identifier: MIT
 *
 * The values of a row, with their columns.
 */
#ifndef FORMAT_CELLS_H
#define FORMAT_CELLS_H

#include "format/format_change.h"

struct format_cell {
	struct format_column *column;
	struct span json;       /* the value, as it stands */
};

/* Kept from row to row; zero at first, format_cells_free() frees it. */
struct format_cells {
	struct format_cell *v;
	size_t n, cap;
	bool whole;             /* all the table's columns so far, in their
	                         * order: v[i] is of columns[i] */
};

struct formatter;

/* Read a row or a key; of none, no cells.  -1: ERR_DATA. */
int format_cells_read(struct format_cells *cells, struct formatter *f,
    struct format_table *table, const struct format_image *image,
    struct err *err);

/* The cell of a column, NULL where the row has none. */
const struct format_cell *format_cells_find(const struct format_cells *cells,
    const struct format_column *column);

/* Has the table a column, by its schema record, that the row has not?  Times of
 * rows, which are in rows only with history, do not count. */
bool format_cells_lack(const struct format_cells *cells,
    const struct format_table *table);

void format_cells_free(struct format_cells *cells);

#endif

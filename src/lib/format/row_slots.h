/* SPDX-License-Identifier: MIT
 *
 * How a table's columns are written, made once: a printer for each, and its
 * name.
 */
#ifndef FORMAT_ROW_SLOTS_H
#define FORMAT_ROW_SLOTS_H

#include "format/maxwell_value.h"

struct row_slot {
	maxwell_printer *put;
	struct buf name;        /* ,"name": */
};

/* By place of the column; zero at first. */
struct row_slots {
	struct row_slot *v;
	size_t n;
};

/* The next one. */
void row_slots_add(struct row_slots *slots, const struct format_column *column,
    maxwell_printer *put);
void row_slots_clear(struct row_slots *slots);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What stands where the placeholders of a text are: cells of the rows and the
 * key of a change.
 */
#ifndef FORMAT_PLACED_H
#define FORMAT_PLACED_H

#include "format/cells.h"
#include "format/placeholder.h"

/* Kept from change to change; zero at first, placed_clear() frees it. */
struct placed {
	const char *option;     /* that has the placeholders: "--template" */
	struct format_cells images[PLACE_KEY + 1];      /* of this change */
	bool needs[PLACE_KEY + 1];      /* some placeholder is of that one */
};

/* The change has these placeholders, too. */
void placed_need(struct placed *placed, const struct placeholders *all);

/* Read what they need.  -1: ERR_DATA. */
int placed_read(struct placed *placed, struct formatter *f,
    const struct format_change *c, struct err *err);

/* There is no row before a create, and none after a delete; what was before a
 * record of cdc-unwrap is left out. */
bool placed_is_nothing(const struct format_change *c,
    enum placeholder_kind kind);

/*
 * The cell of a placeholder of a column; NULL: there is nothing.  *found is
 * where it stood last.  -1: ERR_DATA, its table has no such column, or the
 * record does not say.
 */
int placed_cell(struct placed *placed, const struct formatter *f,
    const struct format_change *c, const struct placeholder *place,
    size_t *found, const struct format_cell **cell, struct err *err);

void placed_clear(struct placed *placed);

#endif

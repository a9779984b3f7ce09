/* SPDX-License-Identifier: MIT
 *
 * Names that tables have in another system, each of one table: rows of two
 * would take each other's places there.
 */
#ifndef FORMAT_FORMAT_NAMES_H
#define FORMAT_FORMAT_NAMES_H

#include "format/format_table.h"

struct format_names {
	struct hash hash;       /* of `all`, by name */
	struct format_name *all;
	size_t n;
};

/* The table gets that name, and keeps it.  -1: ERR_DATA, another table has it;
 * what: "keys", "an index". */
int format_names_take(struct format_names *names, const char *what,
    struct span name, const struct format_table *table, struct err *err);

void format_names_clear(struct format_names *names);

#endif

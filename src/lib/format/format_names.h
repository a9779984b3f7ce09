/* SPDX-License-Identifier: MIT
 *
 * Names that tables have in another system, each of one table: rows of two
 * would take each other's places there.
 */
#ifndef FORMAT_FORMAT_NAMES_H
#define FORMAT_FORMAT_NAMES_H

#include "base/err.h"
#include "base/hash.h"

struct format_names {
	struct hash hash;       /* of `all`, by name */
	struct format_name *all;
	size_t n;
};

/* A table gets that name, and keeps it.  -1: ERR_DATA, another table has it;
 * what: "index". */
int format_names_take(struct format_names *names, const char *what,
    struct span name, struct span db, struct span table, struct err *err);

/* Whose name is it?  The spans are borrowed. */
bool format_names_find(const struct format_names *names, struct span name,
    struct span *db, struct span *table);

void format_names_clear(struct format_names *names);

#endif

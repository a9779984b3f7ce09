/* SPDX-License-Identifier: MIT
 *
 * What the user wants for tables: the names of source tables at the target
 * (--map, --map-column), and what may be done to them.
 */
#ifndef TARGET_MAPPING_H
#define TARGET_MAPPING_H

#include "convert/encoding.h"
#include "match/rule.h"
#include "match/table_filter.h"
#include "target/assignment.h"

struct table_options {
	struct rule *map, *map_column;
	struct name_list accept;        /* db.table of the source */
	struct assignment_list set;
	bool ignore_unknown;
	bool allow_triggers;
	bool at_least_once;
	bool system_tables;     /* the server's own, too */
	const char *offsets_db; /* where positions are kept */
	struct known_modes modes;       /* of the command line */
};

/* The name of the source in the target: --map, else the same. */
bool mapping_table(const struct table_options *opt, struct span db,
    struct span name, struct buf *to_db, struct buf *to_name);
/* A column's, appended: --map-column, else the same. */
void mapping_column(const struct table_options *opt, const char *db,
    const char *table, struct span column, struct buf *to);

/* Does a person say that the target's table of it is as it should be? */
bool mapping_accepts(const struct table_options *opt, const char *db,
    const char *table);

#endif

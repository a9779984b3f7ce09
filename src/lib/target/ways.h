/* SPDX-License-Identifier: MIT
 *
 * --evolve: what to do about each kind of change that the source makes to its
 * tables.  The names are Flink CDC's.
 * https://nightlies.apache.org/flink/flink-cdc-docs-stable/docs/core-concept/schema-evolution/
 */
#ifndef TARGET_WAYS_H
#define TARGET_WAYS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum evolve_action {
	ADD_COLUMN, ALTER_COLUMN_TYPE, RENAME_COLUMN_TO, REMOVE_COLUMN,
	CREATE_TABLE, DROP_TABLE, TRUNCATE_TABLE,
	EVOLVE_ACTIONS,
	NO_ACTION = EVOLVE_ACTIONS,     /* indexes, partitions, options … */
};

enum evolve_way { WAY_UNSAID, WAY_FOLLOW, WAY_IGNORE, WAY_STOP };

struct ways {
	uint8_t said[EVOLVE_ACTIONS];   /* enum evolve_way */
	bool any;
};

/* "drop.column=ignore,…" */
int ways_add(void *ways, const char *text, struct err *err);

/* What the user said, else, of `add`: all is followed but what loses rows or
 * values; of apply-ddl: all. */
enum evolve_way ways_of(const struct ways *ways, bool add,
    enum evolve_action action);

/* "drop.column" */
const char *ways_word(enum evolve_action action);

#endif

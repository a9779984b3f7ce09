/* SPDX-License-Identifier: MIT
 *
 * What is the same in every record of a table, written once: names escaped,
 * topic built, key columns found.
 */
#ifndef PRINT_RECORD_TEMPLATE_H
#define PRINT_RECORD_TEMPLATE_H

#include "binlog/table_map.h"

struct record_template {
	struct buf head;        /* {"topic":"…","key": */
	struct buf source;      /* ,"snapshot":"false","db":…,"server_id": */
	struct buf names;       /* the text of members */
	struct span *members;   /* of each column: ,"name": */
	int16_t *key_slot;      /* of each column: place in the key, or -1 */
	struct span *key_members;       /* of each key column */
};

/* The plan of a table, made on first use and kept in table->user. */
struct record_template *record_template_of(
    struct table *table, const char *prefix);
void record_template_forget(struct table *table);

/* What its records say of snapshots, if it is not "false". */
void record_template_snapshot(
    struct record_template *plan, const struct table *table, const char *mark);

#endif

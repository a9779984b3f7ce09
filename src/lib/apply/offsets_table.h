/* SPDX-License-Identifier: MIT
 *
 * The position in the target: a row of cdc_offsets for a stream, rows of
 * kafka_consumer_offsets for partitions.  They change in the transaction that
 * changes the rows.
 */
#ifndef APPLY_OFFSETS_TABLE_H
#define APPLY_OFFSETS_TABLE_H

#include "apply/apply.h"

/* Connect, set the session up, be the only one of this name (ERR_RETRY), read
 * what is stored. */
int offsets_table_open(struct applier *a, struct err *err);

/* Write what is finished into the open transaction.  ERR_RETRY where somebody
 * else moved it. */
int offsets_table_write(struct applier *a, struct err *err);

/* Store a statement that is about to be executed, and commit. */
int offsets_table_intent(struct applier *a, struct err *err);

/* Behind COMMIT: what was written is stored now. */
void offsets_table_committed(struct applier *a);

/* After a lost COMMIT, connected anew: did it happen?  1, 0, -1. */
int offsets_table_happened(struct applier *a, struct err *err);

/* Lines for people and cdc-tail. */
int offsets_table_show(struct applier *a, struct err *err);
int offsets_table_forget(struct applier *a, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What an entry of the dead letter queue says about its record, and which
 * records wait for others.
 */
#ifndef APPLY_DLQ_ENTRY_H
#define APPLY_DLQ_ENTRY_H

#include "apply/applier.h"

/* db.table of the source, or the topic. */
void dlq_entry_table(struct record *rec, struct buf *out);

/* Its key, p NULL where it has none. */
struct span dlq_entry_key(const struct record *rec);

/* Position, how values are written, what the table is: all that a replay
 * needs. */
void dlq_entry_headers(const struct applier *a, const struct record *rec,
    struct span table, struct buf *out);

/* The old key of a create that ends a change of key; p NULL: none. */
struct span dlq_entry_moves(const struct record *rec);

/* Must the record wait for one of its key, old or new, or (a truncate) of its
 * table? */
bool dlq_entry_is_held(const struct blocked_keys *held, struct record *rec);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What an entry of the dead letter queue says about its record, which records
 * wait for it, and whether it is needed.
 */
#ifndef SINK_LETTERS_H
#define SINK_LETTERS_H

#include "record/record.h"
#include "sink/blocked_keys.h"
#include "state/state.h"

/* db.table of the source, or the topic. */
void letter_table(struct record *rec, struct buf *out);

/* Its key, p NULL where it has none. */
struct span letter_key(const struct record *rec);

/* The old key of a create that ends a change of key; p NULL: none. */
struct span letter_moves(const struct record *rec);

/* Members that say where it was in its stream, each after a comma: that of
 * transactions, or of a topic. */
void letter_put_place(const struct record *rec, bool by_offset,
    struct buf *out);

/* Must the record wait for one of its key, old or new, or (a truncate) of its
 * table? */
#define LETTER_HELD \
	"an earlier record that it must not overtake is in this file"

bool letter_is_held(const struct blocked_keys *held, struct record *rec);

/* Has the position gone past an entry of such headers?  What has not comes
 * again. */
bool letter_is_done(const struct state *position, bool any_order,
    struct span headers);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Rows of a table that were read between two watermarks: a row inserted into
 * the signal table before, and deleted after.  What the stream says about them
 * between the two is newer, or the same; what remains at the second is what the
 * table contains there.
 * https://arxiv.org/abs/2010.12597 (DBLog), which Debezium follows, too
 */
#ifndef INCREMENTAL_CHUNK_H
#define INCREMENTAL_CHUNK_H

#include <stdbool.h>

#include "base/buf.h"

struct chunk {
	struct buf text;                /* what rows point into */
	struct chunk_row {
		size_t key, nkey, json, njson;
		bool gone;
	} *rows;
	size_t n, cap;
};

/* Add a row: its key and itself, JSON as records have it. */
void chunk_add(struct chunk *c, struct span key, struct span json);

/* A row; false where it is gone. */
bool chunk_row(const struct chunk *c, size_t i, struct span *key,
    struct span *json);

/* The stream says that a row is no more, or that it moved from this key or to
 * it: was there one?  Of rows that change their places it is unknown which of
 * them was read here, before its move or after. */
bool chunk_forget(struct chunk *c, struct span key);

/*
 * The stream says what became of the row of a key, which stays.  If it says all
 * of it, the row goes; else (binlog_row_image) the row takes on what it says,
 * but for values that are `unavailable`.
 */
void chunk_change(struct chunk *c, struct span key, struct span after,
    struct span unavailable);

void chunk_clear(struct chunk *c);
void chunk_free(struct chunk *c);

#endif

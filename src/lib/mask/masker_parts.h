/* SPDX-License-Identifier: MIT
 *
 * What masker.c leaves to others: a heartbeat (masker_beat.c), a schema record
 * (masker_schema.c, masker_moves.c), refusals.
 */
#ifndef MASK_MASKER_PARTS_H
#define MASK_MASKER_PARTS_H

#include "follow/action.h"
#include "mask/masker.h"

int masker_beat(struct masker *m, struct record *rec, struct err *err);
int masker_schema(struct masker *m, struct record *rec, struct err *err);

/* Does a statement bring masked values under a name that no rule decides about?
 * After its tableChanges were read; -1: ERR_CONFIG. */
int masker_moves(struct masker *m, const struct record *rec,
    const struct action *s, struct err *err);

/* Put "line N, GTID G: " in front of the text; -1. */
int masker_place(const struct record *rec, struct err *err);

/* "line N: column db.table.column: why"; -1, ERR_DATA. */
int masker_refuse(const struct masker *m, const struct record *rec,
    struct span column, const char *why, struct err *err);

/* The same of all columns that no rule names, of those of an object or of an
 * array of descriptions, one of which has none. */
int masker_refuse_unlisted(struct masker *m, const struct record *rec,
    struct span columns, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What masker.c leaves to others: a heartbeat (masker_beat.c), a schema record
 * (masker_schema.c), refusals.
 */
#ifndef MASK_MASKER_PARTS_H
#define MASK_MASKER_PARTS_H

#include "mask/masker.h"

int masker_beat(struct masker *m, struct record *rec, struct err *err);
int masker_schema(struct masker *m, struct record *rec, struct err *err);

/* "line N: column db.table.column: why"; -1, ERR_DATA. */
int masker_refuse(const struct masker *m, const struct record *rec,
    struct span column, const char *why, struct err *err);
int masker_refuse_unlisted(const struct masker *m, const struct record *rec,
    struct span column, struct err *err);

#endif

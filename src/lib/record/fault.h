/* SPDX-License-Identifier: MIT
 *
 * Why a line is refused, as a message: its number, what is wrong with it and
 * where, and its table.  Nothing else of the line is in it, because messages go
 * to logs that more people read than the data.  The line is read again to find
 * out, only in the error path.
 */
#ifndef RECORD_FAULT_H
#define RECORD_FAULT_H

#include "record/record.h"

/* A line that is not JSON, or JSON but no record: at which byte, or what it is
 * instead.  -1: ERR_DATA. */
int record_not_json(const struct record *rec, struct err *err);

/* Hint at what a value lacks to be an envelope. */
void record_hint_envelope(const struct record *rec, struct err *err);

/* A record that does not say what an option needs to know: the table, for the
 * option of that name (NULL: it is known), or its operation.  -1: ERR_DATA. */
int record_unknown(const struct record *rec, const char *table_option,
    struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * The source's tables as schema records describe them, from --schema or from
 * the stream.
 *
 * A description is valid from its record on.  source_table.c binds the columns
 * of records to it, so a new one counts only after the rows that wait under the
 * old one are executed.
 */
#ifndef APPLY_SOURCE_SCHEMA_H
#define APPLY_SOURCE_SCHEMA_H

#include "apply/source_table.h"

/* Learn a schema record.  *changed: a table that is in use has a new
 * description; execute what waits for it, then call source_tables_forget().
 * -1: ERR_DATA, with the line. */
int source_schema_learn(struct source_tables *t, const struct record *rec,
    bool *changed, struct err *err);

/* The last tableChanges that described db.table, as they came (p NULL: none),
 * for an entry of the dead letter queue; and to learn them from such an entry.
 * -1: ERR_DATA. */
struct span source_schema_text(const struct source_tables *t,
    struct span name);
int source_schema_learn_text(struct source_tables *t, struct span changes,
    struct err *err);

#endif

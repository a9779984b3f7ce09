/* SPDX-License-Identifier: MIT
 *
 * What schema records say of the source's tables.
 */
#ifndef APPLY_SOURCE_SCHEMA_H
#define APPLY_SOURCE_SCHEMA_H

#include "apply/source_table.h"

/* The newest of a table, or NULL; older ones are dropped. */
const struct schema_table *source_schema_newest(struct source_tables *t,
    struct span db, struct span name);

/* A schema record; *changed where a table that is in use is another now: what
 * waits for it must be executed first, then source_tables_forget(). */
int source_schema_learn(struct source_tables *t, const struct record *rec,
    bool *changed, struct err *err);

/* The tableChanges that described db.table last, p NULL where none did; and
 * to learn from them again. */
struct span source_schema_text(const struct source_tables *t,
    struct span name);
int source_schema_learn_text(struct source_tables *t, struct span changes,
    struct err *err);

#endif

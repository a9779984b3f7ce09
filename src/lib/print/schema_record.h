/* SPDX-License-Identifier: MIT
 *
 * Tables in schema records: Debezium's tableChanges.
 */
#ifndef PRINT_SCHEMA_RECORD_H
#define PRINT_SCHEMA_RECORD_H

#include "binlog/table_map.h"
#include "schema/schema.h"

/* {"type":…,"id":"\"db\".\"table\"","table": */
void schema_record_put_front(struct buf *line, const char *type, struct span db,
    struct span table);

/* The table after it: as far as its map says it, and a definition that it
 * agrees with, which may be NULL; what they do not say is null.  Or as it was
 * defined. */
void schema_record_put_mapped(struct buf *line, const struct table *table,
    const struct schema_table *told);
void schema_record_put_defined(
    struct buf *line, const struct schema_table *table);

/* ,"name":"text" or null where text.p is NULL */
void schema_record_put_text(
    struct buf *line, const char *name, struct span text);

#endif

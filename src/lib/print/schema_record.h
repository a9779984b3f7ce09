/* SPDX-License-Identifier: MIT
 *
 * Tables as schema records show them: Debezium's tableChanges.
 */
#ifndef PRINT_SCHEMA_RECORD_H
#define PRINT_SCHEMA_RECORD_H

#include "binlog/table_map.h"
#include "schema/schema.h"

/* {"type":…,"id":"\"db\".\"table\"","table": */
void json_change_front(struct buf *line, const char *type, struct span db,
    struct span table);

/* The table after it: as far as its map says it, what it does not say is
 * null; as it was defined. */
void json_mapped_table(struct buf *line, const struct table *table);
void json_defined_table(struct buf *line, const struct schema_table *table);

/* ,"name":"text" or null where text.p is NULL */
void json_text_or_null(struct buf *line, const char *name, struct span text);

#endif

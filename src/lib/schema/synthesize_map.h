/* SPDX-License-Identifier: MIT
 *
 * Describes a table as a TABLE_MAP with all metadata would, from what a schema
 * says, for rows that do not come from a log.
 * sql/rpl_utility_server.cc, Field::save_field_metadata() in sql/field.cc
 */
#ifndef SCHEMA_SYNTHESIZE_MAP_H
#define SCHEMA_SYNTHESIZE_MAP_H

#include "schema/schema.h"

/* Make *table, to be bound and cleared.  -1 and ERR_DATA if a type is not
 * known; the table is cleared then. */
int schema_make_table(struct table *table, const char *db, const char *name,
    const struct schema_table *from, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What a definition means once the whole statement is known: character sets
 * that were not given, types that depend on a length in bytes, keys.
 */
#ifndef DDL_SETTLE_H
#define DDL_SETTLE_H

#include "schema/schema.h"

/* What the statement's columns become.  convert: of CONVERT TO CHARACTER SET,
 * of all columns, or NULL. */
void settle_table(struct schema_table *table, const char *convert);

/* Defaults that TIMESTAMP columns have without being told, where
 * explicit_defaults_for_timestamp is off. */
void settle_timestamps(struct schema_table *table);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Columns and keys as CREATE and ALTER TABLE define them.  What is not
 * understood is noted in the table's `trouble`, and skipped.
 */
#ifndef DDL_DEFINITION_H
#define DDL_DEFINITION_H

#include "sql/lex.h"
#include "ddl/attributes.h"

/* All definitions of a list, and its closing parenthesis. */
void definition_parse_all(struct sql *s, struct schema_table *table);

/* A column: name, type, attributes; appended.  False where there is none, or
 * no room for one. */
bool definition_column(struct sql *s, struct schema_table *table,
    struct ddl_place *place);

/* Is an index there already that has the name that the key gets?  IF NOT EXISTS
 * leaves it. */
bool definition_key_exists(const struct schema_table *exists,
    const struct schema_key *key);

/* A key, a constraint, a period, if one stands there; exists tells what to do
 * with IF NOT EXISTS: the names that are taken. */
bool definition_is_key(struct sql *s, struct schema_table *table,
    const struct schema_table *exists);

/* A key's columns, in parentheses. */
void definition_key_columns(struct sql *s, struct schema_key *key);

#endif

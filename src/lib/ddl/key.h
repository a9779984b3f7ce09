/* SPDX-License-Identifier: MIT
 *
 * Keys as CREATE and ALTER TABLE define them.
 */
#ifndef DDL_KEY_H
#define DDL_KEY_H

#include "sql/lex.h"
#include "schema/schema.h"

/* Names that statements leave to the server, in its way; then the order in
 * which it keeps them: the first unique one without NULL is a row's. */
void keys_settle(struct schema_table *table);

/* A key of this name, or NULL. */
struct schema_key *keys_find(const struct schema_table *table,
    struct span name);

#endif

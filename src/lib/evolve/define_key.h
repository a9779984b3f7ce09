/* SPDX-License-Identifier: MIT
 *
 * The key of a table that is created as its schema record describes it.
 */
#ifndef EVOLVE_DEFINE_KEY_H
#define EVOLVE_DEFINE_KEY_H

#include "schema/schema.h"
#include "sql/statement.h"

/*
 * Append ", PRIMARY KEY (`a`, `b`)".  Where InnoDB takes the columns only in
 * part (BLOB and TEXT, more than 3072 bytes), an index of their beginnings
 * instead: no record says how much of them is unique at the source.
 * -1: ERR_DATA, a column is not the table's.
 */
int define_key(struct statement *sql, const struct schema_table *t,
    const struct schema_key *key, struct err *err);

#endif

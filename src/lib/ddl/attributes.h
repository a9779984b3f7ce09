/* SPDX-License-Identifier: MIT
 *
 * A column's type, and the attributes after it.
 * https://mariadb.com/kb/en/create-table/#column-and-index-definitions
 */
#ifndef DDL_ATTRIBUTES_H
#define DDL_ATTRIBUTES_H

#include "sql/lex.h"
#include "schema/schema.h"

/* FIRST, or AFTER a column; p NULL: where it comes. */
struct ddl_place {
	bool first;
	struct span after;
};

/* To the end of the definition of a column that the table has, or to what is
 * not understood, of which the table's `trouble` tells. */
void attributes_type(struct sql *s, struct schema_table *table,
    struct schema_column *column, struct ddl_place *place);

#endif

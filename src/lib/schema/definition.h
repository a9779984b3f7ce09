/* SPDX-License-Identifier: MIT
 *
 * Columns and keys as CREATE and ALTER TABLE define them, as far as ddl.h
 * wants to know.
 */
#ifndef SCHEMA_DEFINITION_H
#define SCHEMA_DEFINITION_H

#include "binlog/sql.h"
#include "schema/schema.h"

/* One definition, or all of a list and its closing parenthesis. */
void definition_parse(struct sql *s, struct schema_table *table);
void definitions_parse(struct sql *s, struct schema_table *table);

/* A column: name, type, attributes; appended, unless FIRST or AFTER say
 * another place, which is true. */
bool definition_column(struct sql *s, struct schema_table *table);

/* [=] 'text', which the caller frees; NULL where there is none. */
char *definition_comment(struct sql *s);

/* A key's columns, in parentheses. */
void definition_key_columns(struct sql *s, struct schema_key *key);

/* Over json_valid(`column`), which is how JSON is declared: the column's name,
 * the caller frees; NULL where the check is another. */
char *definition_json_check(struct sql *s);

/* A LONGTEXT column with that check is JSON. */
void definition_make_json(struct schema_column *column);

/* Over IF [NOT] EXISTS. */
bool sql_if_exists(struct sql *s);

#endif

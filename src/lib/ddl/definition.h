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

/* How many characters a comment has at most; what is more a server cuts off. */
enum { COLUMN_COMMENT = 1024, TABLE_COMMENT = 2048 };

/* [=] 'text', which the caller frees; NULL if there is none. */
char *definition_comment(struct sql *s, size_t most);

/* A key's columns, in parentheses. */
void definition_key_columns(struct sql *s, struct schema_key *key);

/* Over json_valid(`column`), which is how JSON is declared: the column's name,
 * the caller frees; NULL if the check is another. */
char *definition_json_check(struct sql *s);

/* A LONGTEXT column with that check is JSON. */
void definition_make_json(struct schema_column *column);

/* Over PERIOD [IF [NOT] EXISTS] FOR; false if it is something else. */
bool definition_period(struct sql *s);

/* Over IF [NOT] EXISTS. */
bool definition_if_exists(struct sql *s);

/* Of [[db.]table.]column over all but the last. */
void definition_over_table(struct sql *s);

void definition_trouble(struct schema_table *table, const char *what);

#endif

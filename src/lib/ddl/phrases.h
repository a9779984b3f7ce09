/* SPDX-License-Identifier: MIT
 *
 * Small pieces of statements that several readers meet.  Functions move over a
 * piece if it is there, and otherwise not at all.
 */
#ifndef DDL_PHRASES_H
#define DDL_PHRASES_H

#include "schema/schema.h"
#include "sql/lex.h"

/* Note what is not understood of a table, unless something already is. */
void phrase_trouble(struct schema_table *table, const char *what);

/* How many characters a comment has at most; what is more a server cuts off. */
enum { COLUMN_COMMENT = 1024, TABLE_COMMENT = 2048 };

/* [=] 'text', which the caller frees; NULL if there is none. */
char *phrase_comment(struct sql *s, size_t most);

/* Over json_valid(`column`), which is how JSON is declared: the column's name,
 * the caller frees; NULL if the check is another. */
char *phrase_json_check(struct sql *s);

/* A LONGTEXT column with that check is JSON. */
void phrase_make_json(struct schema_column *column);

/* Over PERIOD [IF [NOT] EXISTS] FOR; false if it is something else. */
bool phrase_period(struct sql *s);

/* Over IF [NOT] EXISTS. */
bool phrase_if_exists(struct sql *s);

/* Of [[db.]table.]column over all but the last. */
void phrase_over_table(struct sql *s);

/* [=] name of an ENGINE: is it that of MERGE tables? */
void phrase_engine(struct sql *s, struct schema_table *t);

#endif

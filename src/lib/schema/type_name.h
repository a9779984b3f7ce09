/* SPDX-License-Identifier: MIT
 *
 * A column's type and default as a statement writes them.
 * https://mariadb.com/kb/en/data-types/
 */
#ifndef SCHEMA_TYPE_NAME_H
#define SCHEMA_TYPE_NAME_H

#include "sql/lex.h"
#include "schema/schema.h"

/* [schema.]type[(length[, scale] | 'label', …)]: type, length, scale, labels of
 * the column, "" where there is none.  NULL; or why it is not understood. */
const char *type_name_parse(struct sql *s, struct schema_column *column);

/* It is of another type. */
void type_name_become(struct schema_column *column, const char *type);

/* UNSIGNED, ZEROFILL, SIGNED, BINARY after it: one more word of it. */
void type_name_suffix(struct schema_column *column, const char *word);

/* What follows DEFAULT: a string's value, the digits of b'101', anything
 * else as it is written; NULL for NULL.  The caller frees. */
enum default_kind { DEFAULT_TEXT, DEFAULT_BITS, DEFAULT_OTHER };
char *type_name_default(struct sql *s, enum default_kind *kind);

/* It is the column's default, which takes it. */
void type_name_set_default(struct schema_column *column, char *text,
    enum default_kind kind);

/* [=] name of a character set, or of a collation: the set's, as it is
 * written; NULL if it names none.  The caller frees. */
char *type_name_charset(struct sql *s);
char *type_name_collate(struct sql *s);

#endif

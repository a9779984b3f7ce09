/* SPDX-License-Identifier: MIT
 *
 * Values and types as Canal has them.  Every value is a string; that of an ENUM
 * is the number of its label, of a SET the bits of its members, and each byte
 * of a BLOB is a character of ISO 8859-1.
 */
#ifndef FORMAT_CANAL_VALUE_H
#define FORMAT_CANAL_VALUE_H

#include "format/cells.h"

/* Append a value, null or a string.  *jdbc: what java.sql.Types has for it,
 * which of an unsigned integer depends on how large it is.  -1: ERR_DATA. */
int canal_value_put(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct buf *out, int *jdbc,
    struct err *err);

/* Append a column's type as a statement has it, in small letters. */
void canal_value_type(struct buf *out, const struct format_column *column);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Types and values as Singer's tap-mysql has them: JSON Schema, and what is
 * valid by it.
 */
#ifndef FORMAT_SINGER_VALUE_H
#define FORMAT_SINGER_VALUE_H

#include "format/cells.h"

/* Append the JSON Schema of a column's values. */
void singer_value_schema(struct buf *out, const struct schema_column *column);

/* Append a value.  -1: ERR_DATA, of one that the schema does not allow. */
int singer_value_put(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct buf *out, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What a row of the source has in a column that the image of its INSERT leaves
 * out (binlog_row_image=MINIMAL): the column's default, or that of its type.
 * Values of expressions (NOW(), UUID()) are always in the image.
 */
#ifndef CONVERT_OMITTED_H
#define CONVERT_OMITTED_H

#include "convert/conversion.h"

/*
 * Append the value, as a stream of these modes would have it, in JSON.  `to` is
 * where it goes: a value of another class may look otherwise there.  False: it
 * is not known; nothing was appended.
 */
bool omitted_value(const struct schema_table *table,
    const struct schema_column *from, const struct known_modes *modes,
    const struct target_column *to, struct buf *json);

#endif

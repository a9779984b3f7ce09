/* SPDX-License-Identifier: MIT
 *
 * A column's default as a value of its schema.
 */
#ifndef FORMAT_CONNECT_DEFAULT_H
#define FORMAT_CONNECT_DEFAULT_H

#include "format/connect_schema.h"

/* Append ,"default":VALUE, in the form that values of the column have.
 * Nothing, where it has no default, or one that is an expression, or that the
 * type cannot hold. */
void connect_default_put(struct buf *out, const struct connect_type *type,
    const struct schema_column *from, const struct target_column *as,
    const struct known_modes *modes);

#endif

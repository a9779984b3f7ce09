/* SPDX-License-Identifier: MIT
 *
 * A column of the source as one of a target that is like it: what a schema
 * record says of it, in the terms of convert.h.
 */
#ifndef CONVERT_SOURCE_COLUMN_H
#define CONVERT_SOURCE_COLUMN_H

#include "convert/convert.h"

/* Fill it in; source_column_clear() frees what it then owns. */
void source_column_take(struct target_column *as,
    const struct schema_table *table, const struct schema_column *from);
void source_column_clear(struct target_column *as);

/* A conversion of its values as a stream of these modes has them. */
void source_column_bind(struct conversion *c, const struct target_column *as,
    const struct schema_column *from, const struct known_modes *modes);

#endif

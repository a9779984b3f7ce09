/* SPDX-License-Identifier: MIT
 *
 * A table as bytes, and back: what statements said about it, while memory has
 * no room for it.
 */
#ifndef SCHEMA_PACK_H
#define SCHEMA_PACK_H

#include "base/buf.h"
#include "base/bytes.h"
#include "schema/schema.h"

void schema_pack(struct buf *out, const struct schema_table *table);

/* Of bytes that schema_pack() made. */
struct schema_table *schema_unpack(struct cursor *in);

/* A text, or NULL. */
void pack_text(struct buf *out, const char *text);
char *pack_take_text(struct cursor *in);

/* About how much memory a table takes, bytes. */
size_t schema_table_cost(const struct schema_table *table);

#endif

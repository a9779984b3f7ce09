/* SPDX-License-Identifier: MIT */
#include "apply/dlq_entry.h"

#include "apply/source_schema.h"
#include "sink/letters.h"

/* Position, how values are written, what the table is: all that a replay
 * needs. */
void
dlq_entry_headers(const struct applier *a, const struct record *rec,
    struct span table, struct buf *out)
{
	struct span schema = source_schema_text(&a->tables, table);

	letter_put_place(rec, a->by_offset, out);
	known_modes_put(&a->tables.modes, out);
	if (schema.p) {
		buf_str(out, ",\"schema\":");
		buf_span(out, schema);
	}
}

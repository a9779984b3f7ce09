/* SPDX-License-Identifier: MIT */
#include "format/row_slots.h"

#include <stdlib.h>

#include "base/array.h"

void
row_slots_add(struct row_slots *slots, const struct format_column *column,
    maxwell_printer *put)
{
	struct row_slot *slot = ARRAY_ADD(slots->v, slots->n);

	*slot = (struct row_slot){ put, { 0 } };
	buf_str(&slot->name, ",\"");
	buf_span(&slot->name, column->name);
	buf_str(&slot->name, "\":");
}

void
row_slots_clear(struct row_slots *slots)
{
	for (size_t i = 0; i < slots->n; i++)
		buf_free(&slots->v[i].name);
	free(slots->v);
	*slots = (struct row_slots){ 0 };
}

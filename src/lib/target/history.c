/* SPDX-License-Identifier: MIT */
#include "target/history.h"

/* Its heartbeats say so.  Without them, the end of a row's time is part of the
 * key then; with them it says nothing: it may be so at the source. */
bool
history_is_told(const struct known_modes *modes,
    const struct schema_table *from)
{
	if (modes->history >= 0)
		return modes->history;
	for (size_t i = 0; i < from->nkeys; i++)
		for (size_t k = 0; k < from->keys[i].ncolumns; k++) {
			const struct schema_column *col = schema_column_find(
			    from, span_of(from->keys[i].columns[k]));

			if (col && col->row_time)
				return true;
		}
	return false;
}

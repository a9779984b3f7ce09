/* SPDX-License-Identifier: MIT */
#include "apply/history.h"

/* Its heartbeats say so.  Without them, the end of a row's time is part of the
 * key then; with them it says nothing: it may be so at the source. */
bool
history_is_told(const struct tables *t, const struct schema_table *from)
{
	if (t->modes.history >= 0)
		return t->modes.history;
	for (size_t i = 0; i < from->nkeys; i++)
		for (size_t k = 0; k < from->keys[i].ncolumns; k++) {
			const struct schema_column *col = schema_column_find(
			    from, span_of(from->keys[i].columns[k]));

			if (col && col->row_time)
				return true;
		}
	return false;
}

int
history_refuse(const struct source_table *t, struct err *err)
{
	err_set(err, ERR_CONFIG, "the stream tells the history of %s.%s, and "
	    "%s.%s has no columns for it, but a history of its own or none",
	    t->db, t->name, t->target->db, t->target->name);
	return err_hint(err, "cdc-tail without --history; or a plain table "
	    "with columns for the beginning and the end of a row's time");
}

/* SPDX-License-Identifier: MIT */
#include "evolve/evolving.h"

#include <strings.h>

#include "sink/progress.h"

static bool
is_mapped_to(const struct evolving *e, const struct schema_column *from,
    const char *column)
{
	struct buf name = { 0 };
	bool same;

	mapping_column(e->by->tables, e->from_db, e->from_name,
	    span_of(from->name), &name);
	same = strcasecmp(buf_cstr(&name), column) == 0;
	buf_free(&name);
	return same;
}

/* Has the source a column for each part of the key? */
static bool
can_have_key(const struct evolving *e, const struct target *t)
{
	for (size_t k = 0; k < t->nkey; k++) {
		const char *part = t->columns[t->key[k]].name;
		size_t i = 0;

		while (i < e->from->ncolumns &&
		    !is_mapped_to(e, &e->from->columns[i], part))
			i++;
		if (i == e->from->ncolumns)
			return false;
	}
	return true;
}

/* Is each part of the source's primary key one of this key? */
static bool
has_whole_key(const struct evolving *e, const struct target *t)
{
	size_t found = 0, parts = 0;

	for (size_t i = 0; i < e->from->nkeys; i++)
		for (size_t c = 0; e->from->keys[i].primary &&
		    c < e->from->keys[i].ncolumns; c++) {
			const struct schema_column *col = schema_column_find(
			    e->from, span_of(e->from->keys[i].columns[c]));

			parts++;
			for (size_t k = 0; col && k < t->nkey; k++)
				found += is_mapped_to(e, col,
				    t->columns[t->key[k]].name);
		}
	return t->nkey == 0 || found == parts;
}

int
copied_check(struct evolving *e, struct err *err)
{
	const struct target *t = e->target;

	if (!e->copied || !e->from->complete || (can_have_key(e, t) &&
	    (!e->by->position->progress->empties || has_whole_key(e, t))))
		return 0;
	err_set(err, ERR_CONFIG, "table %s.%s has another key than the "
	    "source's %s.%s, which is being copied", t->db, t->name,
	    e->from_db, e->from_name);
	return err_hint(err, "the source changed it, or created it again: "
	    "drop it here%s, and run both again: the copy fills it from its "
	    "beginning", e->by->evolution == EVOLVE_ADD ? "" : ", create it "
	    "as the source has it");
}

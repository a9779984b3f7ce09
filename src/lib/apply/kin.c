/* SPDX-License-Identifier: MIT */
#include "apply/kin.h"

#include "sink/letters.h"

/* Is a record of any of these tables held?  With --map, of which table of the
 * source each is made is not known. */
static bool
any_is_held(const struct applier *a, const struct blocked_keys *held,
    const struct buf *kin)
{
	struct buf table = { 0 };
	bool found = kin->n && a->opt->tables.map;

	for (size_t at = 0; at < kin->n && !found; at += table.n + 1) {
		const char *db = kin->p + at;

		table.n = 0;
		buf_printf(&table, "%s.%s", db, db + strlen(db) + 1);
		found = blocked_keys_has_any(held, buf_view(&table));
	}
	buf_free(&table);
	return found;
}

int
kin_is_held(struct applier *a, const struct blocked_keys *held,
    struct record *rec, struct err *err)
{
	struct source_table *table;
	struct err ignored = { 0 };
	struct buf kin = { 0 };
	int got;

	if (!held->n)
		return 0;
	if (letter_is_held(held, rec))
		return 1;
	/* what is wrong with its table, its change says */
	if (source_tables_find(&a->tables, a->db, rec, &table, &ignored) < 0 ||
	    table->left_out)
		return 0;
	got = references_kin(&a->tables.references, a->db, table->target->db,
	    table->target->name, &kin, err);
	if (got == 0)
		got = any_is_held(a, held, &kin);
	buf_free(&kin);
	return got;
}

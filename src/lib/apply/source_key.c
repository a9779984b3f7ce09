/* SPDX-License-Identifier: MIT */
#include "apply/source_key.h"

#include "target/history.h"

static const struct schema_key *
primary_of(const struct schema_table *schema)
{
	for (size_t i = 0; schema && i < schema->nkeys; i++)
		if (schema->keys[i].primary)
			return &schema->keys[i];
	return NULL;
}

/* Does the target find rows by that column, too?  The end of a row's period is
 * the same for all that are current. */
static bool
is_told_apart(const struct source_table *t, const struct source_tables *all,
    const char *name)
{
	const struct schema_column *from = schema_column_find(t->schema,
	    span_of(name));
	struct buf mapped = { 0 };
	int column;

	mapping_column(all->opt, t->db, t->name, span_of(name), &mapped);
	column = target_column_find(t->target, buf_view(&mapped));
	buf_free(&mapped);
	/* one that has no such column takes no history at all */
	if (from && from->row_time && (column < 0 ||
	    !history_is_told(&all->modes, t->schema)))
		return true;
	return column >= 0 && (t->target->columns[column].row_time ||
	    t->target->columns[column].key_part >= 0);
}

static int
refuse(const struct source_table *t, const struct schema_key *key,
    struct err *err)
{
	const struct target *to = t->target;
	struct buf has = { 0 }, wants = { 0 };

	for (size_t i = 0; i < to->nkey; i++)
		buf_printf(&has, "%s%s", i ? ", " : "",
		    to->columns[to->key[i]].name);
	for (size_t i = 0; i < key->ncolumns; i++)
		buf_printf(&wants, "%s%s", i ? ", " : "", key->columns[i]);
	err_set(err, ERR_CONFIG, "table %s.%s has the key (%s), by which two "
	    "rows of the source could be one: its key is (%s)", to->db,
	    to->name, buf_cstr(&has), buf_cstr(&wants));
	buf_free(&has);
	buf_free(&wants);
	return err_hint(err, "give the target's table the source's primary "
	    "key, and copy it again if rows were applied since the source's "
	    "key changed; if its own key is unique at the source, too, "
	    "--accept-tables '%s\\.%s'", t->db, t->name);
}

int
source_key_check(struct source_table *t, const struct source_tables *all,
    struct err *err)
{
	const struct schema_key *key = primary_of(t->schema);

	if (!key || !t->target->nkey || mapping_accepts(all->opt, t->db,
	    t->name))
		return 0;
	for (size_t i = 0; i < key->ncolumns; i++)
		if (!is_told_apart(t, all, key->columns[i]))
			return refuse(t, key, err);
	return 0;
}

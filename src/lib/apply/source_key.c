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

/* key NULL: the source's table has none. */
static int
refuse(const struct source_table *t, const struct schema_key *key,
    struct err *err)
{
	const struct target *to = t->target;
	struct buf has = { 0 }, wants = { 0 };

	for (size_t i = 0; i < to->nkey; i++)
		buf_printf(&has, "%s%s", i ? ", " : "",
		    to->columns[to->key[i]].name);
	for (size_t i = 0; key && i < key->ncolumns; i++)
		buf_printf(&wants, "%s%s", i ? ", " : "", key->columns[i]);
	if (key)
		err_set(err, ERR_CONFIG, "table %s.%s has the key (%s), by "
		    "which two rows of the source could be one: its key is "
		    "(%s)", to->db, to->name, buf_cstr(&has),
		    buf_cstr(&wants));
	else
		err_set(err, ERR_CONFIG, "table %s.%s has the key (%s), by "
		    "which two rows of the source could be one: it has no key "
		    "there", to->db, to->name, buf_cstr(&has));
	buf_free(&has);
	buf_free(&wants);
	return err_hint(err, "%s, and copy it again if rows were applied since "
	    "the source's key changed; if its own key is unique at the "
	    "source, too, --accept-tables '%s\\.%s'", key ? "give the target's "
	    "table the source's primary key" : "drop the key of the target's "
	    "table, too", t->db, t->name);
}

/* Is it known that the source's table has no key?  A map tells no unique one:
 * the target's may be that. */
static bool
has_none(const struct source_table *t)
{
	const struct schema_table *schema = t->schema;

	return schema && schema->ncolumns && (schema->columns[0].told ||
	    t->target->primary);
}

int
source_key_check(struct source_table *t, const struct source_tables *all,
    struct err *err)
{
	const struct schema_key *key = primary_of(t->schema);

	if (!t->target->nkey || mapping_accepts(all->opt, t->db, t->name))
		return 0;
	if (!key && !all->keys_follow && has_none(t))
		return refuse(t, NULL, err);
	for (size_t i = 0; key && i < key->ncolumns; i++)
		if (!is_told_apart(t, all, key->columns[i]))
			return refuse(t, key, err);
	return 0;
}

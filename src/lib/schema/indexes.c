/* SPDX-License-Identifier: MIT
 *
 * CREATE INDEX and DROP INDEX, which are ALTER TABLE by other words.
 */
#include "schema/learn.h"

#include "base/alloc.h"
#include "schema/definition.h"
#include "schema/keys.h"
#include "schema/settle.h"

static void
add_index(struct ddl *d, struct schema_table *t, struct span name,
    bool unique)
{
	struct schema_key *key;

	if (d->replaces)
		schema_key_remove(t, name);
	if (t->nkeys == MAX_KEYS) {
		t->overflown = true;
		return;
	}
	key = schema_add_key(t, false);
	key->plain = !unique;
	key->name = sql_unquote(name);
	definition_key_columns(&d->sql, key);
	settle_table(t, NULL);
}

/* [IF NOT EXISTS] name … ON table [WAIT n] (…) */
bool
ddl_create_index(struct ddl *d, bool unique)
{
	bool maybe = sql_if_exists(&d->sql);
	struct schema_entry *entry;
	struct target target;
	struct span name;

	if (!sql_name(&d->sql, &name))
		return false;
	while (sql_more(&d->sql) && !sql_word(&d->sql, "ON"))
		sql_skip(&d->sql);
	if (!ddl_target(d, &target))
		return false;
	ddl_over_wait(&d->sql);
	entry = ddl_entry(d, &target, true);
	if (!entry->learned)
		entry->learned = schema_table_new();
	if (!maybe || !keys_find(entry->learned, name))
		add_index(d, entry->learned, name, unique);
	ddl_settle(d, entry);
	ddl_add_change(d, CHANGE_INDEX, &target, NULL);
	target_clear(&target);
	return true;
}

/* [IF EXISTS] name ON table */
bool
ddl_drop_index(struct ddl *d)
{
	struct schema_entry *entry;
	struct target target;
	struct span name;

	sql_if_exists(&d->sql);
	if (!sql_name(&d->sql, &name) || !sql_word(&d->sql, "ON") ||
	    !ddl_target(d, &target))
		return false;
	entry = ddl_entry(d, &target, false);
	if (entry && entry->learned)
		schema_key_remove(entry->learned, name);
	ddl_add_change(d, CHANGE_INDEX, &target, NULL);
	target_clear(&target);
	return true;
}

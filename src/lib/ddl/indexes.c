/* SPDX-License-Identifier: MIT
 *
 * CREATE INDEX and DROP INDEX, which are ALTER TABLE by other words.
 */
#include "ddl/learned.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "ddl/definition.h"
#include "ddl/phrases.h"
#include "ddl/key.h"
#include "ddl/settle.h"

static void
add_index(struct ddl *d, struct schema_table *t, const char *name,
    bool unique)
{
	struct schema_key *key;

	if (d->replaces)
		schema_key_remove(t, span_of(name));
	if (t->nkeys == MAX_KEYS) {
		t->overflown = true;
		return;
	}
	key = schema_add_key(t, false);
	key->plain = !unique;
	key->name = xstrdup(name);
	definition_key_columns(&d->sql, key);
	settle_table(t, NULL);
}

/* [IF NOT EXISTS] name … ON table [WAIT n] (…) */
bool
ddl_create_index(struct ddl *d, bool unique)
{
	bool maybe = phrase_if_exists(&d->sql);
	struct schema_entry *entry;
	struct ddl_target target;
	struct span raw;
	char *name;

	if (!sql_name(&d->sql, &raw))
		return false;
	while (sql_more(&d->sql) && !sql_word(&d->sql, "ON"))
		sql_skip(&d->sql);
	if (!ddl_target(d, &target))
		return false;
	ddl_over_wait(&d->sql);
	entry = ddl_entry(d, &target, true);
	if (!entry->learned)
		entry->learned = schema_table_new();
	name = sql_unquote(raw);
	if (!maybe || !keys_find(entry->learned, span_of(name)))
		add_index(d, entry->learned, name, unique);
	free(name);
	ddl_settle(d, entry);
	ddl_add_change(d, CHANGE_INDEX, &target, NULL);
	ddl_target_clear(&target);
	return true;
}

/* [IF EXISTS] name ON table */
bool
ddl_drop_index(struct ddl *d)
{
	struct schema_entry *entry;
	struct ddl_target target;
	struct span raw;
	char *name;

	phrase_if_exists(&d->sql);
	if (!sql_name(&d->sql, &raw) || !sql_word(&d->sql, "ON") ||
	    !ddl_target(d, &target))
		return false;
	entry = ddl_entry(d, &target, false);
	name = sql_unquote(raw);
	if (entry && entry->learned)
		schema_key_remove(entry->learned, span_of(name));
	free(name);
	ddl_add_change(d, CHANGE_INDEX, &target, NULL);
	ddl_target_clear(&target);
	return true;
}

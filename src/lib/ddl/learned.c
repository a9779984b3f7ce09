/* SPDX-License-Identifier: MIT */
#include "ddl/learned.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/log.h"

enum { SHOWN = 120 };   /* bytes of a statement */

void
ddl_target_clear(struct ddl_target *t)
{
	free(t->db);
	free(t->name);
}

bool
ddl_target(struct ddl *d, struct ddl_target *t)
{
	struct span db = d->query->default_db, name;

	if (!sql_table(&d->sql, &db, &name))
		return false;
	t->db = schemas_lower(d->schemas, sql_unquote(db));
	t->name = schemas_lower(d->schemas, sql_unquote(name));
	return true;
}

struct schema_entry *
ddl_entry(struct ddl *d, const struct ddl_target *t, bool make)
{
	struct schema_entry *entry = schemas_entry(d->schemas,
	    span_of(t->db), span_of(t->name), make);
	const struct schema_table *record;

	if (!entry)
		return NULL;
	record = entry->learned ? NULL :
	    schema_entry_before(entry, d->file, d->pos);
	if (record) {
		entry->learned = schema_table_copy(record);
		entry->learned->of_record = true;
	}
	schema_entry_outdate(d->schemas, entry);
	return entry;
}

void
ddl_add_change(struct ddl *d, enum change_type type,
    const struct ddl_target *t, char *text)
{
	struct schema_changes *c = d->changes;

	*ARRAY_ADD(c->list, c->n) = (struct schema_change){
		.type = type, .db = xstrdup(t->db), .name = xstrdup(t->name),
		.text = text,
	};
}

void
ddl_changes_clear(struct schema_changes *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->list[i].db);
		free(c->list[i].name);
		free(c->list[i].text);
	}
	free(c->list);
	free(c->db);
}

/* Nothing is known of it: what statements say from here on is a part. */
static void
forget_all(struct ddl *d, struct schema_entry *entry)
{
	schema_entry_forget(entry);
	schema_entry_doubt(entry, d->file, d->pos);
	entry->learned = schema_table_new();
}

void
ddl_settle(struct ddl *d, struct schema_entry *entry)
{
	struct schema_table *t = entry->learned;

	if (t && t->overflown)
		t->trouble = t->trouble ? t->trouble :
		    "more columns or keys than a server has";
	if (t && d->query->error)
		t->trouble = "it failed where it ran";
	if (!t || !t->trouble)
		return;
	log_warn("%s:%llu: table %s.%s: its statement is not understood (%s); "
	    "from here on, only the log describes its columns: %.*s%s", d->file,
	    (unsigned long long)d->pos, entry->db, entry->name, t->trouble,
	    SPAN_SHOWN(d->query->text, SHOWN));
	forget_all(d, entry);
}

void
ddl_over_wait(struct sql *s)
{
	struct sql at = *s;

	if (sql_word(&at, "WAIT") && sql_more(&at) &&
	    isdigit((unsigned char)*at.p)) {
		sql_skip(&at);
		*s = at;
	} else {
		sql_word(s, "NOWAIT");
	}
}

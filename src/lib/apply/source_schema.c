/* SPDX-License-Identifier: MIT */
#include "apply/source_schema.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "json/scan.h"
#include "schema/schema_file.h"

static struct schema_text *
find_text(const struct source_tables *t, struct span name)
{
	struct hash_slot *slot = hash_find(&t->text_names,
	    hash_span(name, hash_seed()));

	for (; slot; slot = hash_next(&t->text_names, slot))
		if (span_is(name, t->texts[hash_value(slot)].name))
			return &t->texts[hash_value(slot)];
	return NULL;
}

/* Remember what a record says of one table. */
static void
keep_change(struct source_tables *t, struct span name, struct span change)
{
	struct schema_text *text = find_text(t, name);
	struct buf json = { 0 };

	if (!text) {
		hash_add(&t->text_names, hash_span(name, hash_seed()),
		    t->ntexts);
		text = ARRAY_ADD(t->texts, t->ntexts);
		*text = (struct schema_text){ xmemdup(name.p, name.n), NULL };
	}
	free(text->json);
	buf_char(&json, '[');
	buf_span(&json, change);
	buf_char(&json, ']');
	text->json = xmemdup(json.p, json.n);
	buf_free(&json);
}

/* Remember the tableChanges of a record, whose source may name several. */
static void
keep_text(struct source_tables *t, const struct record *rec)
{
	struct json_pos at = json_at(object_member(rec->body,
	    "tableChanges"));
	struct span change;

	if (!json_enter(&at, '['))
		return;
	while (json_next_element(&at) > 0 && json_value(&at, &change)) {
		struct buf name = { 0 };
		char *db, *table;

		if (schemas_change_names(rec->body, change, &db, &table)) {
			buf_printf(&name, "%s.%s", db, table);
			keep_change(t, buf_view(&name), change);
			buf_free(&name);
		}
		free(db);
		free(table);
	}
}

struct span
source_schema_text(const struct source_tables *t, struct span name)
{
	const struct schema_text *text = find_text(t, name);

	return text ? span_of(text->json) : (struct span){ NULL, 0 };
}

/* True where a table that is in use is another now. */
static bool
schemas_changed(struct source_tables *t)
{
	bool changed = false;

	for (struct source_table *s = t->all; s; s = s->next) {
		const struct schema_table *schema = schemas_newest(
		    t->schemas, span_of(s->db), span_of(s->name), false);

		changed = changed || schema != s->schema;
		s->schema = schema;
	}
	return changed;
}

int
source_schema_learn(struct source_tables *t, const struct record *rec,
    bool *changed, struct err *err)
{
	*changed = false;
	if (schemas_take(t->schemas, rec->body, err) < 0)
		return err_wrap(err, "line %" PRIu64, rec->line.number);
	keep_text(t, rec);
	*changed = schemas_changed(t);
	return 0;
}

int
source_schema_learn_text(struct source_tables *t, struct span changes,
    struct err *err)
{
	struct buf line = { 0 };
	int status;

	buf_str(&line, "{\"tableChanges\":");
	buf_span(&line, changes);
	buf_char(&line, '}');
	status = schemas_take(t->schemas, buf_view(&line), err);
	schemas_changed(t);
	buf_free(&line);
	return status;
}

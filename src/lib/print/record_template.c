/* SPDX-License-Identifier: MIT */
#include "print/record_template.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "json/write.h"
#include "record/topic.h"

/* "<prefix>.<db>.<table>" */
static void
put_topic(struct buf *out, const char *prefix, struct span db,
    struct span table)
{
	topic_put_part(out, span_of(prefix));
	buf_char(out, '.');
	topic_put_part(out, db);
	buf_char(out, '.');
	topic_put_part(out, table);
}

void
record_template_snapshot(
    struct record_template *plan, const struct table *t, const char *mark)
{
	plan->source.n = 0;
	json_member(&plan->source, "snapshot", span_of(mark));
	json_member(&plan->source, "db", t->db);
	json_member(&plan->source, "table", t->name);
	buf_str(&plan->source, ",\"server_id\":");
}

/* Names are UTF-8 in a table map; one that is not would be a damaged log,
 * and is at least shown. */
static void
make_members(struct record_template *plan, const struct table *t)
{
	size_t *starts = xcalloc(t->ncolumns + 1, sizeof(*starts));

	for (size_t i = 0; i < t->ncolumns; i++) {
		starts[i] = plan->names.n;
		buf_char(&plan->names, ',');
		json_words(&plan->names, t->columns[i].name);
		buf_char(&plan->names, ':');
	}
	starts[t->ncolumns] = plan->names.n;
	buf_room(&plan->names, COPY_SLACK);
	plan->members = xcalloc(t->ncolumns + 1, sizeof(*plan->members));
	plan->key_slot = xcalloc(t->ncolumns + 1, sizeof(*plan->key_slot));
	for (size_t i = 0; i < t->ncolumns; i++) {
		plan->members[i] = (struct span){ plan->names.p + starts[i],
			starts[i + 1] - starts[i] };
		plan->key_slot[i] = (int16_t)table_map_key_slot(t, i);
	}
	free(starts);
	plan->key_members = xcalloc(t->nkey + 1, sizeof(*plan->key_members));
	for (size_t k = 0; k < t->nkey; k++)
		plan->key_members[k] = plan->members[t->key[k]];
}

struct record_template *
record_template_of(struct table *t, const char *prefix)
{
	struct record_template *plan = t->user;

	if (plan)
		return plan;
	plan = t->user = xcalloc(1, sizeof(*plan));
	buf_str(&plan->head, "{\"topic\":\"");
	put_topic(&plan->head, prefix, t->db, t->name);
	buf_str(&plan->head, "\",\"key\":");
	buf_room(&plan->head, COPY_SLACK);
	record_template_snapshot(plan, t, "false");
	make_members(plan, t);
	return plan;
}

void
record_template_forget(struct table *t)
{
	struct record_template *plan = t->user;

	if (!plan)
		return;
	buf_free(&plan->head);
	buf_free(&plan->source);
	buf_free(&plan->names);
	free(plan->members);
	free(plan->key_slot);
	free(plan->key_members);
	free(plan);
	t->user = NULL;
}

/* SPDX-License-Identifier: MIT */
#include "target/left_text.h"

#include <stdlib.h>

#include "json/object.h"
#include "json/scan.h"
#include "json/write.h"

/* Of a table that was made since its database was dropped. */
static const char made[] = "made";

void
left_text_print(const struct left *left, struct buf *out)
{
	for (size_t i = 0; i < left->n; i++) {
		const struct left_change *c = &left->list[i];

		buf_char(out, i ? ',' : '[');
		json_first(out, "action", span_of(c->action == NO_ACTION ?
		    made : ways_word(c->action)));
		json_member(out, "db", span_of(c->db));
		json_member(out, "table", span_of(c->table));
		if (c->column)
			json_member(out, "column", span_of(c->column));
		json_member(out, "text", span_of(c->text));
		buf_char(out, '}');
	}
	if (left->n)
		buf_char(out, ']');
}

static bool
action_of(const char *word, enum evolve_action *action)
{
	for (*action = 0; *action < EVOLVE_ACTIONS; (*action)++)
		if (strcmp(word, ways_word(*action)) == 0)
			return true;
	return strcmp(word, made) == 0;
}

static bool
take_one(void *arg, struct span element)
{
	struct left *left = arg;
	char *word = object_string(element, "action");
	struct left_change c = { .db = object_string(element, "db"),
		.table = object_string(element, "table"),
		.column = object_string(element, "column"),
		.text = object_string(element, "text") };
	bool good = word && action_of(word, &c.action) && c.db && c.table &&
	    c.text;

	if (good)
		left_put(left, &c);
	free(word);
	free(c.db);
	free(c.table);
	free(c.column);
	free(c.text);
	return good;
}

int
left_text_read(struct left *left, struct span text, struct err *err)
{
	left_clear(left);
	if (text.n && !json_each(text, take_one, left))
		return err_set(err, ERR_DATA, "table cdc_offsets: unfollowed "
		    "is not a list of changes: %.*s", (int)text.n, text.p);
	left->changed = false;
	return 0;
}

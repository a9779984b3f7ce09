/* SPDX-License-Identifier: MIT */
#include "target/ways.h"

#include <string.h>

#include "base/span.h"

/* THE TABLE: words, and what `add` does by default. */
static const struct {
	const char *word;
	enum evolve_way add;
} actions[EVOLVE_ACTIONS] = {
	[ADD_COLUMN] = { "add.column", WAY_FOLLOW },
	[ALTER_COLUMN_TYPE] = { "alter.column.type", WAY_FOLLOW },
	[RENAME_COLUMN_TO] = { "rename.column", WAY_FOLLOW },
	[REMOVE_COLUMN] = { "drop.column", WAY_IGNORE },
	[CREATE_TABLE] = { "create.table", WAY_FOLLOW },
	[DROP_TABLE] = { "drop.table", WAY_IGNORE },
	[TRUNCATE_TABLE] = { "truncate.table", WAY_FOLLOW },
};

static const char *const way_words[] = {
	[WAY_FOLLOW] = "follow", [WAY_IGNORE] = "ignore", [WAY_STOP] = "stop",
};

static int
add_one(struct ways *ways, struct span text, struct err *err)
{
	const char *sign = memchr(text.p, '=', text.n);
	struct span action = { text.p, sign ? (size_t)(sign - text.p) : 0 };
	struct span way = sign ? span_between(sign + 1, text.p + text.n) :
	    action;

	for (size_t i = 0; sign && i < EVOLVE_ACTIONS; i++)
		for (size_t k = WAY_FOLLOW; k <= WAY_STOP; k++)
			if (span_is(action, actions[i].word) &&
			    span_is(way, way_words[k])) {
				ways->said[i] = (uint8_t)k;
				return 0;
			}
	err_set(err, ERR_USAGE, "'%.*s' is not ACTION=follow, ignore or stop",
	    (int)text.n, text.p);
	return err_hint(err, "actions are add.column, alter.column.type, "
	    "rename.column, drop.column, create.table, drop.table, "
	    "truncate.table");
}

int
ways_add(void *to, const char *text, struct err *err)
{
	struct ways *ways = to;
	size_t n;

	ways->any = true;
	for (;; text += n + 1) {
		n = strcspn(text, ",");
		if (add_one(ways, (struct span){ text, n }, err) < 0)
			return -1;
		if (!text[n])
			return 0;
	}
}

enum evolve_way
ways_of(const struct ways *ways, bool add, enum evolve_action action)
{
	if (action == NO_ACTION)
		return WAY_FOLLOW;
	if (ways->said[action])
		return (enum evolve_way)ways->said[action];
	return add ? actions[action].add : WAY_FOLLOW;
}

const char *
ways_word(enum evolve_action action)
{
	return actions[action].word;
}

/* SPDX-License-Identifier: MIT */
#include "record/unique.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "json/scan.h"
#include "json/valid.h"

struct name_slot {
	uint64_t round;
	uint64_t object;        /* of several: whose name it is */
	bool unescaped;         /* name.p is a place in text */
	size_t at;
	struct span name;
};

enum { FIRST_SLOTS = 64 };

static struct span
name_in(const struct unique *u, const struct name_slot *slot)
{
	return slot->unescaped ? (struct span){ u->text.p + slot->at,
		slot->name.n } : slot->name;
}

/* The slot of an object's name, or the free one where it goes. */
static struct name_slot *
find(const struct unique *u, struct span name, uint64_t object)
{
	size_t i = hash_span(name, hash_u64(object, hash_seed())) &
	    (u->nslots - 1);

	while (u->slots[i].round == u->round &&
	    (u->slots[i].object != object ||
	    !span_eq(name_in(u, &u->slots[i]), name)))
		i = (i + 1) & (u->nslots - 1);
	return &u->slots[i];
}

static void
grow(struct unique *u)
{
	struct name_slot *old = u->slots;
	size_t n = u->nslots;

	u->nslots = n ? 2 * n : FIRST_SLOTS;
	u->slots = xcalloc(u->nslots, sizeof(*u->slots));
	for (size_t i = 0; i < n; i++)
		if (old[i].round == u->round)
			*find(u, name_in(u, &old[i]), old[i].object) = old[i];
	free(old);
}

/* Begin again, with nothing in it. */
static void
empty(struct unique *u)
{
	u->round++;
	u->names = u->text.n = 0;
}

/* Put a name of an object in; false if it is there. */
static bool
put(struct unique *u, struct span name, uint64_t object)
{
	struct name_slot new = { .round = u->round, .object = object,
		.name = name };
	struct name_slot *slot;

	if (2 * u->names++ >= u->nslots)
		grow(u);
	if (name.n && memchr(name.p, '\\', name.n)) {
		new.unescaped = true;
		new.at = u->text.n;
		if (!json_unescape(&u->text, name))
			return false;
		new.name.n = u->text.n - new.at;
		name = name_in(u, &new);
	}
	slot = find(u, name, object);
	if (slot->round == u->round)
		return false;
	*slot = new;
	return true;
}

bool
unique_names(struct unique *u, const struct outline *o, size_t at)
{
	struct outline_pos pos = { o, at };
	struct span name;

	empty(u);
	outline_enter(&pos);
	while (outline_next(&pos, &name)) {
		outline_value(&pos);
		if (!put(u, name, 0))
			return false;
	}
	return true;
}

/* Objects and arrays that are open, by number. */
struct nest {
	uint64_t inside[JSON_DEPTH + 1];
	size_t depth;
	uint64_t objects;
};

/* A string; one with a colon after it is a name. */
static bool
take_string(struct unique *u, const struct nest *nest, struct json_pos *at)
{
	struct span text;

	if (!json_value(at, &text))
		return false;
	return json_peek(at) != ':' || put(u, (struct span){ text.p + 1,
	    text.n - 2 }, nest->inside[nest->depth]);
}

bool
unique_throughout(struct unique *u, struct span value)
{
	struct json_pos at = json_at(value);
	struct nest nest = { .depth = 0 };
	bool good = true;

	empty(u);
	while (good && json_peek(&at))
		switch (*at.p) {
		case '"':
			good = take_string(u, &nest, &at);
			break;
		case '{':
		case '[':
			good = nest.depth < JSON_DEPTH;
			nest.depth += good;
			nest.inside[nest.depth] = ++nest.objects;
			at.p++;
			break;
		case '}':
		case ']':
			nest.depth -= nest.depth > 0;
			/* fall through */
		default:
			at.p++;
		}
	return good;
}

bool
unique_json(struct span text)
{
	struct unique u = { 0 };
	bool good = json_valid(text) && unique_throughout(&u, text);

	unique_clear(&u);
	return good;
}

int
unique_check(struct span text, struct err *err)
{
	const char *why;
	size_t byte = json_fault(text, &why);

	if (byte)
		return err_set(err, ERR_DATA, "%s at byte %zu", why, byte);
	return unique_json(text) ? 0 : err_set(err, ERR_DATA, "a name occurs "
	    "twice");
}

void
unique_clear(struct unique *u)
{
	free(u->slots);
	buf_free(&u->text);
	*u = (struct unique){ 0 };
}

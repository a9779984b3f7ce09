/* SPDX-License-Identifier: MIT */
#include "unwrap/changed.h"

#include <stdlib.h>

#include "base/array.h"
#include "json/scan.h"

struct changed_member {
	struct span name, value;
};

/* A member of an array or object; the first opens it. */
static void
put(struct buf *out, char bracket, struct span text)
{
	buf_char(out, out->n ? ',' : bracket);
	buf_span(out, text);
}

static void
end(struct buf *out, const char *empty, char bracket)
{
	if (out->n)
		buf_char(out, bracket);
	else
		buf_str(out, empty);
}

static struct span
quoted(struct span name)
{
	return (struct span){ name.p - 1, name.n + 2 };
}

static void
put_diff(struct buf *out, struct span name, struct span old,
    struct span value)
{
	put(out, '{', quoted(name));
	buf_str(out, ":{");
	if (old.p) {
		buf_str(out, "\"old\":");
		buf_span(out, old);
		buf_char(out, ',');
	}
	buf_str(out, "\"new\":");
	buf_span(out, value);
	buf_char(out, '}');
}

/* ---- lookups */

static uint64_t
hash_of(struct span name)
{
	struct buf scratch = { 0 };
	uint64_t hash = hash_span(json_string_text(name, &scratch),
	    hash_seed());

	buf_free(&scratch);
	return hash;
}

static void
fill(struct changed_index *index, struct span object)
{
	struct json_pos at = json_at(object);
	struct changed_member m;

	index->object = object;
	json_enter(&at, '{');
	while (json_next(&at, &m.name) > 0 && json_value(&at, &m.value)) {
		hash_add(&index->names, hash_of(m.name), index->n);
		*ARRAY_PUSH(index->members, index->n, index->cap) = m;
	}
}

static struct span
look_up(struct changed_index *index, struct span object, struct span name)
{
	const struct hash_slot *slot;

	if (!index->object.p)
		fill(index, object);
	slot = hash_find(&index->names, hash_of(name));
	for (; slot; slot = hash_next(&index->names, slot)) {
		const struct changed_member *m =
		    &index->members[hash_value(slot)];

		if (json_same(quoted(m->name), quoted(name)))
			return m->value;
	}
	return (struct span){ NULL, 0 };
}

static void
forget(struct changed_index *index)
{
	if (index->object.p)
		hash_empty(&index->names);
	index->object.p = NULL;
	index->n = 0;
}

/* The value of a name in an object, expected where `at` stands: both images
 * have their columns in one order. */
static struct span
value_of(struct changed_index *index, struct span object,
    struct json_pos *at, struct span name)
{
	struct json_pos was = *at;
	struct span found, value;

	if (json_next(at, &found) > 0 && json_value(at, &value) &&
	    span_eq(found, name))
		return value;
	*at = was;
	return look_up(index, object, name);
}

/* ---- images */

/* Columns of the row after. */
static void
compare(struct changed_columns *c, const struct record *rec,
    const struct name_set *dropped, bool keyed)
{
	struct json_pos at = json_at(rec->after), old = json_at(rec->before);
	struct span name, value;

	json_enter(&at, '{');
	json_enter(&old, '{');
	while (json_next(&at, &name) > 0 && json_value(&at, &value)) {
		struct span was = value_of(&c->before, rec->before, &old,
		    name);
		bool same = was.p && json_same(was, value);

		if (dropped->n && name_set_has(dropped, name))
			continue;
		put(same ? &c->others : &c->names, '[', quoted(name));
		if (!same)
			put_diff(&c->diff, name, was, value);
		if (!same || !keyed || look_up(&c->key, rec->key, name).p)
			put(&c->row, '{', span_between(name.p - 1,
			    value.p + value.n));
	}
}

/* Those that only the row before has. */
static void
add_unwritten(struct changed_columns *c, const struct record *rec,
    const struct name_set *dropped, bool keyed)
{
	struct json_pos at = json_at(rec->before), new = json_at(rec->after);
	struct span name, value;

	json_enter(&at, '{');
	json_enter(&new, '{');
	while (json_next(&at, &name) > 0 && json_value(&at, &value)) {
		if (value_of(&c->after, rec->after, &new, name).p ||
		    (dropped->n && name_set_has(dropped, name)))
			continue;
		put(&c->others, '[', quoted(name));
		if (keyed && look_up(&c->key, rec->key, name).p)
			put(&c->row, '{', span_between(name.p - 1,
			    value.p + value.n));
	}
}

int
changed_find(struct changed_columns *c, const struct record *rec,
    const struct name_set *dropped, struct err *err)
{
	bool update = record_op(rec) == 'u';
	bool keyed = rec->key.p && rec->key.p[0] == '{';

	if (update && (!rec->before.p || rec->before.p[0] != '{'))
		return record_fault(rec, "an update without the row before: "
		    "what it changed is not known", err);
	c->names.n = c->others.n = c->diff.n = c->row.n = 0;
	if (update) {
		compare(c, rec, dropped, keyed);
		add_unwritten(c, rec, dropped, keyed);
		end(&c->row, "{}", '}');
	} else {
		buf_span(&c->row, rec->after);
	}
	end(&c->names, "[]", ']');
	end(&c->others, "[]", ']');
	end(&c->diff, "{}", '}');
	forget(&c->before);
	forget(&c->after);
	forget(&c->key);
	return 0;
}

void
changed_clear(struct changed_columns *c)
{
	struct changed_index *const all[] = { &c->before, &c->after, &c->key };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		hash_clear(&all[i]->names);
		free(all[i]->members);
	}
	buf_free(&c->names);
	buf_free(&c->others);
	buf_free(&c->diff);
	buf_free(&c->row);
}

/* SPDX-License-Identifier: MIT */
#include "audit/changes.h"

#include <stdlib.h>

#include "base/array.h"
#include "json/object.h"
#include "json/scan.h"

struct member {
	struct span name, value;        /* name is the first: span_order() */
};

/* The members of an object, in its order, by their names as they are meant. */
struct member_list {
	struct member *v;
	size_t n, cap;
	bool sorted;            /* by name */
	struct buf text;        /* names that had escapes */
};

/* A name whose text stays: there is room for all. */
static struct span
meant(struct member_list *all, struct span name)
{
	size_t at = all->text.n;

	if (!name.n || !memchr(name.p, '\\', name.n))
		return name;
	json_unescape(&all->text, name);
	return (struct span){ all->text.p + at, all->text.n - at };
}

static void
take_members(struct member_list *all, struct span object)
{
	struct json_pos at = json_at(object);
	struct member m;

	if (!json_enter(&at, '{'))
		return;
	if (memchr(object.p, '\\', object.n))
		buf_room(&all->text, object.n);
	while (json_next(&at, &m.name) > 0 && json_value(&at, &m.value)) {
		m.name = meant(all, m.name);
		*ARRAY_PUSH(all->v, all->n, all->cap) = m;
	}
}

/* A member by its name, which is most likely the one at *next. */
static const struct member *
find(struct member_list *all, size_t *next, const struct member *wanted)
{
	if (!all->sorted && *next < all->n &&
	    span_eq(all->v[*next].name, wanted->name))
		return &all->v[(*next)++];
	if (!all->sorted && all->n)
		qsort(all->v, all->n, sizeof(*all->v), span_order);
	all->sorted = true;
	return all->n ? bsearch(wanted, all->v, all->n, sizeof(*all->v),
	    span_order) : NULL;
}

void
changes_put(struct buf *out, struct span before, struct span after)
{
	struct json_pos at = json_at(after);
	struct member_list old = { 0 };
	struct buf scratch = { 0 };
	struct member m;
	size_t next = 0, changed = 0;

	take_members(&old, before);
	buf_char(out, '[');
	for (bool in = json_enter(&at, '{'); in &&
	    json_next(&at, &m.name) > 0 && json_value(&at, &m.value);) {
		const struct member *was = find(&old, &next,
		    &(struct member){ .name = json_string_text(m.name,
			&scratch) });

		if (was && json_same(was->value, m.value))
			continue;
		buf_str(out, changed++ ? ",\"" : "\"");
		buf_span(out, m.name);
		buf_char(out, '"');
	}
	buf_char(out, ']');
	free(old.v);
	buf_free(&old.text);
	buf_free(&scratch);
}

/* SPDX-License-Identifier: MIT */
#include "record/name_set.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "record/record.h"
#include "json/scan.h"
#include "match/named.h"

static void
add(struct name_set *set, struct span name, struct named *named)
{
	size_t n = set->n;

	*ARRAY_ADD(set->named, n) = named;
	*ARRAY_ADD(set->names, set->n) = xmemdup(name.p, name.n);
}

void
name_set_add_one(struct name_set *set, struct span name)
{
	add(set, name, NULL);
}

int
name_set_add(struct name_set *set, const char *text, struct err *err)
{
	for (;;) {
		size_t n = strcspn(text, ",");

		if (n == 0)
			return err_set(err, ERR_USAGE, "empty name in list");
		add(set, (struct span){ text, n },
		    named_add((struct span){ text, n }));
		if (!text[n])
			return 0;
		text += n + 1;
	}
}

bool
name_set_add_json(struct name_set *set, struct span array)
{
	struct json_pos at = json_at(array);
	struct buf scratch = { 0 };
	struct span value;
	bool good = array.p && json_enter(&at, '[');

	while (good && json_next_element(&at) > 0 && json_value(&at, &value)) {
		good = json_inside(value).p;
		if (good)
			add(set, json_string_text(json_inside(value), &scratch),
			    NULL);
	}
	buf_free(&scratch);
	return good;
}

void
name_set_join(struct name_set *set, const struct name_set *other)
{
	for (size_t i = 0; i < other->n; i++)
		add(set, span_of(other->names[i]), other->named[i]);
}

void
name_set_clear(struct name_set *set)
{
	for (size_t i = 0; i < set->n; i++)
		free(set->names[i]);
	free(set->names);
	free(set->named);
	*set = (struct name_set){ 0 };
}

bool
name_set_has(const struct name_set *set, struct span name)
{
	struct buf scratch = { 0 };
	struct span text = json_string_text(name, &scratch);
	bool found = false;

	for (size_t i = 0; i < set->n && !found; i++) {
		found = span_is(text, set->names[i]);
		named_look(set->named[i], found);
	}
	buf_free(&scratch);
	return found;
}

bool
name_set_copy_without(const struct name_set *set, struct span object,
    struct buf *out)
{
	struct json_pos at = json_at(object);
	struct span name, value;
	size_t start = out->n;
	bool dropped = false;

	if (set->n == 0 || !json_enter(&at, '{')) {
		buf_span(out, object);
		return false;
	}
	while (json_next(&at, &name) > 0 && json_value(&at, &value)) {
		if (name_set_has(set, name)) {
			dropped = true;
			continue;
		}
		buf_char(out, out->n > start ? ',' : '{');
		buf_put(out, name.p - 1,
		    (size_t)(value.p + value.n - name.p + 1));
	}
	if (out->n == start)
		buf_char(out, '{');
	buf_char(out, '}');
	return dropped;
}

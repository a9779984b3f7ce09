/* SPDX-License-Identifier: MIT */
#include "record/query_text.h"

#include "json/scan.h"

bool
query_text_is(const struct record *rec, struct span name,
    struct span value)
{
	struct span query = member_value(&rec->block, M_QUERY);

	if (value.p[0] != '"' || !name.p)
		return false;
	return json_same(query, value) || json_inside_is(name, "__query") ||
	    json_inside_is(name, "__source_query");
}

/* Of kcat's headers, names are values, too. */
static bool
next(struct json_pos *at, bool array, struct span *name, struct span *value)
{
	if (!array)
		return json_next(at, name) > 0 && json_value(at, value);
	if (json_next_element(at) <= 0 || !json_value(at, name) ||
	    json_next_element(at) <= 0 || !json_value(at, value))
		return false;
	*name = json_inside(*name);
	return true;
}

void
query_text_hide(const struct record *rec, struct span *nest,
    struct buf *out)
{
	bool array = nest->n && nest->p[0] == '[';
	struct json_pos at = json_at(*nest);
	struct span name, value;
	const char *from = nest->p;

	if (!nest->p || !json_enter(&at, array ? '[' : '{'))
		return;
	out->n = 0;
	while (next(&at, array, &name, &value)) {
		if (!query_text_is(rec, name, value))
			continue;
		buf_span(out, span_between(from, value.p));
		buf_str(out, "null");
		from = value.p + value.n;
	}
	if (from == nest->p)
		return;
	buf_span(out, span_between(from, nest->p + nest->n));
	*nest = buf_view(out);
}

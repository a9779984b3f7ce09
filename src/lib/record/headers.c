/* SPDX-License-Identifier: MIT
 *
 * Headers of a line: an object of names and values, or as kcat has them, an
 * array in which both take turns.
 */
#include "record/fields.h"

#include "json/scan.h"
#include "json/write.h"

/* Members, each with a comma in front, as an object or (names and values) an
 * array. */
static void
put_nest(struct buf *out, struct span members, bool array)
{
	buf_char(out, array ? '[' : '{');
	buf_put(out, members.p + 1, members.n - 1);
	buf_char(out, array ? ']' : '}');
}

/* Members as kcat has headers: ,"name","value" */
static void
put_pairs(const struct buf *members, struct buf *out)
{
	struct buf object = { 0 };
	struct json_pos at;
	struct span name, value;

	put_nest(&object, buf_view(members), false);
	at = json_at(buf_view(&object));
	out->n = 0;
	json_enter(&at, '{');
	while (json_next(&at, &name) > 0 && json_value(&at, &value)) {
		buf_char(out, ',');
		buf_put(out, name.p - 1, name.n + 2);
		buf_char(out, ',');
		if (value.p[0] == '"')
			buf_span(out, value);
		else
			json_words(out, value);
	}
	buf_free(&object);
}

static struct span
of_array(struct span headers, const char *name)
{
	struct json_pos at = json_at(headers);
	struct span first, second = { NULL, 0 };
	struct buf scratch = { 0 };
	bool found = false;

	json_enter(&at, '[');
	while (!found && json_next_element(&at) > 0 &&
	    json_value(&at, &first) && json_next_element(&at) > 0 &&
	    json_value(&at, &second))
		found = span_is(json_string_text(json_inside(first), &scratch),
		    name);
	buf_free(&scratch);
	return found ? second : (struct span){ NULL, 0 };
}

struct span
record_header(const struct record *rec, const char *name)
{
	struct span headers = rec->headers;

	if (headers.n && headers.p[0] == '[')
		return of_array(headers, name);
	return object_member(headers, name);
}

/* Has the object one of the members?  (Kafka's headers may repeat.) */
static bool
clashes(struct span headers, const struct buf *members)
{
	struct buf object = { 0 }, scratch = { 0 };
	struct json_pos at;
	struct span name, value;
	bool found = false;

	put_nest(&object, buf_view(members), false);
	at = json_at(buf_view(&object));
	json_enter(&at, '{');
	while (!found && json_next(&at, &name) > 0 && json_value(&at, &value))
		found = object_member_named(headers, json_string_text(name,
		    &scratch)).p;
	buf_free(&object);
	buf_free(&scratch);
	return found;
}

/* Is nothing between the brackets? */
static bool
is_empty(struct span nest)
{
	for (size_t i = 1; i + 1 < nest.n; i++)
		if (!json_is_blank(nest.p[i]))
			return false;
	return true;
}

bool
record_add_headers(struct record *rec, const struct buf *members,
    struct buf *before)
{
	struct span have = rec->headers;
	struct span added = buf_view(members);
	bool null = span_is(have, "null");
	bool array = have.p && !null ? have.p[0] == '[' : rec->kcat;

	if (members->n == 0 || !rec->payload_at.p)
		return true;
	if (have.p && !null && !array && clashes(have, members))
		return false;
	rec->pairs.n = 0;
	if (array) {
		put_pairs(members, &rec->pairs);
		added = buf_view(&rec->pairs);
	}
	if (have.p && !null) {
		size_t skip = is_empty(have) ? 1 : 0;

		record_replace(rec, (struct span){ have.p + have.n - 1, 0 },
		    (struct span){ added.p + skip, added.n - skip });
	} else if (null) {
		struct buf nest = { 0 };

		put_nest(&nest, added, array);
		buf_free(&rec->pairs);
		rec->pairs = nest;
		record_replace(rec, have, buf_view(&rec->pairs));
	} else {
		buf_str(before, "\"headers\":");
		put_nest(before, added, array);
		buf_char(before, ',');
	}
	return true;
}

/* ---- without some of them */

/* A copy of an array of names and values; false if none was dropped. */
static bool
copy_pairs(const struct name_set *without, struct span array,
    struct buf *out)
{
	struct json_pos at = json_at(array);
	struct span first, second;
	bool dropped = false;
	char sign = '[';

	json_enter(&at, '[');
	while (json_next_element(&at) > 0 && json_value(&at, &first) &&
	    json_next_element(&at) > 0 && json_value(&at, &second)) {
		if (json_inside(first).p && name_set_has(without,
		    json_inside(first))) {
			dropped = true;
			continue;
		}
		buf_char(out, sign);
		buf_span(out, span_between(first.p, second.p + second.n));
		sign = ',';
	}
	buf_str(out, sign == '[' ? "[]" : "]");
	return dropped;
}

/* ,"name":value … without those. */
static void
drop_members(const struct name_set *without, struct buf *members)
{
	struct buf object = { 0 }, kept = { 0 };

	if (!members->n)
		return;
	put_nest(&object, buf_view(members), false);
	name_set_copy_without(without, buf_view(&object), &kept);
	members->n = 0;
	if (kept.n > 2) {
		kept.p[0] = ',';
		buf_put(members, kept.p, kept.n - 1);
	}
	buf_free(&object);
	buf_free(&kept);
}

bool
record_change_headers(struct record *rec, const struct name_set *without,
    struct buf *members, struct buf *made, struct buf *before)
{
	struct span have = rec->headers, added;
	bool array = have.n && have.p[0] == '[', dropped;

	if (array || (have.n && have.p[0] == '{')) {
		made->n = 0;
		dropped = array ? copy_pairs(without, have, made) :
		    name_set_copy_without(without, have, made);
		if (!array && members->n && clashes(have, members))
			return false;
		drop_members(without, members);
		if (!dropped)
			return record_add_headers(rec, members, before);
		added = buf_view(members);
		if (array && members->n) {
			put_pairs(members, &rec->pairs);
			added = buf_view(&rec->pairs);
		}
		made->n--;              /* its bracket comes last */
		if (added.n)
			buf_put(made, added.p + (made->n == 1), added.n -
			    (made->n == 1));
		buf_char(made, array ? ']' : '}');
		record_replace(rec, have, buf_view(made));
		return true;
	}
	drop_members(without, members);
	return record_add_headers(rec, members, before);
}

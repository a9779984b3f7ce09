/* SPDX-License-Identifier: MIT */
#include "json/object.h"

#include "base/integer.h"
#include "json/scan.h"
#include "json/write.h"

/* Is the inside of a string, escaped or not, the text? */
static bool
means(struct span found, struct span wanted)
{
	struct buf text = { 0 };
	bool is;

	if (!found.n || !memchr(found.p, '\\', found.n))
		return span_eq(found, wanted);
	is = json_unescape(&text, found) && span_eq(buf_view(&text), wanted);
	buf_free(&text);
	return is;
}

struct span
object_member_named(struct span object, struct span wanted)
{
	struct json_pos at = json_at(object);
	struct span found, value;

	if (!object.p || !json_enter(&at, '{'))
		return (struct span){ NULL, 0 };
	while (json_next(&at, &found) > 0 && json_value(&at, &value))
		if (means(found, wanted))
			return value;
	return (struct span){ NULL, 0 };
}

struct span
object_member(struct span object, const char *name)
{
	return object_member_named(object, span_of(name));
}

void
object_take(struct buf *to, struct span object, const char *name,
    char bracket)
{
	struct span value = object_member(object, name);

	to->n = 0;
	if (value.n && value.p[0] == bracket)
		json_put_line(to, value);
}

bool
object_whole(struct span object, const char *name, uint64_t *number)
{
	return integer_read(object_member(object, name), UINT64_MAX, number);
}

uint64_t
object_number(struct span object, const char *name)
{
	uint64_t n;

	return object_whole(object, name, &n) ? n : 0;
}

struct span
json_string_text(struct span inside, struct buf *scratch)
{
	if (!inside.p || !memchr(inside.p, '\\', inside.n))
		return inside;
	scratch->n = 0;
	if (!json_unescape(scratch, inside))
		return inside;
	return buf_view(scratch);
}

struct span
json_value_text(struct span value, struct buf *scratch)
{
	return json_string_text(json_inside(value), scratch);
}

bool
json_inside_is(struct span inside, const char *text)
{
	return inside.p && means(inside, span_of(text));
}

bool
json_is_text(struct span value, const char *text)
{
	return json_inside_is(json_inside(value), text);
}

char *
object_string(struct span object, const char *name)
{
	return json_text(object_member(object, name));
}

void
object_text(struct buf *to, struct span object, const char *name)
{
	struct span inside = json_inside(object_member(object, name));

	to->n = 0;
	if (inside.p)
		json_unescape(to, inside);
}

static bool
same_arrays(struct span a, struct span b)
{
	struct json_pos at = json_at(a), other = json_at(b);
	struct span x, y;
	int more;

	json_enter(&at, '[');
	json_enter(&other, '[');
	while ((more = json_next_element(&at)) ==
	    json_next_element(&other) && more > 0)
		if (!json_value(&at, &x) || !json_value(&other, &y) ||
		    !json_same(x, y))
			return false;
	return more == 0 && at.p == at.end && other.p == other.end;
}

static bool
same_objects(struct span a, struct span b)
{
	struct json_pos at = json_at(a), other = json_at(b);
	struct buf text = { 0 };
	struct span name, value;
	bool same = true;
	int n = 0;

	if (span_eq(a, b) || !a.n || !b.n || !json_enter(&at, '{') ||
	    !json_enter(&other, '{'))
		return span_eq(a, b);
	while (same && json_next(&at, &name) > 0 && json_value(&at, &value)) {
		same = json_same(value, object_member_named(b,
		    json_string_text(name, &text)));
		n++;
	}
	while (same && json_next(&other, &name) > 0 &&
	    json_value(&other, &value))
		n--;
	buf_free(&text);
	return same && n == 0;
}

bool
json_same(struct span a, struct span b)
{
	struct buf x = { 0 }, y = { 0 };
	bool same;

	if (!a.n || !b.n || a.p[0] != b.p[0])
		return false;
	if (a.p[0] == '{')
		return same_objects(a, b);
	if (a.p[0] == '[')
		return same_arrays(a, b);
	if (a.p[0] != '"')
		return span_eq(a, b);
	same = span_eq(json_string_text(json_inside(a), &x),
	    json_string_text(json_inside(b), &y));
	buf_free(&x);
	buf_free(&y);
	return same;
}

/* SPDX-License-Identifier: MIT */
#include "incremental/chunk.h"

#include <stdlib.h>

#include "base/array.h"
#include "json/scan.h"

void
chunk_add(struct chunk *c, struct span key, struct span json)
{
	*ARRAY_PUSH(c->rows, c->n, c->cap) = (struct chunk_row){
		.key = c->text.n, .nkey = key.n,
		.json = c->text.n + key.n, .njson = json.n };
	buf_span(&c->text, key);
	buf_span(&c->text, json);
}

bool
chunk_row(const struct chunk *c, size_t i, struct span *key,
    struct span *json)
{
	const struct chunk_row *r = &c->rows[i];

	*key = (struct span){ c->text.p + r->key, r->nkey };
	*json = (struct span){ c->text.p + r->json, r->njson };
	return !r->gone;
}

/* The row of a key of which the stream has not said all yet, or NULL. */
static struct chunk_row *
find(const struct chunk *c, struct span key)
{
	for (size_t i = 0; i < c->n; i++) {
		struct chunk_row *r = &c->rows[i];

		if (r->nkey == key.n && !r->gone &&
		    memcmp(c->text.p + r->key, key.p, key.n) == 0)
			return r;
	}
	return NULL;
}

bool
chunk_forget(struct chunk *c, struct span key)
{
	struct chunk_row *r = find(c, key);

	if (r)
		r->gone = true;
	return r != NULL;
}

/* The member of that name; p == NULL where there is none, or where its value
 * is not known. */
static struct span
new_value(struct span after, struct span name, struct span unavailable)
{
	struct json_pos at = json_at(after);
	struct span other, value;

	if (!json_enter(&at, '{'))
		return (struct span){ 0 };
	while (json_next(&at, &other) > 0 && json_value(&at, &value))
		if (span_eq(name, other))
			return unavailable.n && span_eq(value, unavailable) ?
			    (struct span){ 0 } : value;
	return (struct span){ 0 };
}

/* The row with the values of `after` in the place of its own, into `out`;
 * false where none of its own is left. */
static bool
lay_over(struct span row, struct span after, struct span unavailable,
    struct buf *out)
{
	struct json_pos at = json_at(row);
	struct span name, value;
	bool own = false;

	json_enter(&at, '{');
	while (json_next(&at, &name) > 0 && json_value(&at, &value)) {
		struct span newer = new_value(after, name, unavailable);

		own |= !newer.p;
		buf_str(out, out->n ? ",\"" : "{\"");
		buf_span(out, name);
		buf_str(out, "\":");
		buf_span(out, newer.p ? newer : value);
	}
	buf_char(out, '}');
	return own;
}

void
chunk_change(struct chunk *c, struct span key, struct span after,
    struct span unavailable)
{
	struct chunk_row *r = find(c, key);
	struct buf json = { 0 };
	struct span row;

	if (!r)
		return;
	row = (struct span){ c->text.p + r->json, r->njson };
	r->gone = !lay_over(row, after, unavailable, &json);
	if (!r->gone) {
		r->json = c->text.n;
		r->njson = json.n;
		buf_span(&c->text, buf_view(&json));
	}
	buf_free(&json);
}

void
chunk_clear(struct chunk *c)
{
	c->n = c->text.n = 0;
}

void
chunk_free(struct chunk *c)
{
	buf_free(&c->text);
	free(c->rows);
	*c = (struct chunk){ 0 };
}

/* SPDX-License-Identifier: MIT */
#include "incremental/moved.h"

#include <string.h>

#include "json/scan.h"

static bool
load_key(void *arg, struct span key)
{
	bool good = key.n && *key.p == '{';

	if (good)
		moved_add(arg, key);
	return good;
}

bool
moved_load(struct moved *m, struct span array)
{
	return json_each(array, load_key, m);
}

void
moved_put(const struct moved *m, struct buf *out)
{
	buf_char(out, '[');
	buf_span(out, buf_view(&m->keys));
	buf_char(out, ']');
}

void
moved_add(struct moved *m, struct span key)
{
	if (m->n)
		buf_char(&m->keys, ',');
	buf_span(&m->keys, key);
	m->n++;
}

bool
moved_next(const struct moved *m, size_t *at, struct span *key)
{
	struct json_pos pos = json_at((struct span){ m->keys.p + *at,
		m->keys.n - *at });

	if (*at >= m->keys.n || !json_value(&pos, key))
		return false;
	*at = (size_t)(key->p + key->n - m->keys.p) + 1;
	return true;
}

bool
moved_has(const struct moved *m, struct span key)
{
	struct span other;

	for (size_t at = 0; moved_next(m, &at, &other);)
		if (span_eq(key, other))
			return true;
	return false;
}

void
moved_drop(struct moved *m, size_t n)
{
	struct span key;
	size_t at = 0;

	for (size_t i = 0; i < n && moved_next(m, &at, &key); i++)
		m->n--;
	if (at > m->keys.n)
		at = m->keys.n;         /* no comma after the last */
	if (!at)
		return;
	m->keys.n -= at;
	memmove(m->keys.p, m->keys.p + at, m->keys.n);
}

void
moved_clear(struct moved *m)
{
	buf_free(&m->keys);
	m->n = 0;
}

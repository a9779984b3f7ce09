/* SPDX-License-Identifier: MIT */
#include "sink/sink.h"

#include <stdlib.h>

#include "base/array.h"
#include "sink/letters.h"

static struct span
part(const struct sink_batch *b, struct sink_part part)
{
	return (struct span){ part.n ? b->text.p + part.at : NULL, part.n };
}

struct line
sink_line(const struct sink_batch *b, size_t i)
{
	return (struct line){ .text = part(b, b->v[i].line),
		.number = b->v[i].number };
}

void
sink_body(const struct sink_batch *b, size_t i, struct buf *out)
{
	if (b->v[i].body.n) {
		buf_span(out, part(b, b->v[i].body));
		return;
	}
	buf_span(out, part(b, b->v[i].line));
	buf_char(out, '\n');
}

struct span
sink_table(const struct sink_batch *b, size_t i)
{
	return part(b, b->v[i].table);
}

struct span
sink_key(const struct sink_batch *b, size_t i)
{
	return part(b, b->v[i].key);
}

void
sink_done(struct sink_batch *b, size_t i)
{
	b->v[i].is = SINK_DONE;
}

void
sink_bad(struct sink_batch *b, size_t i, const char *type, const char *why)
{
	struct sink_record *r = &b->v[i];

	free(r->why);
	r->is = SINK_BAD;
	r->type = type;
	r->why = xstrdup(why);
	blocked_keys_add(&b->held, sink_table(b, i), sink_key(b, i));
}

bool
sink_next(struct sink_batch *b, size_t *i)
{
	if (*i < b->from)
		*i = b->from;
	for (; *i < b->to; (*i)++) {
		if (b->v[*i].is != SINK_WAITS)
			continue;
		if (!blocked_keys_has(&b->held, sink_table(b, *i),
		    sink_key(b, *i)))
			return true;
		sink_bad(b, *i, "KeyHeld", LETTER_HELD);
	}
	return false;
}

size_t
sink_waiting(struct sink_batch *b)
{
	size_t n = 0;

	for (size_t i = 0; sink_next(b, &i); i++)
		n++;
	return n;
}

static struct sink_part
keep(struct sink_batch *b, struct span text)
{
	struct sink_part at = { b->text.n, text.p ? text.n : 0 };

	buf_put(&b->text, text.p, at.n);
	return at;
}

struct sink_record *
sink_batch_add(struct sink_batch *b, const struct line *line,
    struct span body, struct span table, struct span key)
{
	struct sink_record *r = ARRAY_PUSH(b->v, b->n, b->cap);

	*r = (struct sink_record){ .number = line->number };
	r->line = keep(b, line->text);
	r->body = keep(b, body);
	r->table = keep(b, table);
	r->key = keep(b, key);
	b->to = b->n;
	return r;
}

void
sink_batch_empty(struct sink_batch *b)
{
	for (size_t i = 0; i < b->n; i++)
		free(b->v[i].why);
	b->n = b->from = b->to = b->text.n = 0;
	blocked_keys_clear(&b->held);
}

void
sink_batch_free(struct sink_batch *b)
{
	sink_batch_empty(b);
	free(b->v);
	buf_free(&b->text);
	*b = (struct sink_batch){ 0 };
}

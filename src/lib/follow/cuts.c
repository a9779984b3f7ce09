/* SPDX-License-Identifier: MIT */
#include "follow/cuts.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"

/* A change of the text: without `old`, with `with` in its place. */
struct edit {
	struct span old;
	char *with;             /* owned; NULL: nothing */
};

void
cuts_open(struct cuts *c, const struct action *s)
{
	*c = (struct cuts){ .s = s,
		.part = xcalloc(s->nparts + 1, sizeof(*c->part)) };
}

void
cuts_clear(struct cuts *c)
{
	for (size_t i = 0; i < c->nedits; i++)
		free(c->edits[i].with);
	free(c->edits);
	free(c->part);
}

void
cuts_edit(struct cuts *c, struct span old, char *with)
{
	size_t i = c->nedits;

	while (i > 0 && c->edits[i - 1].old.p > old.p)
		i--;
	*ARRAY_INSERT(c->edits, c->nedits, i) = (struct edit){ old, with };
}

void
cuts_part(struct cuts *c, size_t i)
{
	c->ncut += !c->part[i];
	c->part[i] = true;
}

static bool
has_comment(struct span text)
{
	for (size_t i = 0; i + 1 < text.n; i++)
		if ((text.p[i] == '/' && text.p[i + 1] == '*') ||
		    (text.p[i] == '*' && text.p[i + 1] == '/'))
			return true;
	return false;
}

static void
put_range(const struct cuts *c, struct buf *out, const char *from,
    const char *to)
{
	for (size_t i = 0; i < c->nedits; i++) {
		const struct edit *e = &c->edits[i];

		if (e->old.p < from || e->old.p + e->old.n > to)
			continue;
		buf_put(out, from, (size_t)(e->old.p - from));
		if (e->with)
			buf_str(out, e->with);
		from = e->old.p + e->old.n;
	}
	buf_put(out, from, (size_t)(to - from));
}

/* Half a comment must not be taken out with what is. */
const char *
cuts_fault(const struct cuts *c)
{
	const struct action *s = c->s;
	const char *from = NULL;

	for (size_t i = 0; c->ncut && i < s->nparts; i++) {
		struct span at = s->parts[i].at;
		bool gap = from && has_comment(span_between(from, at.p));

		if (gap || (c->part[i] && has_comment(at)))
			return "comments stand between what stays and what "
			    "goes";
		from = at.p + at.n;
	}
	for (size_t i = 0; i < c->nedits; i++)
		if (has_comment(c->edits[i].old))
			return "comments stand in what goes";
	return NULL;
}

void
cuts_put(const struct cuts *c, struct buf *out)
{
	const struct action *s = c->s;
	const char *end = s->text.p + s->text.n, *back = s->text.p;
	size_t kept = 0;

	if (c->ncut) {
		const struct part *last = &s->parts[s->nparts - 1];

		put_range(c, out, s->text.p, s->parts[0].at.p);
		back = last->at.p + last->at.n;
	}
	for (size_t i = 0; c->ncut && i < s->nparts; i++) {
		const struct part *p = &s->parts[i];

		if (c->part[i])
			continue;
		if (kept++)
			buf_str(out, ", ");
		put_range(c, out, p->at.p, p->at.p + p->at.n);
	}
	put_range(c, out, back, end);
}

bool
cuts_are_none(const struct cuts *c)
{
	return c->ncut == 0 && c->nedits == 0;
}

bool
cuts_are_all(const struct cuts *c)
{
	return c->ncut && c->ncut == c->s->nparts;
}

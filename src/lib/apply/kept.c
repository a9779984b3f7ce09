/* SPDX-License-Identifier: MIT */
#include "apply/kept.h"

#include <stdlib.h>

#include "base/array.h"

void
kept_add(struct kept *k, const struct line *line)
{
	*ARRAY_PUSH(k->v, k->n, k->cap) = (struct kept_line){ k->text.n,
		line->text.n, line->number };
	buf_span(&k->text, line->text);
}

void
kept_drop_last(struct kept *k)
{
	k->text.n = k->v[--k->n].at;
}

struct line
kept_line(const struct kept *k, size_t i)
{
	return (struct line){ .number = k->v[i].number,
		.text = { k->text.p + k->v[i].at, k->v[i].n } };
}

void
kept_aside(struct kept *k, size_t first, struct kept *aside)
{
	*aside = (struct kept){ .half = k->half - first };
	for (size_t i = first; i < k->n; i++) {
		struct line line = kept_line(k, i);

		kept_add(aside, &line);
	}
	if (first < k->n)
		k->text.n = k->v[first].at;
	k->n = first;
}

void
kept_resume(struct kept *k, struct kept *aside)
{
	kept_free(k);
	*k = *aside;
	*aside = (struct kept){ 0 };
}

void
kept_free(struct kept *k)
{
	buf_free(&k->text);
	free(k->v);
	*k = (struct kept){ 0 };
}

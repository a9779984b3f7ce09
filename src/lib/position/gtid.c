/* SPDX-License-Identifier: MIT */
#include "position/gtid.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/integer.h"

const char *const gtid_order_names[] = { "strict", "arrival", NULL };

size_t
gtid_print(char text[GTID_TEXT], const struct gtid *gtid)
{
	char *p = buf_put_u64(text, gtid->domain);

	*p++ = '-';
	p = buf_put_u64(p, gtid->server);
	*p++ = '-';
	p = buf_put_u64(p, gtid->seq);
	*p = '\0';
	return (size_t)(p - text);
}

static bool
take_sign(struct span *text, char sign)
{
	if (text->n == 0 || text->p[0] != sign)
		return false;
	*text = (struct span){ text->p + 1, text->n - 1 };
	return true;
}

static void
skip_blanks(struct span *text)
{
	while (text->n && one_of(text->p[0], " \t\n"))
		*text = (struct span){ text->p + 1, text->n - 1 };
}

static bool
take_one(struct span *text, struct gtid *gtid)
{
	uint64_t domain, server;

	if (!integer_take(text, UINT32_MAX, &domain) ||
	    !take_sign(text, '-') ||
	    !integer_take(text, UINT32_MAX, &server) ||
	    !take_sign(text, '-') ||
	    !integer_take(text, UINT64_MAX, &gtid->seq))
		return false;
	gtid->domain = (uint32_t)domain;
	gtid->server = (uint32_t)server;
	return true;
}

bool
gtid_parse(struct gtid *gtid, struct span text)
{
	return text.p && take_one(&text, gtid) && text.n == 0;
}

static int
not_list(const char *text, struct err *err)
{
	return err_set(err, ERR_USAGE, "'%s' is not a GTID list "
	    "(domain-server-sequence,…)", text);
}

int
gtid_list_parse(struct gtid_list *list, const char *text, struct err *err)
{
	struct span rest = span_of(text);
	struct gtid gtid;

	gtid_list_clear(list);
	skip_blanks(&rest);
	while (rest.n) {
		if (!take_one(&rest, &gtid))
			return not_list(text, err);
		if (gtid_list_find(list, gtid.domain))
			return err_set(err, ERR_USAGE,
			    "GTID list '%s' names domain %u twice", text,
			    gtid.domain);
		gtid_list_set(list, &gtid);
		skip_blanks(&rest);
		if (rest.n && (!take_sign(&rest, ',') || !rest.n))
			return not_list(text, err);
		skip_blanks(&rest);
	}
	return 0;
}

void
gtid_list_print(const struct gtid_list *list, struct buf *out)
{
	char text[GTID_TEXT];

	for (size_t i = 0; i < list->n; i++) {
		if (i)
			buf_char(out, ',');
		buf_put(out, text, gtid_print(text, &list->v[i]));
	}
}

/* Index of the first entry whose domain is not below. */
static size_t
place_of(const struct gtid_list *list, uint32_t domain)
{
	size_t low = 0, high = list->n;

	while (low < high) {
		size_t i = (low + high) / 2;

		if (list->v[i].domain < domain)
			low = i + 1;
		else
			high = i;
	}
	return low;
}

const struct gtid *
gtid_list_find(const struct gtid_list *list, uint32_t domain)
{
	size_t i = place_of(list, domain);

	return i < list->n && list->v[i].domain == domain ? &list->v[i] : NULL;
}

void
gtid_list_set(struct gtid_list *list, const struct gtid *gtid)
{
	size_t i = place_of(list, gtid->domain);

	if (i < list->n && list->v[i].domain == gtid->domain)
		list->v[i] = *gtid;
	else
		*ARRAY_INSERT(list->v, list->n, i) = *gtid;
}

void
gtid_list_drop(struct gtid_list *list, uint32_t domain)
{
	size_t i = place_of(list, domain);

	if (i == list->n || list->v[i].domain != domain)
		return;
	memmove(list->v + i, list->v + i + 1,
	    (--list->n - i) * sizeof(*list->v));
}

bool
gtid_equal(const struct gtid *a, const struct gtid *b)
{
	return a->seq == b->seq && a->domain == b->domain &&
	    a->server == b->server;
}

bool
gtid_list_covers(const struct gtid_list *list, const struct gtid *gtid)
{
	const struct gtid *seen = gtid_list_find(list, gtid->domain);

	return seen && gtid->seq <= seen->seq;
}

bool
gtid_list_equal(const struct gtid_list *a, const struct gtid_list *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = gtid_equal(&a->v[i], &b->v[i]);
	return same;
}

void
gtid_list_copy(struct gtid_list *to, const struct gtid_list *from)
{
	to->v = xreallocarray(to->v, from->n + 1, sizeof(*to->v));
	if (from->n)
		memcpy(to->v, from->v, from->n * sizeof(*to->v));
	to->n = from->n;
}

static int
compare_places(const void *a, const void *b)
{
	const struct gtid *const *x = a, *const *y = b;
	uint32_t m = (*x)->domain, n = (*y)->domain;

	return m != n ? (m > n) - (m < n) : (*x > *y) - (*x < *y);
}

void
gtid_list_fill(struct gtid_list *list, const struct gtid *v, size_t n)
{
	const struct gtid **order = xreallocarray(NULL, n + 1,
	    sizeof(*order));

	for (size_t i = 0; i < n; i++)
		order[i] = &v[i];
	qsort(order, n, sizeof(*order), compare_places);
	list->v = xreallocarray(list->v, n + 1, sizeof(*list->v));
	list->n = 0;
	for (size_t i = 0; i < n; i++) {
		if (list->n && list->v[list->n - 1].domain == order[i]->domain)
			list->n--;
		list->v[list->n++] = *order[i];
	}
	free(order);
}

void
gtid_list_clear(struct gtid_list *list)
{
	free(list->v);
	*list = (struct gtid_list){ 0 };
}

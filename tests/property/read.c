/* The reader: RFC 8259, UTF-8 as Unicode defines it, names unique. */
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 5000 };

struct reader {
	const unsigned char *p, *end, *begin;
	char *why;
	int depth;
	bool loose;
};

static struct node *value(struct reader *r);

static void *
bad(struct reader *r, const char *what)
{
	if (!r->why[0])
		snprintf(r->why, 160, "%s at byte %zu", what,
		    (size_t)(r->p - r->begin));
	return NULL;
}

static void
blank(struct reader *r)
{
	while (r->p < r->end && strchr(" \t\r\n", *r->p) && *r->p)
		r->p++;
}

static bool
next_is(struct reader *r, int c)
{
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

/* How long is the character here?  0: it is none. */
static int
utf8(const unsigned char *p, const unsigned char *end)
{
	static const struct { int from, to, n, low, high; } forms[] = {
		{ 0x20, 0x7f, 1, 0, 0 }, { 0xc2, 0xdf, 2, 0x80, 0xbf },
		{ 0xe0, 0xe0, 3, 0xa0, 0xbf }, { 0xe1, 0xec, 3, 0x80, 0xbf },
		{ 0xed, 0xed, 3, 0x80, 0x9f }, { 0xee, 0xef, 3, 0x80, 0xbf },
		{ 0xf0, 0xf0, 4, 0x90, 0xbf }, { 0xf1, 0xf3, 4, 0x80, 0xbf },
		{ 0xf4, 0xf4, 4, 0x80, 0x8f },
	};

	for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
		int n = forms[f].n;

		if (*p < forms[f].from || *p > forms[f].to)
			continue;
		if (end - p < n)
			return 0;
		if (n > 1 && (p[1] < forms[f].low || p[1] > forms[f].high))
			return 0;
		for (int i = 2; i < n; i++)
			if ((p[i] & 0xc0) != 0x80)
				return 0;
		return n;
	}
	return 0;
}

static int
hex4(struct reader *r)
{
	int v = 0;

	if (r->end - r->p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int c = *r->p++;

		if (c >= '0' && c <= '9')
			v = v * 16 + c - '0';
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			v = v * 16 + (c | 32) - 'a' + 10;
		else
			return -1;
	}
	return v;
}

static char *
encode(char *to, unsigned c)
{
	if (c < 0x80) {
		*to++ = (char)c;
	} else if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
		*to++ = (char)(0x80 | (c & 63));
	} else if (c < 0x10000) {
		*to++ = (char)(0xe0 | c >> 12);
		*to++ = (char)(0x80 | (c >> 6 & 63));
		*to++ = (char)(0x80 | (c & 63));
	} else {
		*to++ = (char)(0xf0 | c >> 18);
		*to++ = (char)(0x80 | (c >> 12 & 63));
		*to++ = (char)(0x80 | (c >> 6 & 63));
		*to++ = (char)(0x80 | (c & 63));
	}
	return to;
}

/* Behind the backslash. */
static char *
escape(struct reader *r, char *to)
{
	static const char from[] = "\"\\/bfnrt", is[] = "\"\\/\b\f\n\r\t";
	const char *at;
	int c, low;

	if (r->p == r->end)
		return bad(r, "cut escape");
	c = *r->p++;
	if (c != 'u') {
		if (!c || !(at = strchr(from, c)))
			return bad(r, "no such escape");
		*to++ = is[at - from];
		return to;
	}
	if ((c = hex4(r)) < 0)
		return bad(r, "bad \\u");
	if (c >= 0xd800 && c < 0xdc00 && r->end - r->p >= 6 &&
	    r->p[0] == '\\' && r->p[1] == 'u') {
		const unsigned char *back = r->p;

		r->p += 2;
		low = hex4(r);
		if (low >= 0xdc00 && low < 0xe000)
			c = 0x10000 + ((c - 0xd800) << 10) + low - 0xdc00;
		else
			r->p = back;
	}
	return encode(to, (unsigned)c);
}

/* Behind the opening quote. */
static bool
string(struct reader *r, struct text *t)
{
	const unsigned char *end = r->p;
	char *to, *begin;
	int n;

	while (end < r->end && *end != '"')
		end += *end == '\\' && r->end - end > 1 ? 2 : 1;
	begin = to = arena((size_t)(end - r->p) + 1);
	while (r->p < r->end) {
		if (*r->p == '"') {
			r->p++;
			*t = (struct text){ begin, (size_t)(to - begin) };
			*to = '\0';
			return true;
		}
		if (*r->p == '\\') {
			r->p++;
			if (!(to = escape(r, to)))
				return false;
			continue;
		}
		if (!(n = utf8(r->p, r->end)))
			return bad(r, "no UTF-8, or a control character");
		memcpy(to, r->p, (size_t)n);
		to += n;
		r->p += n;
	}
	return bad(r, "cut string");
}

static void
digits(struct reader *r)
{
	while (r->p < r->end && *r->p >= '0' && *r->p <= '9')
		r->p++;
}

static struct node *
number(struct reader *r)
{
	const unsigned char *from = r->p, *part;

	next_is(r, '-');
	part = r->p;
	if (!next_is(r, '0'))
		digits(r);
	if (r->p == part)
		return bad(r, "no value");
	if (next_is(r, '.')) {
		part = r->p;
		digits(r);
		if (r->p == part)
			return bad(r, "no digit");
	}
	if (r->p < r->end && (*r->p | 32) == 'e') {
		r->p++;
		if (!next_is(r, '+'))
			next_is(r, '-');
		part = r->p;
		digits(r);
		if (r->p == part)
			return bad(r, "no digit");
	}
	return j_number((struct text){ (const char *)from,
	    (size_t)(r->p - from) });
}

static int
by_name(const void *a, const void *b)
{
	const struct text *x = a, *y = b;
	size_t n = x->n < y->n ? x->n : y->n;
	int c = n ? memcmp(x->p, y->p, n) : 0;

	return c ? c : (x->n > y->n) - (x->n < y->n);
}

static bool
has_duplicates(const struct node *n)
{
	struct text *sorted;

	if (n->count < 12) {
		for (size_t i = 1; i < n->count; i++)
			for (size_t j = 0; j < i; j++)
				if (text_eq(n->name[i], n->name[j]))
					return true;
		return false;
	}
	sorted = arena(sizeof *sorted * n->count);
	memcpy(sorted, n->name, sizeof *sorted * n->count);
	qsort(sorted, n->count, sizeof *sorted, by_name);
	for (size_t i = 1; i < n->count; i++)
		if (text_eq(sorted[i - 1], sorted[i]))
			return true;
	return false;
}

static bool
one_more(struct reader *r, struct node *n, size_t *room)
{
	struct text name = { 0 };
	struct node *v;

	if (n->kind == J_OBJECT) {
		blank(r);
		if (!next_is(r, '"'))
			return bad(r, "no name");
		if (!string(r, &name))
			return false;
		blank(r);
		if (!next_is(r, ':'))
			return bad(r, "no colon");
	}
	if (!(v = value(r)))
		return false;
	if (n->count == *room) {
		struct node old = *n;

		*room = *room ? *room * 2 : 8;
		n->name = arena(sizeof *n->name * *room);
		n->value = arena(sizeof *n->value * *room);
		if (old.count) {
			memcpy(n->name, old.name,
			    sizeof *n->name * old.count);
			memcpy(n->value, old.value,
			    sizeof *n->value * old.count);
		}
	}
	n->name[n->count] = name;
	n->value[n->count++] = v;
	return true;
}

static struct node *
container(struct reader *r, enum kind kind, int end)
{
	struct node *n = j_word(kind);
	size_t room = 0;

	if (++r->depth > DEPTH)
		return bad(r, "too deep");
	blank(r);
	while (!next_is(r, end)) {
		if (n->count && !next_is(r, ','))
			return bad(r, "no comma");
		if (!one_more(r, n, &room))
			return NULL;
		blank(r);
	}
	r->depth--;
	if (kind == J_OBJECT && !r->loose && has_duplicates(n))
		return bad(r, "members of one name end");
	return n;
}

static struct node *
word(struct reader *r, const char *w, enum kind kind)
{
	size_t n = strlen(w);

	if ((size_t)(r->end - r->p) < n || memcmp(r->p, w, n) != 0)
		return bad(r, "no value");
	r->p += n;
	return j_word(kind);
}

static struct node *
value(struct reader *r)
{
	struct text t;

	blank(r);
	if (next_is(r, '{'))
		return container(r, J_OBJECT, '}');
	if (next_is(r, '['))
		return container(r, J_ARRAY, ']');
	if (next_is(r, '"'))
		return string(r, &t) ? j_string(t) : NULL;
	if (r->p == r->end)
		return bad(r, "no value");
	switch (*r->p) {
	case 't':
		return word(r, "true", J_TRUE);
	case 'f':
		return word(r, "false", J_FALSE);
	case 'n':
		return word(r, "null", J_NULL);
	}
	return number(r);
}

static struct node *
whole(const char *p, size_t n, char *why, bool loose)
{
	struct reader r = { .p = (const unsigned char *)p, .why = why,
		.loose = loose };
	struct node *v;

	why[0] = '\0';
	r.begin = r.p;
	r.end = r.p + n;
	v = value(&r);
	blank(&r);
	if (v && r.p != r.end)
		return bad(&r, "more than a value");
	return v;
}

struct node *
json_read(const char *p, size_t n, char why[static 160])
{
	return whole(p, n, why, false);
}

struct node *
json_read_loose(const char *p, size_t n, char why[static 160])
{
	return whole(p, n, why, true);
}

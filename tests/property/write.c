/* The writer: any of the ways to write the same JSON. */
#include "json.h"

#include <stdio.h>
#include <string.h>

static void
space(struct buf *b, const struct style *s)
{
	static const char *const blanks[] = { " ", "\t", "\r", "  ", " \t " };

	if (chance(s->space))
		put_str(b, blanks[below(5)]);
}

static unsigned
decode(const char *p, int *n)
{
	const unsigned char *u = (const unsigned char *)p;

	if (u[0] < 0x80) {
		*n = 1;
		return u[0];
	}
	if (u[0] < 0xe0) {
		*n = 2;
		return (u[0] & 31u) << 6 | (u[1] & 63u);
	}
	if (u[0] < 0xf0) {
		*n = 3;
		return (u[0] & 15u) << 12 | (u[1] & 63u) << 6 | (u[2] & 63u);
	}
	*n = 4;
	return (u[0] & 7u) << 18 | (u[1] & 63u) << 12 | (u[2] & 63u) << 6 |
	    (u[3] & 63u);
}

static void
unicode(struct buf *b, unsigned c, const struct style *s)
{
	char hex[8];

	if (c >= 0x10000) {
		unicode(b, 0xd800 + ((c - 0x10000) >> 10), s);
		c = 0xdc00 + ((c - 0x10000) & 0x3ff);
	}
	snprintf(hex, sizeof hex, s->escape && below(2) ? "\\u%04X" :
	    "\\u%04x", c);
	put_str(b, hex);
}

static bool
short_escape(struct buf *b, unsigned c, const struct style *s)
{
	static const char from[] = "\"\\\b\f\n\r\t/", is[] = "\"\\bfnrt/";
	char e[2] = { '\\' };
	const char *at;

	if (!c || c > 127 || !(at = strchr(from, (int)c)) ||
	    (s->escape && chance(300)))
		return false;
	e[1] = is[at - from];
	put(b, e, 2);
	return true;
}

static void
string(struct buf *b, struct text t, const struct style *s)
{
	const char *p = t.p, *end = t.p + t.n, *run = p;
	int n;

	put(b, "\"", 1);
	while (p < end) {
		unsigned char c = (unsigned char)*p;
		unsigned u;

		if (c >= ' ' && c != '"' && c != '\\' && c != 0xed &&
		    !s->escape) {
			p++;
			continue;
		}
		u = decode(p, &n);
		if (c >= ' ' && c != '"' && c != '\\' &&
		    !(u >= 0xd800 && u < 0xe000) && !chance(s->escape)) {
			p += n;
			continue;
		}
		put(b, run, (size_t)(p - run));
		if (!short_escape(b, u, s))
			unicode(b, u, s);
		run = p += n;
	}
	put(b, run, (size_t)(end - run));
	put(b, "\"", 1);
}

static void
order(size_t *at, size_t n, const struct style *s, bool fixed)
{
	for (size_t i = 0; i < n; i++)
		at[i] = i;
	if (!s->shuffle || fixed)
		return;
	for (size_t i = n; i > 1; i--) {
		size_t j = below((unsigned)i), t = at[j];

		at[j] = at[i - 1];
		at[i - 1] = t;
	}
}

static void
container(struct buf *b, const struct node *n, const struct style *s)
{
	bool object = n->kind == J_OBJECT;
	size_t few[32], *at = few;

	if (n->count > 32)
		at = arena(sizeof *at * n->count);
	order(at, n->count, s, !object || n->ordered);
	put(b, object ? "{" : "[", 1);
	space(b, s);
	for (size_t i = 0; i < n->count; i++) {
		if (i)
			put(b, ",", 1);
		space(b, s);
		if (object) {
			string(b, n->name[at[i]], s);
			space(b, s);
			put(b, ":", 1);
			space(b, s);
		}
		json_write(b, n->value[at[i]], s);
		space(b, s);
	}
	put(b, object ? "}" : "]", 1);
}

void
json_write(struct buf *b, const struct node *n, const struct style *s)
{
	struct buf in = { 0 };
	struct text t;

	switch (n->kind) {
	case J_NULL:
	case J_ANY:
		put(b, "null", 4);
		break;
	case J_TRUE:
		put(b, "true", 4);
		break;
	case J_FALSE:
		put(b, "false", 5);
		break;
	case J_NUMBER:
		put(b, n->text.p, n->text.n);
		break;
	case J_STRING:
		string(b, n->text, s);
		break;
	case J_EMBED:
		json_write(&in, n->value[0], s);
		t = text_dup(in.p, in.n);
		buf_free(&in);
		string(b, t, s);
		break;
	default:
		container(b, n, s);
	}
}

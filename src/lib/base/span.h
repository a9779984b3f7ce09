/* SPDX-License-Identifier: MIT
 *
 * A borrowed range of bytes.  p == NULL means "not there", which is not the
 * same as n == 0.  A span never owns what it points to.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

struct span {
	const char *p;
	size_t n;
};

#define SPAN(literal) ((struct span){ "" literal, sizeof(literal) - 1 })

static inline bool
span_eq(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool
span_is(struct span a, const char *s)
{
	return a.p && a.n == strlen(s) && memcmp(a.p, s, a.n) == 0;
}

/* The same, whatever the case of ASCII letters. */
static inline bool
span_is_nocase(struct span a, const char *s)
{
	return a.p && a.n == strlen(s) && strncasecmp(a.p, s, a.n) == 0;
}

static inline struct span
span_of(const char *s)
{
	return (struct span){ s, strlen(s) };
}

static inline struct span
span_between(const char *from, const char *to)
{
	return (struct span){ from, (size_t)(to - from) };
}

/* The first bytes of a text that is to be shown, no half of a character of
 * UTF-8 among them: at most as many. */
static inline size_t
span_cut(struct span text, size_t most)
{
	size_t n = text.n < most ? text.n : most, cut = n;

	while (cut && n < text.n && n - cut < 3 &&
	    ((unsigned char)text.p[cut] & 0xC0) == 0x80)
		cut--;
	return cut;
}

/* These, for "%.*s%s", and "…" if there are more. */
#define SPAN_SHOWN(text, most)                                               \
	(int)span_cut(text, most), (text).n ? (text).p : "",                 \
	    (text).n > (size_t)(most) ? "…" : ""

/* For qsort() and its like, of spans and of what begins with one: by bytes,
 * a beginning, with more after it. */
static inline int
span_order(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	size_t n = x->n < y->n ? x->n : y->n;
	int order = n ? memcmp(x->p, y->p, n) : 0;

	return order ? order : (x->n > y->n) - (x->n < y->n);
}

/* Is c one of these?  strchr() finds the NUL after them, too, which bytes
 * from outside may well hold. */
static inline bool
one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

#endif

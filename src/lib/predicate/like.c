/* SPDX-License-Identifier: MIT */
#include "predicate/like.h"

/* Bytes of the character at p: a byte that begins none is one by itself. */
static size_t
character(const char *p, const char *end)
{
	const char *to = p + 1;

	if ((unsigned char)*p >= 0xC0)
		while (to < end && ((unsigned char)*to & 0xC0) == 0x80)
			to++;
	return (size_t)(to - p);
}

struct item {
	bool any, one;          /* % and _ */
	struct span is;         /* else this character */
	const char *next;
};

static struct item
next_item(const char *p, const char *end, struct span escape)
{
	struct item item = { 0 };
	size_t n = character(p, end);

	if (escape.n && span_eq((struct span){ p, n }, escape) &&
	    p + n < end) {
		p += n;
		n = character(p, end);
	} else {
		item.any = *p == '%';
		item.one = *p == '_';
	}
	item.is = (struct span){ p, n };
	item.next = p + n;
	return item;
}

bool
like_matches(struct span pattern, struct span escape, struct span text)
{
	const char *p = pattern.p, *end = p + pattern.n;
	const char *at = text.p, *stop = at + text.n;
	const char *again = NULL, *from = NULL; /* after the last %, and where
	                         * its text ends */

	while (at < stop || p < end) {
		if (p < end) {
			struct item item = next_item(p, end, escape);
			size_t n = at < stop ? character(at, stop) : 0;

			if (item.any) {
				again = p = item.next;
				from = at;
				continue;
			}
			if (n && (item.one || span_eq((struct span){ at, n },
			    item.is))) {
				p = item.next;
				at += n;
				continue;
			}
		}
		if (!again || from >= stop)
			return false;
		from += character(from, stop);
		at = from;
		p = again;
	}
	return true;
}

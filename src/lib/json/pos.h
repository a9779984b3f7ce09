/* SPDX-License-Identifier: MIT
 *
 * A place in JSON text: borrowed text, and an offset in it.
 */
#ifndef JSON_POS_H
#define JSON_POS_H

#include <stdbool.h>

#include "base/span.h"

struct json_pos {
	const char *p;
	const char *end;
};

static inline struct json_pos
json_at(struct span text)
{
	return (struct json_pos){ text.p, text.n ? text.p + text.n : text.p };
}

static inline bool
json_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Over blanks, then: the byte there, or 0 at the end. */
static inline char
json_peek(struct json_pos *at)
{
	while (at->p < at->end && json_is_blank(*at->p))
		at->p++;
	return at->p < at->end ? *at->p : '\0';
}

#endif

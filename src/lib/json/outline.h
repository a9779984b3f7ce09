/* SPDX-License-Identifier: MIT
 *
 * Reads a JSON text once, to its end: whether it is JSON, and where its names
 * and brackets are, so that its members are found without reading it again.
 * valid.h says what JSON is.
 */
#ifndef JSON_OUTLINE_H
#define JSON_OUTLINE_H

#include <stdbool.h>

#include "base/span.h"
#include "json/valid.h"

struct outline {
	struct span text;       /* borrowed */
	bool escapes;           /* there is a backslash in it */
	bool compact;           /* no blanks between its tokens */
	struct outline_block *blocks;   /* owned, kept from text to text */
	size_t cap;
};

/* Read a text; false if it is not JSON. */
bool outline_read(struct outline *o, struct span text);

/* Make room for the blocks of a text, which the caller fills in. */
void outline_room(struct outline *o, struct span text);
void outline_free(struct outline *o);

/* The members of an object: a place in the text, which begins on a '{'. */
struct outline_pos {
	const struct outline *o;
	size_t at;
};

/* Of a value that lies in the text. */
static inline struct outline_pos
outline_at(const struct outline *o, struct span value)
{
	return (struct outline_pos){ o, (size_t)(value.p - o->text.p) };
}

/*
 * outline_next() gives the next member's name (without quotes, escapes as they
 * are) and stands on its value; false after the last, over the '}'.  Before
 * it is asked again, the caller goes over the value (outline_value) or, where
 * that is an object, through its members.
 */
void outline_enter(struct outline_pos *at);
bool outline_next(struct outline_pos *at, struct span *name);
struct span outline_value(struct outline_pos *at);

/* Where a value ends that is no bracket, after which the next name or bracket
 * is at `end`. */
static inline size_t
outline_value_end(const char *text, size_t end, bool compact)
{
	if (compact)
		return end - (text[end] == '"');
	if (text[end] == '"')           /* a name: over the comma */
		while (text[--end] != ',')
			;
	while (json_is_blank(text[end - 1]))
		end--;
	return end;
}

#endif

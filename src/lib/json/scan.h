/* SPDX-License-Identifier: MIT
 *
 * Navigates JSON text without decoding it: a position moves over values, and
 * what it passes is not copied, converted or checked beyond what is needed to
 * follow it.
 *
 * A json_pos is borrowed text and an offset in it.  Functions return false if
 * the text cannot be followed; the position is then where it broke.
 */
#ifndef JSON_SCAN_H
#define JSON_SCAN_H

#include <stdbool.h>

#include "base/buf.h"
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

/* Over one value of any kind; *value is its text. */
bool json_value(struct json_pos *at, struct span *value);

/*
 * Members of an object.  json_enter() goes over its '{' (or an array's '[').
 * json_next() gives the next member's name (without quotes, escapes as they
 * are) and stands before its value: 1; 0 after the last, over the '}'; -1
 * broken.  The caller goes over the value before it asks again.
 */
bool json_enter(struct json_pos *at, char bracket);
int json_next(struct json_pos *at, struct span *name);

/* Elements of an array, likewise; the caller goes over the value. */
int json_next_element(struct json_pos *at);

/* Call each() for the elements of an array, until it says false: that, or a
 * value that is no array, is false. */
bool json_each(struct span array, bool (*each)(void *arg, struct span element),
    void *arg);

/* Is the text one JSON value (outline.h says what that is)?  And can it become
 * part of a record, which others must read, too? */
bool json_valid(struct span text);
bool json_embeddable(struct span text);

/* What becomes of a JSON column's text where JSON is part of the record?  null
 * would be no value, and what MariaDB takes for JSON and RFC 8259 does not (1.,
 * "\x") would be no JSON: these stay texts, in a string.  So does a JSON string
 * that holds such a text: one string more in each. */
enum json_fate { JSON_EMBEDS, JSON_STAYS_TEXT, JSON_IS_NONE };

enum json_fate json_fate(struct span text);

/* Append the characters that a string's inside (between the quotes) stands
 * for.  false if an escape is none. */
bool json_unescape(struct buf *out, struct span inside);

/* The inside of a value that is a string; p == NULL if it is none. */
struct span json_inside(struct span value);

/* A string as it is meant, terminated, which the caller frees; NULL if the
 * value is none, or holds a NUL, after which C would see no more of it. */
char *json_text(struct span value);

#endif

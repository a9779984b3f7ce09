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
#include "json/valid.h"

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

/* Append the characters that a string's inside (between the quotes) stands
 * for.  false if an escape is none. */
bool json_unescape(struct buf *out, struct span inside);

/* The inside of a value that is a string; p == NULL if it is none. */
struct span json_inside(struct span value);

/* A string as it is meant, terminated, which the caller frees; NULL if the
 * value is none, or holds a NUL, after which C would see no more of it. */
char *json_text(struct span value);

#endif

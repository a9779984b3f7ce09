/* SPDX-License-Identifier: MIT
 *
 * Looking up members of objects by name, and comparing values: for what is
 * small or rare.
 */
#ifndef JSON_OBJECT_H
#define JSON_OBJECT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

/* The member of an object, p == NULL if it has none; names are compared as
 * names, escaped or not. */
struct span object_member(struct span object, const char *name);
struct span object_member_named(struct span object, struct span name);

/* Are two values the same, however they are written?  Numbers are not
 * calculated with: 1.0 is not 1. */
bool json_same(struct span a, struct span b);

/* Make *to a member that begins with this bracket, as it stands, but on one
 * line; empty if the object has none. */
void object_take(struct buf *to, struct span object, const char *name,
    char bracket);

/* A member that is a whole number, with all its digits; false if there is
 * none, or none that fits. */
bool object_whole(struct span object, const char *name, uint64_t *number);

/* The same, 0 if there is none. */
uint64_t object_number(struct span object, const char *name);

/* A string's characters, unescaped into scratch if need be. */
struct span json_string_text(struct span inside, struct buf *scratch);

/* Of a value that is a string; p == NULL if it is none. */
struct span json_value_text(struct span value, struct buf *scratch);

/* Is a value that string, escaped or not?  And the inside of one, as names
 * are? */
bool json_is_text(struct span value, const char *text);
bool json_inside_is(struct span inside, const char *text);

/* A member's text, terminated, which the caller frees; NULL if there is
 * none, as json_text(). */
char *object_string(struct span object, const char *name);

/* Make *to a member's characters; empty if it is no string. */
void object_text(struct buf *to, struct span object, const char *name);

#endif

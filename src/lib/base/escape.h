/* SPDX-License-Identifier: MIT
 *
 * Text from outside, made safe to show on a terminal.  Whatever would move the
 * cursor, begin a line, change the direction of writing or stay invisible is
 * shown as an escape, \xNN for a byte and \uNNNN for a character; everything
 * else is unchanged.
 */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include <stddef.h>

enum { ESCAPE_MAX = 16 };       /* room that a character needs at most */

/*
 * Write the first character of n > 0 bytes at p to `to`; *used is the bytes
 * that it took there, what is returned are those in `to`.
 */
size_t escape_one(char to[ESCAPE_MAX], const char *p, size_t n, size_t *used);

/* The same inside of JSON, which stays JSON and means the same: escapes are
 * \uNNNN, and what they replace is inside of strings. */
size_t escape_json(char to[ESCAPE_MAX], const char *p, size_t n,
    size_t *used);

/* Length of the UTF-8 sequence at p, and its character; 0 if it is none
 * (Unicode, table 3-7: well-formed UTF-8 byte sequences). */
size_t escape_utf8_next(const char *p, size_t n, unsigned *code);

#endif

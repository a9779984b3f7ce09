/* SPDX-License-Identifier: MIT
 *
 * Writes JSON text into a buffer: no tree, every number written by this
 * program, every byte UTF-8.
 */
#ifndef JSON_WRITE_H
#define JSON_WRITE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/span.h"

/*
 * Append text as a JSON string, quotes and all.  '"', '\\' and bytes below
 * 0x20 are escaped, everything else is copied.  A byte that is not UTF-8
 * becomes the private character U+EF00 + byte.
 */
enum { STRAY_BYTE = 0xEF00, STRAY_END = 0xF000 };

void json_string(struct buf *out, struct span text);

/* The same of what a server holds, which loses nothing: U+EF00 to U+EFFF
 * themselves become the bytes of their UTF-8. */
void json_data(struct buf *out, struct span text);

/* json_string() without quotes: a part of a string. */
void json_part(struct buf *out, struct span text);

/* The same with quotes, but what is not UTF-8 becomes U+FFFD: for words, never
 * for data. */
void json_words(struct buf *out, struct span text);

/* The same without quotes. */
void json_words_part(struct buf *out, struct span text);

/* `,"name":` and the value, for the cold records. */
void json_member(struct buf *out, const char *name, struct span text);

/* The same of a whole number. */
void json_count(struct buf *out, const char *name, uint64_t n);

/* The same as the first of an object: `{"name":` and the value. */
void json_first(struct buf *out, const char *name, struct span text);

/* `,"name":` and a JSON value as it stands; null where it is empty. */
void json_value_member(struct buf *out, const char *name, struct span value);

/* Append JSON as it stands, but on one line. */
void json_put_line(struct buf *out, struct span json);

/* Is the text UTF-8?  How much of it is. */
bool json_utf8_valid(struct span text);
size_t json_utf8_good(struct span text);

/* Append a code point as UTF-8. */
void json_utf8_put(struct buf *out, uint32_t code);

#endif

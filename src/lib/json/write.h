/* SPDX-License-Identifier: MIT
 *
 * JSON text into a buffer: no tree, no number that is not ours, no byte that
 * is not UTF-8.
 */
#ifndef JSON_WRITE_H
#define JSON_WRITE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/span.h"

/*
 * Append text as a JSON string, quotes and all.  '"', '\\' and bytes below
 * 0x20 are escaped, everything else is copied.  false, and nothing appended,
 * where the text is not UTF-8 (surrogates and overlong forms are not).
 */
bool json_string(struct buf *out, struct span text);

/* The same, but what is not UTF-8 becomes U+FFFD: for words, never for data. */
void json_words(struct buf *out, struct span text);

/* `,"name":` and the value, for the cold records. */
void json_member(struct buf *out, const char *name, struct span text);

/* Is the text UTF-8? */
bool utf8_valid(struct span text);

/* Append a code point as UTF-8. */
void utf8_put(struct buf *out, uint32_t code);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Texts of records, escaped (show/glyphs.h) and no longer than there is room.
 */
#ifndef SHOW_SHOW_TEXT_H
#define SHOW_SHOW_TEXT_H

#include "show/page.h"

enum text_form {
	TEXT_BARE,              /* as it is */
	TEXT_STRING,            /* '…', with \' and \\ inside */
	TEXT_NAME,              /* as it is, or `…` where that is misread */
	TEXT_LINE,              /* a line of a statement: no length where it is
	                         * cut */
};

/* No room for less of a text that is cut: "x… (4294967295 chars)". */
enum { TEXT_LEAST = 24 };

/* Where a text that begins like another may be cut in front: a little before
 * they differ, 0 if that is near, for so much room.  Both are insides of JSON
 * strings. */
size_t show_text_skip(struct span text, struct span other, size_t room);

/*
 * Append a text, of which json says whether it is the inside of a JSON string.
 * The columns that it takes are returned: at most `room`, if that is TEXT_LEAST
 * or more.  One that is cut ends in … and says how long it is.
 */
size_t show_text(const struct show_page *p, struct buf *out, struct span text,
    bool json, enum text_form form, size_t room);

/* The same of a string's inside, without the bytes in front that
 * show_text_skip() found. */
size_t show_text_rest(const struct show_page *p, struct buf *out,
    struct span inside, size_t skip, size_t room);

/* A value of JSON, a string without its quotes, into the line in hand. */
void show_text_words(struct show_page *p, enum paint paint, struct span value,
    size_t room);

/* Bytes as x'…'. */
size_t show_bytes(const struct show_page *p, struct buf *out, struct span bytes,
    size_t room);

#endif

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

/*
 * Append a text, of which json says whether it is the inside of a JSON string.
 * The columns that it takes are returned: at most `room`, if that is TEXT_LEAST
 * or more.  One that is cut ends in … and says how long it is.
 */
size_t show_text(const struct show_page *p, struct buf *out, struct span text,
    bool json, enum text_form form, size_t room);

/* Bytes as x'…'. */
size_t show_bytes(const struct show_page *p, struct buf *out, struct span bytes,
    size_t room);

#endif

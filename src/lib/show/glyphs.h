/* SPDX-License-Identifier: MIT
 *
 * Text from outside as what a terminal may be given, one character at a time.
 * Whatever would move the cursor, begin a line, turn the direction of writing,
 * join, hide or pile up is an escape: \n, \t, \x1b, \u200b, \u{e0041}; so is
 * what is no character, and U+EF00 to U+EFFF, which stand for bytes that are
 * none (cdc-event(5)): \xe4.
 */
#ifndef SHOW_GLYPHS_H
#define SHOW_GLYPHS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum { GLYPH_BYTES = 12 };

struct glyph {
	char bytes[GLYPH_BYTES];
	uint8_t n, columns;
	bool escaped;
};

struct glyphs {
	const char *p, *end;
	bool json;              /* the inside of a JSON string */
	bool emoji;             /* a selector may follow … */
	bool wide;              /* … which adds no column */
	uint8_t marks;          /* so many marks may follow */
};

static inline struct glyphs
glyphs_of(struct span text, bool json)
{
	return (struct glyphs){ .p = text.p, .end = text.p ? text.p + text.n :
	    text.p, .json = json };
}

/* The next one; false where there is none. */
bool glyphs_next(struct glyphs *g, struct glyph *glyph);

#endif

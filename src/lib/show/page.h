/* SPDX-License-Identifier: MIT
 *
 * What is printed: lines of a given width, in colours or without.  Nothing else
 * writes escape sequences.
 */
#ifndef SHOW_PAGE_H
#define SHOW_PAGE_H

#include <stdbool.h>

#include "base/buf.h"

enum page_color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
extern const char *const page_colors[];         /* --color */

enum paint {
	PAINT_NONE,
	PAINT_ID,               /* of a transaction */
	PAINT_DIM,              /* words of ours */
	PAINT_TABLE,
	PAINT_KEY,
	PAINT_INSERT, PAINT_UPDATE, PAINT_DELETE, PAINT_READ, PAINT_OTHER,
	PAINT_OLD, PAINT_NEW,
	PAINT_NULL,
	PAINT_ESCAPE,           /* a character that is not shown as it is */
	PAINT_STATEMENT,
	PAINT_ALARM,
};

enum { PAGE_WIDTH = 80, PAGE_LEAST = 40 };

enum page_over {
	OVER_FOLD,              /* it goes on in the next one */
	OVER_CUT,               /* it ends in … */
	OVER_LEAVE,             /* nothing */
};

struct show_page {
	struct buf out;
	bool color;
	bool terse;             /* what is cut does not tell its length */
	size_t width;           /* SIZE_MAX: lines have no end */
	size_t at;              /* columns of the line in hand, … */
	size_t line;            /* … which begins there in `out` */
	enum page_over over;    /* what becomes of one that is too long */
};

/* By --color and --width (0: none, UINT64_MAX: not said), the environment and
 * the terminal; where there is none, lines have `otherwise` columns. */
void page_open(struct show_page *p, enum page_color color, uint64_t width,
    size_t otherwise);

/* Write it out. */
void page_print(struct show_page *p);

/* Our own words, one column a byte; and others, whose columns are told. */
void page_words(struct show_page *p, enum paint paint, const char *words);
void page_put(struct show_page *p, enum paint paint, struct span text,
    size_t columns);
void page_blanks(struct show_page *p, size_t n);
void page_line(struct show_page *p);

/* Begin and end a colour in a buffer. */
void page_paint(const struct show_page *p, struct buf *out, enum paint paint);
void page_unpaint(const struct show_page *p, struct buf *out, enum paint paint);

#endif

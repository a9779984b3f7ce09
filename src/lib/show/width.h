/* SPDX-License-Identifier: MIT
 *
 * How many columns of a terminal a character takes (UAX #11, East Asian Width),
 * and which characters are not to be shown as they are.  The table is generated
 * by build-aux/widths.
 */
#ifndef SHOW_WIDTH_H
#define SHOW_WIDTH_H

enum width_class {
	WIDTH_ONE,
	WIDTH_WIDE,             /* two columns */
	WIDTH_EMOJI,            /* one, or two before a WIDTH_SELECTOR */
	WIDTH_SELECTOR,         /* U+FE0F: what it follows is an emoji */
	WIDTH_MARK,             /* none: it lies on the character before it */
	WIDTH_SPACING,          /* the same, but it takes a column of its own */
	WIDTH_ESCAPED,          /* control, hidden, blank, unassigned, … */
};

enum width_class width_of(unsigned code);

#endif

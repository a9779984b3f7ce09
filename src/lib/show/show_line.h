/* SPDX-License-Identifier: MIT
 *
 * --oneline: a change in the line in hand.  Without a limit nothing is cut.
 * Where lines have one, the key comes first, for it tells which row it is, and
 * then as many columns as there is room for; of two long texts the places where
 * they differ.
 */
#ifndef SHOW_SHOW_LINE_H
#define SHOW_SHOW_LINE_H

#include "show/show.h"

void show_line(struct showing *s, struct seen_table *t, char op);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Lines that equal one already read except in numbers and strings.
 *
 * Such a line has the same tokens in the same order, provided that the ones
 * that differ are values, not names, and are well-formed.  So it is JSON in
 * UTF-8 (what differs ends at ASCII characters) with the same names and
 * brackets.  Therefore duplicates, nesting and the set of members are the same,
 * too, and the lengths of the values give the places of the members.
 *
 * What a record is (shape.h) depends only on names, the op, and kinds of
 * values.  So the op must be the same, and members of line, envelope and source
 * must keep their kinds.  In keys and rows, each may become any value that is
 * not an object or an array.
 *
 * Lines that match no template are read by record.c, which alone knows what a
 * record is; a few of them are remembered here.
 */
#ifndef RECORD_TEMPLATE_H
#define RECORD_TEMPLATE_H

#include <stdbool.h>
#include <stdint.h>

struct record;
struct templates;

/* What was found about the names of objects of such lines: those of rows, key
 * and headers are different (record.c), or what else a tool asks of them. */
enum { TEMPLATE_ROWS = 1, TEMPLATE_KEY = 2, TEMPLATE_HEADERS = 4,
	TEMPLATE_TOOL = 8 };

/* Fill in a record whose line is like one that was read; false: it is like
 * none, and the record as it was. */
bool template_match(struct record *rec);

/* Remember a line that was read. */
void template_learn(struct record *rec);

/* Of a line that was like one, the outline, which is not read for that. */
void template_outline(struct record *rec);

/* Was that found?  It is, from now on. */
bool template_knows(const struct record *rec, unsigned found);
void template_note(const struct record *rec, unsigned found);

void templates_free(struct templates *all);

#endif

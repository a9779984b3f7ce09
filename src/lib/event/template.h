/* SPDX-License-Identifier: MIT
 *
 * Lines that are like one that was read before, but for numbers and strings.
 *
 * Such a line has the same tokens in the same order, if those that differ are
 * values, no names, and are well-formed themselves.  So it is JSON in UTF-8
 * (what differs ends at signs of ASCII) with the same names and brackets: what
 * is there twice, how deep it is nested, and which members there are is the
 * same, too, and where these are follows from how long the values are.
 *
 * What a record is (shape.h) depends on no more than names, the op, and kinds
 * of values: so the op must be the same, and members of line, envelope and
 * source keep their kinds.  Inside of keys and rows each may become any value
 * that is no object and no array.
 *
 * Lines that are like none are read by record.c, which alone knows what is a
 * record; a few of them are remembered here.
 */
#ifndef EVENT_TEMPLATE_H
#define EVENT_TEMPLATE_H

#include <stdbool.h>
#include <stdint.h>

struct record;
struct templates;

/* What was found about the names of objects of such lines (record.c). */
enum { TEMPLATE_ROWS = 1, TEMPLATE_KEY = 2, TEMPLATE_HEADERS = 4 };

/* Fill in a record whose line is like one that was read; false: it is like
 * none, and the record as it was. */
bool template_match(struct record *rec);

/* Remember a line that was read. */
void template_learn(struct record *rec);

/* Were those names found to be different?  They are, from now on. */
bool template_knows(const struct record *rec, unsigned names);
void template_note(const struct record *rec, unsigned names);

/* A number that lines have in common whose names are the same; 0: not known. */
uint64_t template_stamp(const struct record *rec);

void templates_free(struct templates *all);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What is cut from the text of a statement: whole parts, and single words.
 */
#ifndef FOLLOW_CUTS_H
#define FOLLOW_CUTS_H

#include "follow/action.h"

struct cuts {
	const struct action *s;
	bool *part;             /* of each: it is taken out */
	size_t ncut;
	struct edit *edits;     /* by their places */
	size_t nedits;
};

void cuts_open(struct cuts *c, const struct action *s);
void cuts_clear(struct cuts *c);

/* A part goes; `old` goes, and `with` (owned, NULL: nothing) is
 * in its place. */
void cuts_part(struct cuts *c, size_t i);
void cuts_edit(struct cuts *c, struct span old, char *with);

bool cuts_are_none(const struct cuts *c);
bool cuts_are_all(const struct cuts *c);

/* Why they cannot be made: half a comment would go; or NULL. */
const char *cuts_fault(const struct cuts *c);

/* Append what is left. */
void cuts_put(const struct cuts *c, struct buf *out);

#endif

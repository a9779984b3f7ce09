/* SPDX-License-Identifier: MIT
 *
 * Views that are left out because of what they read, although the lists keep
 * them: those that read them are left out, too.  A run knows those of which it
 * has read, and no more than 65,536 of them; the target refuses what reads
 * others.
 */
#ifndef MATCH_LEFT_VIEWS_H
#define MATCH_LEFT_VIEWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

/* A zeroed struct has none. */
struct left_views {
	void *names;            /* a tree of struct span */
	size_t n;
};

void left_views_set(struct left_views *v, struct span db, struct span name,
    bool left_out);
bool left_views_has(const struct left_views *v, struct span db,
    struct span name);
void left_views_clear(struct left_views *v);

#endif

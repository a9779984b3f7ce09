/* SPDX-License-Identifier: MIT
 *
 * Statements that move whole tables or partitions, with rows that no event
 * contains, across the border of include and exclude lists.
 */
#ifndef FOLLOW_BORDERS_H
#define FOLLOW_BORDERS_H

#include "match/table_filter.h"
#include "follow/action.h"

/* RENAME of a table that is left out to one that is followed, EXCHANGE
 * PARTITION, …; and the other way. */
bool borders_crossed(const struct action *s, struct table_filter *lists);

/* Is it the RENAME by which a tool for changing tables, whose own tables are
 * left out, has put another in the place of one that is followed? */
bool borders_swapped(const struct action *s, struct table_filter *lists);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Which names the lists spell out.  `shop\.(orders|items)` can match two
 * tables, `shop\..*` all tables of one database, `.*\.orders` tables of any
 * database.  Only for the first two is it known in advance what they can match.
 */
#ifndef MATCH_SPELLED_H
#define MATCH_SPELLED_H

#include "match/table_filter.h"

struct spelled_name {
	char *db;
	char *table;            /* NULL: all that the database has */
};

struct spelled {
	struct spelled_name *v;
	size_t n;
};

/* Is there an end to the databases of which a filter can keep tables?  Then
 * these are all that its include lists can match, in the letters in which they
 * are written; some that they cannot, and excluded ones, may be among them. */
bool spelled_tables(const struct table_filter *f, struct spelled *out);

/* The same of a list's whole names (.db), whatever dots are in them. */
bool spelled_texts(const struct name_list *list, struct spelled *out);

void spelled_clear(struct spelled *s);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What follows the head of a statement: its parts, and the tables and columns
 * that they name.
 */
#ifndef FOLLOW_CLAUSES_H
#define FOLLOW_CLAUSES_H

#include "match/table_filter.h"
#include "follow/action.h"

/* A statement in hand. */
struct reading_of {
	struct action *to;
	struct sql sql;         /* what is left */
	struct span db;
};

/* Append to what it acts on (borrowed until the next), and to its parts. */
struct act *action_add(struct action *s, struct act act);
void action_add_part(struct action *s, struct span at);

/* Take a table's name; NULL and trouble where there is none. */
struct act *clause_act(struct reading_of *r, int part);

/* Split what is left at its commas, up to its end or (inside) to the
 * parenthesis that closes, over which it goes. */
void clause_parts(struct reading_of *r, bool inside);

/* Look through what is left, and through the parts. */
void clause_scan_rest(struct reading_of *r);
void clause_scan_parts(struct reading_of *r);

/* Where IF EXISTS goes in a statement or a part that drops, renames or changes
 * an index or a constraint by its name, or drops a view; NULL: it is none, or
 * says so. */
const char *clause_if_exists(struct span text, unsigned mode);

/* row_acts.c: INSERT and REPLACE, UPDATE, DELETE, LOAD; others */
void row_acts_insert(struct reading_of *r);
void row_acts_update(struct reading_of *r);
void row_acts_delete(struct reading_of *r);
void row_acts_load(struct reading_of *r);
void row_acts_unknown(struct reading_of *r);

/* views.c: CREATE and ALTER VIEW.  Is a view followed, and all that it reads?
 * Where only it is, a warning says why it is not. */
void view_acts(struct reading_of *r);
bool view_follows(const struct action *s, struct table_filter *lists);

void action_trouble(struct action *s, const char *why);

#endif

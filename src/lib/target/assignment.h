/* SPDX-License-Identifier: MIT
 *
 * --set COLUMN=EXPRESSION
 */
#ifndef TARGET_ASSIGNMENT_H
#define TARGET_ASSIGNMENT_H

#include "target/target.h"

struct assignment {
	char *column;
	const char *expression; /* SQL */
	struct named *named;    /* did a table have the column? */
};

struct assignment_list {
	struct assignment *v;
	size_t n;
};

int assignment_add(void *list, const char *text, struct err *err);
void assignments_clear(struct assignment_list *list);

/* A table that is changed: which of them it has (match/named.h). */
void assignments_look(const struct assignment_list *list,
    const struct target *t);

/* Does the list assign the column? */
bool assignments_have(const struct assignment_list *list,
    const struct target_column *col);

#endif

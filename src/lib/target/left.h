/* SPDX-License-Identifier: MIT
 *
 * Changes of the source's tables that the target's tables did not follow, so
 * that a row that conflicts with one is an error that names it.  They are
 * remembered for one run; after a restart there is only the earlier warning.
 */
#ifndef TARGET_LEFT_H
#define TARGET_LEFT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "target/ways.h"

struct left_change {
	char *db, *table;       /* of the target */
	char *column;           /* as the source calls it now; NULL: the
	                         * table itself */
	enum evolve_action action;
	char *text;
};

struct left {
	struct left_change *list;
	size_t n;
};

/* What was left, by which GTID ("": not known), and by which rule. */
struct left_note {
	enum evolve_action action;
	const char *db, *table;
	const char *column;     /* of the target, or NULL */
	const char *to;         /* what it is called now, or NULL */
	const char *gtid;
	bool cannot;            /* no --evolve left it: it would lose values */
};

/* Remember it and warn of it; it takes the place of what was known of that
 * column. */
void left_add(struct left *left, const struct left_note *note);

/* ERR_CONFIG: --evolve ACTION=stop */
int left_stop(const struct left_note *note, struct err *err);

/* An error is on that table, and on that column or (NULL) on those that it
 * names: put in front of it what was left of them. */
int left_say(const struct left *left, const char *db, const char *table,
    const char *column, struct err *err);

/* Was such a change of the column left? */
bool left_has(const struct left *left, const char *db, const char *table,
    const char *column, enum evolve_action action);

void left_clear(struct left *left);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Changes of the source's tables that the target's tables did not follow, so
 * that a row that conflicts with one is an error that names it, and nothing is
 * taken for a part of what was left.  They are kept with the position
 * (left_text.h), so that one run and several come to the same end.
 *
 * Names are the target's, but those of whole databases ("*") and of tables that
 * were made since, which are the source's.
 */
#ifndef TARGET_LEFT_H
#define TARGET_LEFT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/span.h"
#include "target/ways.h"

struct left_change {
	char *db, *table;       /* of the target */
	char *column;           /* as the source calls it now; NULL: the
	                         * table itself */
	enum evolve_action action;      /* NO_ACTION: the table was made since
	                                 * its database was dropped */
	char *text;
};

struct left {
	struct left_change *list;
	size_t n;
	bool changed;           /* since the caller cleared this */
};

/* More tables and columns that the source dropped than that stop a stream. */
enum { LEFT_MOST = 10000 };

/* What was left, by which GTID ("": not known), and by which rule. */
struct left_note {
	enum evolve_action action;
	const char *db, *table;
	const char *column;     /* of the target, or NULL */
	const char *to;         /* what it is called now, or NULL */
	const char *gtid;
	const char *why;        /* ", and …"; NULL: --evolve left it */
	bool quiet;             /* somebody else warns of it */
};

/* Remember it and warn of it; it takes the place of what was known of that
 * column. */
void left_add(struct left *left, const struct left_note *note);

/* The same of what was kept: all four are copied. */
void left_put(struct left *left, const struct left_change *change);

/* It is no longer so: what was left of a column (NULL: of the table itself), of
 * the table and all its columns; but that it was made since is still so. */
void left_forget(struct left *left, const char *db, const char *table,
    const char *column);
void left_forget_table(struct left *left, const char *db, const char *table);

/* A table has another name. */
void left_rename(struct left *left, const struct span from[2],
    const struct span to[2]);

/* A table (the source's names) was made since its database was dropped. */
void left_make(struct left *left, const char *db, const char *table);

/* Is it there although the source dropped it, or its database? */
bool left_is_dropped(const struct left *left, const char *db,
    const char *table);
bool left_is_dropped_with(const struct left *left, const char *source_db,
    const char *source_table);

/* Are there more than may be? */
bool left_is_full(const struct left *left);

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

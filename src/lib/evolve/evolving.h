/* SPDX-License-Identifier: MIT
 *
 * Between evolve.c, which goes from table to table, and reshape.c, which
 * changes one to match the source's.  Tables are compared, and their history
 * is not executed, so a restart leads to the same result.
 */
#ifndef EVOLVE_EVOLVING_H
#define EVOLVE_EVOLVING_H

#include "evolve/evolver.h"

struct evolving {
	struct evolver *by;
	struct db *db;          /* of statements that commit by themselves;
	                         * NULL: there was none yet */
	struct buf to_db, to_name;
	const char *from_db, *from_name;
	const struct schema_table *from;
	bool copied;            /* its rows come now, by no statement */
	struct target *target;

	uint64_t tries;
	struct buf gtid;        /* of the record, "" */
	struct span session;    /* of its statement; p NULL: none */
	struct action *action;  /* that is read of it, or NULL */
	bool passed;            /* what followed it was done, too */
};

struct left_note evolving_note(struct evolving *e, enum evolve_action action,
    const char *column, const char *to);

/* Does --evolve let the target follow?  1; 0: it is left as it is, which is
 * remembered; -1: --evolve stop.  `to`: what the column is called now. */
int evolving_may(struct evolving *e, enum evolve_action action,
    const char *column, const char *to, struct err *err);

/* Which table of the target the source's is: to_db and to_name.  1; 0: none
 * that may be changed; -1. */
int evolving_find(struct evolving *e, const char *db, const char *name,
    struct err *err);

/* Ask for the table as it is now. */
int evolving_read(struct evolving *e, struct err *err);

/* Have a connection for what commits by itself. */
int evolving_connect(struct evolving *e, struct err *err);

/* Execute a statement, in the session of the source's if as_source.  What may
 * pass is done again, also where its answer was lost, so it says IF NOT EXISTS;
 * or *again is set instead, and the caller looks what was done. */
int evolving_execute(struct evolving *e, const struct statement *sql,
    bool as_source, bool *again, struct err *err);

/* Rows of a copy come: can the table have them?  No statement in the stream
 * says that the source dropped it since, and created it with another key; and a
 * copy that starts over has filled this one itself. */
int copied_check(struct evolving *e, struct err *err);

/* The columns of the table, by one ALTER TABLE. */
int reshape(struct evolving *e, struct err *err);

/* The source's column has other values now: what is here stays. */
void evolving_warn_of_less(struct evolving *e, const char *column);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Statements by which rows move or go, of which no record tells, where nobody
 * executes them: what follows would be mixed with rows that should not be
 * there, or rows would be missing.  Such a stream stops, again and again, until
 * the target shows that somebody saw to it (the table is empty, or gone), or
 * --accept-tables says so.
 *
 *   EXCHANGE PARTITION, CONVERT …,   refused, where the target has rows in one
 *   DISCARD, IMPORT TABLESPACE       of the tables
 *   RENAME of tables                 add follows it; else the same
 *   DROP TABLE, DROP DATABASE        remembered (target/left.h), and refused
 *                                    when the table is made again
 *   CREATE OR REPLACE TABLE          both at once
 */
#ifndef EVOLVE_UNFOLLOWED_H
#define EVOLVE_UNFOLLOWED_H

#include "evolve/evolving.h"

/* A statement, before it is followed, and the error with which it failed at the
 * source, or 0.  -1 and ERR_CONFIG. */
int unfollowed_statement(struct evolving *e, const struct action *s,
    uint64_t error, struct err *err);

/* The table in hand is described: is it another than the one that is here?  -1
 * and ERR_CONFIG. */
int unfollowed_table(struct evolving *e, struct err *err);

/* ERR_CONFIG: a column is added, and here is an earlier one of the name. */
int unfollowed_column(struct evolving *e, const char *column,
    struct err *err);

/* apply-ddl: the same of what --evolve left.  *replaces: CREATE OR REPLACE
 * finds no rows, so that there are none to keep. */
int unfollowed_replay(struct evolver *by, const struct action *s,
    const char *gtid, bool *replaces, struct err *err);

/* … and it was executed: what was left of its tables is no longer so, or
 * belongs to other names. */
void unfollowed_replayed(struct evolver *by, const struct action *s);

#endif

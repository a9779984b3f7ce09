/* SPDX-License-Identifier: MIT
 *
 * What a statement of the source does to tables, in terms of --evolve, and what
 * of it apply-ddl may execute.
 */
#ifndef EVOLVE_ALTERING_H
#define EVOLVE_ALTERING_H

#include "follow/action.h"
#include "target/ways.h"

/* What a part of an ALTER TABLE, or a statement that has none, does.  CHANGE
 * with another name is RENAME_COLUMN_TO. */
enum evolve_action altering_of_part(const struct action *s,
    const struct part *part);
enum evolve_action altering_of_statement(const struct action *s);

/* --schema-evolution add: is the statement, by which rows go or get another
 * name, one that evolve() follows, or says that it left it? */
bool altering_acts(const struct action *s);

struct left;

/*
 * 1: `text` is what is left of the statement, which may be all of it; 0:
 * nothing is; -1 and ERR_CONFIG: one of its changes is to stop, or it cannot be
 * taken apart.  What is left out is remembered.  `replaces`: CREATE OR REPLACE
 * is no more than CREATE.
 */
int altering_judge(const struct ways *ways, struct left *left,
    const struct action *s, bool replaces, const char *gtid, struct buf *text,
    struct err *err);

#endif

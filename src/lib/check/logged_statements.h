/* SPDX-License-Identifier: MIT
 *
 * What only the binlog itself shows: the statements in its newest logs.
 */
#ifndef CHECK_LOGGED_STATEMENTS_H
#define CHECK_LOGGED_STATEMENTS_H

#include "check/finding.h"
#include "db/query.h"

/* Read the newest logs, those that are 64 MB together, or the first 64 MB of
 * the newest, for statement-based changes, over a connection of its own. */
int check_statements(struct db *db, finding_fn *report, void *arg,
    struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * A statement does not wait in a dead letter queue.  Records of a table that
 * are there were made for the table as it was, so what would change it stops
 * the stream until they are replayed.
 */
#ifndef EVOLVE_QUEUED_H
#define EVOLVE_QUEUED_H

#include "evolve/evolver.h"
#include "follow/action.h"

/* ERR_DATA where a record of this table of the source is in the queue; `what`
 * was to be done. */
int queued_check_table(const struct evolver *e, const char *db,
    const char *name, struct span what, struct err *err);

/* The same of all tables that a statement changes. */
int queued_check_statement(const struct evolver *e, const struct action *s,
    struct err *err);

#endif

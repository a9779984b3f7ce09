/* SPDX-License-Identifier: MIT
 *
 * --handlers DIR: programs named after tables.
 *
 *     db.table        for that table
 *     table           for tables of that name in any database
 *     default         for all others
 *     before-start    run once, before the first record
 *     before-exit     run once, when all records are done
 */
#ifndef EXEC_HANDLERS_H
#define EXEC_HANDLERS_H

#include "exec/exec.h"
#include "exec/arguments.h"

struct handlers;

/* first: of the lane that runs before-start and before-exit. */
struct handlers *handlers_open(const struct exec_options *opt, bool first,
    struct err *err);
void handlers_free(struct handlers *h);

/* The command for a record's table; NULL: there is none, which is warned of
 * once for each table, or err is set. */
struct arguments *handlers_find(struct handlers *h, struct record *rec,
    struct err *err);

/* All is done. */
int handlers_end(struct handlers *h, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What a stream must not do to the target, whoever wrote it: change the
 * server's own schemas, its accounts, or the tables that keep positions.
 */
#ifndef EVOLVE_GUARD_H
#define EVOLVE_GUARD_H

#include "target/mapping.h"

/* May a table of the target be written?  1; 0: it keeps positions, and its
 * rows are left out; -1 and ERR_CONFIG: it is the server's. */
int guard_table(const struct table_options *opt, struct span db,
    struct span name, struct err *err);

/*
 * May a statement be executed, read under db in a mode (enum sql_mode)?  1:
 * `text`, which is what may be of it; 0: it is left out, which is said; -1 and
 * ERR_CONFIG.
 */
int guard_statement(const struct table_options *opt, struct buf *text,
    struct span db, unsigned mode, struct err *err);

#endif

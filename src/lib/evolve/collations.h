/* SPDX-License-Identifier: MIT
 *
 * Which collation does a character set have if a statement names no collation?
 * That of character_set_collations; before MariaDB 11.2, which introduced that,
 * the one that the server marks as default.
 */
#ifndef EVOLVE_COLLATIONS_H
#define EVOLVE_COLLATIONS_H

#include "db/query.h"

/*
 * Append what makes them the source's to a SET: `session` is the record's, the
 * statement's text is read in a mode (enum sql_mode).  text.p NULL: it is of
 * our own making, and where the session tells none those of the target stay.
 * -1 and ERR_CONFIG where it names a character set alone whose default the
 * target cannot have.
 */
int collations_put(struct db *db, struct statement *sql, struct span session,
    struct span text, unsigned mode, struct err *err);

#endif

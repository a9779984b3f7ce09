/* SPDX-License-Identifier: MIT
 *
 * Privileges that the account at the target lacks, and the GRANT that gives
 * them.
 */
#ifndef EVOLVE_DENIED_H
#define EVOLVE_DENIED_H

#include "evolve/evolver.h"

/* Is an error of the connection a privilege that is missing?  Then err gets
 * the GRANT as its hint: what --schema-evolution needs in database (empty:
 * nobody knows in which). */
bool denied_hint(enum evolution evolution, struct db *db, struct span database,
    struct err *err);

#endif

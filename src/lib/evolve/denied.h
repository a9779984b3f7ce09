/* SPDX-License-Identifier: MIT
 *
 * What the target's account may not do, and what allows it.
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

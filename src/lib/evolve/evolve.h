/* SPDX-License-Identifier: MIT
 *
 * --schema-evolution: the target's tables follow those of the source.
 */
#ifndef EVOLVE_EVOLVE_H
#define EVOLVE_EVOLVE_H

#include "evolve/evolver.h"
#include "record/record.h"

/* After a schema record that is new: check that the target can take rows of
 * the table, or make it so.  Nothing waits to be executed.  *altered where
 * tables of the target may be others now. */
int evolve(struct evolver *by, const struct record *rec, bool *altered,
    struct err *err);

/* Is there anything to be done about such a record? */
bool evolve_concerns(const struct evolver *by, const struct record *rec);

void evolve_clear(struct evolver *by);

#endif

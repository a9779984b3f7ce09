/* SPDX-License-Identifier: MIT
 *
 * --schema-evolution apply-ddl: executes the source's statements as a replica
 * does, each once.
 */
#ifndef EVOLVE_SOURCE_STATEMENT_H
#define EVOLVE_SOURCE_STATEMENT_H

#include "evolve/evolver.h"
#include "record/record.h"

/* Execute the statement of a schema record, if it has one. */
int source_statement_replay(struct evolver *e, const struct record *rec,
    struct err *err);

/* Where statements are not executed: say so of one that removes rows, unless
 * evolve() does. */
void source_statement_warn(const struct evolver *e, const struct record *rec);

/* After a start: a statement was begun and its end is not known. */
int source_statement_resume(struct evolver *e, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * --schema-evolution apply-ddl: the source's statements, as a replica executes
 * them, each once.
 */
#ifndef APPLY_SOURCE_STATEMENT_H
#define APPLY_SOURCE_STATEMENT_H

#include "apply/apply.h"

/* Execute the statement of a schema record, if it has one. */
int source_statement_replay(struct applier *a, const struct record *rec,
    struct err *err);

/* Where statements are not executed: say so of one that removes rows, unless
 * evolve() does. */
void source_statement_warn(const struct applier *a, const struct record *rec);

/* After a start: a statement was begun and its end is not known. */
int source_statement_resume(struct applier *a, struct err *err);

#endif

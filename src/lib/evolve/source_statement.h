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

/* A statement of our own that is executed once, like the source's, in the place
 * of a record's: is it executed already? */
enum begun {
	BEGUN_NOT,
	BEGUN_DONE,             /* it was the last that was */
	BEGUN_PASSED,           /* and so was what came after it */
};
enum begun source_statement_number(struct evolver *e, struct span gtid);

/* … and it is about to be, by that connection, under that database. */
int source_statement_intend(struct evolver *e, struct db *db, struct span text,
    struct span schema, struct span gtid, struct err *err);

/* Where statements are not executed: say so of one that removes rows, unless
 * evolve() did, or refuses what comes of it. */
void source_statement_warn(const struct evolver *e, const struct record *rec);

/* After a start: a statement was begun and its end is not known. */
int source_statement_resume(struct evolver *e, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Was a statement executed?  DDL commits by itself, so that it and the position
 * cannot be one transaction: between them a crash leaves the question.
 *
 * Before a statement is executed, an intent is committed with the position: the
 * GTID, the number of the statement in its transaction, its text, and what
 * executed_look() says of the things that it changes.  The intent stays until
 * the position covers the GTID.  Whoever begins finds it, waits until the
 * connection that executed is gone (a lock of its name, which the server takes
 * back at its end: the statement may be at work while nobody waits for it),
 * looks again, and knows:
 *
 *   smaller numbers of the transaction      executed
 *   that number                             executed if things are others now
 *   larger numbers                          not executed
 *
 * Where the server answers with an error, the intent says so: the statement did
 * not run, whatever somebody does to the target after that.
 *
 * A server executes each of them wholly or not at all (atomic DDL, 10.6; of
 * several tables in one RENAME or DROP each has a record of its own), and these
 * are the cases:
 *
 *   CREATE, DROP, RENAME            which names there are
 *   ALTER TABLE, indexes,           SHOW CREATE TABLE, without the counter of
 *   foreign keys, checks,           AUTO_INCREMENT, which rows change, too
 *   partitions, ALTER VIEW
 *   EXCHANGE PARTITION, columns     … may leave it as it is, and done twice
 *   that change names               would undo it: the rows' checksum; where
 *                                   that is the same on both sides, twice does
 *                                   no harm
 *   CREATE, DROP, ALTER DATABASE    which there are; collation, comment
 *   CREATE OR REPLACE               always again: it may stop half-way, and
 *                                   no row came behind it
 *   what changes nothing that can   again, which changes nothing: IF EXISTS,
 *   be seen                         FORCE, TRUNCATE PARTITION, ALTER SEQUENCE …
 *
 * Triggers and programs are not executed (guard.h).  Without a position
 * (--no-state) a statement is executed whenever it comes.
 */
#ifndef EVOLVE_EXECUTED_H
#define EVOLVE_EXECUTED_H

#include "base/buf.h"
#include "db/query.h"

/* What the target has of the things that a statement changes, read under that
 * database in a mode (enum sql_mode), is appended to out. */
int executed_look(struct db *db, struct span text, struct span schema,
    unsigned mode, struct buf *out, struct err *err);

/* May it be executed again, whatever is there? */
bool executed_repeats(struct span text);

/* Take the lock of who executes statements for a position; wait for who has it
 * if need be.  -1 and ERR_RETRY where we are to stop. */
int executed_be_alone(struct db *db, struct span position, struct err *err);

#endif

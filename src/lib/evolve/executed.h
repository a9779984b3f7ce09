/* SPDX-License-Identifier: MIT
 *
 * Was a statement executed?  DDL commits by itself, so it and the position
 * cannot be one transaction: a crash between them leaves the question.
 *
 * Before a statement is executed, an intent is committed with the position: the
 * GTID, the number of the statement in its transaction, its text, and what
 * executed_look() says about the things that it changes.  The intent stays
 * until the position covers the GTID.  A new start finds it, waits until the
 * connection that executed the statement is gone (it holds a named lock, which
 * the server releases at its end: the statement may still be running while
 * nobody waits for it), looks again, and concludes:
 *
 *   smaller numbers of the transaction      executed
 *   that number                             executed if the things changed
 *   larger numbers                          not executed
 *
 * If the server answers with an error, the intent records that: the statement
 * did not run, whatever somebody does to the target later.
 *
 * A server executes each of them completely or not at all (atomic DDL, 10.6; of
 * several tables in one RENAME or DROP, each has a record of its own).  These
 * are the cases:
 *
 *   CREATE, DROP, RENAME            which names exist
 *   ALTER TABLE, indexes,           SHOW CREATE TABLE, without the counter of
 *   foreign keys, checks,           AUTO_INCREMENT, which rows also change
 *   partitions, ALTER VIEW
 *   EXCHANGE PARTITION, columns     … may not change it, and twice would undo
 *   that exchange names             it: the checksum of the rows; if that is
 *                                   the same on both sides, twice is harmless
 *   CREATE, DROP, ALTER DATABASE    which exist; collation, comment
 *   CREATE OR REPLACE               always again: it may stop half-way, and no
 *                                   row followed it
 *   what changes nothing visible    again, which changes nothing: IF EXISTS,
 *                                   FORCE, TRUNCATE PARTITION, ALTER SEQUENCE …
 *
 * Triggers and routines are not executed (guard.h).  Without a position
 * (--no-state) a statement is executed whenever it arrives.
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

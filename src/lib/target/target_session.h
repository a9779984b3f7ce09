/* SPDX-License-Identifier: MIT
 *
 * The session in which rows are written: strict, so that a value that does not
 * fit is an error, but with every value that a source can hold (0 in an
 * AUTO_INCREMENT column, dates that do not exist).  It checks foreign keys,
 * unique keys and CHECK constraints, and commits only when told to.
 */
#ifndef TARGET_TARGET_SESSION_H
#define TARGET_TARGET_SESSION_H

#include "target/executor.h"

/* Connect db and set its session; x then executes there, in packets that the
 * server takes.  skip_replication marks what is written in the target's binlog.
 * Call it again after the connection is lost.  -1: the error of db_connect(),
 * or of the statement. */
int target_session_open(struct executor *x, struct db *db,
    bool skip_replication, struct err *err);

#endif

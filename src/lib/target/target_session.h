/* SPDX-License-Identifier: MIT
 *
 * The session in which rows are written.
 */
#ifndef TARGET_TARGET_SESSION_H
#define TARGET_TARGET_SESSION_H

#include "target/execute.h"

/* Connect, and make the session; the executor knows of it. */
int target_session_open(struct executor *x, struct db *db,
    bool skip_replication, struct err *err);

#endif

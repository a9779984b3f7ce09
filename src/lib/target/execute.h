/* SPDX-License-Identifier: MIT
 *
 * Executes what waits in a batch, in as few statements as possible.
 */
#ifndef TARGET_EXECUTE_H
#define TARGET_EXECUTE_H

#include "target/executor.h"

/* Does a rollback undo all that waits, once it has run? */
bool execute_is_undone(const struct batch *b);

/* Run all that waits, inside the transaction that is open. */
int execute_batch(struct executor *x, struct batch *b, struct err *err);

/* Empty the table; rows of others that refer to it stay, as they do when it is
 * truncated.  By TRUNCATE TABLE, which commits and sets AUTO_INCREMENT back, or
 * by DELETE FROM. */
int execute_truncate(struct executor *x, const struct target *t, bool commits,
    struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * A batch contains complete transactions of the source, and one that is
 * incomplete.  What is complete is never lost together with what is not: if the
 * input ends or breaks inside a transaction, if a record cannot be applied, or
 * if a transaction is larger than the batch, everything before it is committed
 * by itself, with its position.
 */
#ifndef APPLY_UNFINISHED_H
#define APPLY_UNFINISHED_H

#include "apply/applier.h"

/* Execute what waits, inside the transaction that stays open: it is too large
 * for the batch, or order asks for it.  What is finished is committed before
 * that. */
int unfinished_spill(struct applier *a, struct err *err);

/* The input ends inside a transaction: roll that back, commit the rest. */
int unfinished_leave(struct applier *a, struct err *err);

/* Before the end by an error: commit what is finished and lies before what is
 * at fault. */
void unfinished_save(struct applier *a, const struct err *why);

#endif

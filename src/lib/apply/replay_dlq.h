/* SPDX-License-Identifier: MIT
 *
 * --replay-dlq
 */
#ifndef APPLY_REPLAY_DLQ_H
#define APPLY_REPLAY_DLQ_H

#include "apply/applier.h"

/* Apply the entries of a queue in their order; those that fail again stay, and
 * what follows them. */
int replay_dlq(struct applier *a, const char *path, struct err *err);

#endif

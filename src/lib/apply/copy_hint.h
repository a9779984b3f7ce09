/* SPDX-License-Identifier: MIT
 *
 * What a person is told where a copy begins though there is one: how it goes
 * on.
 */
#ifndef APPLY_COPY_HINT_H
#define APPLY_COPY_HINT_H

#include "apply/applier.h"

/* Make a->show, the command that writes the position into a file. */
void copy_hint_open(struct applier *a);

/* The stream was refused (err); where a copy begins and --state does not tell
 * of the one that is there, it does now, and the next run continues:
 * ERR_RETRY. */
int copy_hint_refused(struct applier *a, struct err *err);

#endif

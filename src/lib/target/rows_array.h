/* SPDX-License-Identifier: MIT
 *
 * Executes a run as one array: strictly if that is possible, else leniently.
 */
#ifndef TARGET_ROWS_ARRAY_H
#define TARGET_ROWS_ARRAY_H

#include "target/rows_run.h"

int rows_array_execute(struct executor *x, struct rows_run *run,
    uint64_t *matched, struct err *err);

/* The run failed, with *err, and is to be repeated: 0 if nothing of it stayed
 * (*err is cleared), else -1. */
int rows_array_back(struct executor *x, const struct rows_run *run,
    struct err *err);

#endif

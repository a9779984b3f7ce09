/* SPDX-License-Identifier: MIT
 *
 * Rows that are made one by one after an array of them failed, or to find out
 * why it did.
 */
#ifndef TARGET_SINGLE_H
#define TARGET_SINGLE_H

#include "target/rows_run.h"

/* Rows that replace those which hold their unique keys; rows that move to other
 * keys; rows that are deleted and inserted. */
int single_replacing(struct executor *x, struct rows_run *run, struct err *err);
int single_rekeys(struct executor *x, const struct rows_run *run,
    struct err *err);
int single_pairs(struct executor *x, struct rows_run *run, struct err *err);

/* Say which rows an error is about, and which unique key; -1. */
int single_say_why(struct executor *x, const struct rows_run *run,
    struct err *err);

/* -1 if rows that had to be there were not. */
int single_check_matched(struct executor *x, const struct rows_run *run,
    uint64_t matched, struct err *err);

#endif

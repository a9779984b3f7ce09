/* SPDX-License-Identifier: MIT
 *
 * The run of cdc-tail: group by group, from the start of its window to the end,
 * with heartbeats in between and progress messages on request.
 */
#ifndef TAIL_RUN_H
#define TAIL_RUN_H

#include "tail/input.h"
#include "tail/range.h"
#include "tail/tail.h"

/* Read the input to the end of the window, or to its own.  0, -1. */
int tail_run(struct tail_options *opt, struct tail_input *in,
    struct group_reader *reader, struct range *window, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * The end of input: was it that of the stream, or did the program before it
 * fail?
 */
#ifndef SINK_UPSTREAM_H
#define SINK_UPSTREAM_H

#include "sink/progress.h"

/* `ended`: nobody asks for the stream's own end, or it came; `whole`: no
 * transaction is open.  done: what became of complete transactions: "applied".
 * -1: the status of the program before it, or ERR_RETRY. */
int upstream_check(const struct progress *p, bool ended, bool whole,
    const char *done, struct err *err);

#endif

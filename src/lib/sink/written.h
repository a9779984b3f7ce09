/* SPDX-License-Identifier: MIT
 *
 * How the values of a stream are written, `modes` in its heartbeats: a position
 * must not switch from a form that keeps something to one that loses it.
 */
#ifndef SINK_WRITTEN_H
#define SINK_WRITTEN_H

#include "base/buf.h"
#include "base/err.h"

/* ERR_CONFIG: what is done was written in a way that kept more than this one
 * does, or told another history.  Empty: not known, and all is well. */
int written_check(struct span was, struct span is, struct err *err);

#endif

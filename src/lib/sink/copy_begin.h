/* SPDX-License-Identifier: MIT
 *
 * The beginning of a copy, where a sink has a position: does it go on from what
 * is there, begin again in its place, or is it another one?
 */
#ifndef SINK_COPY_BEGIN_H
#define SINK_COPY_BEGIN_H

#include "sink/progress.h"

/* The member `snapshot` of its first heartbeat: may it begin?  p->empties says
 * how.  ERR_CONFIG, and p->refused where it is another one. */
int copy_begin_judge(struct progress *p, struct span copy, struct err *err);

#endif

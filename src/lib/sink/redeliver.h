/* SPDX-License-Identifier: MIT
 *
 * --replay-dlq: entries of a dead letter queue, once more, in their order.
 */
#ifndef SINK_REDELIVER_H
#define SINK_REDELIVER_H

#include "sink/delivery_run.h"

/* Those that are done leave the file; those that fail again stay, and what must
 * not overtake them.  ERR_DATA if any stays. */
int redeliver(struct delivery *d, struct err *err);

#endif

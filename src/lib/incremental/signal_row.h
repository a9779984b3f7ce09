/* SPDX-License-Identifier: MIT
 *
 * What rows of the signal table request, and what that does to the queue:
 * Debezium's execute-snapshot, stop-snapshot, pause-snapshot, resume-snapshot.
 * https://debezium.io/documentation/reference/stable/configuration/signalling.html
 */
#ifndef INCREMENTAL_SIGNAL_ROW_H
#define INCREMENTAL_SIGNAL_ROW_H

#include "match/table_filter.h"
#include "incremental/queue.h"

/* Put a signal into the queue: true where it is one that means something and
 * is not there yet.  What is wrong is warned of. */
bool signal_take(struct queue *q, struct span id, struct span type,
    struct span data);

/* The tables that the oldest asks for (the caller clears them): false where it
 * asks for none. */
bool signal_asks(const struct queue *q, struct table_filter *asked);

/* Obey the oldest, where these are all tables of the server that may be
 * copied. */
void signal_obey(struct queue *q, const struct queue_tables *all);

/* Of the copy's first table: the filter of its rows, a JSON string; p == NULL:
 * it has none. */
struct span signal_filter(const struct queue_copy *copy);

#endif

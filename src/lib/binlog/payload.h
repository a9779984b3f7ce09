/* SPDX-License-Identifier: MIT
 *
 * MySQL's TRANSACTION_PAYLOAD: the events of a transaction, compressed with
 * zstd (binlog_transaction_compression=ON).  They have no checksums and no
 * positions of their own.  They are returned one by one, so that memory is
 * needed only for the largest of them.
 * libs/mysql/binlog/event/control_events.h (Transaction_payload_event)
 */
#ifndef BINLOG_PAYLOAD_H
#define BINLOG_PAYLOAD_H

#include "binlog/event.h"

struct payload;

/* ev's bytes are kept by reference.  NULL and err where it is malformed. */
struct payload *payload_open(const struct binlog_event *ev,
    const struct binlog_format *format, struct err *err);
void payload_close(struct payload *p);

/* The next event: 1, 0 after the last, -1.  pos and size are those of the
 * whole. */
int payload_next(struct payload *p, struct binlog_event *ev,
    struct err *err);

#endif

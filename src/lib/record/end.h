/* SPDX-License-Identifier: MIT
 *
 * How a program ended whose stream is incomplete, recorded in the stream,
 * because a shell reports only the status of a pipeline's last program.  It is
 * a heartbeat without a position: cdc-event(5).
 */
#ifndef RECORD_END_H
#define RECORD_END_H

#include "base/buf.h"
#include "record/record.h"

/* Print it, if there is an error and prefix (that of topics, as a JSON string)
 * is not empty. */
void end_print(struct span prefix, const struct err *err);

/* Of heartbeats that pass: keep the prefix, where the stream is one whose end
 * is told. */
void end_note(struct buf *prefix, const struct record *rec);

/* What a record tells: ERR_NONE if it tells no end, ERR_RETRY if the
 * status is none of ours. */
enum err_kind end_kind(const struct record *rec);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Compressed events (log_bin_compress): QUERY_COMPRESSED and the compressed row
 * events equal their plain forms, except that the last part, the text or the
 * row images, is
 *
 *   1 0 0 algorithm n | length, n bytes big-endian | zlib stream
 *
 * https://mariadb.com/kb/en/compressing-events-to-reduce-size-of-the-binary-log/
 * and query_event_uncompress(), row_log_event_uncompress() in
 * sql/log_event.cc.
 */
#ifndef BINLOG_COMPRESSED_EVENT_H
#define BINLOG_COMPRESSED_EVENT_H

#include "base/buf.h"
#include "binlog/event.h"

struct event_kind;

/*
 * Make ev->body that of the plain twin, in out (kept by the caller as long as
 * ev is used).  The type stays; an event that is not compressed is left
 * alone.  ERR_DATA if it is malformed or claims more than zlib can hold.
 */
int compressed_event_inflate(struct binlog_event *ev,
    const struct event_kind *type, struct buf *out, struct err *err);

#endif

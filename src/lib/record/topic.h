/* SPDX-License-Identifier: MIT
 *
 * Topics as Debezium makes them of names: prefix.db.table.
 */
#ifndef RECORD_TOPIC_H
#define RECORD_TOPIC_H

#include "base/buf.h"
#include "base/span.h"

/* Append a part: '_' for each UTF-16 unit that Kafka does not take. */
void topic_put_part(struct buf *out, struct span name);

#endif

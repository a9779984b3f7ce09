/* SPDX-License-Identifier: MIT
 *
 * A tracing context in a column: a text of Java's Properties, as Debezium's
 * outbox libraries write it (java.util.Properties, load).
 */
#ifndef OUTBOX_TRACING_H
#define OUTBOX_TRACING_H

#include "base/buf.h"

/* Make *value that of a property; false where the text has none. */
bool tracing_property(struct span text, const char *name, struct buf *value);

/* Is a text a traceparent?  https://www.w3.org/TR/trace-context/#traceparent-header */
bool tracing_is_parent(struct span text);

#endif

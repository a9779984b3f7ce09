/* SPDX-License-Identifier: MIT
 *
 * What a record says beside its row, by name: op, ts_ms, topic, source.gtid,
 * transaction.id, …
 */
#ifndef FORMAT_META_H
#define FORMAT_META_H

#include "record/record.h"

struct format_meta;

/* NULL: records have no such field. */
const struct format_meta *format_meta_named(struct span name);

struct span format_meta_name(const struct format_meta *meta);

/* Its JSON, from envelope or line; p NULL where the record has none. */
struct span format_meta_value(const struct format_meta *meta,
    const struct record *rec);

#endif

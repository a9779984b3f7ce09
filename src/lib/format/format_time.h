/* SPDX-License-Identifier: MIT
 *
 * The time of a record as RFC 3339 has it.
 */
#ifndef FORMAT_FORMAT_TIME_H
#define FORMAT_FORMAT_TIME_H

#include <stdbool.h>

#include "base/buf.h"

/* Append "2026-11-27 14:00:00" of seconds since 1970, up to UINT32_MAX;
 * between: what stands between date and time. */
void format_time_civil(struct buf *out, uint64_t seconds, char between);

/* Append "2026-11-27T14:00:00.000Z" of the digits of milliseconds since 1970;
 * false, and nothing appended, if they are none. */
bool format_time_put(struct buf *out, struct span ms);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Times that people type, as for mariadb-binlog(1) and in ISO 8601:
 *
 *   2026-11-22 10:00[:00[.000000]]   local time; '/' and '.' work too, and
 *   2026-11-22T10:00:00              T in place of the space
 *   20261122100000
 *   … Z, … +02:00, … +0200, … +02    not local
 *
 * Logs count whole seconds: a fraction is accepted and ignored.
 */
#ifndef POSITION_MOMENT_H
#define POSITION_MOMENT_H

#include <stdint.h>

#include "base/err.h"

/* Seconds since 1970: 1; 0 if the text is like no time at all; -1 and
 * ERR_USAGE if it is like one and is none, or is a date alone, which could
 * be a GTID or an offset. */
int moment_parse(int64_t *time_s, const char *text, struct err *err);

/* The same where nothing but a time is meant: a date is its midnight, and what
 * is like no time an error. */
int moment_parse_only(int64_t *time_s, const char *text, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Times that people type, as mariadb-binlog(1) and ISO 8601 write them:
 *
 *   2026-11-22 10:00[:00[.000000]]   local time; '/' and '.' do as well, and
 *   2026-11-22T10:00:00              T for the blank
 *   20261122100000
 *   … Z, … +02:00, … +0200, … +02    not local
 *
 * A log counts seconds: a fraction is read, and left out.
 */
#ifndef POSITION_MOMENT_H
#define POSITION_MOMENT_H

#include <stdint.h>

#include "base/err.h"

/* Seconds since 1970: 1; 0 where the text is like no time at all; -1 and
 * ERR_USAGE where it is like one and is none, or is a date alone, which could
 * be a GTID or an offset. */
int moment_parse(int64_t *time_s, const char *text, struct err *err);

/* The same where nothing but a time is meant: a date is its midnight, and what
 * is like no time an error. */
int moment_parse_only(int64_t *time_s, const char *text, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Times as people of a place read them: zones of the system's database, by
 * name.
 */
#ifndef SHOW_TIME_ZONE_H
#define SHOW_TIME_ZONE_H

#include "base/buf.h"
#include "base/err.h"

/* Choose the zone of all times of this process: "Europe/Berlin", "UTC".  -1 and
 * ERR_USAGE where the system has none of that name. */
int time_zone_choose(const char *name, struct err *err);

/* Append "2026-11-22 10:00:00" of seconds since 1970, and the zone's short name
 * after it, if so wanted; false where no calendar has it. */
bool time_zone_put(struct buf *out, int64_t seconds, bool named);

/* The same of ISO 8601 text, "2026-11-22T10:00:00.123Z", whose fraction stays
 * as it is. */
bool time_zone_put_iso(struct buf *out, struct span iso);

#endif

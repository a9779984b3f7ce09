/* SPDX-License-Identifier: MIT
 *
 * Time zones of the system's database (tzdata): what clocks showed in one of
 * them, and when.  Offsets are seconds east of UTC.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdint.h>

#include "base/err.h"

struct zone;

/* Is there a zone of that name: Europe/Berlin?  ERR_USAGE, with a hint. */
int zone_check(const char *name, struct err *err);

/* A zone by its name, "UTC" or an offset, "+05:30".  NULL: ERR_USAGE. */
struct zone *zone_new(const char *name, struct err *err);
void zone_free(struct zone *zone);

/* The times that a zone is asked about: the years 0000 to 9999. */
#define ZONE_FIRST INT64_C(-62167305600)
#define ZONE_LAST INT64_C(253402387199)

/* The offset at a moment, in seconds since 1970. */
int32_t zone_offset(struct zone *zone, int64_t at);

/*
 * The offset at what clocks show: `wall` is that time as if it were UTC.  Where
 * clocks were put forward or back, they show it never or twice; then *before
 * and *after are the offsets before and after that, and otherwise the same.
 */
enum zone_shown { ZONE_ONCE, ZONE_TWICE, ZONE_NEVER };
enum zone_shown zone_of_wall(struct zone *zone, int64_t wall, int32_t *before,
    int32_t *after);

#endif

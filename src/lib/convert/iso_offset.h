/* SPDX-License-Identifier: MIT
 *
 * Moments that are written with the offset of a time zone, as cdc-route and
 * Debezium's TimezoneConverter write a TIMESTAMP.
 */
#ifndef CONVERT_ISO_OFFSET_H
#define CONVERT_ISO_OFFSET_H

#include "base/buf.h"

/* If there is "2026-11-22T11:00:00.5+01:00" in out from at on, make it what it
 * is in UTC, without a Z: 1; 0: it has no offset; -1: that is none. */
int iso_offset_apply(struct buf *out, size_t at);

#endif

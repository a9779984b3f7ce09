/* SPDX-License-Identifier: MIT
 *
 * The position of a complete snapshot as a state file, for sinks that keep
 * none: cdc-state(5).
 */
#ifndef SNAPSHOT_SNAPSHOT_STATE_H
#define SNAPSHOT_SNAPSHOT_STATE_H

#include "record/lists.h"
#include "snapshot/snapshot_db.h"

/* Write it beside path, sync it, and rename it. */
int snapshot_state_write(const char *path, const char *prefix,
    const struct snapshot_source *source, const struct lists *lists,
    struct err *err);

#endif

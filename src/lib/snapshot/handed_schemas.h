/* SPDX-License-Identifier: MIT
 *
 * What cdc-tail, which follows a copy, must know: tables, and the character
 * sets of databases, as they are where it begins.  The server tells it only
 * what they are when it asks, and the first events behind the copy may be
 * older.
 */
#ifndef SNAPSHOT_HANDED_SCHEMAS_H
#define SNAPSHOT_HANDED_SCHEMAS_H

#include "snapshot/snapshot_db.h"

/* A file of schema records without a name; -1 if none can be made, because a
 * copy is resumed: cdc-tail begins where the first began.  -2: ERR_OS. */
int handed_schemas(const struct snapshot_options *opt,
    const struct snapshot_source *source, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * How tableChanges name a table: "db"."table", in which quotes are doubled.
 */
#ifndef RECORD_TABLE_ID_H
#define RECORD_TABLE_ID_H

#include <stdbool.h>

#include "base/buf.h"

/* Make db and table those of an id, a JSON string; false where it is none. */
bool table_id_take(struct span json, struct buf *db, struct buf *table);

#endif

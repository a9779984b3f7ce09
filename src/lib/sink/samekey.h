/* SPDX-License-Identifier: MIT
 *
 * Keys in a form in which those are equal that some target treats as equal:
 * numbers however they are written, quoted or not; strings in any case, with
 * any padding, in any collation.  Some different keys become equal as well.
 */
#ifndef SINK_SAMEKEY_H
#define SINK_SAMEKEY_H

#include <stdbool.h>

#include "base/buf.h"

/* Append what all equal keys (JSON) have in common; false if that is not
 * known, and it may be equal to any: no object, a name twice, a nested value,
 * a letter outside of ASCII. */
bool samekey_put(struct buf *out, struct span key);

/* The same of the names of its columns alone. */
bool samekey_put_columns(struct buf *out, struct span key);

/* The same of a table's name, as source or topic have it. */
void samekey_put_table(struct buf *out, struct span table);

/* A hash that all equal keys of a table share, within this process; key.p NULL:
 * that of the table.  A key that may be equal to any has one of its own. */
uint64_t samekey_hash(struct buf *scratch, struct span table, struct span key);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What an entry of the dead letter queue needs besides (sink/letters.h) to be
 * applied again.
 */
#ifndef APPLY_DLQ_ENTRY_H
#define APPLY_DLQ_ENTRY_H

#include "apply/applier.h"

/* Position, how values are written, what the table is. */
void dlq_entry_headers(const struct applier *a, const struct record *rec,
    struct span table, struct buf *out);

#endif

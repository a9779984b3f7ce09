/* SPDX-License-Identifier: MIT
 *
 * Which columns an update changed.
 */
#ifndef AUDIT_CHANGES_H
#define AUDIT_CHANGES_H

#include "base/buf.h"

/* Append a JSON array of the names of the members of `after` that `before` has
 * not, or has otherwise.  Linear where both have them in one order, as images
 * of a table do, n log n where they have not. */
void changes_put(struct buf *out, struct span before, struct span after);

#endif

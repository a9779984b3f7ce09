/* SPDX-License-Identifier: MIT
 *
 * A geometry as well-known text.  OGC 06-103r4, 7.2; spelled as the JTS
 * library does, which Maxwell uses.
 */
#ifndef FORMAT_WKT_H
#define FORMAT_WKT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/span.h"

/* Append the text of WKB; false, and nothing, if it is none. */
bool wkt_put(struct buf *out, struct span wkb);

#endif

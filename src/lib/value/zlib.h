/* SPDX-License-Identifier: MIT
 *
 * The only user of zlib's format, for events and for values.
 */
#ifndef VALUE_ZLIB_H
#define VALUE_ZLIB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Append what `data` decompresses to: exactly size bytes.  raw: a deflate
 * stream without zlib's header.  -1 if it is malformed, or size is more
 * than zlib can make of it. */
int zlib_unzip(struct span data, uint64_t size, bool raw, struct buf *out);

#endif

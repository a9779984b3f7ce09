/* SPDX-License-Identifier: MIT
 *
 * The only writer of parts of a URL (RFC 3986).
 */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/buf.h"

/* Append text as one part of a path, a query or an identifier: all bytes but
 * letters, digits and - . _ ~ as %XX. */
void url_put(struct buf *out, struct span text);

#endif

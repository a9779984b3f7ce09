/* SPDX-License-Identifier: MIT
 *
 * Base64 and its URL-safe alphabet.  RFC 4648.
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/buf.h"

/* Append bytes, padded; with - and _ in place of + and /, if so wanted. */
void base64_append(struct buf *out, struct span bytes, bool for_urls);

/* Append the bytes of a text in either alphabet, whose padding may be missing
 * and is whole where it is not.  NULL; or what is wrong with it, and part of it
 * may be appended. */
const char *base64_take(struct buf *out, struct span text);

#endif

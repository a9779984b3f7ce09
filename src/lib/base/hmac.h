/* SPDX-License-Identifier: MIT
 *
 * Hashes with a key: HMAC-SHA-256.  RFC 2104, RFC 4231.
 */
#ifndef BASE_HMAC_H
#define BASE_HMAC_H

#include <stdint.h>

#include "base/err.h"
#include "base/span.h"

enum { HMAC_SIZE = 32 };

/* NULL: ERR_CONFIG, libcrypto is configured not to have the hash. */
struct hmac;
struct hmac *hmac_new(struct span key, struct err *err);
void hmac_of(struct hmac *h, struct span text, uint8_t out[HMAC_SIZE]);
void hmac_free(struct hmac *h);

#endif

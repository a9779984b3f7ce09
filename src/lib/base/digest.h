/* SPDX-License-Identifier: MIT
 *
 * Hashes.  This is the only file that uses libcrypto.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stdint.h>

#include "base/err.h"
#include "base/span.h"

enum { DIGEST_MOST = 64 };

/* A hash by its name in Java's MessageDigest ("SHA-256"), of texts that begin
 * with `front`.  NULL: ERR_USAGE, there is none of that name, or ERR_CONFIG,
 * libcrypto is configured not to have it. */
struct digest;
struct digest *digest_new(struct span name, struct span front,
    struct err *err);

/* Of front and text: how many bytes it has. */
size_t digest_of(struct digest *d, struct span text,
    uint8_t out[DIGEST_MOST]);
size_t digest_size(const struct digest *d);
void digest_free(struct digest *d);

#endif

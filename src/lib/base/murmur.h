/* SPDX-License-Identifier: MIT
 *
 * MurmurHash2, as Kafka's Java client hashes keys to choose a partition: 32
 * bits, little-endian, seed 0x9747b28c.  It is stable: the same bytes have the
 * same hash in any process and version.  What a stranger can choose must not be
 * looked up by it; that is base/hash.h.
 */
#ifndef BASE_MURMUR_H
#define BASE_MURMUR_H

#include <stdint.h>

#include "base/span.h"

uint32_t murmur_hash(struct span bytes);

#endif

/* SPDX-License-Identifier: MIT
 *
 * How Debezium's PartitionRouting hashes values: as Java's hashCode(), or by
 * its own variant of MurmurHash3 (x64, 128 bits, of which the upper 32 count).
 */
#ifndef ROUTE_JAVA_HASH_H
#define ROUTE_JAVA_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* hashCode() of a String, which has UTF-16, of the UTF-8; of an Integer or
 * Short, which is the number itself; of a Long; of a Boolean. */
uint32_t java_hash_text(struct span utf8);
uint32_t java_hash_int(int64_t v);
uint32_t java_hash_long(uint64_t v);
uint32_t java_hash_bool(bool v);

/* The variant: of bytes, which are a string's UTF-8, and of a hashCode() of
 * anything else. */
uint32_t java_hash_murmur(struct span bytes);
uint32_t java_hash_murmur_code(uint32_t code);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Bytes as hexadecimal digits, and back.
 */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stdint.h>

#include "base/buf.h"

extern const char hex_lower[17], hex_upper[17];

/* Two of these digits, at `to`; the end is returned. */
static inline char *
hex_put(char *to, uint8_t byte, const char digits[17])
{
	to[0] = digits[byte >> 4];
	to[1] = digits[byte & 15];
	return to + 2;
}

/* The value of a digit in either case, -1 of another byte. */
static inline int
hex_value(char c)
{
	unsigned digit = (unsigned)c - '0', letter = ((unsigned)c | 0x20) - 'a';

	return digit < 10 ? (int)digit : letter < 6 ? (int)letter + 10 : -1;
}

/* Append bytes, two digits for each. */
void hex_append(struct buf *out, struct span bytes, const char digits[17]);

/* Append the bytes of digits, in either case; false if they are none, or
 * one is left over. */
bool hex_take(struct buf *out, struct span digits);

#endif

/* SPDX-License-Identifier: MIT
 *
 * A bounded cursor over raw binlog bytes: the only way in which this library
 * reads them.  Integers are little-endian unless the name says _be.  Reading
 * past the end returns zero (or NULL) and sets `bad`, which stays set, so a
 * parser may read a whole header and check `bad` once.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/span.h"

struct cursor {
	const uint8_t *p;
	const uint8_t *end;
	bool bad;
	const char *why;        /* a decoder's reason for giving up, or NULL */
};

static inline struct cursor
cursor_of(const void *p, size_t n)
{
	/* NULL has no bytes, and C has no NULL + 0 */
	return (struct cursor){ p, n ? (const uint8_t *)p + n : p, false,
		NULL };
}

static inline size_t
cursor_left(const struct cursor *c)
{
	return (size_t)(c->end - c->p);
}

/* The next n bytes, or NULL if fewer are left. */
static inline const uint8_t *
take(struct cursor *c, size_t n)
{
	const uint8_t *p = c->p;

	if (__builtin_expect(cursor_left(c) < n, 0)) {
		c->bad = true;
		c->p = c->end;
		return NULL;
	}
	c->p += n;
	return p;
}

/* n <= 8 bytes at p as an integer.  With a constant n, which is the rule, the
 * switch is gone and a load is left. */
static inline uint64_t
load_le(const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	switch (n) {
	case 1:
		return *p;
	case 2:
		return (uint64_t)p[0] | (uint64_t)p[1] << 8;
	case 4:
		return (uint64_t)p[0] | (uint64_t)p[1] << 8 |
		    (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24;
	case 8:
		return (uint64_t)p[0] | (uint64_t)p[1] << 8 |
		    (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
		    (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
		    (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
	default:
		for (size_t i = n; i-- > 0;)
			v = v << 8 | p[i];
		return v;
	}
}

static inline uint64_t
load_be(const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	if (n == 4)
		return (uint64_t)p[3] | (uint64_t)p[2] << 8 |
		    (uint64_t)p[1] << 16 | (uint64_t)p[0] << 24;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

/* The next integer of n <= 8 bytes. */
static inline uint64_t
take_le(struct cursor *c, size_t n)
{
	const uint8_t *p = take(c, n);

	return p ? load_le(p, n) : 0;
}

static inline uint64_t
take_be(struct cursor *c, size_t n)
{
	const uint8_t *p = take(c, n);

	return p ? load_be(p, n) : 0;
}

static inline uint8_t
take_u8(struct cursor *c)
{
	const uint8_t *p = take(c, 1);

	return p ? *p : 0;
}

static inline uint16_t
take_u16(struct cursor *c)
{
	return (uint16_t)take_le(c, 2);
}

static inline uint32_t
take_u32(struct cursor *c)
{
	return (uint32_t)take_le(c, 4);
}

static inline uint64_t
take_u64(struct cursor *c)
{
	return take_le(c, 8);
}

/* A length-encoded integer: < 251 itself, 0xFC u16, 0xFD u24, 0xFE u64. */
static inline uint64_t
take_lenenc(struct cursor *c)
{
	uint8_t first = take_u8(c);

	if (first < 251)
		return first;
	if (first == 0xFC)
		return take_le(c, 2);
	if (first == 0xFD)
		return take_le(c, 3);
	if (first == 0xFE)
		return take_le(c, 8);
	c->bad = true;
	return 0;
}

/* The next n bytes as text; p is NULL if fewer are left. */
static inline struct span
take_span(struct cursor *c, uint64_t n)
{
	const uint8_t *p = n <= SIZE_MAX ? take(c, (size_t)n) : NULL;

	if (!p) {
		c->bad = true;
		return (struct span){ NULL, 0 };
	}
	return (struct span){ (const char *)p, (size_t)n };
}

#endif

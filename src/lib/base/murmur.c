/* SPDX-License-Identifier: MIT */
#include "base/murmur.h"

enum { ROTATE = 24 };
static const uint32_t factor = 0x5bd1e995, seed = 0x9747b28c;

static uint32_t
little_endian(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[3] << 24;
}

uint32_t
murmur_hash(struct span bytes)
{
	const unsigned char *p = (const unsigned char *)bytes.p;
	size_t n = bytes.n;
	uint32_t h = seed ^ (uint32_t)n;

	for (; n >= 4; n -= 4, p += 4) {
		uint32_t k = little_endian(p) * factor;

		k ^= k >> ROTATE;
		h = h * factor ^ k * factor;
	}
	if (n > 2)
		h ^= (uint32_t)p[2] << 16;
	if (n > 1)
		h ^= (uint32_t)p[1] << 8;
	if (n > 0)
		h = (h ^ p[0]) * factor;
	h ^= h >> 13;
	h *= factor;
	return h ^ h >> 15;
}

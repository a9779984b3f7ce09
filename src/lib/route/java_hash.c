/* SPDX-License-Identifier: MIT */
#include "route/java_hash.h"

enum { SEED = 9001, BLOCK = 16, HASH_TRUE = 1231, HASH_FALSE = 1237 };

/* The code point that valid UTF-8 begins with, which is taken away. */
static uint32_t
take_code(struct span *text)
{
	const unsigned char *p = (const unsigned char *)text->p;
	size_t n = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	uint32_t code = n == 1 ? p[0] : p[0] & (0x7Fu >> n);

	if (n > text->n)
		n = text->n;
	for (size_t i = 1; i < n; i++)
		code = code << 6 | (p[i] & 0x3Fu);
	text->p += n;
	text->n -= n;
	return code;
}

uint32_t
java_hash_text(struct span utf8)
{
	uint32_t h = 0;

	while (utf8.n) {
		uint32_t code = take_code(&utf8);

		if (code >= 0x10000) {          /* two units */
			code -= 0x10000;
			h = h * 31 + (0xD800 | code >> 10);
			code = 0xDC00 | (code & 0x3FF);
		}
		h = h * 31 + code;
	}
	return h;
}

uint32_t
java_hash_int(int64_t v)
{
	return (uint32_t)v;
}

uint32_t
java_hash_long(uint64_t v)
{
	return (uint32_t)(v ^ v >> 32);
}

uint32_t
java_hash_bool(bool v)
{
	return v ? HASH_TRUE : HASH_FALSE;
}

struct mixing {
	uint64_t h1, h2, c1, c2;
};

static uint64_t
rotated(uint64_t v, unsigned bits)
{
	return v << bits | v >> (64 - bits);
}

/* Unlike in the published MurmurHash3, the factors change, too. */
static void
mix(struct mixing *m, uint64_t k1, uint64_t k2)
{
	m->h1 ^= rotated(k1 * m->c1, 23) * m->c2;
	m->h1 += m->h2;
	m->h2 = rotated(m->h2, 41);
	m->h2 ^= rotated(k2 * m->c2, 23) * m->c1;
	m->h2 += m->h1;
	m->h1 = m->h1 * 3 + 0x52dce729;
	m->h2 = m->h2 * 3 + 0x38495ab5;
	m->c1 = m->c1 * 5 + 0x7b7d159c;
	m->c2 = m->c2 * 5 + 0x6bce6396;
}

static uint64_t
finished(uint64_t k)
{
	k ^= k >> 33;
	k *= 0xff51afd7ed558ccd;
	k ^= k >> 33;
	k *= 0xc4ceb9fe1a85ec53;
	return k ^ k >> 33;
}

/* Up to eight bytes, little-endian.  Java's are signed: one above 0x7F turns
 * over all bits above it. */
static uint64_t
tail(const char *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v ^= (uint64_t)(int64_t)(signed char)p[i] << 8 * i;
	return v;
}

static uint64_t
whole(const char *p)
{
	uint64_t v = 0;

	for (size_t i = 0; i < 8; i++)
		v |= (uint64_t)(unsigned char)p[i] << 8 * i;
	return v;
}

uint32_t
java_hash_murmur(struct span bytes)
{
	struct mixing m = {
		0x9368e53c2f6af274 ^ SEED, 0x586dcd208f7cd3fd ^ SEED,
		0x87c37b91114253d5, 0x4cf5ad432745937f,
	};
	const char *p = bytes.p;
	size_t n = bytes.n;

	for (; n >= BLOCK; n -= BLOCK, p += BLOCK)
		mix(&m, whole(p), whole(p + 8));
	if (n)
		mix(&m, tail(p, n < 8 ? n : 8), n > 8 ? tail(p + 8, n - 8) : 0);
	m.h2 ^= bytes.n;
	m.h1 += m.h2;
	m.h2 += m.h1;
	return (uint32_t)((finished(m.h1) + finished(m.h2)) >> 32);
}

uint32_t
java_hash_murmur_code(uint32_t code)
{
	char bytes[4];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(code >> 8 * i);
	return java_hash_murmur((struct span){ bytes, sizeof(bytes) });
}

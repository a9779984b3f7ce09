/* SPDX-License-Identifier: MIT
 *
 * What the 64 bytes of a block are, as masks with a bit for each: by AVX2, by
 * SSE2, or byte for byte.
 */
#ifndef JSON_BLOCKS_H
#define JSON_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* 2: AVX2 if the processor has it, 1: SSE2, 0: neither.  Set by tests, which
 * go all ways. */
#ifndef JSON_SIMD
#ifdef __SSE2__
#define JSON_SIMD 2
#else
#define JSON_SIMD 0
#endif
#endif

#if JSON_SIMD
#include <immintrin.h>
#endif

enum { JSON_BLOCK = 64 };

struct byte_masks {
	uint64_t quote, slash, comma, colon;
	uint64_t open, close;   /* { [ and } ] */
	uint64_t control, space;        /* below 0x20; 0x20 */
	uint64_t digit, zero;   /* 0 to 9; 0 */
	uint64_t high;          /* above 0x7F: not ASCII */
};

/* '[' and '{', ']' and '}' differ by one bit. */
enum { BRACKET_FOLD = 0x20 };

#if JSON_SIMD

static inline uint64_t
bits_at(__m128i v, int i)
{
	return (uint64_t)(unsigned)_mm_movemask_epi8(v) << i;
}

static inline void
byte_masks(const char *p, struct byte_masks *m)
{
	*m = (struct byte_masks){ 0 };
	for (int i = 0; i < JSON_BLOCK; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(p + i));
		__m128i fold = _mm_or_si128(v, _mm_set1_epi8(BRACKET_FOLD));
		__m128i digit = _mm_sub_epi8(v, _mm_set1_epi8('0'));

#define EQUAL(a, c) _mm_cmpeq_epi8(a, _mm_set1_epi8(c))
#define AT_MOST(a, c) \
	_mm_cmpeq_epi8(_mm_min_epu8(a, _mm_set1_epi8(c)), a)
		m->quote |= bits_at(EQUAL(v, '"'), i);
		m->slash |= bits_at(EQUAL(v, '\\'), i);
		m->comma |= bits_at(EQUAL(v, ','), i);
		m->colon |= bits_at(EQUAL(v, ':'), i);
		m->open |= bits_at(EQUAL(fold, '{'), i);
		m->close |= bits_at(EQUAL(fold, '}'), i);
		m->control |= bits_at(AT_MOST(v, 0x1F), i);
		m->space |= bits_at(EQUAL(v, ' '), i);
		m->digit |= bits_at(AT_MOST(digit, 9), i);
		m->zero |= bits_at(EQUAL(v, '0'), i);
		m->high |= bits_at(v, i);
#undef EQUAL
#undef AT_MOST
	}
}

#if JSON_SIMD > 1

#define JSON_AVX2 __attribute__((target("avx2,bmi,bmi2")))

static inline JSON_AVX2 uint64_t
bits_of(__m256i a, __m256i b)
{
	return (uint64_t)(uint32_t)_mm256_movemask_epi8(a) |
	    (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

static inline JSON_AVX2 uint64_t
equal_bits_of(__m256i a, __m256i b, char c)
{
	__m256i wanted = _mm256_set1_epi8(c);

	return bits_of(_mm256_cmpeq_epi8(a, wanted),
	    _mm256_cmpeq_epi8(b, wanted));
}

/* Bytes that are c or less. */
static inline JSON_AVX2 uint64_t
at_most_bits_of(__m256i a, __m256i b, char c)
{
	__m256i most = _mm256_set1_epi8(c);

	return bits_of(_mm256_cmpeq_epi8(_mm256_min_epu8(a, most), a),
	    _mm256_cmpeq_epi8(_mm256_min_epu8(b, most), b));
}

static inline JSON_AVX2 void
byte_masks_avx2(const char *p, struct byte_masks *m)
{
	__m256i a = _mm256_loadu_si256((const __m256i *)p);
	__m256i b = _mm256_loadu_si256((const __m256i *)(p + 32));
	__m256i fold = _mm256_set1_epi8(BRACKET_FOLD);
	__m256i zero = _mm256_set1_epi8('0');
	__m256i fa = _mm256_or_si256(a, fold), fb = _mm256_or_si256(b, fold);

	m->quote = equal_bits_of(a, b, '"');
	m->slash = equal_bits_of(a, b, '\\');
	m->comma = equal_bits_of(a, b, ',');
	m->colon = equal_bits_of(a, b, ':');
	m->open = equal_bits_of(fa, fb, '{');
	m->close = equal_bits_of(fa, fb, '}');
	m->control = at_most_bits_of(a, b, 0x1F);
	m->space = equal_bits_of(a, b, ' ');
	m->digit = at_most_bits_of(_mm256_sub_epi8(a, zero),
	    _mm256_sub_epi8(b, zero), 9);
	m->zero = equal_bits_of(a, b, '0');
	m->high = bits_of(a, b);
}

#endif

#else

static inline void
byte_masks(const char *p, struct byte_masks *m)
{
	*m = (struct byte_masks){ 0 };
	for (int i = 0; i < JSON_BLOCK; i++) {
		unsigned char c = (unsigned char)p[i];
		uint64_t bit = 1ull << i;

		m->quote |= c == '"' ? bit : 0;
		m->slash |= c == '\\' ? bit : 0;
		m->comma |= c == ',' ? bit : 0;
		m->colon |= c == ':' ? bit : 0;
		m->open |= (c | BRACKET_FOLD) == '{' ? bit : 0;
		m->close |= (c | BRACKET_FOLD) == '}' ? bit : 0;
		m->control |= c < ' ' ? bit : 0;
		m->space |= c == ' ' ? bit : 0;
		m->digit |= c >= '0' && c <= '9' ? bit : 0;
		m->zero |= c == '0' ? bit : 0;
		m->high |= c > 0x7F ? bit : 0;
	}
}

#endif

/* The next '"' or '\\' at or behind p, or end. */
static inline const char *
json_find_quote(const char *p, const char *end)
{
#if JSON_SIMD
	for (; end - p >= 16; p += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)p);
		int hit = _mm_movemask_epi8(_mm_or_si128(
		    _mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
		    _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'))));

		if (hit)
			return p + __builtin_ctz((unsigned)hit);
	}
#endif
	while (p < end && *p != '"' && *p != '\\')
		p++;
	return p;
}

/* Which bytes does a backslash escape?  A run of n backslashes escapes what
 * follows where n is odd; *carry: the byte before the block was one that
 * does. */
static inline uint64_t
escaped_bytes(uint64_t slash, uint64_t *carry)
{
	const uint64_t even = 0x5555555555555555u;
	uint64_t follows, odd_starts, sum;

	slash &= ~*carry;
	follows = slash << 1 | *carry;
	odd_starts = slash & ~even & ~follows;
	*carry = __builtin_add_overflow(odd_starts, slash, &sum);
	return (even ^ sum << 1) & follows;
}

/* Bit i: the parity of bits 0 .. i. */
static inline uint64_t
parities(uint64_t bits)
{
	bits ^= bits << 1;
	bits ^= bits << 2;
	bits ^= bits << 4;
	bits ^= bits << 8;
	bits ^= bits << 16;
	return bits ^ bits << 32;
}

#endif

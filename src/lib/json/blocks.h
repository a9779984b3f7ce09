/* SPDX-License-Identifier: MIT
 *
 * Classifies the 64 bytes of a block as masks with one bit per byte, with AVX2,
 * with SSE2, or byte by byte.
 */
#ifndef JSON_BLOCKS_H
#define JSON_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* 3: AVX-512 or AVX2, 2: AVX2, where the processor has it, 1: SSE2, 0:
 * neither.  Set by tests, which go all ways. */
#ifndef JSON_SIMD
#ifdef __SSE2__
#define JSON_SIMD 3
#else
#define JSON_SIMD 0
#endif
#endif

#if JSON_SIMD
#include <immintrin.h>
#endif

enum { JSON_BLOCK = 64 };

struct byte_masks {
	uint64_t quote, comma, colon;
	uint64_t open, close;   /* { and [; } and ] */
	uint64_t square;        /* of these [ and ]; and other bytes */
	uint64_t digit, zero;   /* 0 to 9; 0 */
	uint64_t slash;
	bool odd;               /* there may be bytes below 0x20, … */
	bool high;              /* … or above 0x7F */
};

/* '[' and '{', ']' and '}' differ by one bit; so do '{' and '}', by another. */
enum { BRACKET_FOLD = 0x20, BRACKET_CLOSES = 4 };

/* Which bytes are the text's of the block that n bytes are left of; at least
 * one.  Of a block's others nothing is read, they count as blanks. */
static inline uint64_t
live_bytes(size_t left)
{
	return left < JSON_BLOCK ? ~0ull >> (JSON_BLOCK - left) : ~0ull;
}

static inline const char *
whole_block(const char *p, uint64_t live, char *padded)
{
	if (live == ~0ull)
		return p;
	memset(padded, ' ', JSON_BLOCK);
	memcpy(padded, p, JSON_BLOCK - (size_t)__builtin_clzll(live));
	return padded;
}

#if JSON_SIMD

#define EQUAL(a, c) _mm_cmpeq_epi8(a, _mm_set1_epi8(c))
#define AT_MOST(a, c) _mm_cmpeq_epi8(_mm_min_epu8(a, _mm_set1_epi8(c)), a)

static inline uint64_t
bits_at(__m128i v, int i)
{
	return (uint64_t)(unsigned)_mm_movemask_epi8(v) << i;
}

static inline void
byte_masks(const char *p, uint64_t live, struct byte_masks *m)
{
	__m128i odd = _mm_setzero_si128(), high = odd;
	char padded[JSON_BLOCK];

	p = whole_block(p, live, padded);
	*m = (struct byte_masks){ 0 };
	for (int i = 0; i < JSON_BLOCK; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(p + i));
		__m128i fold = _mm_or_si128(v, _mm_set1_epi8(BRACKET_FOLD));
		__m128i digit = _mm_sub_epi8(v, _mm_set1_epi8('0'));

		m->quote |= bits_at(EQUAL(v, '"'), i);
		m->comma |= bits_at(EQUAL(v, ','), i);
		m->colon |= bits_at(EQUAL(v, ':'), i);
		m->open |= bits_at(EQUAL(fold, '{'), i);
		m->close |= bits_at(EQUAL(fold, '}'), i);
		m->square |= bits_at(_mm_cmpeq_epi8(_mm_andnot_si128(v,
		    _mm_set1_epi8(BRACKET_FOLD)),
		    _mm_set1_epi8(BRACKET_FOLD)), i);
		m->digit |= bits_at(AT_MOST(digit, 9), i);
		m->zero |= bits_at(EQUAL(v, '0'), i);
		m->slash |= bits_at(EQUAL(v, '\\'), i);
		odd = _mm_or_si128(odd, AT_MOST(v, 0x1F));
		high = _mm_or_si128(high, v);
	}
	m->odd = _mm_movemask_epi8(odd);
	m->high = _mm_movemask_epi8(high);
}

#if JSON_SIMD > 1

#define JSON_AVX2 __attribute__((target("avx2,bmi,bmi2,pclmul,popcnt")))

static inline bool
json_has_avx2(void)
{
	return __builtin_cpu_supports("avx2") &&
	    __builtin_cpu_supports("bmi2") &&
	    __builtin_cpu_supports("pclmul") &&
	    __builtin_cpu_supports("popcnt");
}

static inline JSON_AVX2 uint64_t
bits_of(__m256i a, __m256i b)
{
	return (uint64_t)(uint32_t)_mm256_movemask_epi8(a) |
	    (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

static inline JSON_AVX2 __m256i
equal_to(__m256i v, char c)
{
	return _mm256_cmpeq_epi8(v, _mm256_set1_epi8(c));
}

static inline JSON_AVX2 __m256i
at_most(__m256i v, char c)
{
	return _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(c)), v);
}

/* Is the bit BRACKET_FOLD clear? */
static inline JSON_AVX2 uint64_t
unfolded(__m256i a, __m256i b)
{
	return ~bits_of(_mm256_slli_epi16(a, 2), _mm256_slli_epi16(b, 2));
}

static inline JSON_AVX2 void
masks_avx2(const char *p, struct byte_masks *m)
{
	__m256i a = _mm256_loadu_si256((const __m256i *)p);
	__m256i b = _mm256_loadu_si256((const __m256i *)(p + 32));
	__m256i zero = _mm256_set1_epi8('0');
	__m256i bit = _mm256_set1_epi8(BRACKET_FOLD);
	__m256i odd = _mm256_or_si256(at_most(a, 0x1F), at_most(b, 0x1F));
	__m256i sa = equal_to(a, '\\'), sb = equal_to(b, '\\');
	__m256i slash = _mm256_or_si256(sa, sb);

	m->quote = bits_of(equal_to(a, '"'), equal_to(b, '"'));
	m->comma = bits_of(equal_to(a, ','), equal_to(b, ','));
	m->colon = bits_of(equal_to(a, ':'), equal_to(b, ':'));
	m->open = bits_of(equal_to(_mm256_or_si256(a, bit), '{'),
	    equal_to(_mm256_or_si256(b, bit), '{'));
	m->close = bits_of(equal_to(_mm256_or_si256(a, bit), '}'),
	    equal_to(_mm256_or_si256(b, bit), '}'));
	m->square = unfolded(a, b);
	m->digit = bits_of(at_most(_mm256_sub_epi8(a, zero), 9),
	    at_most(_mm256_sub_epi8(b, zero), 9));
	m->zero = bits_of(equal_to(a, '0'), equal_to(b, '0'));
	m->slash = _mm256_testz_si256(slash, slash) ? 0 : bits_of(sa, sb);
	m->odd = !_mm256_testz_si256(odd, odd);
	m->high = _mm256_movemask_epi8(_mm256_or_si256(a, b));
}

static inline JSON_AVX2 void
byte_masks_avx2(const char *p, uint64_t live, struct byte_masks *m)
{
	char padded[JSON_BLOCK];

	masks_avx2(whole_block(p, live, padded), m);
}

/* Bit i: the parity of bits 0 .. i. */
static inline JSON_AVX2 uint64_t
parities_avx2(uint64_t bits)
{
	return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(
	    _mm_set_epi64x(0, (long long)bits), _mm_set1_epi8((char)0xFF),
	    0));
}

#if JSON_SIMD > 2

#define JSON_AVX512 \
	__attribute__((target("avx512f,avx512bw,avx2,bmi,bmi2,pclmul,popcnt")))

static inline bool
json_has_avx512(void)
{
	return json_has_avx2() && __builtin_cpu_supports("avx512f") &&
	    __builtin_cpu_supports("avx512bw");
}

static inline JSON_AVX512 void
byte_masks_avx512(const char *p, uint64_t live, struct byte_masks *m)
{
	__m512i v = _mm512_mask_loadu_epi8(_mm512_set1_epi8(' '), live, p);
	__m512i fold = _mm512_or_si512(v, _mm512_set1_epi8(BRACKET_FOLD));
	__m512i digit = _mm512_sub_epi8(v, _mm512_set1_epi8('0'));

#define EQUALS(a, c) _mm512_cmpeq_epi8_mask(a, _mm512_set1_epi8(c))
	m->quote = EQUALS(v, '"');
	m->comma = EQUALS(v, ',');
	m->colon = EQUALS(v, ':');
	m->open = EQUALS(fold, '{');
	m->close = EQUALS(fold, '}');
	m->square = _mm512_testn_epi8_mask(v,
	    _mm512_set1_epi8(BRACKET_FOLD));
	m->digit = _mm512_cmple_epu8_mask(digit, _mm512_set1_epi8(9));
	m->zero = EQUALS(digit, 0);
	m->slash = EQUALS(v, '\\');
	m->odd = _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8(' ')) != 0;
	m->high = _mm512_movepi8_mask(v) != 0;
#undef EQUALS
}

#endif

#endif

#undef EQUAL
#undef AT_MOST

#else

static inline void
byte_masks(const char *p, uint64_t live, struct byte_masks *m)
{
	char padded[JSON_BLOCK];

	p = whole_block(p, live, padded);
	*m = (struct byte_masks){ 0 };
	for (int i = 0; i < JSON_BLOCK; i++) {
		unsigned char c = (unsigned char)p[i];
		unsigned char fold = c | BRACKET_FOLD;
		uint64_t bit = 1ull << i;

		m->quote |= c == '"' ? bit : 0;
		m->comma |= c == ',' ? bit : 0;
		m->colon |= c == ':' ? bit : 0;
		m->open |= fold == '{' ? bit : 0;
		m->close |= fold == '}' ? bit : 0;
		m->square |= c & BRACKET_FOLD ? 0 : bit;
		m->digit |= c >= '0' && c <= '9' ? bit : 0;
		m->zero |= c == '0' ? bit : 0;
		m->slash |= c == '\\' ? bit : 0;
		m->odd |= c < ' ';
		m->high |= c > 0x7F;
	}
}

#endif

/* The next '"' or '\\' at or after p, or end. */
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

/* The next '"' or '\\', or byte that is not printable ASCII, at or after p, or
 * end. */
static inline const char *
json_find_special(const char *p, const char *end)
{
#if JSON_SIMD
	for (; end - p >= 16; p += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)p);
		/* as a signed byte, one above 0x7F is below, too */
		int hit = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(
		    _mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
		    _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'))),
		    _mm_cmplt_epi8(v, _mm_set1_epi8(' '))));

		if (hit)
			return p + __builtin_ctz((unsigned)hit);
	}
#endif
	while (p < end && *p != '"' && *p != '\\' &&
	    (unsigned char)*p >= ' ' && (unsigned char)*p <= 0x7F)
		p++;
	return p;
}

/* The next byte that is no digit, at or after p, or end. */
static inline const char *
json_find_no_digit(const char *p, const char *end)
{
#if JSON_SIMD
	for (; end - p >= 16; p += 16) {
		__m128i digit = _mm_sub_epi8(_mm_loadu_si128(
		    (const __m128i *)p), _mm_set1_epi8('0'));
		int hit = ~_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(digit,
		    _mm_set1_epi8(9)), digit)) & 0xFFFF;

		if (hit)
			return p + __builtin_ctz((unsigned)hit);
	}
#endif
	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return p;
}

static inline bool
json_same_long(const char *a, const char *b, size_t n)
{
#if JSON_SIMD
	__m128i same = _mm_set1_epi8((char)0xFF);

	for (size_t i = 0;; i = i + 16 < n - 16 ? i + 16 : n - 16) {
		same = _mm_and_si128(same, _mm_cmpeq_epi8(
		    _mm_loadu_si128((const __m128i *)(a + i)),
		    _mm_loadu_si128((const __m128i *)(b + i))));
		if (i == n - 16)
			return _mm_movemask_epi8(same) == 0xFFFF;
	}
#else
	return memcmp(a, b, n) == 0;
#endif
}

/* memcmp() == 0, by words, which may overlap: for the short pieces of lines a
 * call would cost more. */
static inline bool
json_same_bytes(const char *a, const char *b, size_t n)
{
	uint64_t x[2], y[2];
	uint32_t v[2], w[2];

	if (n > 16)
		return json_same_long(a, b, n);
	if (n >= 8) {
		memcpy(&x[0], a, 8);
		memcpy(&x[1], a + n - 8, 8);
		memcpy(&y[0], b, 8);
		memcpy(&y[1], b + n - 8, 8);
		return x[0] == y[0] && x[1] == y[1];
	}
	if (n >= 4) {
		memcpy(&v[0], a, 4);
		memcpy(&v[1], a + n - 4, 4);
		memcpy(&w[0], b, 4);
		memcpy(&w[1], b + n - 4, 4);
		return v[0] == w[0] && v[1] == w[1];
	}
	return n == 0 || (a[0] == b[0] && a[n / 2] == b[n / 2] &&
	    a[n - 1] == b[n - 1]);
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

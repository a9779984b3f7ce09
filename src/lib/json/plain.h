/* SPDX-License-Identifier: MIT
 *
 * Text that a JSON string contains unescaped: UTF-8 without '"', '\\' and
 * bytes below 0x20.  It is copied while it is checked, 32 bytes at a time with
 * AVX2, otherwise 8 bytes of ASCII or one character at a time.
 *
 * The vector code follows J. Keiser and D. Lemire, "Validating UTF-8 In Less
 * Than One Instruction Per Byte" (2020): three half bytes of two neighbouring
 * bytes each exclude some of the possible errors, and saturation shows whether
 * a third and a fourth byte must be continuations.
 */
#ifndef JSON_PLAIN_H
#define JSON_PLAIN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/hex.h"
#include "json/blocks.h"

enum { PLAIN_ROOM = 32 };       /* what is written beyond the end */

#define ONES 0x0101010101010101u
#define HIGH 0x8080808080808080u

/* For each byte of w: is it below 0x20, '"', '\\' or above 0x7F? */
static inline uint64_t
special_bytes(uint64_t w)
{
	uint64_t quote = w ^ (ONES * '"');
	uint64_t slash = w ^ (ONES * '\\');

	return ((w - ONES * 0x20) | (quote - ONES) | (slash - ONES) | w) &
	    HIGH;
}

/* Copy the ASCII at the start of the text. */
static inline size_t
copy_ascii(char *to, const char *p, size_t n)
{
	size_t i = 0;

	for (; i + 8 <= n; i += 8) {
		uint64_t w, special;

		memcpy(&w, p + i, 8);
		memcpy(to + i, &w, 8);
		special = special_bytes(w);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		if (special)    /* its lowest bit is never a false one */
			return i + (size_t)__builtin_ctzll(special) / 8;
#else
		if (special)
			break;
#endif
	}
	for (; i < n && !special_bytes(ONES * ' ' - ' ' + (unsigned char)p[i]);
	    i++)
		to[i] = p[i];
	return i;
}

/* Copy the letters of two and three bytes, which is what most alphabets have;
 * one that needs a closer look ends them. */
static inline size_t
copy_letters(char *to, const char *p, size_t n)
{
	size_t i = 0;

	while (i + 4 <= n) {
		const unsigned char *c = (const unsigned char *)p + i;

		memcpy(to + i, c, 4);
		if (c[0] >= 0xC2 && c[0] < 0xE0 && (c[1] & 0xC0) == 0x80)
			i += 2;
		else if (c[0] > 0xE0 && c[0] < 0xED && (c[1] & 0xC0) == 0x80 &&
		    (c[2] & 0xC0) == 0x80)
			i += 3;
		else
			break;
	}
	return i;
}

/* A byte below 0x20, '"' or '\\'. */
static inline char *
put_escape(char *to, unsigned char c)
{
	static const char shorts[256] = {
		['"'] = '"', ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
		['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't',
	};

	*to++ = '\\';
	if (shorts[c]) {
		*to++ = shorts[c];
		return to;
	}
	memcpy(to, "u00", 3);
	return hex_put(to + 3, c, hex_lower);
}

#if JSON_SIMD > 1

/* What may be wrong with two bytes. */
enum {
	TOO_SHORT = 1,          /* a letter ends before its length */
	TOO_LONG = 2,           /* a continuation too many */
	OVERLONG_3 = 4,
	TOO_LARGE = 8,          /* above U+10FFFF */
	SURROGATE = 16,
	OVERLONG_2 = 32,
	OVERLONG_4 = 64,        /* and far too large: F5 and more */
	TWO_MORE = 128,         /* two continuations: right as a third byte */
	ANY_LOW = TOO_SHORT | TOO_LONG | TWO_MORE,
	LARGE_LOW = ANY_LOW | TOO_LARGE | OVERLONG_4,
	MORE_HIGH = TOO_LONG | OVERLONG_2 | TWO_MORE,
};

static const uint8_t first_high[16] = {
	TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
	TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
	TWO_MORE, TWO_MORE, TWO_MORE, TWO_MORE,
	TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
	TOO_SHORT | TOO_LARGE | OVERLONG_4,
};
static const uint8_t first_low[16] = {
	ANY_LOW | OVERLONG_2 | OVERLONG_3 | OVERLONG_4, ANY_LOW | OVERLONG_2,
	ANY_LOW, ANY_LOW, ANY_LOW | TOO_LARGE, LARGE_LOW, LARGE_LOW, LARGE_LOW,
	LARGE_LOW, LARGE_LOW, LARGE_LOW, LARGE_LOW, LARGE_LOW,
	LARGE_LOW | SURROGATE, LARGE_LOW, LARGE_LOW,
};
static const uint8_t second_high[16] = {
	TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
	TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
	MORE_HIGH | OVERLONG_3 | OVERLONG_4,
	MORE_HIGH | OVERLONG_3 | TOO_LARGE,
	MORE_HIGH | SURROGATE | TOO_LARGE, MORE_HIGH | SURROGATE | TOO_LARGE,
	TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
};

static inline JSON_AVX2 __m256i
look_up(const uint8_t table[16], __m256i v)
{
	return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(
	    _mm_loadu_si128((const __m128i *)table)), v);
}

static inline JSON_AVX2 __m256i
high_half(__m256i v)
{
	return _mm256_and_si256(_mm256_srli_epi16(v, 4),
	    _mm256_set1_epi8(0x0F));
}

/* Not zero where v, which comes after `before`, is no UTF-8. */
static inline JSON_AVX2 __m256i
utf8_faults(__m256i before, __m256i v)
{
	__m256i joint = _mm256_permute2x128_si256(before, v, 0x21);
	__m256i one = _mm256_alignr_epi8(v, joint, 15);
	__m256i two = _mm256_alignr_epi8(v, joint, 14);
	__m256i three = _mm256_alignr_epi8(v, joint, 13);
	__m256i low = _mm256_and_si256(one, _mm256_set1_epi8(0x0F));
	__m256i pairs = _mm256_and_si256(_mm256_and_si256(
	    look_up(first_high, high_half(one)), look_up(first_low, low)),
	    look_up(second_high, high_half(v)));
	__m256i more = _mm256_or_si256(
	    _mm256_subs_epu8(two, _mm256_set1_epi8(0xE0 - 0x80)),
	    _mm256_subs_epu8(three, _mm256_set1_epi8((char)(0xF0 - 0x80))));

	return _mm256_xor_si256(pairs, _mm256_and_si256(more,
	    _mm256_set1_epi8((char)0x80)));
}

/* The bytes at the end of p that begin a letter and do not finish it. */
static inline size_t
unfinished(const char *p)
{
	if ((unsigned char)p[-1] >= 0xC0)
		return 1;
	if ((unsigned char)p[-2] >= 0xE0)
		return 2;
	return (unsigned char)p[-3] >= 0xF0 ? 3 : 0;
}

/* Put whole blocks, up to one that is no UTF-8, or has letters of U+E000 to
 * U+EFFF, which are EE and two bytes more, if those are looked at.  The bytes
 * of p that it took. */
static JSON_AVX2 size_t
put_blocks(char **to, const char *p, size_t n, bool looks)
{
	/* 0xFF is in no UTF-8 */
	__m256i apart = _mm256_set1_epi8((char)(looks ? 0xEE : 0xFF));
	__m256i before = _mm256_setzero_si256();
	char *out = *to;
	size_t i = 0, behind = 0;

	while (i + 32 <= n) {
		__m256i v = _mm256_loadu_si256((const __m256i *)(p + i));
		__m256i faults = _mm256_or_si256(utf8_faults(before, v),
		    _mm256_cmpeq_epi8(v, apart));
		unsigned special = (unsigned)_mm256_movemask_epi8(
		    _mm256_or_si256(_mm256_or_si256(equal_to(v, '"'),
		    equal_to(v, '\\')), at_most(v, 0x1F)));

		if (!_mm256_testz_si256(faults, faults))
			break;
		_mm256_storeu_si256((__m256i *)out, v);
		if (special) {
			size_t k = (size_t)__builtin_ctz(special);

			out = put_escape(out + k, (unsigned char)p[i + k]);
			i += k + 1;
			before = _mm256_setzero_si256();
			behind = 0;
		} else {
			out += 32;
			i += 32;
			before = v;
			behind = 1;
		}
	}
	if (behind)
		behind = unfinished(p + i);
	*to = out - behind;
	return i - behind;
}

#endif

#endif

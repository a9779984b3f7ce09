/* SPDX-License-Identifier: MIT */
#include "base/base64.h"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

void
base64_append(struct buf *out, struct span bytes, bool for_urls)
{
	const char *set = for_urls ? LETTERS "-_" : LETTERS "+/";
	const unsigned char *p = (const unsigned char *)bytes.p;
	char *start = buf_room(out, (bytes.n + 2) / 3 * 4);
	char *to = start;
	size_t n = bytes.n;

	for (; n >= 3; n -= 3, p += 3, to += 4) {
		unsigned v = (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2];

		to[0] = set[v >> 18];
		to[1] = set[v >> 12 & 63];
		to[2] = set[v >> 6 & 63];
		to[3] = set[v & 63];
	}
	if (n > 0) {
		unsigned v = (unsigned)p[0] << 16 |
		    (n > 1 ? (unsigned)p[1] << 8 : 0);

		*to++ = set[v >> 18];
		*to++ = set[v >> 12 & 63];
		*to++ = n > 1 ? set[v >> 6 & 63] : '=';
		*to++ = '=';
	}
	out->n += (size_t)(to - start);
}

/* What each letter stands for, and 1 more; 0: it is none. */
static const unsigned char values[256] = {
	['A'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
	19, 20, 21, 22, 23, 24, 25, 26, ['a'] = 27, 28, 29, 30, 31, 32, 33,
	34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50,
	51, 52, ['0'] = 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, ['+'] = 63,
	['-'] = 63, ['/'] = 64, ['_'] = 64,
};

/* The bits of n letters; -1: some are none. */
static int
take_letters(const unsigned char *p, size_t n)
{
	unsigned bits = 0;
	bool good = true;

	for (size_t i = 0; i < n; i++) {
		good &= values[p[i]] != 0;
		bits = bits << 6 | ((values[p[i]] - 1u) & 63);
	}
	return good ? (int)bits : -1;
}

static const char *
take_rest(struct buf *out, const unsigned char *p, size_t n)
{
	int bits = take_letters(p, n);
	unsigned over = n == 2 ? 4 : 2;         /* of no byte */

	if (bits < 0)
		return "not base64";
	if (n == 1 || (n > 1 && bits & ((1 << over) - 1)))
		return "truncated base64";
	if (n == 3)
		buf_char(out, (char)(bits >> 10));
	if (n > 1)
		buf_char(out, (char)(n == 3 ? bits >> 2 : bits >> 4));
	return NULL;
}

const char *
base64_take(struct buf *out, struct span text)
{
	size_t whole = text.n;
	const unsigned char *p = (const unsigned char *)text.p;
	char *to;

	while (text.n && text.p[text.n - 1] == '=')
		text.n--;
	if (whole != text.n && (whole % 4 || whole - text.n > 2))
		return "not base64";
	to = buf_room(out, text.n / 4 * 3);
	for (; text.n >= 4; text.n -= 4, p += 4, to += 3) {
		int bits = take_letters(p, 4);

		if (bits < 0)
			return "not base64";
		to[0] = (char)(bits >> 16);
		to[1] = (char)(bits >> 8);
		to[2] = (char)bits;
		out->n += 3;
	}
	return take_rest(out, p, text.n);
}

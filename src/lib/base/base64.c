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

static int
value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

const char *
base64_take(struct buf *out, struct span text)
{
	size_t whole = text.n;
	unsigned bits = 0, nbits = 0;

	while (text.n && text.p[text.n - 1] == '=')
		text.n--;
	if (whole != text.n && (whole % 4 || whole - text.n > 2))
		return "not base64";
	for (size_t i = 0; i < text.n; i++) {
		int value = value_of(text.p[i]);

		if (value < 0)
			return "not base64";
		bits = bits << 6 | (unsigned)value;
		nbits += 6;
		if (nbits < 8)
			continue;
		nbits -= 8;
		buf_char(out, (char)(bits >> nbits));
	}
	return nbits == 6 || bits & ((1u << nbits) - 1) ?
	    "truncated base64" : NULL;
}

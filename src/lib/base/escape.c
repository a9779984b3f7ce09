/* SPDX-License-Identifier: MIT */
#include "base/escape.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { NO_CHARACTER = 0xFFFD };

size_t
escape_utf8_next(const char *text, size_t n, unsigned *code)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)text;
	size_t length = p[0] < 0x80 ? 1 : p[0] < 0xC0 ? 0 : p[0] < 0xE0 ? 2 :
	    p[0] < 0xF0 ? 3 : p[0] < 0xF8 ? 4 : 0;

	if (length < 2) {
		*code = p[0];
		return length;
	}
	if (length > n)
		return 0;
	*code = p[0] & (0x7Fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		*code = *code << 6 | (p[i] & 0x3F);
	}
	return *code < least[length] || *code > 0x10FFFF ||
	    (*code >= 0xD800 && *code < 0xE000) ? 0 : length;
}

/* Controls of ASCII and Latin-1, and Unicode's format characters: those that
 * join or part words unseen, turn the direction, end lines, tag, annotate. */
static bool
is_hidden(unsigned code)
{
	static const struct { unsigned first, last; } hidden[] = {
		{ 0, 0x1F }, { 0x7F, 0x9F }, { 0xAD, 0xAD }, { 0x61C, 0x61C },
		{ 0x180E, 0x180E }, { 0x200B, 0x200F }, { 0x2028, 0x202E },
		{ 0x2060, 0x206F }, { 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB },
		{ 0xE0000, 0xE0FFF },
	};

	for (size_t i = 0; i < sizeof(hidden) / sizeof(*hidden); i++)
		if (code >= hidden[i].first && code <= hidden[i].last)
			return true;
	return false;
}

/* The character, where it may be seen; 0: *code is to be escaped, of *used
 * bytes; what is no character is one byte. */
static size_t
copy_plain(char to[ESCAPE_MAX], const char *p, size_t n, size_t *used,
    unsigned *code)
{
	size_t length;

	*used = 1;
	if (*p >= ' ' && *p < 0x7F) {           /* nearly all */
		to[0] = *p;
		return 1;
	}
	length = escape_utf8_next(p, n, code);
	if (length == 0) {
		*code = NO_CHARACTER;
		return 0;
	}
	*used = length;
	if (is_hidden(*code))
		return 0;
	memcpy(to, p, length);
	return length;
}

size_t
escape_one(char to[ESCAPE_MAX], const char *p, size_t n, size_t *used)
{
	unsigned code = 0;
	size_t length = copy_plain(to, p, n, used, &code);

	if (length)
		return length;
	if (*used == 1)
		return (size_t)snprintf(to, ESCAPE_MAX, "\\x%02x",
		    (unsigned)(unsigned char)*p);
	return (size_t)snprintf(to, ESCAPE_MAX,
	    code < 0x10000 ? "\\u%04x" : "\\u{%x}", code);
}

size_t
escape_json(char to[ESCAPE_MAX], const char *p, size_t n, size_t *used)
{
	unsigned code = 0;
	size_t length = copy_plain(to, p, n, used, &code);

	if (length)
		return length;
	if (code < 0x10000)
		return (size_t)snprintf(to, ESCAPE_MAX, "\\u%04x", code);
	return (size_t)snprintf(to, ESCAPE_MAX, "\\u%04x\\u%04x",
	    0xD800 + ((code - 0x10000) >> 10), 0xDC00 + (code & 0x3FF));
}

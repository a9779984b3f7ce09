/* SPDX-License-Identifier: MIT */
#include "show/glyphs.h"

#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/hex.h"
#include "json/write.h"
#include "show/width.h"

enum {
	MOST_MARKS = 4,         /* that a letter of any script has */
	SURROGATES = 0xD800, LOW_SURROGATES = 0xDC00, SURROGATES_END = 0xE000,
	NO_CHARACTER = -1,
};

static unsigned
hex_code(const char *p)
{
	unsigned code = 0;

	for (int i = 0; i < 4; i++)
		code = code << 4 | ((unsigned)hex_value(p[i]) & 15);
	return code;
}

/* \uNNNN, at its digits; two of them where they are a pair. */
static int
take_code(struct glyphs *g)
{
	unsigned code, low;

	if (g->end - g->p < 4) {
		g->p = g->end;
		return NO_CHARACTER;
	}
	code = hex_code(g->p);
	g->p += 4;
	if (code < SURROGATES || code >= SURROGATES_END)
		return (int)code;
	if (g->end - g->p < 6 || g->p[0] != '\\' || g->p[1] != 'u')
		return NO_CHARACTER;
	low = hex_code(g->p + 2);
	if (code >= LOW_SURROGATES || low < LOW_SURROGATES ||
	    low >= SURROGATES_END)
		return NO_CHARACTER;
	g->p += 6;
	return (int)(0x10000 + ((code & 0x3FF) << 10 | (low & 0x3FF)));
}

/* An escape of JSON, after its backslash. */
static int
take_escape(struct glyphs *g)
{
	static const char letters[] = "bfnrt", codes[] = "\b\f\n\r\t";
	const char *at;
	char c;

	if (g->p == g->end)
		return NO_CHARACTER;
	c = *g->p++;
	if (c == 'u')
		return take_code(g);
	at = memchr(letters, c, sizeof(letters) - 1);
	return at ? codes[at - letters] : (unsigned char)c;
}

/* The code of the next character, NO_CHARACTER of a byte that is none. */
static int
take_character(struct glyphs *g)
{
	unsigned code;
	size_t n;

	if (g->json && *g->p == '\\') {
		g->p++;
		return take_escape(g);
	}
	n = escape_utf8_next(g->p, (size_t)(g->end - g->p), &code);
	g->p += n ? n : 1;
	return n ? (int)code : NO_CHARACTER;
}

static void
put_escape(struct glyph *glyph, int code, uint8_t byte)
{
	static const char letters[] = "nrt0", codes[] = "\n\r\t";
	const char *at = code < 0 || code >= 0x80 ? NULL :
	    memchr(codes, code, sizeof(codes));
	int n;

	if (code < 0 || (code >= STRAY_BYTE && code < STRAY_END))
		n = snprintf(glyph->bytes, GLYPH_BYTES, "\\x%02x",
		    code < 0 ? byte : code & 0xFF);
	else if (at)
		n = snprintf(glyph->bytes, GLYPH_BYTES, "\\%c",
		    letters[at - codes]);
	else if (code < 0x80)
		n = snprintf(glyph->bytes, GLYPH_BYTES, "\\x%02x",
		    (unsigned)code);
	else
		n = snprintf(glyph->bytes, GLYPH_BYTES, code < 0x10000 ?
		    "\\u%04x" : "\\u{%x}", (unsigned)code);
	glyph->n = glyph->columns = (uint8_t)n;
	glyph->escaped = true;
}

static void
put_character(struct glyph *glyph, unsigned code)
{
	char *p = glyph->bytes;

	if (code < 0x80) {
		*p++ = (char)code;
	} else if (code < 0x800) {
		*p++ = (char)(0xC0 | code >> 6);
	} else if (code < 0x10000) {
		*p++ = (char)(0xE0 | code >> 12);
		*p++ = (char)(0x80 | (code >> 6 & 0x3F));
	} else {
		*p++ = (char)(0xF0 | code >> 18);
		*p++ = (char)(0x80 | (code >> 12 & 0x3F));
		*p++ = (char)(0x80 | (code >> 6 & 0x3F));
	}
	if (code >= 0x80)
		*p++ = (char)(0x80 | (code & 0x3F));
	glyph->n = (uint8_t)(p - glyph->bytes);
	glyph->escaped = false;
}

/* A mark needs a letter, and a selector an emoji, to stand on. */
static bool
is_at_home(const struct glyphs *g, enum width_class class)
{
	return class == WIDTH_SELECTOR ? g->emoji :
	    class == WIDTH_MARK || class == WIDTH_SPACING ? g->marks > 0 :
	    class != WIDTH_ESCAPED;
}

static void
note_base(struct glyphs *g, unsigned code, enum width_class class)
{
	bool letter = code >= 0x80 || ((code | 0x20) >= 'a' &&
	    (code | 0x20) <= 'z');

	g->emoji = class == WIDTH_EMOJI || (class == WIDTH_WIDE &&
	    code >= 0x2000);
	g->wide = class == WIDTH_WIDE;
	if (class == WIDTH_MARK || class == WIDTH_SPACING)
		g->marks--;
	else
		g->marks = letter && class != WIDTH_SELECTOR ? MOST_MARKS : 0;
}

bool
glyphs_next(struct glyphs *g, struct glyph *glyph)
{
	uint8_t byte = g->p < g->end ? (uint8_t)*g->p : 0;
	enum width_class class;
	int code;

	if (g->p >= g->end)
		return false;
	code = take_character(g);
	class = code < 0 ? WIDTH_ESCAPED : width_of((unsigned)code);
	if (!is_at_home(g, class)) {
		g->marks = 0;
		g->emoji = false;
		put_escape(glyph, code, byte);
		return true;
	}
	put_character(glyph, (unsigned)code);
	glyph->columns = class == WIDTH_WIDE ? 2 : class == WIDTH_MARK ? 0 :
	    class == WIDTH_SELECTOR ? !g->wide : 1;
	note_base(g, (unsigned)code, class);
	return true;
}

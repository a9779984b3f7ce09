/* SPDX-License-Identifier: MIT
 *
 * What stays as it is is copied by json/plain.h; only what ends that is looked
 * at one by one.
 */
#include "json/write.h"

#include <inttypes.h>

#include "json/plain.h"

/* Is all of text plain?  Words overlap rather than leave a tail. */
static inline bool
all_plain(const char *p, size_t n)
{
	uint64_t w, bad = 0;
	uint32_t a, b;

	if (n >= 8) {
		for (size_t i = 0; i + 8 < n; i += 8) {
			memcpy(&w, p + i, 8);
			bad |= special_bytes(w);
		}
		memcpy(&w, p + n - 8, 8);
		return !(bad | special_bytes(w));
	}
	if (n >= 4) {
		memcpy(&a, p, 4);
		memcpy(&b, p + n - 4, 4);
		return !special_bytes((uint64_t)a << 32 | b);
	}
	for (size_t i = 0; i < n; i++)
		if (special_bytes(ONES * ' ' - ' ' + (unsigned char)p[i]))
			return false;
	return true;
}

/* Length of the UTF-8 sequence at p, 0 if it is none (Unicode, table
 * 3-7: well-formed UTF-8 byte sequences). */
static size_t
utf8_length(const unsigned char *p, size_t n)
{
	unsigned char c = p[0];

	if (c < 0x80)
		return 1;
	if (c < 0xC2 || c > 0xF4)
		return 0;
	if (n < 2 || (p[1] & 0xC0) != 0x80)
		return 0;
	if (c < 0xE0)
		return 2;
	if ((c == 0xE0 && p[1] < 0xA0) || (c == 0xED && p[1] > 0x9F) ||
	    (c == 0xF0 && p[1] < 0x90) || (c == 0xF4 && p[1] > 0x8F))
		return 0;
	if (n < 3 || (p[2] & 0xC0) != 0x80)
		return 0;
	if (c < 0xF0)
		return 3;
	return n >= 4 && (p[3] & 0xC0) == 0x80 ? 4 : 0;
}

enum {
	PIECE = 4096,           /* room is made for so much text at a time */
	GROWTH = 6,             /* one byte becomes at most \u00XX */
};

/* What text is for. */
enum kind {
	KIND_TEXT,              /* characters, strays among them */
	KIND_DATA,              /* bytes of a server */
	KIND_WORDS,             /* people */
};

/* A byte that is not UTF-8: U+FFFD, or the character that stands for it. */
static char *
put_stray(char *to, unsigned char c, enum kind kind)
{
	unsigned code = kind == KIND_WORDS ? 0xFFFD : (unsigned)STRAY_BYTE + c;

	to[0] = (char)(0xE0 | code >> 12);
	to[1] = (char)(0x80 | (code >> 6 & 0x3F));
	to[2] = (char)(0x80 | (code & 0x3F));
	return to + 3;
}

/* U+EF00 to U+EFFF are EE BC 80 to EE BF BF. */
static inline bool
is_stray(const char *p, size_t length)
{
	return length == 3 && (unsigned char)p[0] == 0xEE &&
	    (unsigned char)p[1] >= 0xBC;
}

/* What does not stay as it is, one character: escaped, copied, or replaced.
 * The bytes that it took. */
static inline size_t
put_special(char **to, const char *p, size_t n, enum kind kind)
{
	unsigned char c = (unsigned char)*p;
	size_t length;

	if (c < 0x80) {
		*to = put_escape(*to, c);
		return 1;
	}
	length = utf8_length((const unsigned char *)p, n);
	if (length == 0 || (kind == KIND_DATA && is_stray(p, length))) {
		*to = put_stray(*to, c, kind);
		return 1;
	}
	memcpy(*to, p, length);
	*to += length;
	return length;
}

static void
put_text(struct buf *out, struct span text, enum kind kind)
{
	size_t i = 0;

	while (i < text.n) {
		size_t stop = text.n - i < PIECE ? text.n : i + PIECE;
		char *start = buf_room(out, (stop - i) * GROWTH + PLAIN_ROOM);
		char *to = start;

		while (i < stop) {
			const char *p = text.p + i;
			size_t left = stop - i, n;

#if JSON_SIMD > 1
			if (left >= 32 && json_has_avx2()) {
				n = put_blocks(&to, p, left,
				    kind == KIND_DATA);
				p += n;
				left -= n;
				i += n;
			}
#endif
			n = copy_ascii(to, p, left);
			n += copy_letters(to + n, p + n, left - n);
			to += n;
			i += n;
			if (i < stop && n == 0)
				i += put_special(&to, text.p + i, text.n - i,
				    kind);
		}
		out->n += (size_t)(to - start);
	}
}

static inline void
put_string(struct buf *out, struct span text, enum kind kind)
{
	char *p = buf_room(out, text.n + 2);

	p[0] = '"';
	/* A longer one is copied while it is looked at. */
	if (text.n < 64 && all_plain(text.p, text.n)) {
		if (text.n)
			memcpy(p + 1, text.p, text.n);
		p[text.n + 1] = '"';
		out->n += text.n + 2;
		return;
	}
	out->n++;
	put_text(out, text, kind);
	buf_char(out, '"');
}

void
json_string(struct buf *out, struct span text)
{
	put_string(out, text, KIND_TEXT);
}

void
json_data(struct buf *out, struct span text)
{
	put_string(out, text, KIND_DATA);
}

void
json_part(struct buf *out, struct span text)
{
	put_text(out, text, KIND_TEXT);
}

void
json_words_part(struct buf *out, struct span text)
{
	put_text(out, text, KIND_WORDS);
}

void
json_words(struct buf *out, struct span text)
{
	buf_char(out, '"');
	json_words_part(out, text);
	buf_char(out, '"');
}

void
json_member(struct buf *out, const char *name, struct span text)
{
	buf_printf(out, ",\"%s\":", name);
	json_words(out, text);
}

void
json_count(struct buf *out, const char *name, uint64_t n)
{
	buf_printf(out, ",\"%s\":%" PRIu64, name, n);
}

void
json_first(struct buf *out, const char *name, struct span text)
{
	size_t at = out->n;

	json_member(out, name, text);
	out->p[at] = '{';
}

void
json_value_member(struct buf *out, const char *name, struct span value)
{
	buf_printf(out, ",\"%s\":", name);
	buf_span(out, value.n ? value : SPAN("null"));
}

void
json_put_line(struct buf *out, struct span json)
{
	size_t at = out->n;

	buf_span(out, json);
	if (!json.n || (!memchr(json.p, '\n', json.n) &&
	    !memchr(json.p, '\r', json.n)))
		return;
	for (; at < out->n; at++)       /* blanks: a string has neither */
		if (out->p[at] == '\n' || out->p[at] == '\r')
			out->p[at] = ' ';
}

size_t
json_utf8_good(struct span text)
{
	size_t i = 0;

	while (i < text.n) {
		size_t n = utf8_length((const unsigned char *)text.p + i,
		    text.n - i);

		if (n == 0)
			return i;
		i += n;
	}
	return i;
}

bool
json_utf8_valid(struct span text)
{
	return json_utf8_good(text) == text.n;
}

void
json_utf8_put(struct buf *out, uint32_t code)
{
	unsigned char *p = (unsigned char *)buf_room(out, 4);

	if (code < 0x80) {
		p[0] = (unsigned char)code;
		out->n += 1;
	} else if (code < 0x800) {
		p[0] = (unsigned char)(0xC0 | code >> 6);
		p[1] = (unsigned char)(0x80 | (code & 0x3F));
		out->n += 2;
	} else if (code < 0x10000) {
		p[0] = (unsigned char)(0xE0 | code >> 12);
		p[1] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
		p[2] = (unsigned char)(0x80 | (code & 0x3F));
		out->n += 3;
	} else {
		p[0] = (unsigned char)(0xF0 | code >> 18);
		p[1] = (unsigned char)(0x80 | (code >> 12 & 0x3F));
		p[2] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
		p[3] = (unsigned char)(0x80 | (code & 0x3F));
		out->n += 4;
	}
}

/* SPDX-License-Identifier: MIT */
#include "charset/charset.h"

#include "base/escape.h"
#include "json/write.h"

/* A character of a text, or a byte that stands for itself. */
struct item {
	uint32_t code;
	bool stray;
};

static bool
is_odd(const struct charset *set, unsigned char c)
{
	return set && set->odd_first && c >= set->odd_first &&
	    c <= set->odd_last;
}

/* What nearly all texts are: without strays, and characters that the server
 * converts as they were. */
static bool
is_plain(const struct charset *to, struct span text)
{
	if (!to || !to->odd_first)
		return !text.n || !memchr(text.p, 0xEE, text.n);
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] == 0xEE ||
		    is_odd(to, (unsigned char)text.p[i]))
			return false;
	return true;
}

/* The byte that the character at the text's start stands for; -1: none. */
static int
stray_at(struct span text)
{
	unsigned code;

	if (text.n < 3 || escape_utf8_next(text.p, text.n, &code) != 3 ||
	    code < STRAY_BYTE || code >= STRAY_END)
		return -1;
	return (int)(code - STRAY_BYTE);
}

static struct span
behind(struct span text, size_t n)
{
	return n < text.n ? (struct span){ text.p + n, text.n - n } :
	    (struct span){ text.p + text.n, 0 };
}

/* Three strays that are the UTF-8 of a character that stands for a stray. */
static bool
takes_three(struct span text, struct item *item)
{
	int one = stray_at(text), two = stray_at(behind(text, 3));
	int three = stray_at(behind(text, 6));

	if (one != 0xEE || two < 0xBC || two > 0xBF || three < 0x80 ||
	    three > 0xBF)
		return false;
	*item = (struct item){ (uint32_t)(0xE000 | (two & 0x3F) << 6 |
	    (three & 0x3F)), false };
	return true;
}

/* The next of a text, which is not empty; the bytes that it took. */
static size_t
next_item(struct span text, bool unicode, struct item *item)
{
	int stray = stray_at(text);
	size_t n;
	unsigned code;

	if (unicode && stray == 0xEE && takes_three(text, item))
		return 9;
	n = escape_utf8_next(text.p, text.n, &code);
	*item = (struct item){ stray < 0 ? code : (uint32_t)stray,
		stray >= 0 };
	return n ? n : 1;
}

static bool
is_unicode(const struct charset *set)
{
	return set->take && set->take != charset_take_table &&
	    set->mbmaxlen > 1;
}

/* Are bytes of the one the same in the other? */
static bool
is_alike(const struct charset *from, const struct charset *to)
{
	return from && to && (from == to ||
	    (charset_is_utf8(from) && charset_is_utf8(to)));
}

/* A server would fill up what is too short. */
static bool
is_whole(const struct charset *set, size_t n)
{
	struct buf one = { 0 };
	bool whole;

	set->take(set, &one, 'a');
	whole = n % one.n == 0;
	buf_free(&one);
	return whole;
}

enum taken
charset_take(const struct charset *from, const struct charset *to,
    struct buf *text, size_t at)
{
	struct span in = { text->p + at, text->n - at };
	struct buf utf8 = { 0 }, bytes = { 0 };
	bool unicode = from ? is_unicode(from) : !to || is_unicode(to);
	bool strays = false, odd = false, has = to && to->take;
	struct item item;
	size_t n;

	if (is_plain(to, in))
		return TAKEN_TEXT;
	for (; in.n > 0; in = behind(in, n)) {
		n = next_item(in, unicode, &item);
		strays = strays || item.stray;
		odd = odd || (!item.stray && is_odd(to,
		    (unsigned char)in.p[0]));
		if (item.stray)
			buf_char(&bytes, (char)item.code);
		else
			has = has && to->take(to, &bytes, item.code);
		if (!item.stray)
			json_utf8_put(&utf8, item.code);
	}
	text->n = at;
	odd = odd && has;
	has = has && is_alike(from, to) && is_whole(to, bytes.n);
	buf_span(text, strays || odd ? buf_view(&bytes) : buf_view(&utf8));
	buf_free(&utf8);
	buf_free(&bytes);
	return strays ? (has ? TAKEN_BYTES : TAKEN_NOT) :
	    odd ? TAKEN_BYTES : TAKEN_TEXT;
}

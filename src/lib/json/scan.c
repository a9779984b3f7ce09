/* SPDX-License-Identifier: MIT
 *
 * Strings are left at their next '"' or '\\', found 16 bytes at a time.  Nests
 * (objects, arrays) are left 64 bytes at a time, by masks with a bit for each
 * byte: which are quotes that no backslash escapes, from these which lie in
 * strings, and of the others which open or close something.  The masks are
 * made by AVX2 or SSE2, or eight bytes at a time.
 */
#include "json/scan.h"

#include <stdint.h>

#include "json/blocks.h"
#include "json/valid.h"
#include "json/write.h"

enum { MAX_DEPTH = 512 };

/* Over a string; at->p is on its opening quote. */
static inline bool
skip_string(struct json_pos *at)
{
	const char *p = at->p + 1;

	for (;;) {
		p = json_find_quote(p, at->end);
		if (p >= at->end)
			return false;
		if (*p == '"') {
			at->p = p + 1;
			return true;
		}
		p += 2;
		if (p > at->end)
			return false;
	}
}

/* Over an object or array; at->p is on its opening bracket.  Depth is
 * counted, kinds of brackets are not told apart. */
static inline __attribute__((always_inline)) bool
skip_nest_by(struct json_pos *at,
    void (*masks)(const char *, uint64_t, struct byte_masks *))
{
	uint64_t in_string = 0, carry = 0;
	int depth = 0;

	for (const char *p = at->p; p < at->end; p += JSON_BLOCK) {
		struct byte_masks m;
		uint64_t inside, marks;

		masks(p, live_bytes((size_t)(at->end - p)), &m);
		if (m.slash | carry)
			m.quote &= ~escaped_bytes(m.slash, &carry);
		inside = parities(m.quote) ^ in_string;
		in_string = 0 - (inside >> 63);
		marks = (m.open | m.close) & ~inside;
		for (; marks; marks &= marks - 1) {
			int i = __builtin_ctzll(marks);

			/* '{' and '[' have bit 2 clear, '}' and ']' set. */
			depth += p[i] & 4 ? -1 : 1;
			if (depth > MAX_DEPTH)
				return false;
			if (depth == 0) {
				at->p = p + i + 1;
				return true;
			}
		}
	}
	at->p = at->end;
	return false;
}

#if JSON_SIMD > 1
static JSON_AVX2 bool
skip_nest_avx2(struct json_pos *at)
{
	return skip_nest_by(at, byte_masks_avx2);
}
#endif

static bool
skip_nest(struct json_pos *at)
{
#if JSON_SIMD > 1
	if (json_has_avx2())
		return skip_nest_avx2(at);
#endif
	return skip_nest_by(at, byte_masks);
}

/* Over a number, true, false or null. */
static inline bool
skip_word(struct json_pos *at)
{
	static const bool in_word[256] = {
		['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true,
		['4'] = true, ['5'] = true, ['6'] = true, ['7'] = true,
		['8'] = true, ['9'] = true, ['-'] = true, ['+'] = true,
		['.'] = true, ['E'] = true, ['e'] = true, ['t'] = true,
		['r'] = true, ['u'] = true, ['f'] = true, ['a'] = true,
		['l'] = true, ['s'] = true, ['n'] = true,
	};
	const char *start = at->p;

	while (at->p < at->end && in_word[(unsigned char)*at->p])
		at->p++;
	return at->p > start && (at->p == at->end || *at->p == ',' ||
	    *at->p == '}' || *at->p == ']' || json_is_blank(*at->p));
}

bool
json_value(struct json_pos *at, struct span *value)
{
	const char *start;
	bool good;

	switch (json_peek(at)) {
	case '\0':
		return false;
	case '"':
		start = at->p;
		good = skip_string(at);
		break;
	case '{':
	case '[':
		start = at->p;
		good = skip_nest(at);
		break;
	default:
		start = at->p;
		good = skip_word(at);
	}
	*value = (struct span){ start, (size_t)(at->p - start) };
	return good;
}

bool
json_enter(struct json_pos *at, char bracket)
{
	if (json_peek(at) != bracket)
		return false;
	at->p++;
	return true;
}

/* Over the comma before the next member: 1 there is one, 0 closed, -1. */
static int
step(struct json_pos *at, char open, char close)
{
	const char *before = at->p;
	char c = json_peek(at);

	if (c == close) {
		at->p++;
		return 0;
	}
	if (c == ',') {
		at->p++;
		json_peek(at);
		return 1;
	}
	/* The first member comes right after the bracket. */
	while (before[-1] != open && json_is_blank(before[-1]))
		before--;
	return before[-1] == open ? 1 : -1;
}

/* The next member where no blanks come between: `,"name":`. */
static inline bool
next_compact(struct json_pos *at, struct span *name)
{
	const char *start = at->p + 2;
	const char *quote;

	if (at->end - at->p < 5 || at->p[0] != ',' || at->p[1] != '"')
		return false;
	quote = json_find_quote(start, at->end);
	if (at->end - quote < 3 || quote[0] != '"' || quote[1] != ':' ||
	    json_is_blank(quote[2]))
		return false;
	*name = (struct span){ start, (size_t)(quote - start) };
	at->p = quote + 2;
	return true;
}

int
json_next(struct json_pos *at, struct span *name)
{
	const char *start;
	int more;

	if (next_compact(at, name))
		return 1;
	more = step(at, '{', '}');
	if (more <= 0)
		return more;
	if (json_peek(at) != '"')
		return -1;
	start = at->p + 1;
	if (!skip_string(at))
		return -1;
	*name = (struct span){ start, (size_t)(at->p - 1 - start) };
	if (json_peek(at) != ':')
		return -1;
	at->p++;
	json_peek(at);
	return 1;
}

int
json_next_element(struct json_pos *at)
{
	return step(at, '[', ']');
}

bool
json_unescape(struct buf *out, struct span inside)
{
	static const char plain[256] = {
		['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b',
		['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t',
	};
	const char *p = inside.p;
	const char *end = p + inside.n;
	struct json_pos at = { p, end };
	uint32_t code;

	while (p < end) {
		const char *slash = memchr(p, '\\', (size_t)(end - p));

		buf_put(out, p, (size_t)((slash ? slash : end) - p));
		if (!slash)
			return true;
		if (end - slash < 2)
			return false;
		p = slash + 2;
		if (plain[(unsigned char)slash[1]]) {
			buf_char(out, plain[(unsigned char)slash[1]]);
			continue;
		}
		at.p = p;
		if (slash[1] != 'u' || !json_unicode(&at, &code))
			return false;
		json_utf8_put(out, code);
		p = at.p;
	}
	return true;
}

struct span
json_inside(struct span value)
{
	if (value.n < 2 || value.p[0] != '"')
		return (struct span){ NULL, 0 };
	return (struct span){ value.p + 1, value.n - 2 };
}

bool
json_each(struct span array, bool (*each)(void *arg, struct span element),
    void *arg)
{
	struct json_pos at = json_at(array);
	struct span element;
	int got;

	if (!array.n || !json_enter(&at, '['))
		return false;
	while ((got = json_next_element(&at)) > 0)
		if (!json_value(&at, &element) || !each(arg, element))
			return false;
	return got == 0;
}

char *
json_text(struct span value)
{
	struct span inside = json_inside(value);
	struct buf text = { 0 };

	if (inside.p && json_unescape(&text, inside) &&
	    !(text.n && memchr(text.p, '\0', text.n)))
		return buf_cstr(&text);
	buf_free(&text);
	return NULL;
}

static struct span
without_blanks(struct span text)
{
	while (text.n && json_is_blank(*text.p))
		text = (struct span){ text.p + 1, text.n - 1 };
	while (text.n && json_is_blank(text.p[text.n - 1]))
		text.n--;
	return text;
}

/* "1." and "1.e5", which MariaDB takes for numbers. */
static bool
is_lax_number(struct span text)
{
	size_t i = 0, digits;

	while (i < text.n && one_of(text.p[i], "-0123456789"))
		i++;
	if (i == 0 || i == text.n || text.p[i++] != '.')
		return false;
	if (i == text.n)
		return true;
	if (!one_of(text.p[i++], "eE"))
		return false;
	i += i < text.n && one_of(text.p[i], "+-");
	for (digits = i; i < text.n && one_of(text.p[i], "0123456789"); i++)
		;
	return i == text.n && i > digits;
}

enum json_fate
json_fate(struct span text)
{
	struct span s = without_blanks(text);
	struct buf inside = { 0 };
	enum json_fate fate;

	if (!s.n || !json_embeddable(s))
		return s.n && (one_of(*s.p, "{[\"") || is_lax_number(s)) ?
		    JSON_STAYS_TEXT : JSON_IS_NONE;
	if (*s.p != '"')
		return span_is(s, "null") ? JSON_STAYS_TEXT : JSON_EMBEDS;
	json_unescape(&inside, json_inside(s));
	fate = json_fate(buf_view(&inside));
	buf_free(&inside);
	return fate == JSON_STAYS_TEXT ? JSON_STAYS_TEXT : JSON_EMBEDS;
}

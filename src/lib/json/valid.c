/* SPDX-License-Identifier: MIT */
#include "json/valid.h"

#include "base/hex.h"
#include "json/write.h"

/* jq 1.6 reads 256 levels, of which a record has some of its own. */
enum { EMBED_DEPTH = 240 };

static bool
digits(struct json_pos *at)
{
	const char *start = at->p;

	while (at->p < at->end && *at->p >= '0' && *at->p <= '9')
		at->p++;
	return at->p > start;
}

static bool
accept(struct json_pos *at, char c)
{
	if (at->p >= at->end || *at->p != c)
		return false;
	at->p++;
	return true;
}

static bool
number(struct json_pos *at)
{
	accept(at, '-');
	if (!accept(at, '0') && !digits(at))
		return false;
	if (accept(at, '.') && !digits(at))
		return false;
	if (accept(at, 'e') || accept(at, 'E')) {
		if (!accept(at, '+'))
			accept(at, '-');
		return digits(at);
	}
	return true;
}

static bool
word(struct json_pos *at, const char *text)
{
	size_t n = strlen(text);

	if ((size_t)(at->end - at->p) < n || memcmp(at->p, text, n) != 0)
		return false;
	at->p += n;
	return true;
}

bool
json_scalar(struct json_pos *at)
{
	switch (at->p < at->end ? *at->p : '\0') {
	case 't':
		return word(at, "true");
	case 'f':
		return word(at, "false");
	case 'n':
		return word(at, "null");
	default:
		return number(at);
	}
}

bool
json_in_word(char c)
{
	static const bool sign[256] = {
		['{'] = true, ['}'] = true, ['['] = true, [']'] = true,
		[':'] = true, [','] = true, ['"'] = true,
	};

	return !sign[(unsigned char)c];
}

static int
hex4(const struct json_pos *at)
{
	int v = 0;

	if (at->end - at->p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = hex_value(at->p[i]);

		if (digit < 0)
			return -1;
		v = v << 4 | digit;
	}
	return v;
}

static bool
is_half(int v, int first)
{
	return v >= first && v < first + 0x400;
}

bool
json_unicode(struct json_pos *at, uint32_t *code)
{
	int v = hex4(at), low;

	if (v < 0 || is_half(v, 0xDC00))
		return false;
	at->p += 4;
	*code = (uint32_t)v;
	if (!is_half(v, 0xD800))
		return true;
	low = word(at, "\\u") ? hex4(at) : -1;
	if (!is_half(low, 0xDC00))
		return false;
	at->p += 4;
	*code = 0x10000u + ((uint32_t)(v - 0xD800) << 10) +
	    (uint32_t)(low - 0xDC00);
	return true;
}

bool
json_escape(struct json_pos *at)
{
	uint32_t code;

	if (at->p >= at->end)
		return false;
	if (*at->p != 'u')
		return one_of(*at->p++, "\"\\/bfnrt");
	at->p++;
	return json_unicode(at, &code);
}

static bool
string(struct json_pos *at)
{
	if (!accept(at, '"'))
		return false;
	while (at->p < at->end && *at->p != '"') {
		if ((unsigned char)*at->p < 0x20)
			return false;
		if (*at->p++ == '\\' && !json_escape(at))
			return false;
	}
	return accept(at, '"');
}

/* ---- the text */

struct judge {
	struct json_pos at;
	const char *start;
	struct outline_block *blocks;
	char close[JSON_DEPTH];
	int depth, deepest;
};

static void
mark(const struct judge *j, bool is_name)
{
	size_t i = (size_t)(j->at.p - j->start);
	uint64_t bit = 1ull << (i % 64);

	if (!j->blocks)
		return;
	if (is_name)
		j->blocks[i / 64].names |= bit;
	else
		j->blocks[i / 64].brackets |= bit;
}

/* The name and colon of a member. */
static bool
member(struct judge *j)
{
	if (json_peek(&j->at) != '"')
		return false;
	mark(j, true);
	return string(&j->at) && json_peek(&j->at) == ':' &&
	    accept(&j->at, ':');
}

/* Into what opens here: 1 and a value comes next, 0 it is empty, -1. */
static int
enter(struct judge *j, char c)
{
	if (j->depth == JSON_DEPTH)
		return -1;
	mark(j, false);
	j->close[j->depth++] = (char)(c + 2);
	if (j->deepest < j->depth)
		j->deepest = j->depth;
	j->at.p++;
	if (json_peek(&j->at) == c + 2)
		return 0;
	return c == '[' || member(j) ? 1 : -1;
}

/* What follows a value: 1 another one, 0 nothing, -1. */
static int
follow(struct judge *j)
{
	while (j->depth > 0 && json_peek(&j->at) == j->close[j->depth - 1]) {
		mark(j, false);
		j->at.p++;
		j->depth--;
	}
	if (j->depth == 0)
		return json_peek(&j->at) == '\0' && j->at.p == j->at.end ?
		    0 : -1;
	if (!accept(&j->at, ','))
		return -1;
	return j->close[j->depth - 1] == ']' || member(j) ? 1 : -1;
}

static bool
judge(struct judge *j)
{
	int more = 1;

	while (more > 0) {
		char c = json_peek(&j->at);
		bool nest = c == '{' || c == '[';

		if (nest && (more = enter(j, c)) != 0)
			continue;
		if (!nest && !(c == '"' ? string(&j->at) :
		    json_scalar(&j->at)))
			return false;
		more = follow(j);
	}
	return more == 0;
}

bool
json_judge(struct span text, struct outline_block *blocks)
{
	struct judge j = { .at = json_at(text), .start = text.p,
		.blocks = blocks };

	return json_utf8_valid(text) && judge(&j);
}

bool
json_valid(struct span text)
{
	return json_judge(text, NULL);
}

bool
json_embeddable(struct span text)
{
	struct judge j = { .at = json_at(text), .start = text.p };

	return json_utf8_valid(text) && judge(&j) && j.deepest <= EMBED_DEPTH;
}

/* A word is judged from its beginning: how much of it is one? */
static const char *
inside_word(struct json_pos at)
{
	static const char *const words[] = { "true", "false", "null" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (at.p < at.end && *at.p == words[i][0])
			for (const char *w = words[i]; at.p < at.end && *w &&
			    *w == *at.p; w++)
				at.p++;
	return at.p;
}

size_t
json_fault(struct span text, const char **why)
{
	struct judge j = { .at = json_at(text), .start = text.p };
	size_t good = json_utf8_good(text), place;

	if (judge(&j) && good == text.n)
		return 0;
	place = (size_t)(inside_word(j.at) - text.p);
	if (good < text.n && good <= place) {
		*why = "no UTF-8";
		return good + 1;
	}
	*why = j.depth == JSON_DEPTH ? "too many brackets inside each other" :
	    place == text.n ? "its JSON ends too early" : "no JSON";
	return place + 1;
}

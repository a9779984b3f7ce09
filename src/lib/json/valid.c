/* SPDX-License-Identifier: MIT
 *
 * The strict judge (RFC 8259), for text that is about to become part of a
 * record.  scan.c follows text; this file says whether it is JSON.
 */
#include "json/scan.h"

/* jq 1.6 reads 256 levels, of which a record has some of its own. */
enum { VALID_DEPTH = 240 };

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
string(struct json_pos *at)
{
	if (!accept(at, '"'))
		return false;
	while (at->p < at->end && *at->p != '"') {
		if ((unsigned char)*at->p < 0x20)
			return false;
		if (*at->p++ != '\\')
			continue;
		if (at->p >= at->end || !one_of(*at->p, "\"\\/bfnrtu"))
			return false;
		if (*at->p++ != 'u')
			continue;
		for (int i = 0; i < 4; i++, at->p++)
			if (at->p >= at->end ||
			    !one_of(*at->p, "0123456789abcdefABCDEF"))
				return false;
	}
	return accept(at, '"');
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

static bool
scalar(struct json_pos *at, char c)
{
	switch (c) {
	case '"':
		return string(at);
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

/* The name and colon of a member. */
static bool
member(struct json_pos *at)
{
	return json_peek(at) == '"' && string(at) && json_peek(at) == ':' &&
	    accept(at, ':');
}

bool
json_valid(struct span text)
{
	struct json_pos at = json_at(text);
	char close[VALID_DEPTH];
	int depth = 0;

	for (;;) {
		char c = json_peek(&at);

		if (c == '{' || c == '[') {
			if (depth == VALID_DEPTH)
				return false;
			close[depth++] = (char)(c + 2);
			at.p++;
			if (json_peek(&at) != c + 2) {
				if (c == '{' && !member(&at))
					return false;
				continue;
			}
		} else if (!c || !scalar(&at, c)) {
			return false;
		}
		while (depth > 0 && json_peek(&at) == close[depth - 1]) {
			at.p++;
			depth--;
		}
		if (depth == 0)
			return json_peek(&at) == '\0' && at.p == at.end;
		if (!accept(&at, ','))
			return false;
		if (close[depth - 1] == '}' && !member(&at))
			return false;
	}
}

/* SPDX-License-Identifier: MIT
 *
 * Strings, numbers and literals, checked exactly where they are known to
 * begin, 16 bytes at a time.  NULL: there is none.
 */
#ifndef JSON_SCALAR_H
#define JSON_SCALAR_H

#include "json/blocks.h"
#include "json/valid.h"

/* The rest of a string that has more in it than ASCII; p: after its quote. */
const char *json_over_words(const char *p, const char *end, bool *escapes);

/* Over a string; *escapes is set where a backslash is in it. */
static inline const char *
json_over_string(const char *p, const char *end, bool *escapes)
{
	const char *quote;

	if (p == end || *p != '"')
		return NULL;
	quote = json_find_special(p + 1, end);
	if (quote < end && *quote == '"')
		return quote + 1;
	return json_over_words(p + 1, end, escapes);
}

/* Over a number. */
static inline const char *
json_over_number(const char *p, const char *end)
{
	const char *behind = json_find_no_digit(p, end);
	struct json_pos at = { p, end };

	if (behind > p && behind < end && (*behind == ',' || *behind == '}'))
		return *p == '0' && behind - p > 1 ? NULL : behind;
	if (p == end || (*p != '-' && behind == p) || !json_scalar(&at))
		return NULL;
	return at.p;
}

/* Over any of them. */
static inline const char *
json_over_scalar(const char *p, const char *end, bool *escapes)
{
	struct json_pos at = { p, end };

	if (p < end && *p == '"')
		return json_over_string(p, end, escapes);
	if (p < end && *p >= '0' && *p <= '9')
		return json_over_number(p, end);
	return json_scalar(&at) ? at.p : NULL;
}

#endif

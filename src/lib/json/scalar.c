/* SPDX-License-Identifier: MIT */
#include "json/scalar.h"

#include "json/write.h"

const char *
json_over_words(const char *p, const char *end, bool *escapes)
{
	const char *start = p;
	bool high = false;

	while ((p = json_find_special(p, end)) < end && *p != '"') {
		struct json_pos at = { p + 1, end };

		if ((unsigned char)*p > 0x7F) {
			high = true;
			p++;
			continue;
		}
		if (*p != '\\' || !json_escape(&at))
			return NULL;
		*escapes = true;
		p = at.p;
	}
	if (p == end || (high && !json_utf8_valid(span_between(start, p))))
		return NULL;
	return p + 1;
}

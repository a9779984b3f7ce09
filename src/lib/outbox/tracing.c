/* SPDX-License-Identifier: MIT */
#include "outbox/tracing.h"

#include "base/hex.h"
#include "json/write.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f';
}

static bool
is_end(char c)
{
	return c == '\n' || c == '\r';
}

/* What stands after a backslash, over it; a line that continues gives
 * nothing. */
static const char *
take_escape(const char *p, const char *end, struct buf *out)
{
	uint32_t code = 0;
	int digit, n = 0;

	if (p == end)
		return p;
	if (is_end(*p)) {
		p += *p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
		while (p < end && is_blank(*p))
			p++;
		return p;
	}
	if (*p != 'u') {
		buf_char(out, *p == 't' ? '\t' : *p == 'n' ? '\n' :
		    *p == 'r' ? '\r' : *p == 'f' ? '\f' : *p);
		return p + 1;
	}
	for (p++; n < 4 && p < end && (digit = hex_value(*p)) >= 0; p++, n++)
		code = code << 4 | (uint32_t)digit;
	json_utf8_put(out, code);
	return p;
}

/* A key, to where its separator begins; or a value, to the end of its line. */
static const char *
take_text(const char *p, const char *end, bool key, struct buf *out)
{
	out->n = 0;
	while (p < end && !is_end(*p) && !(key && (*p == '=' || *p == ':' ||
	    is_blank(*p)))) {
		if (*p == '\\')
			p = take_escape(p + 1, end, out);
		else
			buf_char(out, *p++);
	}
	return p;
}

static const char *
over_blanks(const char *p, const char *end, bool lines)
{
	while (p < end && (is_blank(*p) || (lines && is_end(*p))))
		p++;
	return p;
}

bool
tracing_property(struct span text, const char *name, struct buf *value)
{
	const char *p = text.p, *end = p + text.n;
	struct buf key = { 0 }, one = { 0 };
	bool found = false;

	while ((p = over_blanks(p, end, true)) < end) {
		bool comment = *p == '#' || *p == '!';

		if (!comment) {
			p = over_blanks(take_text(p, end, true, &key), end,
			    false);
			if (p < end && (*p == '=' || *p == ':'))
				p = over_blanks(p + 1, end, false);
			p = take_text(p, end, false, &one);
		}
		while (comment && p < end && !is_end(*p))
			p++;
		if (comment || !span_is(buf_view(&key), name))
			continue;
		found = true;           /* the last one counts */
		value->n = 0;
		buf_span(value, buf_view(&one));
	}
	buf_free(&key);
	buf_free(&one);
	return found;
}

bool
tracing_is_parent(struct span text)
{
	static const char form[] = "00-00000000000000000000000000000000-"
	    "0000000000000000-00";

	if (text.n < sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < sizeof(form) - 1; i++)
		if (form[i] == '-' ? text.p[i] != '-' :
		    hex_value(text.p[i]) < 0 ||
		    (text.p[i] >= 'A' && text.p[i] <= 'F'))
			return false;
	return text.n == sizeof(form) - 1 || (memcmp(text.p, "00", 2) != 0 &&
	    text.p[sizeof(form) - 1] == '-');
}

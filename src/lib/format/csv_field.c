/* SPDX-License-Identifier: MIT */
#include "format/csv_field.h"

static bool
needs_quotes(struct span text)
{
	bool special = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		special |= c == '"' || c == ',' || c == '\n' || c == '\r';
	}
	return special;
}

void
csv_field_put(struct buf *out, struct span text, bool quoted)
{
	char *to;

	if (!quoted && !needs_quotes(text)) {
		buf_span(out, text);
		return;
	}
	to = buf_room(out, 2 * text.n + 2);
	*to++ = '"';
	for (size_t i = 0; i < text.n; i++) {
		*to = '"';
		to += text.p[i] == '"';
		*to++ = text.p[i];
	}
	*to++ = '"';
	out->n = (size_t)(to - out->p);
}

/* What stands after the backslash; 0: the byte is written as it is. */
static const char escapes[256] = {
	['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\',
};

void
csv_field_put_tsv(struct buf *out, struct span text)
{
	char *to = buf_room(out, 2 * text.n + 1);

	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		char escape = c ? escapes[c] : '0';

		if (escape)
			*to++ = '\\';
		*to++ = escape ? escape : (char)c;
	}
	out->n = (size_t)(to - out->p);
}

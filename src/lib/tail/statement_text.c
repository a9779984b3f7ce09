/* SPDX-License-Identifier: MIT */
#include "tail/statement_text.h"

#include <string.h>

#include "json/scan.h"
#include "json/write.h"
#include "charset/charset.h"

/* How much of a text is letters, which a quote is open in; or, where none is,
 * how much is before the next. */
static size_t
part(struct span text, char quote)
{
	size_t n = 0;

	while (n < text.n && !(quote ? text.p[n] == quote ||
	    (text.p[n] == '\\' && quote != '`') : one_of(text.p[n], "`'\"")))
		n++;
	return n;
}

/* What the character set does not have is a stray byte. */
static bool
put_utf8(const struct charset *set, struct span text, struct buf *out)
{
	struct buf json = { 0 };
	bool good;

	if (set && set->put && !charset_is_utf8(set))
		charset_put(set, &json, text);
	else
		json_string(&json, text);
	good = json_unescape(out, json_inside(buf_view(&json)));
	buf_free(&json);
	return good;
}

/* What part() ends at: a quote, or what is escaped: \\ is a letter. */
static bool
put_syntax(const struct charset *set, struct span *rest, char *quote,
    struct buf *out)
{
	bool escaped = *rest->p == '\\' && rest->n > 1;
	struct span these = { rest->p, escaped ? 2 : 1 };

	*rest = (struct span){ rest->p + these.n, rest->n - these.n };
	if (!escaped)
		*quote = *quote ? 0 : *these.p;
	if (escaped && these.p[1] == '\\')
		return put_utf8(set, (struct span){ these.p, 1 }, out);
	buf_span(out, these);
	return true;
}

static bool
put_quoted(const struct charset *set, struct span rest, struct buf *out)
{
	char quote = 0;

	while (rest.n) {
		struct span now = { rest.p, part(rest, quote) };

		rest = (struct span){ rest.p + now.n, rest.n - now.n };
		if (!quote)
			buf_span(out, now);
		else if (!put_utf8(set, now, out))
			return false;
		if (rest.n && !put_syntax(set, &rest, &quote, out))
			return false;
	}
	return true;
}

void
statement_text_make_utf8(struct query *query, struct buf *text)
{
	const struct charset *set = charset_of_collation(query->collation);
	bool odd = set && strcmp(set->name, "swe7") == 0;

	if (query->text.n && (odd ? put_quoted : put_utf8)(set, query->text,
	    text) && !span_eq(buf_view(text), query->text))
		query_convert(query, buf_view(text));
}

/* SPDX-License-Identifier: MIT */
#include "format/placeholder.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/buf.h"

enum { SHOWN = 60 };            /* bytes of a placeholder in a message */

const char *const placeholder_forms[] = {
	[FORM_PLAIN] = "", [FORM_JSON] = "json", [FORM_SH] = "sh",
	[FORM_SQL] = "sql", [FORM_CSV] = "csv", [FORM_URL] = "url", NULL,
};

static const struct {
	const char *word;
	enum placeholder_kind kind;
} images[] = {
	{ "before.", PLACE_BEFORE }, { "after.", PLACE_AFTER },
	{ "key.", PLACE_KEY },
};

struct reader {
	struct span rest;
	struct placeholders *all;
	char *to;               /* where the next text goes */
	const char *from;       /* where the placeholder in hand begins */
	struct err *err;
};

static int
fault(const struct reader *r, const char *why)
{
	struct span shown = span_between(r->from, r->rest.p + r->rest.n);

	return err_set(r->err, ERR_USAGE, "%s: %.*s%s", why,
	    SPAN_SHOWN(shown, SHOWN));
}

static bool
starts_with(const struct reader *r, const char *word)
{
	size_t n = strlen(word);

	return r->rest.n >= n && memcmp(r->rest.p, word, n) == 0;
}

static void
skip(struct reader *r, size_t n)
{
	r->rest.p += n;
	r->rest.n -= n;
}

static void
put(struct reader *r, char c)
{
	*r->to++ = c;
}

/* `a``b` */
static int
read_quoted(struct reader *r)
{
	for (skip(r, 1); r->rest.n; skip(r, 1)) {
		if (starts_with(r, "``"))
			skip(r, 1);
		else if (r->rest.p[0] == '`')
			break;
		put(r, r->rest.p[0]);
	}
	if (!r->rest.n)
		return fault(r, "nothing closes the quoted name");
	skip(r, 1);
	return 0;
}

/* Which field of the record, or column of the row, is a name without quotes? */
static int
take_name(struct reader *r, struct placeholder *place)
{
	place->field = format_meta_named(place->text);
	if (place->field)
		place->kind = PLACE_FIELD;
	else if ((place->text.n > 7 && memcmp(place->text.p, "source.",
	    7) == 0) || (place->text.n > 12 && memcmp(place->text.p,
	    "transaction.", 12) == 0))
		return fault(r, "records have no such field (a column of such "
		    "a name is written in `backquotes`)");
	return 0;
}

static int
read_name(struct reader *r, struct placeholder *place)
{
	const char *start = r->to;
	bool quoted;

	place->kind = PLACE_ROW;
	for (size_t i = 0; i < sizeof(images) / sizeof(*images); i++)
		if (starts_with(r, images[i].word)) {
			place->kind = images[i].kind;
			skip(r, strlen(images[i].word));
			break;
		}
	quoted = starts_with(r, "`");
	if (quoted && read_quoted(r) < 0)
		return -1;
	for (; !quoted && r->rest.n && !one_of(r->rest.p[0], "{}|`");
	    skip(r, 1))
		put(r, r->rest.p[0]);
	place->text = span_between(start, r->to);
	if (!place->text.n)
		return fault(r, "a placeholder without a name");
	return !quoted && place->kind == PLACE_ROW ? take_name(r, place) : 0;
}

static int
read_form(struct reader *r, struct placeholder *place)
{
	struct span word;

	if (!starts_with(r, "|"))
		return 0;
	skip(r, 1);
	word = (struct span){ r->rest.p, 0 };
	for (; r->rest.n && !one_of(r->rest.p[0], "{}|"); skip(r, 1))
		word.n++;
	for (int i = FORM_JSON; placeholder_forms[i]; i++)
		if (span_is(word, placeholder_forms[i])) {
			place->form = (enum placeholder_form)i;
			return 0;
		}
	return fault(r, "no such form (|json, |sh, |sql, |csv, |url)");
}

static int
read_placeholder(struct reader *r)
{
	struct placeholder place = { .form = FORM_PLAIN };

	r->from = r->rest.p;
	skip(r, 1);
	if (read_name(r, &place) < 0 || read_form(r, &place) < 0)
		return -1;
	if (!starts_with(r, "}"))
		return fault(r, r->rest.n ? "'}' expected (a brace of the "
		    "text is written {{ or }})" : "nothing closes the "
		    "placeholder (a brace of the text is written {{)");
	skip(r, 1);
	*ARRAY_ADD(r->all->v, r->all->n) = place;
	return 0;
}

/* Up to the next placeholder. */
static int
read_text(struct reader *r)
{
	const char *start = r->to;

	for (; r->rest.n; skip(r, 1)) {
		if (starts_with(r, "{{") || starts_with(r, "}}")) {
			skip(r, 1);
		} else if (r->rest.p[0] == '{') {
			break;
		} else if (r->rest.p[0] == '}') {
			r->from = r->rest.p;
			return fault(r, "nothing opens this brace (one of the "
			    "text is written }})");
		}
		put(r, r->rest.p[0]);
	}
	if (r->to > start)
		*ARRAY_ADD(r->all->v, r->all->n) = (struct placeholder){
			.kind = PLACE_TEXT, .text = span_between(start,
			r->to) };
	return 0;
}

int
placeholder_read(struct placeholders *all, struct span text, struct err *err)
{
	struct reader r = { .rest = text, .all = all, .err = err };

	*all = (struct placeholders){ .bytes = xmalloc(text.n + 1) };
	r.to = all->bytes;
	while (r.rest.n)
		if ((r.rest.p[0] == '{' && !starts_with(&r, "{{") ?
		    read_placeholder : read_text)(&r) < 0)
			return -1;
	return 0;
}

void
placeholder_clear(struct placeholders *all)
{
	free(all->v);
	free(all->bytes);
	*all = (struct placeholders){ 0 };
}

bool
placeholder_has(const struct placeholders *all, enum placeholder_form form)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].kind > PLACE_FIELD && all->v[i].form == form)
			return true;
	return false;
}

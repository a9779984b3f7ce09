/* SPDX-License-Identifier: MIT */
#include "format/filled.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "format/format.h"
#include "format/placeholder.h"

struct filled {
	const char *given;
	bool varies;
	struct format_options opt;
	struct formatter formatter;
	struct placeholders places;     /* again, to be looked at */
	struct buf text;
};

struct filled *
filled_new(const char *text, const char *name, int shape, struct err *err)
{
	struct filled *t = xcalloc(1, sizeof(*t));

	t->given = text;
	t->opt = (struct format_options)FORMAT_OPTIONS_DEFAULT;
	t->opt.to = format_place("template");
	t->opt.shape = shape;
	t->opt.own.template = text;
	t->opt.own.template_name = name;
	t->opt.own.raw = true;
	if (placeholder_read(&t->places, span_of(text), err) < 0 ||
	    format_open(&t->formatter, &t->opt, err) < 0) {
		filled_free(t);
		return NULL;
	}
	t->varies = strpbrk(text, "{}") != NULL;
	return t;
}

void
filled_free(struct filled *t)
{
	if (!t)
		return;
	if (t->formatter.format)
		format_close(&t->formatter);
	placeholder_clear(&t->places);
	buf_free(&t->text);
	free(t);
}

bool
filled_varies(const struct filled *t)
{
	return t->varies;
}

bool
filled_is_all(const struct filled *t, const char *form)
{
	for (size_t i = 0; i < t->places.n; i++)
		if (t->places.v[i].kind != PLACE_TEXT &&
		    strcmp(placeholder_forms[t->places.v[i].form], form) != 0)
			return false;
	return true;
}

const char *
filled_of(struct filled *t, struct record *rec, struct err *err)
{
	struct formatter *f = &t->formatter;
	struct format_change c;

	if (!t->varies)
		return t->given;
	f->out.text.n = 0;
	if (format_change_read(f, rec, &c, err) < 0 ||
	    f->format->change(f, &c, err) < 0)
		return NULL;
	t->text.n = 0;
	/* without its newline */
	buf_put(&t->text, f->out.text.p, f->out.text.n - 1);
	f->out.text.n = 0;
	if (!memchr(buf_cstr(&t->text), '\0', t->text.n))
		return t->text.p;
	err_set(err, ERR_DATA, "table %s.%s: a value for '%s' holds a NUL, "
	    "which no argument, URL or header can", c.table->db.p,
	    c.table->name.p, t->given);
	return NULL;
}

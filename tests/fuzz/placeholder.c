/* SPDX-License-Identifier: MIT
 *
 * A template: what it is read as, written as a template, is read as the same.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "format/placeholder.h"

static void
must(bool good)
{
	if (!good)
		abort();
}

static void
put_doubled(struct buf *out, struct span text, const char *what)
{
	for (size_t i = 0; i < text.n; i++) {
		if (one_of(text.p[i], what))
			buf_char(out, text.p[i]);
		buf_char(out, text.p[i]);
	}
}

static void
put_place(struct buf *out, const struct placeholder *place)
{
	static const char *const images[] = {
		[PLACE_FIELD] = "", [PLACE_ROW] = "",
		[PLACE_BEFORE] = "before.", [PLACE_AFTER] = "after.",
		[PLACE_KEY] = "key.",
	};
	const char *quote = place->kind == PLACE_FIELD ? "" : "`";

	if (place->kind == PLACE_TEXT) {
		put_doubled(out, place->text, "{}");
		return;
	}
	buf_char(out, '{');
	buf_str(out, images[place->kind]);
	buf_str(out, quote);
	put_doubled(out, place->text, quote);
	buf_str(out, quote);
	if (place->form != FORM_PLAIN)
		buf_char(out, '|');
	buf_str(out, placeholder_forms[place->form]);
	buf_char(out, '}');
}

static void
must_be_same(const struct placeholders *a, const struct placeholders *b)
{
	must(a->n == b->n);
	for (size_t i = 0; i < a->n; i++) {
		const struct placeholder *x = &a->v[i], *y = &b->v[i];

		must(x->kind == y->kind && x->form == y->form &&
		    x->field == y->field && x->text.n > 0 &&
		    span_eq(x->text, y->text));
		must(x->kind != PLACE_TEXT || i == 0 ||
		    a->v[i - 1].kind != PLACE_TEXT);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct placeholders all = { 0 }, again = { 0 };
	struct err err = { 0 };
	struct buf text = { 0 };

	if (placeholder_read(&all, (struct span){ (const char *)data, size },
	    &err) == 0) {
		for (size_t i = 0; i < all.n; i++)
			put_place(&text, &all.v[i]);
		must(placeholder_read(&again, buf_view(&text), &err) == 0);
		must_be_same(&all, &again);
	} else {
		must(err.kind == ERR_USAGE && err.text[0]);
	}
	placeholder_clear(&all);
	placeholder_clear(&again);
	buf_free(&text);
	return 0;
}

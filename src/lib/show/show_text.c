/* SPDX-License-Identifier: MIT */
#include "show/show_text.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/hex.h"
#include "show/glyphs.h"

/* Bytes that are shown as they are: printable ASCII, but quotes and
 * backslashes.  Names need fewer quotes. */
static bool
is_plain(unsigned char c)
{
	return c >= ' ' && c < 0x7F && c != '\'' && c != '\\' && c != '`';
}

static bool
all_plain(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!is_plain((unsigned char)text.p[i]))
			return false;
	return true;
}

/* A name that is no more than letters, digits, _ and $; letters of all scripts
 * are. */
static bool
is_bare_name(struct span name)
{
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];
		unsigned char letter = c | 0x20;

		if (c < 0x80 && (letter < 'a' || letter > 'z') &&
		    (c < '0' || c > '9') && c != '_' && c != '$')
			return false;
	}
	return name.n > 0;
}

/* What a text is written with. */
struct writing {
	const struct show_page *page;
	struct buf *out;
	char quote;             /* or 0 */
	size_t columns;
};

static void
put_glyph(struct writing *w, const struct glyph *g)
{
	bool doubled = w->quote && g->n == 1 &&
	    (g->bytes[0] == w->quote || g->bytes[0] == '\\');

	if (g->escaped)
		page_paint(w->page, w->out, PAINT_ESCAPE);
	if (doubled)
		buf_char(w->out, w->quote == '`' && g->bytes[0] == '`' ? '`' :
		    '\\');
	buf_put(w->out, g->bytes, g->n);
	if (g->escaped)
		page_unpaint(w->page, w->out, PAINT_ESCAPE);
	w->columns += g->columns + doubled;
}

/* Of what was cut: so much was there. */
static void
put_length(struct writing *w, uint64_t n, const char *unit)
{
	char note[48];
	int length = snprintf(note, sizeof(note), " (%" PRIu64 " %s)", n,
	    unit);

	page_paint(w->page, w->out, PAINT_DIM);
	buf_put(w->out, note, (size_t)length);
	page_unpaint(w->page, w->out, PAINT_DIM);
	w->columns += (size_t)length;
}

static size_t
note_columns(uint64_t n, const char *unit)
{
	return (size_t)snprintf(NULL, 0, " (%" PRIu64 " %s)", n, unit);
}

static uint64_t
count_glyphs(struct glyphs g)
{
	struct glyph glyph;
	uint64_t n = 0;

	while (glyphs_next(&g, &glyph))
		n++;
	return n;
}

/* As many as there is room for; true where that is all. */
static bool
put_glyphs(struct writing *w, struct glyphs *g, size_t room)
{
	struct glyphs before = *g;
	struct glyph glyph;

	while (glyphs_next(g, &glyph)) {
		size_t at = w->out->n, columns = w->columns;

		put_glyph(w, &glyph);
		if (w->columns > room) {
			w->out->n = at;
			w->columns = columns;
			*g = before;
			return false;
		}
		before = *g;
	}
	return true;
}

static void
put_quote(struct writing *w)
{
	if (w->quote) {
		buf_char(w->out, w->quote);
		w->columns++;
	}
}

static void
put_dots(struct writing *w)
{
	buf_str(w->out, "…");
	w->columns++;
}

static size_t
put_cut(struct writing *w, struct span text, bool json, enum text_form form,
    size_t room)
{
	size_t at = w->out->n;
	struct glyphs g = glyphs_of(text, json);
	uint64_t n = 0;
	size_t note = 0;

	put_quote(w);
	if (put_glyphs(w, &g, room - (w->quote != 0))) {
		put_quote(w);
		return w->columns;
	}
	w->out->n = at;
	w->columns = 0;
	if (form != TEXT_LINE) {
		n = count_glyphs(glyphs_of(text, json));
		note = note_columns(n, "chars");
	}
	note += 1 + (w->quote != 0);
	g = glyphs_of(text, json);
	put_quote(w);
	put_glyphs(w, &g, room > note ? room - note : 0);
	put_dots(w);
	put_quote(w);
	if (form != TEXT_LINE)
		put_length(w, n, "chars");
	return w->columns;
}

size_t
show_text(const struct show_page *p, struct buf *out, struct span text,
    bool json, enum text_form form, size_t room)
{
	static const char quotes[] = {
		[TEXT_BARE] = '\0', [TEXT_STRING] = '\'', [TEXT_NAME] = '`',
		[TEXT_LINE] = '\0',
	};
	struct writing w = { .page = p, .out = out, .quote = quotes[form] };
	char *to;

	if (form == TEXT_NAME && is_bare_name(text))
		w.quote = '\0';
	if (text.n + 2 > room || !all_plain(text))
		return put_cut(&w, text, json, form, room);
	to = buf_room(out, text.n + 2);
	if (w.quote)
		*to++ = w.quote;
	if (text.n)
		memcpy(to, text.p, text.n);
	to += text.n;
	if (w.quote)
		*to++ = w.quote;
	w.columns = (size_t)(to - (out->p + out->n));
	out->n += w.columns;
	return w.columns;
}

size_t
show_bytes(const struct show_page *p, struct buf *out, struct span bytes,
    size_t room)
{
	struct writing w = { .page = p, .out = out };
	bool whole = bytes.n <= (room - 3) / 2;
	size_t note = whole ? 0 : note_columns(bytes.n, "bytes") + 1;
	size_t n = whole ? bytes.n : room > note + 3 ?
	    (room - note - 3) / 2 : 0;

	buf_str(out, "x'");
	hex_append(out, (struct span){ bytes.p, n }, hex_lower);
	w.columns = 3 + 2 * n;
	if (!whole)
		put_dots(&w);
	buf_char(out, '\'');
	if (!whole)
		put_length(&w, bytes.n, "bytes");
	return w.columns;
}

/* SPDX-License-Identifier: MIT */
#include "show/show_text.h"

#include "base/hex.h"
#include "json/scan.h"
#include "show/glyphs.h"

enum { LENGTH_TEXT = 48 };

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
	size_t skip;            /* bytes in front that are left out */
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

/* " (1234 chars)": what was cut had so many. */
static size_t
format_length(char to[LENGTH_TEXT], uint64_t n, const char *unit)
{
	char *p = to;

	*p++ = ' ';
	*p++ = '(';
	p = buf_put_u64(p, n);
	*p++ = ' ';
	p = stpcpy(p, unit);
	*p++ = ')';
	return (size_t)(p - to);
}

static void
put_length(struct writing *w, uint64_t n, const char *unit)
{
	char note[LENGTH_TEXT];
	size_t length = format_length(note, n, unit);

	if (w->page->terse)
		return;
	page_paint(w->page, w->out, PAINT_DIM);
	buf_put(w->out, note, length);
	page_unpaint(w->page, w->out, PAINT_DIM);
	w->columns += length;
}

static size_t
note_columns(const struct writing *w, uint64_t n, const char *unit)
{
	char note[LENGTH_TEXT];

	return w->page->terse ? 0 : format_length(note, n, unit);
}

/* Characters of a text: bytes that continue none, and escapes of JSON, two of
 * which may be one. */
static uint64_t
count_characters(struct span text, bool json)
{
	uint64_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		if ((text.p[i] & 0xC0) == 0x80)
			continue;
		n++;
		if (!json || text.p[i] != '\\' || ++i == text.n ||
		    text.p[i] != 'u')
			continue;
		/* the first half of a pair: \uD8.. to \uDB.. */
		n -= text.n - i > 2 && (text.p[i + 1] | 0x20) == 'd' &&
		    one_of(text.p[i + 2], "89abAB");
		i += 4;
	}
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

/* A text that is as it is, and all of it. */
static void
put_plain(struct writing *w, struct span text)
{
	char *to = buf_room(w->out, text.n + 2), *start = to;

	if (w->quote)
		*to++ = w->quote;
	if (text.n)
		memcpy(to, text.p, text.n);
	to += text.n;
	if (w->quote)
		*to++ = w->quote;
	w->columns += (size_t)(to - start);
	w->out->n += (size_t)(to - start);
}

/* Columns of what ends a text of n characters that is cut. */
static size_t
end_columns(const struct writing *w, enum text_form form, uint64_t n)
{
	return 1 + (w->quote != 0) +
	    (form == TEXT_LINE ? 0 : note_columns(w, n, "chars"));
}

static void
put_end(struct writing *w, enum text_form form, uint64_t n)
{
	put_dots(w);
	put_quote(w);
	if (form != TEXT_LINE)
		put_length(w, n, "chars");
}

/* A plain text for which there may be no room. */
static void
put_plain_cut(struct writing *w, struct span text, enum text_form form,
    size_t room)
{
	size_t quotes = w->quote ? 2 : 0;
	size_t end = end_columns(w, form, text.n) + (w->quote != 0);
	size_t most = room > end ? room - end : 0;

	if (text.n + quotes <= room) {
		put_plain(w, text);
		return;
	}
	put_quote(w);
	buf_put(w->out, text.p, most < text.n ? most : text.n);
	w->columns += most < text.n ? most : text.n;
	put_end(w, form, text.n);
}

static struct glyphs
begin(struct writing *w, struct span text, bool json)
{
	put_quote(w);
	if (w->skip)
		put_dots(w);
	return glyphs_of((struct span){ text.p + w->skip,
	    text.n - w->skip }, json);
}

static void
put_escaped(struct writing *w, struct span text, bool json,
    enum text_form form, size_t room)
{
	size_t at = w->out->n, end;
	struct glyphs g = begin(w, text, json);
	uint64_t n = form == TEXT_LINE || !w->skip ? 0 :
	    count_characters(text, json);
	size_t note = w->skip ? note_columns(w, n, "chars") : 0;

	if (put_glyphs(w, &g, room - (w->quote != 0) - note)) {
		put_quote(w);
		if (w->skip)
			put_length(w, n, "chars");
		return;
	}
	w->out->n = at;
	w->columns = 0;
	n = form == TEXT_LINE ? 0 : count_characters(text, json);
	end = end_columns(w, form, n);
	g = begin(w, text, json);
	put_glyphs(w, &g, room > end ? room - end : 0);
	put_end(w, form, n);
}

/* Columns that are shown in front of a difference; and of the widest glyph that
 * may be one, with quotes and dots around it. */
enum { CONTEXT = 12, WIDEST = 9 + 4 };

struct place {
	size_t at, columns;
};

static size_t
columns_in_quotes(const struct glyph *g)
{
	return g->columns + (g->n == 1 && one_of(g->bytes[0], "'\\"));
}

size_t
show_text_skip(struct span text, struct span other, size_t room)
{
	size_t most = text.n < other.n ? text.n : other.n, same = 0;
	size_t context = room <= WIDEST ? 0 : (room - WIDEST) / 2;
	size_t n = 0, all = 0, before = 0, at = 0;
	struct place last[CONTEXT];
	struct glyphs g = glyphs_of(text, true);
	struct glyph glyph;

	if (context > CONTEXT)
		context = CONTEXT;
	while (same < most && text.p[same] == other.p[same])
		same++;
	while (glyphs_next(&g, &glyph) && (size_t)(g.p - text.p) <= same) {
		last[n++ % CONTEXT] = (struct place){ at,
			columns_in_quotes(&glyph) };
		all += columns_in_quotes(&glyph);
		at = (size_t)(g.p - text.p);
	}
	if (all <= 2 * context)
		return 0;
	for (size_t i = 0; i < CONTEXT && n; i++) {
		before += last[--n % CONTEXT].columns;
		if (before > context)
			break;
		at = last[n % CONTEXT].at;
	}
	return at;
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

	if (form == TEXT_NAME && is_bare_name(text))
		w.quote = '\0';
	if (!all_plain(text))
		put_escaped(&w, text, json, form, room);
	else if (text.n + 2 > room)
		put_plain_cut(&w, text, form, room);
	else
		put_plain(&w, text);
	return w.columns;
}

void
show_text_words(struct show_page *p, enum paint paint, struct span value,
    size_t room)
{
	struct span inside = json_inside(value);

	page_paint(p, &p->out, paint);
	p->at += show_text(p, &p->out, inside.p ? inside : value, inside.p,
	    TEXT_BARE, room);
	page_unpaint(p, &p->out, paint);
}

size_t
show_bytes(const struct show_page *p, struct buf *out, struct span bytes,
    size_t room)
{
	struct writing w = { .page = p, .out = out };
	bool whole = bytes.n <= (room - 3) / 2;
	size_t note = whole ? 0 : note_columns(&w, bytes.n, "bytes") + 1;
	size_t n = whole ? bytes.n : room > note + 3 ?
	    (room - note - 3) / 2 : 0;

	buf_str(out, "x'");
	hex_append(out, (struct span){ bytes.p, n }, hex_lower);
	w.columns = 3 + 2 * n;
	if (!whole) {
		buf_str(out, "…");
		w.columns++;
	}
	buf_char(out, '\'');
	if (!whole)
		put_length(&w, bytes.n, "bytes");
	return w.columns;
}

size_t
show_text_rest(const struct show_page *p, struct buf *out, struct span inside,
    size_t skip, size_t room)
{
	struct writing w = { .page = p, .out = out, .quote = '\'',
		.skip = skip };

	put_escaped(&w, inside, true, TEXT_STRING, room);
	return w.columns;
}

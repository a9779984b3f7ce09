/* SPDX-License-Identifier: MIT */
#include "show/page.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/integer.h"
#include "io/out.h"
#include "show/glyphs.h"

const char *const page_colors[] = { "auto", "always", "never", 0 };

/* The sixteen colours, which each terminal has as its user likes them. */
static const char *const paints[] = {
	[PAINT_NONE] = "", [PAINT_ID] = "\033[33m",
	[PAINT_DIM] = "\033[2m", [PAINT_TABLE] = "\033[1m",
	[PAINT_KEY] = "\033[36m",
	[PAINT_INSERT] = "\033[32m", [PAINT_UPDATE] = "\033[33m",
	[PAINT_DELETE] = "\033[31m", [PAINT_READ] = "\033[34m",
	[PAINT_OTHER] = "\033[35m",
	[PAINT_OLD] = "\033[31m", [PAINT_NEW] = "\033[32m",
	[PAINT_NULL] = "\033[35m", [PAINT_ESCAPE] = "\033[7m",
	[PAINT_STATEMENT] = "\033[2m", [PAINT_ALARM] = "\033[1;31m",
};

static size_t
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	uint64_t n;

	if (columns && integer_read(span_of(columns), UINT16_MAX, &n) && n)
		return (size_t)n;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	return PAGE_WIDTH;
}

void
page_open(struct show_page *p, enum page_color color, uint64_t width,
    size_t otherwise)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");
	bool terminal = isatty(STDOUT_FILENO);

	p->color = color == COLOR_ALWAYS || (color == COLOR_AUTO && terminal &&
	    !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0));
	if (width == UINT64_MAX)
		p->width = terminal ? terminal_width() : otherwise;
	else
		p->width = width ? width : SIZE_MAX;
	if (p->width < PAGE_LEAST)
		p->width = PAGE_LEAST;
}

void
page_print(struct show_page *p)
{
	if (p->out.n)
		out_put(p->out.p, p->out.n);
	p->out.n = p->at = p->line = 0;
}

void
page_paint(const struct show_page *p, struct buf *out, enum paint paint)
{
	if (p->color)
		buf_str(out, paints[paint]);
}

void
page_unpaint(const struct show_page *p, struct buf *out, enum paint paint)
{
	/* an escape is part of something that has a colour of its own */
	if (p->color && paint != PAINT_NONE)
		buf_str(out, paint == PAINT_ESCAPE ? "\033[27m" : "\033[m");
}

void
page_put(struct show_page *p, enum paint paint, struct span text,
    size_t columns)
{
	page_paint(p, &p->out, paint);
	buf_span(&p->out, text);
	page_unpaint(p, &p->out, paint);
	p->at += columns;
}

void
page_words(struct show_page *p, enum paint paint, const char *words)
{
	page_put(p, paint, span_of(words), strlen(words));
}

void
page_blanks(struct show_page *p, size_t n)
{
	if (n == 0)
		return;
	memset(buf_room(&p->out, n), ' ', n);
	p->out.n += n;
	p->at += n;
}

/* ---- lines that are too long */

/* Further in than anything that begins a line, so that no text can look like
 * one. */
enum { FOLDED = 8 };

/* How many bytes of a line take so many columns; and how many if it ends at a
 * blank, 0 if it cannot. */
static size_t
fitting(struct span line, size_t width, size_t *blank)
{
	struct glyphs g = glyphs_of(line, false);
	struct glyph glyph;
	size_t columns = 0, n = 0;
	bool text = false;

	*blank = 0;
	while (g.p < g.end) {
		const char *end = *g.p == '\033' ? memchr(g.p, 'm',
		    (size_t)(g.end - g.p)) : NULL;

		if (end) {
			g.p = end + 1;
			n = (size_t)(g.p - line.p);
			continue;
		}
		if (*g.p == ' ' && text)
			*blank = n;
		text = text || *g.p != ' ';
		glyphs_next(&g, &glyph);
		columns += glyph.columns;
		if (columns > width)
			return n;
		n = (size_t)(g.p - line.p);
	}
	return n;
}

static void
cut(struct show_page *p, struct span line)
{
	size_t blank;

	p->out.n += fitting(line, p->width - 1, &blank);
	buf_str(&p->out, "…");
	if (p->color)
		buf_str(&p->out, "\033[m");
}

static void
fold(struct show_page *p, struct span line)
{
	size_t width = p->width, blank, n;

	while ((n = fitting(line, width, &blank)) < line.n) {
		bool words = blank != 0;

		n = words ? blank : n;
		buf_put(&p->out, line.p, n);
		while (words && n < line.n && line.p[n] == ' ')
			n++;
		line.p += n;
		line.n -= n;
		buf_char(&p->out, '\n');
		page_blanks(p, FOLDED);
		width = p->width - FOLDED;
	}
	buf_span(&p->out, line);
}

static void
shorten(struct show_page *p)
{
	struct buf whole = { 0 };

	buf_put(&whole, p->out.p + p->line, p->out.n - p->line);
	p->out.n = p->line;
	if (p->over == OVER_CUT)
		cut(p, (struct span){ p->out.p + p->line, whole.n });
	else
		fold(p, buf_view(&whole));
	buf_free(&whole);
}

void
page_line(struct show_page *p)
{
	if (p->at > p->width && p->over != OVER_LEAVE)
		shorten(p);
	buf_char(&p->out, '\n');
	p->at = 0;
	p->line = p->out.n;
}

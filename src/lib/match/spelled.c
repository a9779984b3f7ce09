/* SPDX-License-Identifier: MIT */
#include "match/spelled.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/buf.h"
#include "match/pattern.h"

enum { MOST_STEPS = 2048, MOST_NAMES = 256 };

/* A character that no pattern contains: what matches it matches any. */
#define ANY "\xEE\x80\x80"

/* The beginnings of what an expression matches, each made one character
 * longer. */
struct walk {
	struct pattern *re;
	struct buf letters;     /* characters that are tried, terminated */
	struct buf name;        /* so far */
	size_t dot;             /* where its database ends; 0: not yet */
	bool tables;            /* names are db.table */
	unsigned steps;         /* left */
	struct spelled *out;
};

/* The name in the letters in which the text has it. */
static char *
as_written(const char *text, struct span name)
{
	for (; *text; text++)
		if (strncasecmp(text, name.p, name.n) == 0)
			return xmemdup(text, name.n);
	return xmemdup(name.p, name.n);
}

static void
add(struct walk *w, struct span db, struct span table)
{
	struct spelled *s = w->out;
	const char *text = pattern_text(w->re);

	*ARRAY_ADD(s->v, s->n) = (struct spelled_name){ as_written(text, db),
		table.p ? as_written(text, table) : NULL };
}

static void
cut(struct spelled *s, size_t n)
{
	while (s->n > n) {
		free(s->v[--s->n].db);
		free(s->v[s->n].table);
	}
}

void
spelled_clear(struct spelled *s)
{
	cut(s, 0);
	free(s->v);
	*s = (struct spelled){ 0 };
}

/* Can no character match but those that are tried?  Of classes and escapes
 * that may know others it is not asked. */
static bool
is_plain(const char *text)
{
	bool class = false, wide = false;

	for (const char *p = text; *p; p++) {
		if (*p == '\\' && p[1]) {
			if (isalnum((unsigned char)*++p) &&
			    !one_of(*p, "dswQE"))
				return false;
		} else if (*p == '(' && (p[1] == '*' ||
		    (p[1] == '?' && p[2] != ':'))) {
			return false;
		} else if (*p == '[') {
			class = true;
			if (one_of(p[1], "^:.="))
				return false;
		}
		wide |= (unsigned char)*p >= 0x80;
	}
	return !(class && wide);
}

static size_t
letter_size(const char *p)
{
	size_t n = 1;

	while (((unsigned char)p[n] & 0xC0) == 0x80)
		n++;
	return n;
}

/* Small letters (case does not matter), and what else the text has. */
static void
put_letters(struct buf *out, const char *text)
{
	for (char c = ' '; c <= '~'; c++)
		if (!isupper((unsigned char)c))
			buf_char(out, c);
	buf_str(out, ANY);
	for (const char *p = text; *p; p += letter_size(p))
		if ((*p & 0x80) || iscntrl((unsigned char)*p))
			buf_put(out, p, letter_size(p));
	buf_cstr(out);
}

static bool
is_any(struct span name)
{
	for (size_t i = 0; i + sizeof(ANY) <= name.n + 1; i++)
		if (memcmp(name.p + i, ANY, sizeof(ANY) - 1) == 0)
			return true;
	return false;
}

/* What is matched whole is a name. */
static bool
take(struct walk *w)
{
	struct span name = buf_view(&w->name);
	struct span table = { 0 };

	if (!name.n || (w->tables && !w->dot) ||
	    !pattern_would_match(w->re, name))
		return true;
	if (is_any(name) || w->out->n >= MOST_NAMES)
		return false;
	if (w->dot) {
		table = (struct span){ name.p + w->dot + 1,
			name.n - w->dot - 1 };
		name.n = w->dot;
	}
	add(w, name, table);
	return true;
}

static bool walk(struct walk *w);

/* Behind "db.": its tables; or all of it, where they have no end. */
static bool
walk_database(struct walk *w)
{
	struct span db = { w->name.p, w->name.n - 1 };
	size_t before = w->out->n;
	unsigned steps = w->steps;

	if (is_any(db))
		return false;
	w->dot = db.n;
	w->steps = MOST_STEPS;
	if (!walk(w)) {
		cut(w->out, before);
		w->name.n = w->dot;
		add(w, buf_view(&w->name), (struct span){ 0 });
	}
	w->dot = 0;
	w->steps = steps;
	return w->out->n < MOST_NAMES;
}

static bool
walk_letter(struct walk *w, const char *letter)
{
	size_t before = w->name.n;
	bool ends = true;

	buf_put(&w->name, letter, letter_size(letter));
	if (pattern_may_begin(w->re, buf_view(&w->name)))
		ends = w->tables && !w->dot && *letter == '.' && before ?
		    walk_database(w) : walk(w);
	w->name.n = before;
	return ends;
}

/* False: there is no end to it, or none is in sight. */
static bool
walk(struct walk *w)
{
	if (w->steps == 0)
		return false;
	w->steps--;
	if (!take(w))
		return false;
	for (const char *p = w->letters.p; *p; p += letter_size(p))
		if (!walk_letter(w, p))
			return false;
	return true;
}

static bool
spell(const struct name_list *list, bool tables, struct spelled *out)
{
	bool ends = true;

	for (size_t i = 0; i < list->n && ends; i++) {
		struct walk w = { .re = list->patterns[i], .tables = tables,
			.steps = MOST_STEPS, .out = out };
		const char *text = pattern_text(w.re);

		ends = is_plain(text);
		put_letters(&w.letters, text);
		if (ends)
			ends = walk(&w);
		buf_free(&w.letters);
		buf_free(&w.name);
	}
	return ends && list->n;
}

bool
spelled_texts(const struct name_list *list, struct spelled *out)
{
	return spell(list, false, out);
}

/* Of two include lists a table must be in both: one that ends is enough. */
bool
spelled_tables(const struct table_filter *f, struct spelled *out)
{
	if (spell(&f->include_table, true, out))
		return true;
	cut(out, 0);
	return spell(&f->include_db, false, out);
}

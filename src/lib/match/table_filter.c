/* SPDX-License-Identifier: MIT */
#include "match/table_filter.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "base/buf.h"
#include "base/log.h"
#include "match/online.h"
#include "match/pattern.h"
#include "match/system.h"

enum { SLOTS = 4096 };          /* verdicts kept; more tables just collide */

struct verdict {
	char *name;             /* db '.' table, owned */
	size_t n, db_n;
	bool keeps;
};

struct verdicts {
	struct verdict *last;
	struct verdict slots[SLOTS];
	bool said_system;
};

enum { MASK = 1 };              /* in place of a character that no name has */

/* The name with another character for the dots of its first n bytes, or for
 * the one that stands there. */
static void
mask(struct buf *out, struct span name, size_t n, bool inner)
{
	out->n = 0;
	buf_span(out, name);
	for (size_t i = 0; i <= n && i < out->n; i++)
		if (out->p[i] == '.' && (i < n) == inner)
			out->p[i] = MASK;
}

/* Does an expression take the database's own dot for the one after it?  Then
 * it matches without that one, and not without its own. */
static bool
mistakes_dots(struct pattern *re, struct span name, size_t db_n,
    bool (*matches)(struct pattern *re, struct span subject))
{
	struct buf other = { 0 };
	bool mistakes;

	if (!memchr(name.p, '.', db_n))
		return false;
	mask(&other, name, db_n, true);
	mistakes = !matches(re, buf_view(&other));
	mask(&other, name, db_n, false);
	mistakes = mistakes && matches(re, buf_view(&other));
	buf_free(&other);
	return mistakes;
}

/* Is db.table, whose database is db_n bytes, in an include list?  Behind the
 * first that has it, too: to find out which of them match nothing. */
static bool
includes(const struct name_list *list, struct span name, size_t db_n)
{
	bool has = list->n == 0;

	for (size_t i = 0; i < list->n; i++) {
		struct pattern *re = list->patterns[i];

		if (!has || pattern_is_missed(re))
			has |= pattern_matches(re, name) && !mistakes_dots(re,
			    name, db_n, pattern_would_match);
	}
	return has;
}

static bool
passes(const struct name_list *include, const struct name_list *exclude,
    struct span name)
{
	bool in = include->n == 0 || name_list_has(include, name);

	return !name_list_has(exclude, name) && in;
}

bool
table_filter_active(const struct table_filter *f)
{
	return f->include_db.n || f->exclude_db.n || f->include_table.n ||
	    f->exclude_table.n || f->maxwell.n;
}

bool
table_filter_edits(const struct table_filter *f)
{
	return f->include_column.n || f->exclude_column.n;
}

const char *
table_filter_option(const struct table_filter *f)
{
	const struct { const struct name_list *list; const char *option; }
	all[] = {
		{ &f->include_table, "include-table" },
		{ &f->exclude_table, "exclude-table" },
		{ &f->include_db, "include-db" },
		{ &f->exclude_db, "exclude-db" },
		{ &f->include_column, "include-column" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (all[i].list->n)
			return all[i].option;
	return f->maxwell.n ? "maxwell-filter" : "exclude-column";
}

static bool
is_for(const struct verdict *v, struct span db, struct span table)
{
	return v->n == db.n + 1 + table.n && v->db_n == db.n &&
	    span_eq((struct span){ v->name, db.n }, db) &&
	    span_eq((struct span){ v->name + db.n + 1, table.n }, table);
}

/* ---- what must be asked for by name */

static bool
is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Does the expression have the name in it, as a word? */
static bool
spells(const struct pattern *re, struct span name)
{
	const char *text = pattern_text(re), *p;

	for (p = text; *p; p++)
		if (strncasecmp(p, name.p, name.n) == 0 &&
		    (p == text || !is_word_char(p[-1])) &&
		    !is_word_char(p[name.n]))
			return true;
	return false;
}

/* Is the name, which stands in whole, what the expression is about: would
 * another in its place not match? */
static bool
asks_for(const struct name_list *list, struct span whole, struct span name)
{
	size_t at = (size_t)(name.p - whole.p);
	bool asks = false;

	for (size_t i = 0; i < list->n && !asks; i++) {
		struct pattern *re = list->patterns[i];
		struct buf other = { 0 };

		buf_put(&other, whole.p, at);
		buf_char(&other, MASK);
		buf_put(&other, name.p + name.n, whole.n - at - name.n);
		asks = spells(re, name) && pattern_would_match(re, whole) &&
		    !pattern_would_match(re, buf_view(&other));
		buf_free(&other);
	}
	return asks;
}

static struct span
join(struct buf *whole, struct span db, struct span table)
{
	buf_span(whole, db);
	buf_char(whole, '.');
	buf_span(whole, table);
	return buf_view(whole);
}

static bool
asks_for_db(const struct table_filter *f, struct span db)
{
	return asks_for(&f->include_db, db, db) ||
	    maxwell_rules_name_db(&f->maxwell, db);
}

static bool
asks_for_schema(const struct table_filter *f, struct span db,
    struct span table)
{
	struct buf name = { 0 };
	struct span whole = join(&name, db, table);
	bool asks = asks_for_db(f, db) || asks_for(&f->include_table, whole,
	    (struct span){ whole.p, db.n });

	buf_free(&name);
	return asks;
}

static bool
asks_for_table(const struct table_filter *f, struct span db,
    struct span table)
{
	struct buf name = { 0 };
	struct span whole = join(&name, db, table);
	bool asks = maxwell_rules_name_table(&f->maxwell, table) ||
	    asks_for(&f->include_table, whole, (struct span){
	    whole.p + db.n + 1, table.n });

	buf_free(&name);
	return asks;
}

static bool
is_asked_for(const struct table_filter *f, struct span db, struct span table)
{
	return (!system_is_schema(db) || f->system_schemas ||
		   asks_for_schema(f, db, table)) &&
	       (!system_is_position_table(table) ||
		   asks_for_table(f, db, table));
}

static bool
passes_table(const struct table_filter *f, struct span whole, size_t db_n)
{
	bool in = includes(&f->include_table, whole, db_n);

	return !name_list_has(&f->exclude_table, whole) && in;
}

static bool
is_own(const struct table_filter *f, struct span whole)
{
	return f->own && span_is_nocase(whole, f->own);
}

/* A server has dozens of such tables: one line. */
static void
say_left_out(struct table_filter *f, struct span db, struct span whole)
{
	if (!system_is_schema(db))
		log_note("table %.*s belongs to a sink: it is left out",
		    (int)whole.n, whole.p);
	else if (!f->verdicts->said_system)
		log_note("tables of system schemas (%.*s) are left out",
		    (int)db.n, db.p);
	if (system_is_schema(db))
		f->verdicts->said_system = true;
}

static bool
lists_keep(struct table_filter *f, struct span db, struct span table)
{
	struct buf name = { 0 };
	struct span whole = join(&name, db, table);
	bool keeps = passes(&f->include_db, &f->exclude_db, db) &&
	    passes_table(f, whole, db.n) && !is_own(f, whole);

	keeps = maxwell_rules_keep(&f->maxwell, db, table) && keeps;
	if (keeps && !is_asked_for(f, db, table)) {
		keeps = false;
		say_left_out(f, db, whole);
	}
	buf_free(&name);
	return keeps;
}

/* ---- what is kept beside a table (online.h) */

struct beside {
	struct table_filter *f;
	struct span db;
	const struct span *only;        /* the table, or NULL: any */
	bool has_rows;                  /* not its tool's notes */
};

static bool
is_beside_kept(void *arg, struct span table, bool has_rows)
{
	const struct beside *b = arg;

	return (has_rows || !b->has_rows) && (!b->only ||
	    span_eq(*b->only, table)) && lists_keep(b->f, b->db, table);
}

static bool
is_beside(struct table_filter *f, struct span db, struct span name,
    const struct span *only, bool has_rows)
{
	struct beside b = { .f = f, .db = db, .only = only,
		.has_rows = has_rows };

	return online_beside(f->online, name, is_beside_kept, &b);
}

bool
table_filter_swaps(struct table_filter *f, struct span db, struct span a,
    struct span b)
{
	return f->online_hides && (is_beside(f, db, a, &b, true) ||
	    is_beside(f, db, b, &a, true));
}

static bool
judge(struct table_filter *f, struct span db, struct span table)
{
	bool keeps = lists_keep(f, db, table);

	if (keeps && f->online_hides)
		return !is_beside(f, db, table, NULL, false);
	return keeps || (!f->online_hides && is_beside(f, db, table, NULL,
	    true));
}

static void
take_verdict(struct table_filter *f, struct verdict *v, struct span db,
    struct span table)
{
	struct buf name = { 0 };

	join(&name, db, table);
	free(v->name);
	v->name = name.p;
	v->n = name.n;
	v->db_n = db.n;
	v->keeps = judge(f, db, table);
}

bool
table_filter_keeps(struct table_filter *f, struct span db, struct span table)
{
	struct verdicts *all;
	struct verdict *v;

	if (!table_filter_active(f) && !f->source)
		return true;
	if (!f->verdicts)
		f->verdicts = xcalloc(1, sizeof(*f->verdicts));
	all = f->verdicts;
	if (all->last && is_for(all->last, db, table))
		return all->last->keeps;
	v = &all->slots[hash_span(table, hash_span(db, hash_seed())) % SLOTS];
	if (!v->name || !is_for(v, db, table))
		take_verdict(f, v, db, table);
	all->last = v;
	return v->keeps;
}

/* ---- databases as a whole */

/* "db." */
static struct span
front_of(struct buf *front, struct span db)
{
	return join(front, db, (struct span){ "", 0 });
}

/* Could a list include a table of a database, exclude one? */
static bool
may_include(const struct name_list *list, struct span front)
{
	for (size_t i = 0; i < list->n; i++)
		if (pattern_may_begin(list->patterns[i], front) &&
		    !mistakes_dots(list->patterns[i], front, front.n - 1,
		    pattern_may_begin))
			return true;
	return list->n == 0;
}

static bool
may_exclude(const struct name_list *list, struct span front)
{
	for (size_t i = 0; i < list->n; i++)
		if (pattern_may_begin(list->patterns[i], front))
			return true;
	return false;
}

/* An expression that looks around may match all names that we try, and not
 * others. */
static bool
looks_around(const struct pattern *re)
{
	static const char *const signs[] = {
		"(?!", "(?=", "(?<", "(?(", "(*", "\\b", "\\B", "\\K", "\\G",
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (strstr(pattern_text(re), signs[i]))
			return true;
	return false;
}

static bool
matches_plainly(const struct name_list *list, struct span name, size_t db_n)
{
	for (size_t i = 0; i < list->n; i++)
		if (!looks_around(list->patterns[i]) &&
		    pattern_would_match(list->patterns[i], name) &&
		    !mistakes_dots(list->patterns[i], name, db_n,
		    pattern_would_match))
			return true;
	return false;
}

/* Does the list match whatever may stand after "db."?  All names are tried
 * that are one character, and some odd ones. */
static bool
matches_all(const struct name_list *list, struct span front)
{
	static const char *const odd[] = {
		"a b", "A-b.c", "\u00e9", "t_1", "0a0", "$", "zz9_x.y;z",
		"0123456789012345678901234567890123456789"
		"012345678901234567890123",
	};
	struct buf name = { 0 };
	bool all = true;

	for (int c = '!'; c <= '~' && all; c++) {
		name.n = 0;
		buf_span(&name, front);
		buf_char(&name, (char)c);
		all = matches_plainly(list, buf_view(&name),
		    front.n - 1);
	}
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd) && all; i++) {
		name.n = 0;
		buf_span(&name, front);
		buf_str(&name, odd[i]);
		all = matches_plainly(list, buf_view(&name),
		    front.n - 1);
	}
	buf_free(&name);
	return all;
}

bool
table_filter_covers(const struct table_filter *f, struct span db)
{
	struct buf name = { 0 };
	struct span front = front_of(&name, db);
	bool covers;

	if (!table_filter_active(f) && !f->source)
		covers = true;
	else if (system_is_schema(db) && !asks_for_db(f, db))
		covers = false;
	else
		covers = maxwell_rules_cover(&f->maxwell, db) &&
		    passes(&f->include_db, &f->exclude_db, db) &&
		    (f->include_table.n == 0 ||
		    matches_all(&f->include_table, front)) &&
		    !may_exclude(&f->exclude_table, front);
	buf_free(&name);
	return covers;
}

bool
table_filter_touches(const struct table_filter *f, struct span db)
{
	struct buf name = { 0 };
	struct span front = front_of(&name, db);
	bool touches;

	if (!table_filter_active(f) && !f->source)
		touches = true;
	else if (system_is_schema(db) && !asks_for_db(f, db) &&
	    f->include_table.n == 0)
		touches = false;
	else
		touches = maxwell_rules_touch(&f->maxwell, db) &&
		    passes(&f->include_db, &f->exclude_db, db) &&
		    may_include(&f->include_table, front) &&
		    !matches_all(&f->exclude_table, front);
	buf_free(&name);
	return touches;
}

static struct span
join_column(struct buf *whole, struct span db, struct span table,
    struct span column)
{
	join(whole, db, table);
	buf_char(whole, '.');
	buf_span(whole, column);
	return buf_view(whole);
}

bool
table_filter_excludes_column(const struct table_filter *f, struct span db,
    struct span table, struct span column)
{
	struct buf name = { 0 };
	bool excludes = name_list_has(&f->exclude_column,
	    join_column(&name, db, table, column));

	buf_free(&name);
	return excludes;
}

bool
table_filter_keeps_column(const struct table_filter *f, struct span db,
    struct span table, struct span column)
{
	struct buf name = { 0 };
	bool keeps = passes(&f->include_column, &f->exclude_column,
	    join_column(&name, db, table, column));

	buf_free(&name);
	return keeps;
}

void
table_filter_clear(struct table_filter *f)
{
	name_list_clear(&f->include_db);
	name_list_clear(&f->exclude_db);
	name_list_clear(&f->include_table);
	name_list_clear(&f->exclude_table);
	name_list_clear(&f->include_column);
	name_list_clear(&f->exclude_column);
	maxwell_rules_clear(&f->maxwell);
	left_views_clear(&f->left_views);
	if (!f->verdicts)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		free(f->verdicts->slots[i].name);
	free(f->verdicts);
	f->verdicts = NULL;
}

/* SPDX-License-Identifier: MIT */
#include "match/names.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "match/pattern.h"

enum { SLOTS = 4096 };          /* verdicts kept; more tables just collide */

struct verdict {
	char *name;             /* db '.' table, owned */
	size_t n, db_n;
	bool keeps;
};

struct verdicts {
	struct verdict *last;
	struct verdict slots[SLOTS];
};

/* Where the pattern that starts at p ends: at a separating comma or NUL. */
static const char *
pattern_end(const char *p)
{
	bool in_class = false;
	int braces = 0;

	for (; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (in_class)
			in_class = *p != ']';
		else if (*p == '[')
			in_class = true;
		else if (*p == '{')
			braces++;
		else if (*p == '}')
			braces -= braces > 0;
		else if (*p == ',' && braces == 0)
			break;
	}
	return p;
}

static struct span
trimmed(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	while (end > p && end[-1] == ' ')
		end--;
	return (struct span){ p, (size_t)(end - p) };
}

static void
remember_text(struct name_list *list, const char *text)
{
	struct buf joined = { 0 };

	if (list->text.n)
		buf_printf(&joined, "%s,", list->text.p);
	buf_str(&joined, text);
	buf_cstr(&joined);
	free((char *)list->text.p);
	list->text = buf_view(&joined);
}

int
name_list_add(struct name_list *list, const char *text, struct err *err)
{
	const char *p = text;

	for (;;) {
		const char *end = pattern_end(p);
		struct span one = trimmed(p, end);
		struct pattern *re;

		if (one.n == 0)
			return err_set(err, ERR_USAGE,
			    "empty pattern in '%s'", text);
		re = pattern_new(one, PATTERN_NOCASE, err);
		if (!re)
			return -1;
		pattern_is_named(re);
		list->patterns = xreallocarray(list->patterns, list->n + 1,
		    sizeof(*list->patterns));
		list->patterns[list->n++] = re;
		if (!*end)
			break;
		p = end + 1;
	}
	remember_text(list, text);
	return 0;
}

bool
name_list_has(const struct name_list *list, struct span name)
{
	bool has = false;

	/* behind the first match, to find out which of them match nothing */
	for (size_t i = 0; i < list->n; i++)
		if (!has || pattern_is_missed(list->patterns[i]))
			has |= pattern_matches(list->patterns[i], name);
	return has;
}

void
name_list_clear(struct name_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		pattern_free(list->patterns[i]);
	free(list->patterns);
	free((char *)list->text.p);
	*list = (struct name_list){ 0 };
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
	    f->exclude_table.n;
}

bool
table_filter_edits(const struct table_filter *f)
{
	return f->include_column.n || f->exclude_column.n;
}

static bool
is_for(const struct verdict *v, struct span db, struct span table)
{
	return v->n == db.n + 1 + table.n && v->db_n == db.n &&
	    memcmp(v->name, db.p, db.n) == 0 &&
	    memcmp(v->name + db.n + 1, table.p, table.n) == 0;
}

static void
judge(struct table_filter *f, struct verdict *v, struct span db,
    struct span table)
{
	struct buf name = { 0 };
	struct span whole;

	buf_span(&name, db);
	buf_char(&name, '.');
	buf_span(&name, table);
	whole = buf_view(&name);
	free(v->name);
	v->name = name.p;
	v->n = name.n;
	v->db_n = db.n;
	v->keeps = passes(&f->include_db, &f->exclude_db, db) &&
	    passes(&f->include_table, &f->exclude_table, whole);
}

bool
table_filter_keeps(struct table_filter *f, struct span db, struct span table)
{
	struct verdicts *all;
	struct verdict *v;

	if (!table_filter_active(f))
		return true;
	if (!f->verdicts)
		f->verdicts = xcalloc(1, sizeof(*f->verdicts));
	all = f->verdicts;
	if (all->last && is_for(all->last, db, table))
		return all->last->keeps;
	v = &all->slots[span_hash(table, span_hash(db, 0)) % SLOTS];
	if (!v->name || !is_for(v, db, table))
		judge(f, v, db, table);
	all->last = v;
	return v->keeps;
}

bool
table_filter_keeps_column(const struct table_filter *f, struct span db,
    struct span table, struct span column)
{
	struct buf name = { 0 };
	bool keeps;

	buf_span(&name, db);
	buf_char(&name, '.');
	buf_span(&name, table);
	buf_char(&name, '.');
	buf_span(&name, column);
	keeps = passes(&f->include_column, &f->exclude_column,
	    buf_view(&name));
	buf_free(&name);
	return keeps;
}

void
table_filter_fingerprint(const struct table_filter *f, char text[17])
{
	const struct name_list *lists[] = {
		&f->include_db, &f->exclude_db, &f->include_table,
		&f->exclude_table,
	};
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		for (size_t k = 0; k < lists[i]->text.n; k++)
			h = (h ^ (unsigned char)lists[i]->text.p[k]) *
			    0x100000001b3u;
		h = (h ^ 0x100u) * 0x100000001b3u;
	}
	snprintf(text, 17, "%016llx", (unsigned long long)h);
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
	if (!f->verdicts)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		free(f->verdicts->slots[i].name);
	free(f->verdicts);
	f->verdicts = NULL;
}

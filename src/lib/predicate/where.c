/* SPDX-License-Identifier: MIT */
#include "predicate/where.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "json/object.h"
#include "json/scan.h"
#include "match/named.h"
#include "match/pattern.h"
#include "record/lists.h"
#include "sql/lex.h"

struct where_condition {
	char *text;             /* as it was given */
	struct predicate *predicate;    /* SQL; NULL: an old form */
	char *column;
	char *value;            /* "=": the text, else NULL */
	struct pattern *regex;  /* "~" */
	struct named *named;    /* the column */
};

/* Bytes of a plain name that begins here. */
static size_t
name_length(const char *text)
{
	size_t n = 0;

	while (sql_name_char(text[n]))
		n++;
	return n;
}

/* Words that need no quotes to be a text: paid, 5.00, a@b.c, John Smith.  What
 * SQL could take for more than that is SQL. */
static bool
is_bare(const char *value)
{
	static const char *const words[] = {
		"AND", "OR", "XOR", "NOT", "IN", "IS", "BETWEEN", "LIKE",
		"REGEXP", "RLIKE", 0,
	};

	if (strpbrk(value, "'\"`()=<>!&|#") || strstr(value, "-- ") ||
	    strstr(value, "/*"))
		return false;
	while ((value = strchr(value, ' '))) {
		struct sql rest = sql_of(span_of(++value));

		for (size_t i = 0; words[i]; i++)
			if (sql_word(&rest, words[i]))
				return false;
	}
	return true;
}

static int
add_old_form(struct where_condition *c, size_t n, struct err *err)
{
	const char *value = c->text + n + 1;

	if (c->text[n] == '~') {
		c->regex = pattern_new(span_of(value), PATTERN_CASE, err);
		if (!c->regex)
			return -1;
	} else {
		c->value = xstrdup(value);
	}
	c->column = xmemdup(c->text, n);
	c->named = named_add((struct span){ c->text, n });
	return 0;
}

static void
condition_clear(struct where_condition *c)
{
	free(c->text);
	free(c->column);
	free(c->value);
	pattern_free(c->regex);
	predicate_free(c->predicate);
}

/* A column's name of other characters than SQL has them in names: what it
 * holds is no operator. */
static size_t
odd_name_length(const char *text)
{
	size_t n = strcspn(text, "=~");

	return strcspn(text, "!<>()&|'` \t\r\n") >= n ? n : 0;
}

static bool
is_old_form(const char *text, size_t n)
{
	return n && (text[n] == '~' || (text[n] == '=' &&
	    is_bare(text + n + 1)));
}

static int
read_condition(struct where_condition *c, struct err *err)
{
	size_t n = name_length(c->text), odd = odd_name_length(c->text);

	if (is_old_form(c->text, n))
		return add_old_form(c, n, err);
	c->predicate = predicate_new(c->text, err);
	if (!c->predicate && is_old_form(c->text, odd)) {
		err_clear(err);
		return add_old_form(c, odd, err);
	}
	return c->predicate ? 0 : err_hint(err, "a text is in quotes, a "
	    "column is not, and there are no functions: CONDITIONS in "
	    "cdc-filter(1)");
}

int
where_add(struct where *where, const char *text, struct err *err)
{
	struct where_condition c = { .text = xstrdup(text) };

	if (read_condition(&c, err) < 0) {
		condition_clear(&c);
		return -1;
	}
	*ARRAY_ADD(where->all, where->n) = c;
	return 0;
}

static bool
old_form_holds(struct where *where, const struct where_condition *c,
    struct span row)
{
	struct span value = object_member(row, c->column);
	struct span inside;

	named_look(c->named, value.p);
	if (!value.p)
		return false;
	inside = json_inside(value);
	if (inside.p)
		value = json_string_text(inside, &where->scratch);
	return c->regex ? pattern_matches(c->regex, value) :
	    span_is(value, c->value);
}

int
where_matches(struct where *where, const struct predicate_row *row,
    struct err *err)
{
	if (!row->row.p || row->row.p[0] != '{')
		return 0;
	for (size_t i = 0; i < where->n; i++) {
		struct where_condition *c = &where->all[i];
		int holds = c->predicate ? predicate_holds(c->predicate, row,
		    err) : old_form_holds(where, c, row->row);

		if (holds <= 0)
			return holds;
	}
	return 1;
}

bool
where_is_sql(const struct where *where)
{
	for (size_t i = 0; i < where->n; i++)
		if (where->all[i].predicate)
			return true;
	return false;
}

void
where_tell(const struct where *where, const char *image, struct lists *lists)
{
	if (where->n)
		lists_add(lists, "where-image", span_of(image));
	for (size_t i = 0; i < where->n; i++)
		lists_add(lists, "where", span_of(where->all[i].text));
}

void
where_clear(struct where *where)
{
	for (size_t i = 0; i < where->n; i++)
		condition_clear(&where->all[i]);
	free(where->all);
	buf_free(&where->scratch);
	*where = (struct where){ 0 };
}

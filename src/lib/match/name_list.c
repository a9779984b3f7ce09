/* SPDX-License-Identifier: MIT
 *
 * Lists of expressions: what options give, and whether a name is in one.
 */
#include "match/table_filter.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/array.h"
#include "match/pattern.h"

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

static int
add_one(struct name_list *list, struct span one, enum pattern_case fold,
    bool named, struct err *err)
{
	struct pattern *re = pattern_new(one, fold, err);

	if (!re)
		return -1;
	if (named)
		pattern_is_named(re);
	*ARRAY_ADD(list->patterns, list->n) = re;
	return 0;
}

static int
add(struct name_list *list, const char *text, bool named, struct err *err)
{
	const char *p = text;

	for (;;) {
		const char *end = pattern_end(p);
		struct span one = trimmed(p, end);

		if (one.n == 0)
			return err_set(err, ERR_USAGE,
			    "empty pattern in '%s'", text);
		if (add_one(list, one, PATTERN_NOCASE, named, err) < 0)
			return -1;
		if (!*end)
			return 0;
		p = end + 1;
	}
}

int
name_list_add(struct name_list *list, const char *text, struct err *err)
{
	return add(list, text, true, err);
}

int
name_list_add_data(struct name_list *list, const char *text, struct err *err)
{
	return add(list, text, false, err);
}

/* Where an expression of Canal's that starts at p ends: no bracket of any kind
 * is open there. */
static const char *
canal_end(const char *p)
{
	static const char open[] = "{[(", close[] = "}])";
	unsigned depth[3] = { 0 };

	for (; *p; p++) {
		const char *opens = strchr(open, *p);
		const char *closes = strchr(close, *p);

		if (*p == '\\' && p[1])
			p++;
		else if (opens)
			depth[opens - open]++;
		else if (closes)
			depth[closes - close] -= depth[closes - close] > 0;
		else if (*p == ',' && !depth[0] && !depth[1] && !depth[2])
			break;
	}
	return p;
}

int
name_list_add_canal(struct name_list *list, const char *text, struct err *err)
{
	if (strstr(text, "\\\\")) {
		err_set(err, ERR_USAGE, "a backslash is there twice, as in a "
		    "file of properties: '%s'", text);
		return err_hint(err, "write it once: 'db\\.table'");
	}
	while (*text) {
		const char *end = canal_end(text);

		if (end > text && add_one(list, span_between(text, end),
		    PATTERN_UNICODE, true, err) < 0)
			return -1;
		text = *end ? end + 1 : end;
	}
	return 0;
}

bool
name_list_has(const struct name_list *list, struct span name)
{
	bool has = false;

	/* after the first match, to find out which of them match nothing */
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
	*list = (struct name_list){ 0 };
}

/* Can it match nothing that has a dot? */
static bool
is_one_word(const char *text)
{
	while (isalnum((unsigned char)*text) || *text == '_')
		text++;
	return !*text;
}

int
name_list_add_columns(struct name_list *list, const char *text,
    struct err *err)
{
	size_t before = list->n;

	if (name_list_add(list, text, err) < 0)
		return -1;
	for (size_t i = before; i < list->n; i++) {
		const char *one = pattern_text(list->patterns[i]);

		if (!is_one_word(one))
			continue;
		err_set(err, ERR_USAGE, "'%s' matches no column", one);
		return err_hint(err, "a column is db.table.column: "
		    "'.*\\.%s'", one);
	}
	return 0;
}

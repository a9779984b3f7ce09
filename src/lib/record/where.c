/* SPDX-License-Identifier: MIT */
#include "record/where.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "record/lists.h"
#include "record/record.h"
#include "json/scan.h"
#include "match/named.h"
#include "match/pattern.h"

struct where_condition {
	char *text;             /* as it was given */
	char *column;
	char *value;            /* "=": the text, else NULL */
	struct pattern *regex;  /* "~" */
	struct named *named;    /* the column */
};

int
where_add(struct where *where, const char *text, struct err *err)
{
	size_t n = strcspn(text, "=~");
	struct where_condition c = { 0 };

	if (n == 0 || !text[n])
		return err_set(err, ERR_USAGE,
		    "'%s' is not a condition (COLUMN=VALUE or COLUMN~REGEX)",
		    text);
	if (text[n] == '~') {
		c.regex = pattern_new(span_of(text + n + 1), PATTERN_CASE,
		    err);
		if (!c.regex)
			return -1;
	} else {
		c.value = xstrdup(text + n + 1);
	}
	c.text = xstrdup(text);
	c.column = xmemdup(text, n);
	c.named = named_add((struct span){ text, n });
	*ARRAY_ADD(where->all, where->n) = c;
	return 0;
}

static bool
holds(struct where *where, const struct where_condition *c, struct span row)
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

bool
where_matches(struct where *where, struct span row)
{
	if (!row.p || row.p[0] != '{')
		return false;
	for (size_t i = 0; i < where->n; i++)
		if (!holds(where, &where->all[i], row))
			return false;
	return true;
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
	for (size_t i = 0; i < where->n; i++) {
		free(where->all[i].text);
		free(where->all[i].column);
		free(where->all[i].value);
		pattern_free(where->all[i].regex);
	}
	free(where->all);
	buf_free(&where->scratch);
	*where = (struct where){ 0 };
}

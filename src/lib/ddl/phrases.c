/* SPDX-License-Identifier: MIT */
#include "ddl/phrases.h"

#include "base/alloc.h"
#include "schema/type_name.h"

void
phrase_trouble(struct schema_table *t, const char *what)
{
	if (!t->trouble)
		t->trouble = what;
}

bool
phrase_if_exists(struct sql *s)
{
	if (!sql_word(s, "IF"))
		return false;
	sql_word(s, "NOT");
	return sql_word(s, "EXISTS");
}

bool
phrase_period(struct sql *s)
{
	struct sql at = *s;

	if (!sql_word(&at, "PERIOD"))
		return false;
	phrase_if_exists(&at);
	if (!sql_word(&at, "FOR"))
		return false;
	*s = at;
	return true;
}

void
phrase_over_table(struct sql *s)
{
	struct sql at = *s;
	struct span name;

	sql_sign(&at, '.');
	while (sql_name(&at, &name) && sql_sign(&at, '.'))
		*s = at;
}

char *
phrase_json_check(struct sql *s)
{
	struct span name;

	if (!sql_word(s, "json_valid") || !sql_sign(s, '(') ||
	    !sql_name(s, &name) || !sql_sign(s, ')'))
		return NULL;
	return sql_unquote(name);
}

void
phrase_make_json(struct schema_column *col)
{
	if (schema_column_type(col)->id == DECLARED_LONGTEXT)
		type_name_become(col, "JSON");
}

/* As many characters of UTF-8. */
static size_t
cut(const struct buf *text, size_t most)
{
	size_t n = 0, i;

	for (i = 0; i < text->n; i++)
		if (((unsigned char)text->p[i] & 0xC0) != 0x80 && n++ == most)
			break;
	return i;
}

char *
phrase_comment(struct sql *s, size_t most)
{
	struct buf text = { 0 };
	char *comment = NULL;

	sql_sign(s, '=');
	if (sql_string(s, &text))
		comment = xmemdup(text.p ? text.p : "", cut(&text, most));
	buf_free(&text);
	return comment;
}

void
phrase_engine(struct sql *s, struct schema_table *t)
{
	struct buf text = { 0 };
	struct span name = { NULL, 0 };

	sql_sign(s, '=');
	if (sql_string(s, &text))
		name = buf_view(&text);
	else if (!sql_name(s, &name))
		sql_skip(s);
	t->engine = true;
	t->merges = name.p && (span_is_nocase(name, "MERGE") ||
	    span_is_nocase(name, SCHEMA_MERGE));
	buf_free(&text);
}

/* SPDX-License-Identifier: MIT */
#include "sql/lex.h"

/* Over a quoted text whose opening quote is at p; NULL if it has no end.
 * Doubled quotes are one; in a string a backslash escapes.  MSSQL has
 * [name]. */
static const char *
quoted_end(const struct sql *s, const char *p)
{
	char quote = *p == '[' ? ']' : *p;
	bool escapes = one_of(*p++, "'\"") &&
	    !(s->mode & SQL_NO_BACKSLASH_ESCAPES) &&
	    !(quote == '"' && s->mode & SQL_ANSI_QUOTES);

	for (; p < s->end; p++) {
		if (*p == '\\' && escapes && p + 1 < s->end)
			p++;
		else if (*p == quote && p + 1 < s->end && p[1] == quote)
			p++;
		else if (*p == quote)
			return p + 1;
	}
	return NULL;
}

static enum token_kind
quoted_kind(char quote)
{
	return one_of(quote, "`[") ? TOKEN_NAME : quote == '"' ?
	    TOKEN_DOUBLE : TOKEN_STRING;
}

enum token_kind
sql_token(struct sql *s, struct sql_token *t)
{
	const char *end, *p;

	t->kind = TOKEN_END;
	t->text = (struct span){ s->p, 0 };
	if (!sql_more(s))
		return TOKEN_END;
	p = end = s->p;
	if (one_of(*p, "`\"'") || (*p == '[' && s->mode & SQL_MSSQL)) {
		end = quoted_end(s, p);
		t->kind = end ? quoted_kind(*p) : TOKEN_BROKEN;
		end = end ? end : s->end;
	} else if (sql_name_char(*p)) {
		while (end < s->end && sql_name_char(*end))
			end++;
		t->kind = TOKEN_WORD;
	} else {
		end++;
		t->kind = TOKEN_SIGN;
	}
	t->text = (struct span){ p, (size_t)(end - p) };
	s->p = end;
	return t->kind;
}

bool
sql_token_is(const struct sql_token *t, const char *word)
{
	return t->kind == TOKEN_WORD && span_is_nocase(t->text, word);
}

bool
sql_token_sign(const struct sql_token *t, char sign)
{
	return t->kind == TOKEN_SIGN && *t->text.p == sign;
}

bool
sql_token_names(const struct sql_token *t)
{
	return t->kind == TOKEN_WORD || t->kind == TOKEN_NAME ||
	    t->kind == TOKEN_DOUBLE;
}

char *
sql_token_name(const struct sql_token *t)
{
	if (t->kind == TOKEN_WORD)
		return sql_unquote(t->text);
	return sql_unquote((struct span){ t->text.p + 1, t->text.n - 2 });
}

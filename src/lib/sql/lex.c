/* SPDX-License-Identifier: MIT */
#include "sql/lex.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"

static bool
at_pair(const struct sql *s, const char *p, const char *pair)
{
	return s->end - p >= 2 && p[0] == pair[0] && p[1] == pair[1];
}

/* What every server that we know executes: MySQL 5.7, MariaDB 10.5, which
 * takes the numbers of MySQL 5.7 and later for none of its own. */
enum { ALWAYS_MYSQL = 50699, ALWAYS_MARIADB = 100500 };

/* Over the version of a comment for servers only: five digits, or six; NULL
 * if that makes it a comment. */
static const char *
skip_version(const struct sql *s, const char *p, long always)
{
	long version = 0;
	size_t n = 0;

	while (n < 6 && p + n < s->end && isdigit((unsigned char)p[n]))
		version = version * 10 + (p[n++] - '0');
	if (n >= 5 && s->skips_versions && version > always)
		return NULL;
	return n < 5 ? p : p + n;
}

const char *
sql_inside_comment(const struct sql *s, const char *p)
{
	if (p + 2 < s->end && p[2] == '!')
		return skip_version(s, p + 3, ALWAYS_MYSQL);
	return at_pair(s, p + 2, "M!") ? skip_version(s, p + 4,
	    ALWAYS_MARIADB) : NULL;
}

/* Over a comment; of one for servers only, over its opening. */
static const char *
skip_comment(const struct sql *s, const char *p)
{
	const char *inside = sql_inside_comment(s, p);

	if (inside)
		return inside;
	p += 2;
	while (p < s->end && !at_pair(s, p, "*/"))
		p++;
	return p < s->end ? p + 2 : p;
}

/* Two dashes begin a comment if a blank follows them: 1--1 has none. */
static bool
at_line_comment(const struct sql *s)
{
	if (s->p < s->end && *s->p == '#')
		return true;
	return at_pair(s, s->p, "--") && (s->p + 2 == s->end ||
	    isspace((unsigned char)s->p[2]) ||
	    iscntrl((unsigned char)s->p[2]));
}

bool
sql_more(struct sql *s)
{
	for (;;) {
		const char *from = s->p;

		while (s->p < s->end && isspace((unsigned char)*s->p))
			s->p++;
		if (at_pair(s, s->p, "/*"))
			s->p = skip_comment(s, s->p);
		else if (at_pair(s, s->p, "*/"))
			s->p += 2;
		else if (at_line_comment(s))
			while (s->p < s->end && *s->p != '\n')
				s->p++;
		if (s->p == from)
			return s->p < s->end;
	}
}

bool
sql_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' ||
	    (unsigned char)c >= 0x80;
}

bool
sql_word(struct sql *s, const char *word)
{
	size_t n = strlen(word);

	if (!sql_more(s) || (size_t)(s->end - s->p) < n ||
	    strncasecmp(s->p, word, n) != 0)
		return false;
	if (s->p + n < s->end && sql_name_char(s->p[n]))
		return false;
	s->p += n;
	return true;
}

bool
sql_words(struct sql *s, const char *words)
{
	struct sql at = *s;
	char word[16];

	while (*words) {
		size_t n = strcspn(words, " ");

		memcpy(word, words, n);
		word[n] = '\0';
		if (!sql_word(&at, word))
			return false;
		words += n + (words[n] == ' ');
	}
	*s = at;
	return true;
}

bool
sql_sign(struct sql *s, char sign)
{
	if (!sql_more(s) || *s->p != sign)
		return false;
	s->p++;
	return true;
}

static bool
opens_name(const struct sql *s)
{
	return *s->p == '`' || (*s->p == '"' && s->mode & SQL_ANSI_QUOTES) ||
	    (*s->p == '[' && s->mode & SQL_MSSQL);
}

bool
sql_name(struct sql *s, struct span *name)
{
	const char *at, *start;

	if (!sql_more(s))
		return false;
	at = start = s->p;
	if (opens_name(s)) {
		char quote = *at == '[' ? ']' : *at;

		start = ++at;
		while (at < s->end && (*at != quote ||
		    (at + 1 < s->end && at[1] == quote)))
			at += *at == quote ? 2 : 1;
		if (at >= s->end)
			return false;
		*name = (struct span){ start, (size_t)(at - start) };
		s->p = at + 1;
		return true;
	}
	while (at < s->end && sql_name_char(*at))
		at++;
	*name = (struct span){ start, (size_t)(at - start) };
	s->p = at;
	return name->n > 0;
}

bool
sql_table(struct sql *s, struct span *db, struct span *name)
{
	struct span first;

	if (sql_sign(s, '.'))
		return sql_name(s, name);
	if (!sql_name(s, &first))
		return false;
	if (!sql_sign(s, '.')) {
		*name = first;
		return true;
	}
	*db = first;
	return sql_name(s, name);
}

/* What a character after a backslash stands for; % and _ keep theirs, for
 * LIKE. */
static void
put_escaped(struct buf *out, char c)
{
	static const char from[] = "ntrb0Z", to[] = "\n\t\r\b\0\x1A";
	const char *at = memchr(from, c, sizeof(from) - 1);

	if (c == '%' || c == '_')
		buf_char(out, '\\');
	buf_char(out, at ? to[at - from] : c);
}

bool
sql_at_string(struct sql *s)
{
	return sql_more(s) && (*s->p == '\'' || (*s->p == '"' &&
	    !(s->mode & SQL_ANSI_QUOTES)));
}

bool
sql_string(struct sql *s, struct buf *out)
{
	bool escapes = !(s->mode & SQL_NO_BACKSLASH_ESCAPES);
	const char *p;
	char quote;

	if (!sql_at_string(s))
		return false;
	quote = *s->p;
	for (p = s->p + 1; p < s->end; p++) {
		bool more = p + 1 < s->end;

		if (*p == quote && !(more && p[1] == quote)) {
			s->p = p + 1;
			return true;
		}
		if (*p == '\\' && escapes && more)
			put_escaped(out, *++p);
		else
			buf_char(out, *p == quote ? *p++ : *p);
	}
	return false;
}

/* A quote that nothing ends is passed over as a sign, after a search to the
 * end: a text has so many of them. */
enum { MAX_UNENDED = 16 };

static void
skip_one(struct sql *s)
{
	struct buf text = { 0 };
	struct span name;
	const char *from = s->p;

	if (!sql_string(s, &text) && !sql_name(s, &name)) {
		s->p = from < s->end ? from + 1 : from;
		if (one_of(*from, "'`\"") && ++s->unended == MAX_UNENDED)
			s->p = s->end;
	}
	buf_free(&text);
}

void
sql_skip(struct sql *s)
{
	size_t depth = 0;

	do {
		if (!sql_more(s))
			return;
		if (*s->p == '(') {
			depth++;
			s->p++;
		} else if (*s->p == ')' && depth > 0) {
			depth--;
			s->p++;
		} else {
			skip_one(s);
		}
	} while (depth > 0);
}

/* A bare name has no quotes in it: one that has any stands after its own,
 * which is the one that is doubled. */
char *
sql_unquote(struct span name)
{
	char *to = xmemdup(name.p, name.n);
	size_t n = 0;

	for (size_t i = 0; i < name.n; i++) {
		to[n++] = name.p[i];
		if (one_of(name.p[i], "`\"]") && name.p[i] ==
		    (name.p[-1] == '[' ? ']' : name.p[-1]))
			i++;
	}
	to[n] = '\0';
	return to;
}

/* SPDX-License-Identifier: MIT
 *
 * Tokens of SQL text, as far as the statements of a log must be understood:
 * keywords, names, strings, parentheses.  White space and comments are skipped;
 * the inside of a comment for servers only (slash star bang) is text.
 * https://mariadb.com/kb/en/identifier-names/
 */
#ifndef SQL_LEX_H
#define SQL_LEX_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/span.h"

/* How the session read it: of sql_mode, at its bits, … */
enum sql_mode {
	SQL_REAL_AS_FLOAT = 1 << 0,
	SQL_ANSI_QUOTES = 1 << 2,
	SQL_ORACLE = 1 << 9,
	SQL_MSSQL = 1 << 10,    /* [name] */
	SQL_MAXDB = 1 << 12,
	SQL_NO_BACKSLASH_ESCAPES = 1 << 20,
	/* … and explicit_defaults_for_timestamp=0, at one that is none of
	 * those */
	SQL_OLD_TIMESTAMPS = 1 << 30,
};

enum {
	SQL_MODES = SQL_REAL_AS_FLOAT | SQL_ANSI_QUOTES | SQL_ORACLE |
	    SQL_MSSQL | SQL_MAXDB | SQL_NO_BACKSLASH_ESCAPES,
};

struct sql {
	const char *p, *end;    /* what is left */
	unsigned mode;          /* enum sql_mode */
	unsigned unended;       /* quotes that nothing ended */
	bool skips_versions;    /* comments for servers only are comments,
	                         * where not every server executes them */
};

static inline struct sql
sql_of(struct span text)
{
	return (struct sql){ .p = text.p, .end = text.p + text.n };
}

static inline struct sql
sql_in(struct span text, unsigned mode)
{
	return (struct sql){ .p = text.p, .end = text.p + text.n,
		.mode = mode };
}

/* Where the text of a comment for servers only begins, which opens at p; NULL
 * of another, and where skips_versions makes it one. */
const char *sql_inside_comment(const struct sql *s, const char *p);

/* Over blanks and comments; false at the end. */
bool sql_more(struct sql *s);

/* Over a keyword or a sign, if it comes next. */
bool sql_word(struct sql *s, const char *word);
/* Over keywords of at most 15 letters, which single blanks separate in `words`,
 * if all come next. */
bool sql_words(struct sql *s, const char *words);
bool sql_sign(struct sql *s, char sign);

/* May it be in a name, a keyword or a number that is not quoted? */
bool sql_name_char(char c);

/* Over a name, quoted by backticks (with ANSI_QUOTES also by ") or not.
 * Doubled quotes stay doubled: sql_unquote() takes them off. */
bool sql_name(struct sql *s, struct span *name);

/* Over [[db].]name; db stays as it is where the text has none. */
bool sql_table(struct sql *s, struct span *db, struct span *name);

/* Does one begin there? */
bool sql_at_string(struct sql *s);

/* Over a string; its text, escapes resolved, is appended to out. */
bool sql_string(struct sql *s, struct buf *out);

/* Over whatever comes next: a word, a string, a sign, or a parenthesis with
 * all that is in it. */
void sql_skip(struct sql *s);

/*
 * One token, for who must see all of them.  What stands between double quotes
 * ends where it does by the mode, but may be a name in any.
 */
enum token_kind {
	TOKEN_END,
	TOKEN_WORD,               /* a keyword, a bare name, a number */
	TOKEN_NAME,               /* `name` */
	TOKEN_DOUBLE,             /* "name", or by sql_mode a string */
	TOKEN_STRING,             /* 'text' */
	TOKEN_SIGN,
	TOKEN_BROKEN,             /* a quote without end */
};

struct sql_token {
	enum token_kind kind;
	struct span text;       /* as it stands, quotes and all */
};

enum token_kind sql_token(struct sql *s, struct sql_token *token);
bool sql_token_is(const struct sql_token *token, const char *word);
bool sql_token_sign(const struct sql_token *token, char sign);
bool sql_token_names(const struct sql_token *token);

/* A token that names something, as it is meant; the caller frees. */
char *sql_token_name(const struct sql_token *token);

/* A name of sql_name() as it is meant, terminated; the caller frees. */
char *sql_unquote(struct span name);

#endif

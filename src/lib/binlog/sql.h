/* SPDX-License-Identifier: MIT
 *
 * Words of SQL text, as far as a log's statements have to be understood:
 * keywords, names, strings, parentheses.  Blanks and comments are skipped; the
 * inside of a comment for servers only (slash star bang) is text.
 * https://mariadb.com/kb/en/identifier-names/
 */
#ifndef BINLOG_SQL_H
#define BINLOG_SQL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/span.h"

struct sql {
	const char *p, *end;    /* what is left */
	unsigned unended;       /* quotes that nothing ended */
};

static inline struct sql
sql_of(struct span text)
{
	return (struct sql){ text.p, text.p + text.n };
}

/* Over blanks and comments; false at the end. */
bool sql_more(struct sql *s);

/* Over a keyword or a sign, if it stands there. */
bool sql_word(struct sql *s, const char *word);
bool sql_sign(struct sql *s, char sign);

/* Over a name, quoted by backticks (or ") or not.  Doubled quotes stay
 * doubled: sql_unquote() takes them off. */
bool sql_name(struct sql *s, struct span *name);

/* Over [db.]name; db stays as it is where the text has none. */
bool sql_table(struct sql *s, struct span *db, struct span *name);

/* Over a string; its text, escapes resolved, is appended to out. */
bool sql_string(struct sql *s, struct buf *out);

/* Over whatever stands there: a word, a string, a sign, or a parenthesis with
 * all that is in it. */
void sql_skip(struct sql *s);

/* A name of sql_name() as it is meant, terminated; the caller frees. */
char *sql_unquote(struct span name);

#endif

/* SPDX-License-Identifier: MIT */
#include "mask/masker_ddl.h"

#include "json/scan.h"
#include "sql/lex.h"

/* With these in it, a number in parentheses may be a value, too. */
static const char *const computing[] = {
	"CHECK", "AS", "GENERATED", "DEFAULT", "PARTITION", "SUBPARTITION",
	"SELECT", "VALUES", "WHERE", "IN", "BEGIN", "DO", "SET",
};

enum { COMPUTING = sizeof(computing) / sizeof(*computing) };

static bool
is_number(const struct sql_token *t)
{
	return t->kind == TOKEN_WORD && t->text.n && t->text.p[0] >= '0' &&
	    t->text.p[0] <= '9';
}

static bool
is_short_number(const struct sql_token *t)
{
	for (size_t i = 0; i < t->text.n; i++)
		if (t->text.p[i] < '0' || t->text.p[i] > '9')
			return false;
	return is_number(t) && t->text.n <= 5;
}

/* What stands between two tokens: blanks, or a comment. */
static bool
has_comment(const char *from, const char *to)
{
	for (; from < to; from++)
		if (!json_is_blank(*from) && *from != '\f' && *from != '\v')
			return true;
	return false;
}

/* The last tokens, of which the number is the last: does it stand in
 * NAME(N) or NAME(N,N)? */
static bool
is_length(const struct sql_token last[5])
{
	if (!is_short_number(&last[4]))
		return false;
	if (sql_token_sign(&last[3], ','))
		return is_short_number(&last[2]) &&
		    sql_token_sign(&last[1], '(') &&
		    last[0].kind == TOKEN_WORD;
	return sql_token_sign(&last[3], '(') &&
	    (last[2].kind == TOKEN_WORD || last[2].kind == TOKEN_NAME);
}

struct masker_ddl
masker_ddl_read(struct span text, unsigned sql_mode)
{
	struct masker_ddl is = { false, false, false };
	struct sql s = sql_in(text, sql_mode);
	struct sql_token last[5] = { { TOKEN_END, { NULL, 0 } } };
	const char *from = text.p;
	bool lengths = false, computes = false;

	for (;;) {
		struct sql_token t;

		sql_token(&s, &t);
		if (t.kind == TOKEN_END)
			break;
		is.comments |= has_comment(from, t.text.p);
		from = t.text.p + t.text.n;
		memmove(last, last + 1, 4 * sizeof(*last));
		last[4] = t;
		is.selects |= sql_token_is(&t, "SELECT");
		for (size_t i = 0; i < COMPUTING; i++)
			computes |= sql_token_is(&t, computing[i]);
		is.values |= t.kind == TOKEN_STRING || t.kind == TOKEN_BROKEN ||
		    (t.kind == TOKEN_DOUBLE && !(sql_mode & SQL_ANSI_QUOTES));
		if (is_number(&t)) {
			lengths = true;
			is.values |= !is_length(last);
		}
	}
	is.comments |= has_comment(from, text.p + text.n);
	is.values |= lengths && computes;
	return is;
}

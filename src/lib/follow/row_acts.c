/* SPDX-License-Identifier: MIT
 *
 * Which tables a statement on rows changes; of a join all, as it may be any.
 * What else triggers, foreign keys and functions change cannot be told.
 * https://mariadb.com/kb/en/insert/, update/, delete/, load-data-infile/
 */
#include "follow/clauses.h"

/* Over words that say how, in any order. */
static void
over_words(struct sql *s)
{
	static const char *const words[] = {
		"LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "QUICK", "IGNORE",
		"INTO", "HISTORY", "FROM",
	};
	size_t i = 0;

	while (i < sizeof(words) / sizeof(*words))
		i = sql_word(s, words[i]) ? 0 : i + 1;
}

/* What comes before the name of a table. */
static bool
goes_on(const struct reading_of *r, const struct sql_token *t)
{
	struct sql at = r->sql;

	return sql_token_sign(t, ',') || sql_token_is(t, "JOIN") ||
	    sql_token_is(t, "STRAIGHT_JOIN") || sql_token_is(t, "FROM") ||
	    (sql_token_is(t, "USING") && !sql_sign(&at, '('));
}

/* table [, table | JOIN table | FROM table] … up to that word or the end */
static void
read_tables(struct reading_of *r, const char *end)
{
	struct sql_token t;
	size_t depth = 0;

	over_words(&r->sql);
	if (!clause_act(r, NO_PART))
		return;
	while (sql_token(&r->sql, &t) != TOKEN_END) {
		if (t.kind == TOKEN_BROKEN)
			action_trouble(r->to, "a quote that is not closed");
		depth += sql_token_sign(&t, '(');
		depth -= depth && sql_token_sign(&t, ')');
		if (depth == 0 && (sql_token_is(&t, end) ||
		    (goes_on(r, &t) && !clause_act(r, NO_PART))))
			return;
	}
}

void
row_acts_insert(struct reading_of *r)
{
	over_words(&r->sql);
	clause_act(r, NO_PART);
}

void
row_acts_update(struct reading_of *r)
{
	read_tables(r, "SET");
}

void
row_acts_delete(struct reading_of *r)
{
	read_tables(r, "WHERE");
}

void
row_acts_unknown(struct reading_of *r)
{
	action_trouble(r->to, "it does not say what it changes");
}

/* LOAD DATA … INFILE 'file' [REPLACE | IGNORE] INTO TABLE table … */
void
row_acts_load(struct reading_of *r)
{
	struct sql_token t;

	while (sql_token(&r->sql, &t) != TOKEN_END &&
	    t.kind != TOKEN_BROKEN)
		if (sql_token_is(&t, "INTO") && sql_word(&r->sql, "TABLE")) {
			clause_act(r, NO_PART);
			return;
		}
	row_acts_unknown(r);
}

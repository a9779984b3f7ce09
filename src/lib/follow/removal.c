/* SPDX-License-Identifier: MIT
 *
 * Statements that change rows of which no row event tells: by which they go, be
 * it to a table of another name, or get, lose and change columns.  TRUNCATE is
 * none of them: it is a record of its own.
 */
#include "follow/action.h"

#include "binlog/query_event.h"

static bool
begins(struct span text, const char *first, const char *second)
{
	struct sql at = sql_of(text);

	return sql_word(&at, first) && sql_word(&at, second);
}

/* THE TABLE: clauses of ALTER TABLE by which rows go; or move, with the whole
 * of what holds them. */
static const struct {
	const char *first, *second;
	bool moves;
} removals[] = {
	{ "DROP", "PARTITION", false }, { "TRUNCATE", "PARTITION", false },
	{ "EXCHANGE", "PARTITION", true }, { "CONVERT", "PARTITION", true },
	{ "CONVERT", "TABLE", true }, { "DISCARD", "TABLESPACE", true },
	{ "IMPORT", "TABLESPACE", true },
};

static bool
has_removal(const struct action *s, bool moves)
{
	size_t n = sizeof(removals) / sizeof(*removals);

	for (size_t k = 0; s->form == FORM_ALTER && k < s->nparts; k++)
		for (size_t i = 0; i < n; i++)
			if ((removals[i].moves || !moves) &&
			    begins(s->parts[k].at, removals[i].first,
			    removals[i].second))
				return true;
	return false;
}

static bool
renames(const struct action *s)
{
	for (size_t i = 0; i < s->nacts; i++)
		if (s->acts[i].renamed)
			return true;
	return false;
}

/* ALTER [ONLINE] IGNORE: rows whose keys are there already go. */
static bool
ignores(struct sql at)
{
	if (!sql_word(&at, "ALTER"))
		return false;
	sql_word(&at, "ONLINE");
	return sql_word(&at, "IGNORE");
}

bool
action_refers(const struct action *s, size_t i)
{
	return s->on == ON_TABLES && !s->acts[i].changes &&
	    s->acts[i].clause.p && (s->form == FORM_CREATE ||
	    s->form == FORM_ALTER);
}

bool
action_alters_columns(const struct action *s)
{
	if (s->on != ON_TABLES || s->form != FORM_ALTER)
		return false;
	for (size_t i = 0; i < s->nparts; i++)
		if (s->parts[i].type == CLAUSE_COLUMN ||
		    begins(s->parts[i].at, "CONVERT", "TO"))
			return true;
	return false;
}

bool
action_removes_rows(const struct action *s)
{
	struct sql at = query_statement_of(sql_in(s->text, s->mode));

	if (s->on == ON_DATABASES)
		return s->form == FORM_DROP_DATABASE;
	if (s->on != ON_TABLES || !s->nacts || s->acts[0].is_column_free)
		return false;
	if (s->form == FORM_DROP || ignores(at))
		return true;
	if (s->form == FORM_CREATE)
		return sql_word(&at, "CREATE") && sql_word(&at, "OR");
	return has_removal(s, false) || renames(s);
}

bool
action_only_renames(const struct action *s)
{
	return s->on == ON_TABLES && !s->trouble && renames(s) &&
	    !has_removal(s, true);
}

bool
action_drops_tables(const struct action *s)
{
	struct sql at = query_statement_of(sql_in(s->text, s->mode));

	if (s->on != ON_TABLES && s->on != ON_DATABASES)
		return false;
	if (s->form == FORM_DROP || s->form == FORM_DROP_DATABASE)
		return true;
	return sql_word(&at, "CREATE") && sql_word(&at, "OR");
}

bool
action_moves_rows(const struct action *s)
{
	if (s->on != ON_TABLES)
		return false;
	if (s->trouble && (s->form == FORM_RENAME || s->form == FORM_ALTER))
		return true;
	return has_removal(s, true) || renames(s);
}

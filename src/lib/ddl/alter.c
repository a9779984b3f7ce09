/* SPDX-License-Identifier: MIT
 *
 * The changes of an ALTER TABLE are read into lists, then made in the server's
 * order (mysql_prepare_alter_table()): so each of them sees the table of
 * before.
 */
#include "ddl/alter.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "ddl/definition.h"
#include "ddl/phrases.h"
#include "ddl/key.h"
#include "ddl/merge.h"
#include "schema/type_name.h"

static void
replace_text(char **field, char *text)
{
	free(*field);
	*field = text;
}

bool
alter_charset(struct sql *s, char **charset)
{
	struct sql at = *s;
	char *name;

	sql_word(&at, "DEFAULT");
	if (sql_word(&at, "CHARSET") || ((sql_word(&at, "CHARACTER") ||
	    sql_word(&at, "CHAR")) && sql_word(&at, "SET"))) {
		name = type_name_charset(&at);
		replace_text(charset, name ? name : xstrdup(""));
	} else if (sql_word(&at, "COLLATE")) {
		name = type_name_collate(&at);
		if (name)
			replace_text(charset, name);
	} else {
		return false;
	}
	*s = at;
	return true;
}

/* Does a query begin here, whose rows and columns the table gets? */
static bool
at_query(struct sql *s)
{
	static const char *const words[] = { "SELECT", "AS", "IGNORE",
		"REPLACE", "VALUES" };
	struct sql at = *s;

	if (sql_more(s) && *s->p == '(')
		return true;
	if (sql_word(&at, "WITH"))
		return !sql_word(&at, "SYSTEM") && !sql_word(&at, "PARSER");
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (sql_word(&at, words[i]))
			return true;
	return false;
}

static void
to_the_end(struct sql *s)
{
	s->p = s->end;
}

/* To the end, where a query may stand. */
static void
over_partitions(struct sql *s, struct schema_table *t)
{
	while (sql_more(s)) {
		if (sql_word(s, "SELECT"))
			phrase_trouble(t, "its columns come from a query");
		sql_skip(s);
	}
}

/* name [[=] value] */
static void
skip_value(struct sql *s)
{
	sql_skip(s);
	if (!sql_sign(s, '='))
		return;
	sql_skip(s);
}

void
alter_option(struct sql *s, struct schema_table *t)
{
	struct sql at = *s;

	if (alter_charset(s, &t->charset))
		return;
	if (at_query(s)) {
		phrase_trouble(t, "its columns come from a query");
		to_the_end(s);
	} else if (sql_word(s, "COMMENT")) {
		replace_text(&t->comment, phrase_comment(s,
		    TABLE_COMMENT));
		if (t->comment && !t->comment[0])
			replace_text(&t->comment, NULL);
	} else if (sql_word(s, "WITH")) {
		t->versioned = sql_word(s, "SYSTEM") || t->versioned;
		sql_word(s, "VERSIONING");
	} else if (sql_word(&at, "SEQUENCE") && sql_sign(&at, '=')) {
		phrase_trouble(t, "it is a sequence");
		to_the_end(s);
	} else if (sql_word(s, "PARTITION")) {
		over_partitions(s, t);
	} else if (sql_word(s, "ENGINE")) {
		phrase_engine(s, t);
	} else if (sql_word(s, "UNION")) {
		sql_sign(s, '=');
		sql_skip(s);
	} else {
		skip_value(s);
	}
}

/* ---- lists */

static struct retouch *
add_retouch(struct alteration *a, enum retouch_kind kind, struct span name)
{
	struct retouch *r = ARRAY_ADD(a->retouches, a->nretouches);

	*r = (struct retouch){ kind, sql_unquote(name), NULL };
	return r;
}

static void
trouble(struct alteration *a, const char *what)
{
	phrase_trouble(a->defined, what);
}

/* With IF [NOT] EXISTS in front (maybe), it is one of the column's own key,
 * too. */
static bool
read_definition(struct alteration *a, struct sql *s, bool maybe,
    struct ddl_place *place)
{
	struct schema_table *t = a->defined;
	size_t n = t->nkeys;

	a->defines = true;
	if (!definition_column(s, t, place))
		return false;
	if (maybe && t->nkeys > n && definition_key_exists(a->before,
	    &t->keys[n]))
		schema_key_drop(t, n);
	return true;
}

/* A column's definition, which is that of `was` if it changes one. */
static void
define(struct alteration *a, struct sql *s, bool maybe, const struct span *was)
{
	struct ddl_place place;
	struct altered *as;
	size_t n = a->defined->ncolumns;

	if (!read_definition(a, s, maybe, &place))
		return;
	a->columns = xreallocarray(a->columns, n + 1, sizeof(*a->columns));
	as = &a->columns[n];
	*as = (struct altered){ .first = place.first };
	if (was)
		as->was = sql_unquote(*was);
	if (place.after.p)
		as->after = sql_unquote(place.after);
}

/* A definition whose condition is not met: its keys are made all the same. */
static void
pass_over(struct alteration *a, struct sql *s)
{
	struct schema_table *none = a->defined;
	struct ddl_place place;

	if (!read_definition(a, s, true, &place))
		return;
	none->ncolumns--;
	add_retouch(a, PASSED_OVER, span_of(""))->text = xstrdup(
	    none->columns[none->ncolumns].name);
	schema_column_clear(&none->columns[none->ncolumns]);
}

/* What a condition asks for: is the column there?  Of tables that are not
 * wholly known: where that must be known, it is not. */
static bool
has(const struct alteration *a, struct sql at, bool otherwise)
{
	struct span raw;
	char *name;
	bool found;

	phrase_over_table(&at);
	if (!sql_name(&at, &raw))
		return otherwise;
	name = sql_unquote(raw);
	found = schema_column_find(a->before, span_of(name));
	free(name);
	return found || (!a->before->complete && otherwise);
}

static bool
is_defined(const struct alteration *a, struct sql at)
{
	struct span raw;
	char *name;
	bool found;

	phrase_over_table(&at);
	if (!sql_name(&at, &raw))
		return false;
	name = sql_unquote(raw);
	found = schema_column_find(a->defined, span_of(name));
	for (size_t i = 0; i < a->nretouches; i++)
		found |= a->retouches[i].kind == PASSED_OVER &&
		    schema_same_name(a->retouches[i].text, span_of(name));
	free(name);
	return found;
}

/* ---- changes */

static void
add_one(struct alteration *a, struct sql *s, bool maybe)
{
	if (maybe && (has(a, *s, true) || is_defined(a, *s)))
		pass_over(a, s);
	else
		define(a, s, maybe, NULL);
}

/* (column, key, column, …) */
static void
add_list(struct alteration *a, struct sql *s, bool maybe)
{
	do
		if (!definition_is_key(s, a->defined, a->before))
			add_one(a, s, maybe);
	while (sql_sign(s, ','));
	if (!sql_sign(s, ')'))
		trouble(a, "a list without its parenthesis");
}

static bool
take_versioning(struct sql *s)
{
	struct sql at = *s;

	if (!sql_word(&at, "SYSTEM") || !sql_word(&at, "VERSIONING"))
		return false;
	*s = at;
	return true;
}

static void
alter_add(struct alteration *a, struct sql *s)
{
	bool maybe;

	if (take_versioning(s)) {
		a->before->versioned = true;
	} else if (sql_word(s, "PARTITION")) {
		a->ended = true;
	} else if (sql_word(s, "COLUMN") ||
	    !definition_is_key(s, a->defined, a->before)) {
		maybe = phrase_if_exists(s);
		if (sql_sign(s, '('))
			add_list(a, s, maybe);
		else
			add_one(a, s, maybe);
	}
}

static void
drop_named(struct alteration *a, struct sql *s, enum retouch_kind kind)
{
	struct span name;

	phrase_if_exists(s);
	if (sql_name(s, &name))
		add_retouch(a, kind, name);
	else
		trouble(a, "a DROP without a name");
	if (!sql_word(s, "RESTRICT"))
		sql_word(s, "CASCADE");
}

static void
alter_drop(struct alteration *a, struct sql *s)
{
	struct span name;

	if (take_versioning(s)) {
		a->before->versioned = false;
	} else if (sql_word(s, "PARTITION")) {
		a->ended = true;
	} else if (sql_word(s, "PRIMARY")) {
		sql_word(s, "KEY");
		add_retouch(a, DROP_KEY, span_of("PRIMARY"));
	} else if (sql_word(s, "FOREIGN")) {
		sql_word(s, "KEY");
		phrase_if_exists(s);
		sql_name(s, &name);
	} else if (phrase_period(s)) {
		drop_named(a, s, DROP_PERIOD);
	} else if (sql_word(s, "INDEX") || sql_word(s, "KEY")) {
		drop_named(a, s, DROP_KEY);
	} else if (sql_word(s, "CONSTRAINT") || sql_word(s, "CHECK")) {
		drop_named(a, s, DROP_EITHER);
	} else {
		sql_word(s, "COLUMN");
		drop_named(a, s, DROP_COLUMN);
	}
}

/* MODIFY name … | CHANGE old name … */
static void
alter_column(struct alteration *a, struct sql *s, bool renames)
{
	struct span was;
	struct sql at;
	bool maybe, absent;

	sql_word(s, "COLUMN");
	maybe = phrase_if_exists(s);
	phrase_over_table(s);
	at = *s;
	if (!sql_name(&at, &was)) {
		trouble(a, "a column without a name");
		return;
	}
	absent = maybe && !has(a, *s, true);
	if (renames) {
		phrase_over_table(&at);
		*s = at;
	}
	if (absent)
		pass_over(a, s);
	else
		define(a, s, maybe, &was);
}

static void
alter_modify(struct alteration *a, struct sql *s)
{
	alter_column(a, s, false);
}

static void
alter_change(struct alteration *a, struct sql *s)
{
	alter_column(a, s, true);
}

/* ALTER [COLUMN] name SET DEFAULT … | DROP DEFAULT; ALTER INDEX name … */
static void
alter_default(struct alteration *a, struct sql *s)
{
	struct retouch *r;
	struct span name;

	if (sql_word(s, "INDEX") || sql_word(s, "KEY") ||
	    sql_word(s, "CHECK") || sql_word(s, "CONSTRAINT")) {
		phrase_if_exists(s);
		sql_skip(s);
		sql_word(s, "NOT");
		sql_skip(s);                    /* IGNORED, ENFORCED */
		return;
	}
	sql_word(s, "COLUMN");
	phrase_if_exists(s);
	phrase_over_table(s);
	if (!sql_name(s, &name)) {
		trouble(a, "a column without a name");
		return;
	}
	r = add_retouch(a, SET_DEFAULT, name);
	if (sql_word(s, "SET") && sql_word(s, "DEFAULT"))
		r->text = type_name_default(s, &r->default_kind);
	else if (!sql_word(s, "DROP") || !sql_word(s, "DEFAULT"))
		trouble(a, "what becomes of a column's default");
}

/* RENAME COLUMN|INDEX|KEY name TO name; of the table: see ddl.c */
static void
alter_rename(struct alteration *a, struct sql *s)
{
	enum retouch_kind kind = sql_word(s, "COLUMN") ? RENAME_COLUMN :
	    RENAME_KEY;
	struct span from, to;

	if (kind == RENAME_KEY && !sql_word(s, "INDEX"))
		sql_word(s, "KEY");
	phrase_if_exists(s);
	if (sql_name(s, &from) && sql_word(s, "TO") && sql_name(s, &to))
		add_retouch(a, kind, from)->text = sql_unquote(to);
	else
		trouble(a, "a RENAME");
}

/* CONVERT TO CHARACTER SET … | PARTITION … | TABLE … */
static void
alter_convert(struct alteration *a, struct sql *s)
{
	char *charset = NULL;

	if (!sql_word(s, "TO")) {
		a->ended = true;
		return;
	}
	if (!alter_charset(s, &charset))
		trouble(a, "CONVERT TO");
	alter_charset(s, &charset);             /* with its collation */
	if (charset && !charset[0] && a->db_charset)
		replace_text(&charset, xstrdup(a->db_charset));
	if (!charset || !charset[0])
		trouble(a, "a character set that is the database's, which is "
		    "not known");
	replace_text(&a->convert, charset);
}

static bool at_change(struct sql at);

/* ORDER BY column [ASC|DESC], …: its commas are its own. */
static void
alter_order(struct alteration *a, struct sql *s)
{
	struct sql at = *s;
	struct span name;

	(void)a;
	sql_word(&at, "BY");
	do {
		phrase_over_table(&at);
		if (!sql_name(&at, &name))
			return;
		if (!sql_word(&at, "ASC"))
			sql_word(&at, "DESC");
		*s = at;
	} while (sql_sign(&at, ',') && !at_change(at));
}

static void
alter_keys(struct alteration *a, struct sql *s)
{
	(void)a;
	sql_word(s, "KEYS");
}

static void
alter_nothing(struct alteration *a, struct sql *s)
{
	(void)a, (void)s;
}

/* … and all that follows is not on columns. */
static void
alter_parts(struct alteration *a, struct sql *s)
{
	a->ended = true;
	(void)s;
}

/* THE TABLE: what a change begins with.  What is none of these is an option of
 * the table. */
static const struct change {
	const char *word;
	void (*alter)(struct alteration *a, struct sql *s);
} changes[] = {
	{ "ADD", alter_add }, { "DROP", alter_drop },
	{ "MODIFY", alter_modify }, { "CHANGE", alter_change },
	{ "ALTER", alter_default }, { "RENAME", alter_rename },
	{ "CONVERT", alter_convert }, { "ORDER", alter_order },
	{ "ENABLE", alter_keys }, { "DISABLE", alter_keys },
	{ "FORCE", alter_nothing }, { "PARTITION", alter_parts },
	{ "REMOVE", alter_parts }, { "COALESCE", alter_parts },
	{ "REORGANIZE", alter_parts }, { "TRUNCATE", alter_parts },
	{ "EXCHANGE", alter_parts }, { "ANALYZE", alter_parts },
	{ "CHECK", alter_parts }, { "OPTIMIZE", alter_parts },
	{ "REPAIR", alter_parts }, { "REBUILD", alter_parts },
	{ "DISCARD", alter_parts }, { "IMPORT", alter_parts },
};

enum { CHANGES = sizeof(changes) / sizeof(*changes) };

static const struct change *
change_at(struct sql *s)
{
	for (size_t i = 0; i < CHANGES; i++) {
		struct sql at = *s;

		if (!sql_word(&at, changes[i].word))
			continue;
		if (sql_more(&at) && *at.p == '=')
			return NULL;            /* an option's name */
		*s = at;
		return &changes[i];
	}
	return NULL;
}

static bool
at_change(struct sql at)
{
	return change_at(&at) != NULL;
}

void
alter_begin(struct alteration *a, struct schema_table *before,
    const char *db_charset)
{
	*a = (struct alteration){ .before = before, .db_charset = db_charset,
		.defined = schema_table_new() };
}

/* What may follow a change without a comma. */
static void
read_end(struct alteration *a, struct sql *s)
{
	struct sql at = *s;

	if (a->ended || sql_word(&at, "PARTITION") ||
	    sql_word(&at, "REMOVE")) {
		a->ended = true;
		to_the_end(s);
	} else if (sql_more(s) && *s->p != ',') {
		trouble(a, "unknown text after a change");
		to_the_end(s);
	}
}

void
alter_read(struct alteration *a, struct sql *s)
{
	const struct change *change = change_at(s);

	if (change) {
		change->alter(a, s);
		read_end(a, s);
		return;
	}
	while (sql_more(s) && *s->p != ',') {
		struct sql at = *s;

		if (sql_word(&at, "PARTITION") || sql_word(&at, "REMOVE"))
			to_the_end(s);
		else if (!alter_charset(s, &a->charset))
			alter_option(s, a->before);
	}
}

void
alter_end(struct alteration *a, struct sql *s)
{
	bool old = s->mode & SQL_OLD_TIMESTAMPS;

	if (a->charset)
		replace_text(&a->before->charset, a->charset[0] ?
		    xstrdup(a->charset) : a->db_charset ?
		    xstrdup(a->db_charset) : NULL);
	if (a->convert && a->charset && strcmp(a->charset, a->convert) != 0)
		trouble(a, "two character sets");
	if (a->convert)
		replace_text(&a->before->charset, xstrdup(a->convert));
	merge_alteration(a, old);
	for (size_t i = 0; i < a->nretouches; i++) {
		free(a->retouches[i].name);
		free(a->retouches[i].text);
	}
	for (size_t i = 0; i < a->defined->ncolumns; i++) {
		free(a->columns[i].was);
		free(a->columns[i].after);
	}
	a->defined->ncolumns = 0;       /* merge_alteration() has put them */
	free(a->retouches);
	free(a->columns);
	free(a->charset);
	free(a->convert);
	schema_table_free(a->defined);
}

/* SPDX-License-Identifier: MIT */
#include "follow/action.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "binlog/query_event.h"
#include "follow/clauses.h"
#include "ddl/phrases.h"

static const char *const class_names[] = {
	[ON_UNKNOWN] = "unknown", [ON_TABLES] = "tables",
	[ON_DATABASES] = "databases", [ON_TEMPORARY] = "temporary tables",
	[ON_VIEWS] = "views",
	[ON_PROGRAMS] = "triggers, routines and events",
	[ON_ACCOUNTS] = "accounts", [ON_SERVER] = "the server",
	[ON_UPKEEP] = "upkeep", [ON_ROWS] = "rows",
};

const char *
action_class_name(enum action_class on)
{
	return class_names[on];
}

bool
action_is_schema_change(const struct action *s)
{
	return s->on == ON_TABLES || s->on == ON_VIEWS ||
	    s->on == ON_DATABASES;
}

/* ---- heads */

/* [WAIT n | NOWAIT] */
static void
over_wait(struct sql *s)
{
	if (sql_word(s, "WAIT"))
		sql_skip(s);
	else
		sql_word(s, "NOWAIT");
}

static void
read_create_table(struct reading_of *r)
{
	struct sql at;
	struct act *like;

	r->to->form = FORM_CREATE;
	phrase_if_exists(&r->sql);
	if (!clause_act(r, NO_PART))
		return;
	at = r->sql;
	sql_sign(&at, '(');
	if (sql_word(&at, "LIKE")) {
		r->sql = at;
		like = clause_act(r, NO_PART);
		if (like)
			like->changes = false;
		sql_sign(&r->sql, ')');
	} else if (sql_sign(&r->sql, '(')) {
		clause_parts(r, true);
	}
	clause_scan_rest(r);
	clause_scan_parts(r);
}

static void
read_alter_table(struct reading_of *r)
{
	r->to->form = FORM_ALTER;
	phrase_if_exists(&r->sql);
	if (!clause_act(r, NO_PART))
		return;
	over_wait(&r->sql);
	clause_parts(r, false);
	clause_scan_parts(r);
}

/* name [, name] … [RESTRICT | CASCADE] … */
static void
read_drop_list(struct reading_of *r, bool is_table)
{
	struct action *s = r->to;

	s->form = FORM_DROP;
	phrase_if_exists(&r->sql);
	do {
		struct act *act = clause_act(r, (int)s->nparts);

		if (!act)
			return;
		act->is_column_free = !is_table;
		action_add_part(s, act->at);
	} while (sql_sign(&r->sql, ','));
	clause_scan_rest(r);
}

static void
read_drop_table(struct reading_of *r)
{
	read_drop_list(r, true);
}

static void
read_drop_free(struct reading_of *r)
{
	read_drop_list(r, false);
}

static bool
read_rename_pair(struct reading_of *r)
{
	struct action *s = r->to;
	struct act *act = clause_act(r, (int)s->nparts);
	const char *from;

	if (!act)
		return false;
	from = act->at.p;
	over_wait(&r->sql);
	if (!sql_word(&r->sql, "TO")) {
		action_trouble(s, "a RENAME without TO");
		return false;
	}
	act = clause_act(r, (int)s->nparts);
	if (!act)
		return false;
	act->renamed = true;
	action_add_part(s, span_between(from, act->at.p + act->at.n));
	return true;
}

static void
read_rename(struct reading_of *r)
{
	r->to->form = FORM_RENAME;
	phrase_if_exists(&r->sql);
	while (read_rename_pair(r))
		if (!sql_sign(&r->sql, ','))
			break;
	clause_scan_rest(r);
}

/* name … ON table … */
static void
read_index(struct reading_of *r)
{
	struct sql_token token;

	r->to->form = FORM_INDEX;
	phrase_if_exists(&r->sql);
	sql_token(&r->sql, &token);
	while (sql_token(&r->sql, &token) && !sql_token_is(&token, "ON"))
		if (token.kind == TOKEN_BROKEN)
			break;
	if (clause_act(r, NO_PART))
		clause_scan_rest(r);
}

static void
read_one_table(struct reading_of *r)
{
	phrase_if_exists(&r->sql);
	if (clause_act(r, NO_PART))
		clause_scan_rest(r);
}

static void
read_sequence(struct reading_of *r)
{
	read_one_table(r);
	if (r->to->nacts)
		r->to->acts[0].is_column_free = true;
}

/* What an ALTER DATABASE without a name begins with. */
static bool
at_database_option(struct sql at)
{
	static const char *const words[] = {
		"DEFAULT", "CHARACTER", "CHARSET", "COLLATE", "COMMENT",
		"ENCRYPTION", "READ",
	};
	struct sql_token token;

	sql_token(&at, &token);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (sql_token_is(&token, words[i]))
			return true;
	return false;
}

static void
add_database(struct reading_of *r, char *name, struct span at)
{
	action_add(r->to, (struct act){ .db = name, .changes = true,
		.at = at, .qualified = true, .part = NO_PART });
}

static void
read_database(struct reading_of *r)
{
	struct sql_token token;

	phrase_if_exists(&r->sql);
	sql_token(&r->sql, &token);
	if (sql_token_names(&token))
		add_database(r, sql_token_name(&token), token.text);
	else
		action_trouble(r->to, "no database is named");
	clause_scan_rest(r);
}

static void
read_alter_database(struct reading_of *r)
{
	if (!at_database_option(r->sql)) {
		read_database(r);
		return;
	}
	add_database(r, xmemdup(r->db.p ? r->db.p : "", r->db.n),
	    (struct span){ NULL, 0 });
	clause_scan_rest(r);
}

static void
read_drop_database(struct reading_of *r)
{
	r->to->form = FORM_DROP_DATABASE;
	read_database(r);
}

/* CREATE TEMPORARY TABLE | SEQUENCE */
static void
read_create_temporary(struct reading_of *r)
{
	if (sql_word(&r->sql, "TABLE"))
		read_create_table(r);
	else if (sql_word(&r->sql, "SEQUENCE"))
		read_sequence(r);
}

/* DROP TEMPORARY TABLE | TABLES | SEQUENCE */
static void
read_drop_temporary(struct reading_of *r)
{
	if (sql_word(&r->sql, "TABLE") || sql_word(&r->sql, "TABLES") ||
	    sql_word(&r->sql, "SEQUENCE"))
		read_drop_list(r, true);
}

/* ---- kinds */

typedef void read_fn(struct reading_of *r);

struct kind_row {
	const char *word;
	enum action_class on;
	read_fn *read;          /* NULL: what it acts on is not looked for */
};

/* THE TABLE: what follows CREATE, ALTER, DROP. */
static const struct kind_row creates[] = {
	{ "TABLE", ON_TABLES, read_create_table },
	{ "SEQUENCE", ON_TABLES, read_sequence },
	{ "INDEX", ON_TABLES, read_index },
	{ "VIEW", ON_VIEWS, view_acts },
	{ "DATABASE", ON_DATABASES, read_database },
	{ "SCHEMA", ON_DATABASES, read_database },
	{ "TEMPORARY", ON_TEMPORARY, read_create_temporary }, { 0 },
};

static const struct kind_row alters[] = {
	{ "TABLE", ON_TABLES, read_alter_table },
	{ "SEQUENCE", ON_TABLES, read_sequence },
	{ "VIEW", ON_VIEWS, view_acts },
	{ "DATABASE", ON_DATABASES, read_alter_database },
	{ "SCHEMA", ON_DATABASES, read_alter_database }, { 0 },
};

static const struct kind_row drops[] = {
	{ "TABLE", ON_TABLES, read_drop_table },
	{ "TABLES", ON_TABLES, read_drop_table },
	{ "SEQUENCE", ON_TABLES, read_drop_free },
	{ "VIEW", ON_VIEWS, read_drop_free },
	{ "INDEX", ON_TABLES, read_index },
	{ "DATABASE", ON_DATABASES, read_drop_database },
	{ "SCHEMA", ON_DATABASES, read_drop_database },
	{ "TEMPORARY", ON_TEMPORARY, read_drop_temporary }, { 0 },
};

/* … after UNIQUE, SPATIAL, … */
static const struct kind_row indexes[] = {
	{ "INDEX", ON_TABLES, read_index },
	{ "REFERENCE", ON_SERVER, NULL }, { 0 },
};

/* … and what may stand there, but is no table of ours. */
static const struct kind_row others[] = {
	{ "USER", ON_ACCOUNTS, NULL }, { "ROLE", ON_ACCOUNTS, NULL },
	{ "TRIGGER", ON_PROGRAMS, NULL }, { "PROCEDURE", ON_PROGRAMS, NULL },
	{ "FUNCTION", ON_PROGRAMS, NULL }, { "PACKAGE", ON_PROGRAMS, NULL },
	{ "EVENT", ON_PROGRAMS, NULL }, { "AGGREGATE", ON_PROGRAMS, NULL },
	{ "LIBRARY", ON_PROGRAMS, NULL }, { "JSON", ON_PROGRAMS, NULL },
	{ "MATERIALIZED", ON_PROGRAMS, NULL }, { "SPATIAL", ON_SERVER, NULL },
	{ "SERVER", ON_SERVER, NULL }, { "TABLESPACE", ON_SERVER, NULL },
	{ "UNDO", ON_SERVER, NULL }, { "LOGFILE", ON_SERVER, NULL },
	{ "INSTANCE", ON_SERVER, NULL }, { "RESOURCE", ON_SERVER, NULL },
	{ "CATALOG", ON_SERVER, NULL }, { "PREPARE", ON_SERVER, NULL },
	{ 0 },
};

/* [ALGORITHM=word] [DEFINER=user] [SQL SECURITY word]: of views and programs,
 * in front of what they are. */
static void
over_definer(struct sql *s)
{
	if (sql_word(s, "ALGORITHM") && sql_sign(s, '='))
		sql_skip(s);
	if (sql_word(s, "DEFINER") && sql_sign(s, '=')) {
		sql_skip(s);
		if (sql_sign(s, '@'))
			sql_skip(s);
		else if (sql_sign(s, '('))      /* CURRENT_USER() */
			sql_sign(s, ')');
	}
	if (sql_word(s, "SQL") && sql_word(s, "SECURITY"))
		sql_skip(s);
}

static bool
choose(struct reading_of *r, const struct kind_row *rows)
{
	for (; rows->word; rows++) {
		if (!sql_word(&r->sql, rows->word))
			continue;
		r->to->on = rows->on;
		if (rows->read)
			rows->read(r);
		return true;
	}
	return false;
}

static void
read_create(struct reading_of *r)
{
	bool replaces = sql_word(&r->sql, "OR") && sql_word(&r->sql,
	    "REPLACE");

	if (sql_word(&r->sql, "UNIQUE") || sql_word(&r->sql, "FULLTEXT") ||
	    sql_word(&r->sql, "SPATIAL") || sql_word(&r->sql, "VECTOR")) {
		choose(r, indexes);
		return;
	}
	over_definer(&r->sql);
	if (!choose(r, creates))
		choose(r, others);
	if (replaces && r->to->on == ON_DATABASES)
		r->to->form = FORM_DROP_DATABASE;
}

static void
read_alter(struct reading_of *r)
{
	sql_word(&r->sql, "ONLINE");
	sql_word(&r->sql, "IGNORE");
	over_definer(&r->sql);
	if (!choose(r, alters))
		choose(r, others);
}

static void
read_drop(struct reading_of *r)
{
	if (!choose(r, drops))
		choose(r, others);
}

static void
read_rename_any(struct reading_of *r)
{
	if (sql_word(&r->sql, "TABLE") || sql_word(&r->sql, "TABLES")) {
		r->to->on = ON_TABLES;
		read_rename(r);
	} else {
		choose(r, others);
	}
}

static void
read_truncate(struct reading_of *r)
{
	sql_word(&r->sql, "TABLE");
	read_one_table(r);
}

static void
read_set(struct reading_of *r)
{
	if (sql_word(&r->sql, "PASSWORD") || sql_word(&r->sql, "ROLE") ||
	    (sql_word(&r->sql, "DEFAULT") && sql_word(&r->sql, "ROLE")))
		r->to->on = ON_ACCOUNTS;
}

/* THE TABLE: a statement's first word. */
static const struct kind_row verbs[] = {
	{ "CREATE", ON_UNKNOWN, read_create },
	{ "ALTER", ON_UNKNOWN, read_alter },
	{ "DROP", ON_UNKNOWN, read_drop },
	{ "RENAME", ON_UNKNOWN, read_rename_any },
	{ "TRUNCATE", ON_TABLES, read_truncate },
	{ "GRANT", ON_ACCOUNTS, NULL }, { "REVOKE", ON_ACCOUNTS, NULL },
	{ "SET", ON_SERVER, read_set }, { "INSTALL", ON_SERVER, NULL },
	{ "UNINSTALL", ON_SERVER, NULL }, { "FLUSH", ON_SERVER, NULL },
	{ "KILL", ON_SERVER, NULL }, { "PURGE", ON_SERVER, NULL },
	{ "RESET", ON_SERVER, NULL }, { "CHANGE", ON_SERVER, NULL },
	{ "START", ON_SERVER, NULL }, { "STOP", ON_SERVER, NULL },
	{ "SHUTDOWN", ON_SERVER, NULL }, { "USE", ON_SERVER, NULL },
	{ "BACKUP", ON_SERVER, NULL },
	{ "ANALYZE", ON_UPKEEP, NULL }, { "OPTIMIZE", ON_UPKEEP, NULL },
	{ "REPAIR", ON_UPKEEP, NULL }, { "CHECK", ON_UPKEEP, NULL },
	{ "CHECKSUM", ON_UPKEEP, NULL }, { "CACHE", ON_UPKEEP, NULL },
	{ "LOCK", ON_UPKEEP, NULL }, { "UNLOCK", ON_UPKEEP, NULL },
	{ "INSERT", ON_ROWS, row_acts_insert },
	{ "REPLACE", ON_ROWS, row_acts_insert },
	{ "UPDATE", ON_ROWS, row_acts_update },
	{ "DELETE", ON_ROWS, row_acts_delete },
	{ "LOAD", ON_ROWS, row_acts_load },
	{ "CALL", ON_ROWS, row_acts_unknown },
	{ "SELECT", ON_ROWS, row_acts_unknown },
	{ "WITH", ON_ROWS, row_acts_unknown },
	{ 0 },
};

static void
read_as(struct action *s, struct span text, struct span db, unsigned mode,
    bool skips_versions)
{
	struct reading_of r = { .to = s, .db = db };

	*s = (struct action){ .text = text, .mode = mode };
	r.sql = sql_in(text, mode);
	r.sql.skips_versions = skips_versions;
	r.sql = query_statement_of(r.sql);
	choose(&r, verbs);
}

/* ---- comments for servers only */

/* Over a plain comment, to the last byte of its end. */
static const char *
over_comment(const char *p, const char *end)
{
	for (p += 2; end - p >= 2 && (p[0] != '*' || p[1] != '/'); p++)
		;
	return p + 1;
}

/* Look for one.  In one that every server executes, a plain comment is a
 * comment; one inside another, or for servers only itself, makes it end at one
 * place or another, by the server's version. */
static bool
find_versions(struct action *s)
{
	const char *end = s->text.p + s->text.n;
	struct sql sql = sql_in(s->text, s->mode);
	bool found = false, inside = false, always = false;

	for (const char *p = s->text.p; end - p >= 2; p++) {
		bool opens = p[0] == '/' && p[1] == '*', versions;

		sql.skips_versions = false;
		versions = opens && sql_inside_comment(&sql, p);
		if (opens && inside && (versions || !always))
			action_trouble(s, "comments in a comment for "
			    "servers only");
		sql.skips_versions = true;
		if (versions) {
			found = inside = true;
			always = sql_inside_comment(&sql, p);
		} else if (opens && inside) {
			p = over_comment(p, end);
		} else if (p[0] == '*' && p[1] == '/') {
			inside = false;
		}
	}
	return found;
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool
same_acts(const struct action *a, const struct action *b)
{
	if (a->on != b->on || a->form != b->form || a->nacts != b->nacts ||
	    a->queries != b->queries || !a->trouble != !b->trouble)
		return false;
	for (size_t i = 0; i < a->nacts; i++)
		if (!same_text(a->acts[i].db, b->acts[i].db) ||
		    !same_text(a->acts[i].name, b->acts[i].name) ||
		    a->acts[i].changes != b->acts[i].changes)
			return false;
	return true;
}

void
action_read(struct action *s, struct span text, struct span db,
    unsigned mode)
{
	struct action without;

	read_as(s, text, db, mode, false);
	if (text.n && memchr(text.p, 0, text.n))
		action_trouble(s, "it contains a NUL");
	s->versions = find_versions(s);
	if (!s->versions)
		return;
	read_as(&without, text, db, mode, true);
	if (!same_acts(s, &without))
		action_trouble(s, "it acts on other things on servers of "
		    "other versions");
	action_clear(&without);
}

void
action_read_query(struct action *s, const struct query *query)
{
	action_read(s, query->text, query->default_db,
	    query_statement(query).mode);
}

void
action_clear(struct action *s)
{
	for (size_t i = 0; i < s->nacts; i++) {
		free(s->acts[i].db);
		free(s->acts[i].name);
	}
	for (size_t i = 0; i < s->nparts; i++) {
		for (size_t k = 0; k < s->parts[i].ncolumns; k++)
			free(s->parts[i].columns[k]);
		free(s->parts[i].columns);
	}
	free(s->acts);
	free(s->parts);
	*s = (struct action){ 0 };
}

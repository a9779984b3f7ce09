/* SPDX-License-Identifier: MIT
 *
 * What a statement acts on: which tables and databases it changes or names, and
 * the parts (between commas) of which it is made.  It reads like ddl.c, but
 * strictly: what it cannot place is noted in `trouble`, so that lists fail
 * closed.
 */
#ifndef FOLLOW_ACTION_H
#define FOLLOW_ACTION_H

#include "base/buf.h"
#include "binlog/query_event.h"
#include "sql/lex.h"

enum action_class {
	ON_UNKNOWN,             /* no statement that we know */
	ON_TABLES,              /* and sequences, indexes */
	ON_DATABASES,
	ON_TEMPORARY,           /* tables that only a session sees */
	ON_VIEWS,
	ON_PROGRAMS,            /* triggers, routines, events */
	ON_ACCOUNTS,            /* users, roles, privileges */
	ON_SERVER,              /* plugins, variables, tablespaces, … */
	ON_UPKEEP,              /* ANALYZE, OPTIMIZE, …: nothing is changed */
	ON_ROWS,                /* INSERT, … */
};

enum action_form {
	FORM_OTHER,
	FORM_CREATE,            /* a table: parts are definitions */
	FORM_ALTER,             /* a table: parts are its changes */
	FORM_DROP, FORM_RENAME, /* parts are tables, or pairs of them */
	FORM_INDEX,             /* CREATE INDEX, DROP INDEX */
	FORM_DROP_DATABASE,     /* also CREATE OR REPLACE */
};

enum { NO_PART = -1 };

/* A table or database that it acts on. */
struct act {
	char *db;
	char *name;             /* NULL: the database itself */
	bool changes;           /* else it only names it: REFERENCES, LIKE */
	bool renamed;           /* it is what the table is called afterwards */
	bool is_column_free;    /* sequences have no columns */
	struct span at;         /* where it stands, */
	bool qualified;         /* … with its database */
	int part;               /* of which part, or NO_PART */
	struct span clause;     /* without which it is not named; p NULL: it
	                         * cannot do without */
};

enum part_type { CLAUSE_OTHER, CLAUSE_COLUMN, CLAUSE_KEY, CLAUSE_PRIMARY };

struct part {
	struct span at;
	enum part_type type;
	char **columns;         /* that it defines, changes or drops */
	size_t ncolumns;
	struct span after;      /* its AFTER column; p NULL: none */
};

struct action {
	unsigned mode;          /* in which it was read */
	enum action_class on;
	enum action_form form;
	struct span text;
	struct act *acts;
	size_t nacts;
	struct part *parts;
	size_t nparts;
	bool queries;           /* rows come out of tables that it reads */
	bool versions;          /* has comments for servers only */
	const char *trouble;    /* why it cannot be placed, or NULL */
};

/* Read a statement of UTF-8 in a mode (enum sql_mode); db is that of names
 * without one.  Both texts are kept by reference. */
void action_read(struct action *s, struct span text, struct span db,
    unsigned mode);
/* The statement of an event, which is kept by reference. */
void action_read_query(struct action *s, const struct query *query);
void action_clear(struct action *s);

/* "accounts", "tables", …, for messages. */
const char *action_class_name(enum action_class on);

/* Does --schema-changes print it, and apply-ddl execute it?  The rest is
 * words to a server, or holds secrets. */
bool action_is_schema_change(const struct action *s);

/* removal.c: do rows go by it, of which there are no row events? */
bool action_removes_rows(const struct action *s);

/* … with their tables, of which others may be made by the same names? */
bool action_drops_tables(const struct action *s);

/* … or do they come under another name: those of a whole table or partition?
 * Also where it cannot be told. */
bool action_moves_rows(const struct action *s);

/* … of whole tables alone? */
bool action_only_renames(const struct action *s);

/* … or columns of rows that are there become others? */
bool action_alters_columns(const struct action *s);

/* Does it make a foreign key to the table that is act i? */
bool action_refers(const struct action *s, size_t i);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What is known about tables beyond their maps: from schema records
 * (--schema FILE) and from the CREATE and ALTER TABLE statements of the log.
 *
 * A map with names (binlog_row_metadata=FULL) is authoritative.  A schema adds
 * only what no map contains (UUID, INET4, INET6, VECTOR, JSON, XMLTYPE, the
 * precision of old temporals, unique keys, system versioning), by name, and
 * only if the logged type agrees.  A map without names takes names, signs,
 * character sets and labels from a schema record if all of its columns agree
 * with it, or with what statements have made of one since; if the table has
 * records and none agrees, that is an error.  If there are none, or a server
 * answered too late to be trusted, it takes them from statements (but not from
 * MySQL's): those that were fully understood, from a CREATE or an earlier
 * answer on, and agree with every column of the map.
 */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "base/err.h"
#include "base/span.h"
#include "binlog/table_map.h"
#include "value/sqltype.h"

/* What a server has at most: keys of a table, columns of a key. */
enum { MAX_KEYS = 128, MAX_PARTS = 32 };

/* A record's attribute "engine", of MERGE tables alone. */
#define SCHEMA_MERGE "MRG_MyISAM"

enum row_time { ROW_NEITHER, ROW_START, ROW_END };

struct schema_column {
	char *name;             /* UTF-8 */
	char *type;             /* upper case, without UNSIGNED: "BIGINT" */
	char *suffix;           /* what it is with: " UNSIGNED ZEROFILL"; or
	                         * NULL */
	bool is_unsigned;
	bool required;          /* NOT NULL; a primary key's need not say so */
	bool auto_increment, generated;
	int64_t length, scale;  /* -1: not said */
	char *charset;          /* NULL: not said, or it has none */
	char *fallback;         /* DEFAULT: a string's value, else the
	                         * expression; NULL: none */
	bool computed;          /* … which is more than a number */
	bool told;              /* who describes it knows its default */
	char *comment;          /* or NULL */
	char **labels;          /* ENUM, SET: as JSON strings */
	size_t nlabels;
	char **doubted;         /* what a server shows of labels that it cannot
	                         * show: labels has none then */
	size_t ndoubted;
	enum row_time row_time; /* system versioning */

	bool on_update;         /* ON UPDATE CURRENT_TIMESTAMP */
	bool fresh;             /* the statement in hand defines it */
};

struct schema_key {
	char *name;             /* of the index; "PRIMARY"; may be NULL */
	char **columns;
	size_t ncolumns;
	bool primary;
	bool plain;             /* not unique: its name is taken, no more */
	bool partial;           /* of parts of columns, or hashed: others are
	                         * the first ones */
	bool hashed;            /* UNIQUE, by a column that is listed nowhere */
	bool period;            /* none, but PERIOD FOR: start and end */
	bool foreign;           /* a foreign key's, if no other begins alike */
	bool overlaps;          /* its last column is a period's name */
};

/* A table as one source describes it. */
struct schema_table {
	struct schema_column *columns;
	size_t ncolumns;
	struct schema_key *keys;        /* primary and unique ones, in order;
	                                 * of statements the plain, too */
	size_t nkeys;
	bool complete;          /* all columns and keys are there */
	bool of_record;         /* what statements made of a record */
	bool versioned;
	bool merges;            /* a MERGE table: its rows are others' … */
	bool engine;            /* … or not, as the statement in hand says */
	bool overflown;         /* more columns than a server has: the rest is
	                         * not there */
	const char *trouble;    /* what of the statement in hand is not
	                         * understood, or NULL */
	char *charset;          /* of columns that do not say; or NULL */
	char *comment;          /* or NULL */
	char **foreign;         /* names of foreign keys, as far as told */
	size_t nforeign;
	char *file;             /* a record's position: from there on it */
	uint64_t pos;           /* holds; file NULL: not said */
	bool live;              /* a server told it, when its binlog ended
	                         * there; before that it need not hold … */
	uint64_t asked;         /* … and it ended here when it had told: what
	                         * a statement before that makes of it, it may
	                         * be already */
	bool trusted;           /* … but the user says that it does */
};

/* All that is known of one name. */
struct schema_entry {
	char *db, *name;
	struct schema_table *learned;   /* from statements, or NULL */
	struct schema_table **records;  /* of --schema, in their order */
	size_t nrecords;
	bool outdated;          /* by a statement, since it was asked for */
	bool doubted;           /* unknown types were warned of */
	bool unnamed;           /* rows came whose columns had no names */
	struct schema_entry *next_outdated;

	char *charset;          /* of a database: what its tables have that do
	                         * not say another; or NULL */
	uint64_t dropped;       /* … when it was dropped last, or 0; of a table
	                         * 1: it is not there */
	bool created;           /* … CREATE DATABASE was read */
	uint64_t since;         /* what was learned holds since then */
	size_t cost;            /* bytes, when it was settled */
	bool touched;           /* it was asked for since then */
	struct schema_entry *newer, *older;     /* by when */
};

struct schemas;

struct schemas *schemas_new(void);
void schemas_free(struct schemas *s);

/* The entry of a table; made where there is none, if make.  It stays until
 * schemas_settle(). */
struct schema_entry *schemas_entry(struct schemas *s, struct span db,
    struct span name, bool make);

/* The character set of tables of a database that do not say another, NULL if
 * neither a statement told nor, before this position, the server.  Set: NULL
 * forgets it. */
const char *schemas_db_charset(struct schemas *s, struct span db,
    const char *file, uint64_t pos);
void schemas_set_db_charset(struct schemas *s, struct span db,
    const char *charset);

/* Was it made at a position or before it?  Logs are numbered with a fixed
 * number of digits. */
bool schema_table_is_before(const struct schema_table *record,
    const char *file, uint64_t pos);

/* The newest record that was made before a position, or NULL. */
const struct schema_table *schema_entry_record(
    const struct schema_entry *entry, const char *file, uint64_t pos);

/* The same, and no statement at that position is in it already. */
const struct schema_table *schema_entry_before(
    const struct schema_entry *entry, const char *file, uint64_t pos);

/* The newest of all, or NULL; so is entry. */
struct schema_table *schema_entry_newest(const struct schema_entry *entry);

/* The newest record of a table, NULL where it has none; older ones are
 * dropped.  inherits: it gets from them what only statements say of a column,
 * its default, and whether it is generated. */
const struct schema_table *schemas_newest(struct schemas *s, struct span db,
    struct span name, bool inherits);

/* A statement changed the table, and it is unknown how: forget that. */
void schemas_unlearn(struct schemas *s, struct span db, struct span name);

/* Put away what takes more than some megabytes.  Entries are void. */
void schemas_settle(struct schemas *s);

/* The server has lower_case_table_names: however a statement writes the names
 * of tables and databases, they are in small letters: schemas_lower() takes
 * one, and gives it or another. */
void schemas_lower_names(struct schemas *s);
char *schemas_lower(const struct schemas *s, char *name);

/* From now on what statements change is outdated: a server is asked. */
void schemas_ask_again(struct schemas *s);
bool schemas_ask_server(const struct schemas *s);

/* Is it known that the table is not there: was it dropped, or its database
 * made, and not heard of since? */
bool schemas_is_absent(struct schemas *s, const struct schema_entry *entry);

/* CREATE DATABASE was read. */
void schemas_make_db(struct schemas *s, struct span db);

/* It was dropped, and nothing has shown since that it was made again. */
bool schemas_db_is_gone(struct schemas *s, struct span db);

/* Drop what a server said of a table, which a statement changed. */
void schema_entry_outdate(struct schemas *s, struct schema_entry *entry);

/* Drop what records said that are of that position or before it. */
void schema_entry_doubt(struct schema_entry *entry, const char *file,
    uint64_t pos);

/* Every entry in memory, in no order: all that have records. */
typedef void schema_entry_fn(void *arg, const struct schema_entry *entry);
void schemas_each(struct schemas *s, schema_entry_fn *fn, void *arg);

/* One of those, once; NULL if there is none left. */
struct schema_entry *schemas_outdated(struct schemas *s);

/* Forget what statements said: of a database, or of a table. */
void schemas_forget_db(struct schemas *s, struct span db);
void schema_entry_forget(struct schema_entry *entry);

struct schema_table *schema_table_new(void);
void schema_table_free(struct schema_table *table);
struct schema_table *schema_table_copy(const struct schema_table *from);

/* Append an empty member. */
struct schema_column *schema_add_column(struct schema_table *table);
struct schema_key *schema_add_key(struct schema_table *table, bool primary);
void schema_key_add(struct schema_key *key, char *column);
void schema_add_foreign(struct schema_table *table, char *name);
void schema_key_drop(struct schema_table *table, size_t i);

/* As MariaDB compares names of columns and keys. */
bool schema_same_name(const char *name, struct span other);

/* By name, as MariaDB compares them; NULL if there is none. */
struct schema_column *schema_column_find(const struct schema_table *table,
    struct span name);
void schema_column_remove(struct schema_table *table, struct span name);

/* Its row of the table of types; is it text, which has a character set? */
const struct sql_type *schema_column_type(const struct schema_column *column);
bool schema_column_is_text(const struct schema_column *column);
void schema_column_clear(struct schema_column *column);
void schema_key_remove(struct schema_table *table, struct span name);

/* Give what a map lacks: a column its labels, which the table frees; a table
 * its key, the primary one, else the first unique one that is never NULL. */
void schema_apply_labels(struct column *col,
    const struct schema_column *from);
void schema_apply_keys(struct table *table, const struct schema_table *from);

/*
 * Complete a table that was parsed from a map at file, pos.  -1 and err where
 * a record contradicts the map.
 */
int schemas_complete(struct schemas *s, struct table *table,
    const char *file, uint64_t pos, struct err *err);

/* What a completed table is by statements, or by a record that is not younger
 * than that position: all of its columns.  NULL: that is not known. */
const struct schema_table *schemas_definition(struct schemas *s,
    const struct table *table, const char *file, uint64_t pos);

#endif

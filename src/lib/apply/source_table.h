/* SPDX-License-Identifier: MIT
 *
 * Tables of the source, as records name them: which target table each one is,
 * and how its columns are read.
 */
#ifndef APPLY_SOURCE_TABLE_H
#define APPLY_SOURCE_TABLE_H

#include "base/hash.h"
#include "convert/convert.h"
#include "match/rule.h"
#include "record/record.h"
#include "target/left.h"
#include "target/mapping.h"
#include "target/references.h"
#include "target/row_statement.h"

/* A column of the source that a row may lack. */
struct omission {
	char *name;             /* as it stands in records */
	char *json;             /* what the row has; NULL: not known */
	int column;             /* of the target */
	const struct schema_column *from;
};

/* A column of the source. */
struct bound_column {
	struct span name;       /* as it stands in records: owned */
	int column;             /* of the target; -1: left out */
	struct conversion conversion;
};

struct source_table {
	char *db, *name;
	struct target *target;
	bool left_out;          /* it keeps positions: target is NULL */
	const struct schema_table *schema;      /* or NULL; borrowed */
	struct buf connect;     /* Debezium's schema, as it came last */
	struct bound_column *bound;
	size_t nbound;
	bool key_is_checked;    /* source_key.h */
	struct omission *omissions;     /* those that can be */
	size_t nomissions;
	bool guesses;           /* it was said that some get the target's
	                         * default */
	char *lacking;          /* of each target column: the source has it,
	                         * so a row without it is not whole */
	struct source_table *next;
};

/* tableChanges, as they came last. */
struct schema_text {
	char *name;             /* db.table */
	char *json;
};

struct source_tables {
	const struct table_options *opt;
	struct known_modes modes;       /* … and of the newest heartbeat */
	struct schemas *schemas;
	struct source_table *all, *last;
	struct hash names;      /* of `all`, by database and name */
	struct schema_text *texts;
	size_t ntexts;
	struct hash text_names; /* their numbers, by name */
	struct references references;
	struct left left;       /* that the target's did not follow */
	bool keys_follow;       /* the target's keys are the source's: its
	                         * statements are executed */
};

void source_tables_open(struct source_tables *t,
    const struct table_options *opt);
void source_tables_clear(struct source_tables *t);

/* Take one in, which stays where it is; source_tables_clear() frees it. */
void source_tables_add(struct source_tables *t, struct source_table *s);

/* A table by its names at the source.  ERR_CONFIG where the target has none, or
 * one that must not be used. */
int source_tables_named(struct source_tables *t, struct db *db,
    struct span schema, struct span name, struct source_table **table,
    struct err *err);

/* The table of a record.  ERR_DATA where it names none. */
int source_tables_find(struct source_tables *t, struct db *db,
    struct record *rec, struct source_table **table, struct err *err);

/* Ask the target again, at the next record of each. */
void source_tables_forget(struct source_tables *t);

/* A heartbeat says how values are written. */
void source_tables_take_modes(struct source_tables *t, struct span modes);

/*
 * Read a row (an object) into cells of all the target's columns, from `row`
 * on.  -1: ERR_DATA, which names the column and the value.
 */
int source_table_read_row(struct source_table *t,
    const struct source_tables *all, struct span object, struct batch *b,
    size_t row, bool *lenient, struct err *err);

/* The same of one member, which the row does not have. */
int source_table_read_member(struct source_table *t,
    const struct source_tables *all, struct span name, struct span json,
    struct batch *b, size_t row, struct err *err);

/* The target's column of a name of the source; or -1. */
int source_table_column(const struct source_table *t,
    const struct source_tables *all, struct span name);

/* Has a record's key, an object, all parts of the target's? */
bool source_table_key_is_whole(struct source_table *t,
    const struct source_tables *all, struct span key);

/* Does a row hold all that the source has of it? */
bool source_table_row_is_whole(struct source_table *t,
    const struct source_tables *all, const struct batch *b, size_t row);

/* What the source has of a row that it made, and its log left out, is to be the
 * default: of a row that is there, too. */
void source_table_default_rest(struct source_table *t,
    const struct source_tables *all, struct batch *b, size_t row);

/* Has the target columns that the source has not?  A row that is inserted again
 * would lose what they hold. */
bool source_table_adds_columns(struct source_table *t,
    const struct source_tables *all);

/* Debezium's schema beside the payload: where it is another than before, the
 * columns are bound again. */
void source_table_take_connect(struct source_table *t, struct span schema);

/* What is known of its columns may be another now: they are bound again. */
void source_table_unbind(struct source_table *t);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Tables of the source, as records name them: which table of the target each
 * is, and how its columns are to be read.
 */
#ifndef APPLY_TABLES_H
#define APPLY_TABLES_H

#include "apply/convert.h"
#include "apply/left.h"
#include "apply/references.h"
#include "apply/shape.h"
#include "record/record.h"
#include "match/rule.h"

/* What the user wants of tables. */
struct table_options {
	struct rule *map, *map_column;
	struct assignment_list set;
	bool ignore_unknown;
	bool allow_triggers;
	bool at_least_once;
	bool system_tables;     /* the server's own, too */
	const char *offsets_db; /* where positions are kept */
	struct known_modes modes;       /* of the command line */
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
	char *lacking;          /* of each target column: the source has it,
	                         * so a row without it is not whole */
	struct source_table *next;
};

/* tableChanges, as they came last. */
struct schema_text {
	char *name;             /* db.table */
	char *json;
};

struct tables {
	const struct table_options *opt;
	struct known_modes modes;       /* … and of the newest heartbeat */
	struct schemas *schemas;
	struct source_table *all, *last;
	struct schema_text *texts;
	size_t ntexts;
	struct references references;
	struct left left;       /* that the target's did not follow */
};

void tables_open(struct tables *t, const struct table_options *opt);
void tables_clear(struct tables *t);

/* The table of a record.  ERR_DATA where it names none; ERR_CONFIG where the
 * target has none, or one that must not be used. */
int tables_find(struct tables *t, struct db *db, struct record *rec,
    struct source_table **table, struct err *err);

/* A schema record; *changed where a table that is in use is another now: what
 * waits for it must be executed first, then tables_forget(). */
int tables_learn(struct tables *t, const struct record *rec, bool *changed,
    struct err *err);

/* The tableChanges that described db.table last, p NULL where none did; and
 * to learn from them again. */
struct span tables_schema_text(const struct tables *t, struct span name);
int tables_learn_text(struct tables *t, struct span changes,
    struct err *err);

/* Ask the target again, at the next record of each. */
void tables_forget(struct tables *t);

/* A heartbeat says how values are written. */
void tables_take_modes(struct tables *t, struct span modes);

/* The name of the source in the target: --map, else the same. */
bool tables_map(const struct table_options *opt, struct span db,
    struct span name, struct buf *to_db, struct buf *to_name);
/* A column's, appended: --map-column, else the same. */
void tables_map_column(const struct table_options *opt, const char *db,
    const char *table, struct span column, struct buf *to);

/*
 * Read a row (an object) into cells of all the target's columns, from `row`
 * on.  -1: ERR_DATA, which names the column and the value.
 */
int table_read_row(struct source_table *t, const struct tables *all,
    struct span object, struct batch *b, size_t row, bool *lenient,
    struct err *err);

/* Does a row hold all that the source has of it? */
bool table_row_is_whole(struct source_table *t, const struct tables *all,
    const struct batch *b, size_t row);

/* Has the target columns that the source has not?  A row that is made anew
 * would lose what they hold. */
bool table_adds_columns(struct source_table *t, const struct tables *all);

/* Debezium's schema beside the payload: where it is another than before, the
 * columns are bound again. */
void table_take_connect(struct source_table *t, struct span schema);

#endif

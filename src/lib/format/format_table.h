/* SPDX-License-Identifier: MIT
 *
 * Tables of the source as their records name them, and what schema records and
 * heartbeats say of their columns.
 */
#ifndef FORMAT_FORMAT_TABLE_H
#define FORMAT_FORMAT_TABLE_H

#include "base/hash.h"
#include "convert/source_column.h"
#include "record/record.h"

/* A column, made when a record first has it. */
struct format_column {
	struct span name;       /* as it stands in records, escapes and all */
	struct span text;       /* what it means */
	const struct schema_column *schema;     /* NULL: unknown */
	const struct sql_type *type;    /* with schema */
	struct target_column as;        /* with schema: its type, key_part, … */
	struct conversion conversion;   /* with schema: of its values */
	size_t at;              /* its place in the table's columns */
};

struct format_table {
	struct span db, name;   /* owned, terminated */
	const struct schema_table *schema;      /* newest, or NULL; borrowed */
	struct format_column **columns; /* in the order of its records */
	size_t ncolumns;
	size_t nkey;            /* parts of its key, by the schema */
	uint64_t version;       /* another number after each change of it */
	void *own;              /* the format's: format->forget() frees it */
};

struct format;

struct format_tables {
	const struct format *format;
	bool typed;             /* a column without a type is refused */
	struct known_modes modes;
	struct schemas *schemas;
	struct format_table **all, *last;
	size_t n;
	struct hash names;      /* of `all`, by database and name */
	uint64_t versions;
};

void format_tables_open(struct format_tables *t, const struct format *format,
    const struct known_modes *modes, bool typed);
void format_tables_close(struct format_tables *t);

/* The table of a record.  ERR_DATA: it names none, or one whose columns nobody
 * told, and they must be known; what to do is hinted at. */
int format_tables_find(struct format_tables *t, struct record *rec,
    struct format_table **table, struct err *err);

/* The one of that name.  ERR_DATA: no table has that name, or there are too
 * many. */
int format_tables_named(struct format_tables *t, struct span db,
    struct span name, struct format_table **table, struct err *err);

/* The column of a name as it stands in a record; *next is its place where all
 * come in their order, 0 at first.  ERR_DATA as above. */
int format_tables_column(struct format_tables *t, struct format_table *table,
    struct span name, size_t *next, struct format_column **column,
    struct err *err);

/* Has the table a column of that name, as far as is known?  -1: ERR_DATA, and
 * what it has; option: "--columns". */
int format_table_check_column(const struct format_table *table,
    struct span name, const char *option, struct err *err);

/* A schema record, and the modes of a heartbeat. */
int format_tables_learn(struct format_tables *t, const struct record *rec,
    struct err *err);
void format_tables_take_modes(struct format_tables *t, struct span modes);

#endif

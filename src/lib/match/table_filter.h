/* SPDX-License-Identifier: MIT
 *
 * Debezium's include and exclude lists.  A list is regular expressions,
 * separated by commas or given one by one; each is matched whole and without
 * regard to case against `db`, `db.table` or `db.table.column`.  A name is
 * kept if the include list is empty or matches it, and the exclude list does
 * not.  (Debezium forbids both at once; here the exclusion wins.)  A dot
 * inside a database's name is not the one between database and table: shop\..*
 * includes nothing of a database `shop.x`.
 *
 * System schemas and the position tables of sinks (system.h) are kept only
 * where an include list asks for them by name: by an expression that spells
 * the name out, and does not match any other name in its place.
 */
#ifndef MATCH_TABLE_FILTER_H
#define MATCH_TABLE_FILTER_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"
#include "match/left_views.h"
#include "match/maxwell_rules.h"

struct pattern;

struct name_list {
	struct pattern **patterns;
	size_t n;
};

/* Add the patterns of a comma list.  A comma in {m,n} or [...], or after a
 * backslash, does not separate. */
int name_list_add(struct name_list *list, const char *text, struct err *err);
/* The same of what no option says: nobody is warned where it matches
 * nothing. */
int name_list_add_data(struct name_list *list, const char *text,
    struct err *err);
/* The same for columns that are left out: one that could match none would let
 * all of them pass, ERR_USAGE. */
int name_list_add_columns(struct name_list *list, const char *text,
    struct err *err);
/* The same as Canal has them (canal.instance.filter.regex): no bracket is open
 * at a comma that separates, blanks belong to a pattern, and an empty text adds
 * none. */
int name_list_add_canal(struct name_list *list, const char *text,
    struct err *err);

bool name_list_has(const struct name_list *list, struct span name);
void name_list_clear(struct name_list *list);

/* What a tool keeps: the six lists, and the verdicts found so far. */
struct table_filter {
	struct name_list include_db, exclude_db;
	struct name_list include_table, exclude_table;
	struct name_list include_column, exclude_column;
	struct maxwell_rules maxwell;   /* --maxwell-filter: beside the lists */
	bool source;            /* of a source: without lists, too, system
	                         * schemas and positions are left out */
	bool system_schemas;    /* … but the schemas are not */
	const char *own;        /* a table (db.table) that is never kept */
	unsigned online;        /* tools (online.h): the tables that they fill
				 * are kept beside a table that is; … */
	bool online_hides;      /* … or all of theirs are left out */
	struct verdicts *verdicts;
	struct left_views left_views;
};

/* Are there lists about databases and tables; about columns? */
bool table_filter_active(const struct table_filter *f);
bool table_filter_edits(const struct table_filter *f);

/* The option of one of them: "include-table". */
const char *table_filter_option(const struct table_filter *f);

/* Is the table kept?  Remembered per table. */
bool table_filter_keeps(struct table_filter *f, struct span db,
    struct span table);

/* Does one of two tables take the place of the other, which is kept, for a tool
 * whose tables are left out?  Then the RENAME is its ALTER. */
bool table_filter_swaps(struct table_filter *f, struct span db,
    struct span a, struct span b);

/* Are all tables that a database may have kept; could any of them be?  Where
 * that cannot be told from expressions, the first is no, the second yes. */
bool table_filter_covers(const struct table_filter *f, struct span db);
bool table_filter_touches(const struct table_filter *f, struct span db);

/* Is the column kept?  Not remembered: see column_plan in cdc-filter. */
bool table_filter_keeps_column(const struct table_filter *f, struct span db,
    struct span table, struct span column);

/* Does the exclude list name the column? */
bool table_filter_excludes_column(const struct table_filter *f,
    struct span db, struct span table, struct span column);

void table_filter_clear(struct table_filter *f);

#endif

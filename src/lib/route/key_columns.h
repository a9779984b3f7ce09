/* SPDX-License-Identifier: MIT
 *
 * --key-columns: keys of other columns than the primary key's, in Debezium's
 * words (message.key.columns): db.table:column,…;….  Tables and columns are
 * regular expressions, matched as everywhere (match/table_filter.h).
 */
#ifndef ROUTE_KEY_COLUMNS_H
#define ROUTE_KEY_COLUMNS_H

#include "record/columns.h"
#include "record/record.h"

struct key_columns_entry;

struct key_columns {
	struct table_filter tables;     /* that have such keys: include_table;
	                                 * and include_column, which columns */
	struct key_columns_entry *entries;      /* columns spelled out */
	size_t n;
	struct buf table;               /* of the record before */
	struct column_filter *filter;   /* made when it is first needed */
};

/* Add to the option.  ERR_USAGE. */
int key_columns_add(struct key_columns *k, const char *list,
    struct err *err);

static inline bool
key_columns_active(const struct key_columns *k)
{
	return k->tables.include_column.n > 0;
}

/* Has the table such a key? */
bool key_columns_apply(struct key_columns *k, struct span db,
    struct span table);
bool key_columns_has(const struct key_columns *k, struct span db,
    struct span table, struct span column);

/*
 * The key of a row image of the record: its key columns, in their order in the
 * row.  1; 0: no column matches, the key stays; -1: ERR_DATA, a column that is
 * spelled out is not there.
 */
int key_columns_of(struct key_columns *k, struct record *rec, struct span db,
    struct span table, struct span row, struct buf *out, struct span *key,
    struct err *err);
void key_columns_clear(struct key_columns *k);

#endif

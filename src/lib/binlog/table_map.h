/* SPDX-License-Identifier: MIT
 *
 * TABLE_MAP events: what a table looked like when rows of it were logged.
 * https://mariadb.com/kb/en/table_map_event/ and, for the optional metadata
 * of binlog_row_metadata, sql/log_event.h (Optional_metadata_field_type).
 */
#ifndef BINLOG_TABLE_MAP_H
#define BINLOG_TABLE_MAP_H

#include "base/err.h"
#include "base/span.h"
#include "binlog/event.h"
#include "value/types.h"

enum { MAX_COLUMNS = 4096 };

/* What the printer counts of a table, longer than it is parsed. */
struct table_tally {
	uint64_t group;         /* the transaction that `order` counts for */
	uint64_t order;         /* data_collection_order */
	size_t touched;         /* its place in the transaction's END */
	bool schema_said;
};

struct table {
	uint64_t id;            /* of this server process; reused */
	struct span db, name;   /* UTF-8, point into raw */
	struct column *columns;
	size_t ncolumns;
	uint16_t *key;          /* columns of the primary key, in its order */
	size_t nkey;
	bool named;             /* the log or a schema says the names, else
	                         * they are @1, @2, … */
	int row_start, row_end; /* system versioning: its columns, or -1 */
	bool mysql;             /* a MySQL server logged it */
	char **own_names;       /* of columns, where not in raw */

	char *raw;              /* the event's body, owned: all spans above */
	size_t raw_n;
	struct table_tally tally;
	void *user;             /* the printer's plan for it */
};

/* Does the body begin like a map, and of which table?  Cheap: for verdicts
 * before anything is decoded.  false if it is cut. */
bool table_map_peek(const struct binlog_event *ev, uint64_t *id,
    struct span *db, struct span *name);

/* Parse a body.  The table copies what it keeps; clear it. */
int table_map_parse(struct table *table, const struct binlog_event *ev,
    const struct binlog_format *format, struct err *err);

/* Give a column a name that the map does not have; copied. */
void table_map_name_column(struct table *table, size_t i, const char *name);

/* Choose how columns are printed: all that can be known is known. */
void table_map_bind(struct table *table, const struct value_modes *modes);
void table_map_clear(struct table *table);

/* About how many bytes of memory it takes, printer's plan and all. */
size_t table_map_cost(const struct table *table);

/* Take a column out of table->key. */
void table_map_key_drop(struct table *table, size_t column);

/* Index of a column in table->key, or -1. */
int table_map_key_slot(const struct table *table, size_t column);

/*
 * The tables of a stream.  Maps of a table are alike from group to group:
 * one that has not changed is found by its bytes and not parsed again.  So
 * many tables are kept as fit into some megabytes, the longest unused goes
 * first; maps of the group in hand are held and parsed again when asked for.
 */
struct table_cache;

/* Called with a new table before it is bound. */
typedef int table_complete_fn(void *arg, struct table *table,
    const struct binlog_event *ev, struct err *err);

struct table_cache *table_cache_new(const struct value_modes *modes,
    table_complete_fn *complete, void *arg,
    void (*forget)(struct table *table));
void table_cache_free(struct table_cache *cache);

/* A new group begins: maps of the one before are void.  format, that of its
 * log, is kept by reference. */
void table_cache_begin(struct table_cache *cache,
    const struct binlog_format *format);

/* Parse all maps again when they are asked for: a schema changed. */
void table_cache_clear(struct table_cache *cache);

/* Take in a map.  NULL and err where it cannot be parsed. */
struct table *table_cache_map(struct table_cache *cache,
    const struct binlog_event *ev, struct err *err);

/* In this group the id names a table that is not wanted. */
int table_cache_leave_out(struct table_cache *cache, uint64_t id,
    struct err *err);
bool table_cache_left_out(const struct table_cache *cache, uint64_t id);

/* The table that this group mapped to id, until the next call.  NULL, with an
 * error if it could not be had again. */
struct table *table_cache_find(struct table_cache *cache, uint64_t id,
    struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * cdc-filter's own room: is a record wanted, and which columns of it?
 */
#ifndef FILTER_FILTER_H
#define FILTER_FILTER_H

#include "cli/value.h"
#include "convert/told.h"
#include "filter/share.h"
#include "follow/followed_records.h"
#include "predicate/where.h"
#include "record/columns.h"
#include "record/deletes.h"
#include "record/lists.h"
#include "record/query_text.h"

/* --where-image: which of the images must meet --where and --by. */
enum filter_image { FILTER_ANY, FILTER_BEFORE, FILTER_AFTER };
extern const char *const filter_images[];       /* their words */

struct filter_options {
	struct table_filter names;
	struct named_ops ops;
	struct where where;
	struct share share;             /* --sample, --shard, --by */
	enum filter_image where_image;
	bool partition_moves;
	bool skip_unchanged;
	int shape;
	bool pass_unknown;
};

struct filter {
	struct filter_options *opt;
	bool needs_table, needs_row;    /* to know */
	struct column_filter *columns;
	struct schema_lists schemas;
	struct lists lists;             /* that heartbeats tell of */
	struct buf before, after;       /* images without dropped columns */
	struct buf headers;
	struct buf text;        /* a value */
	struct deletes last;
	struct buf prefix;              /* of heartbeats that came */
	struct told told;               /* for --where: types of columns */
	const struct schema_table *schema;      /* of the table in hand; NULL:
	                         * unknown */
};

/* opt is kept by reference. */
void filter_open(struct filter *f, struct filter_options *opt);

/* Any record: 1 it is wanted, edited; 0; -1: ERR_DATA, or ERR_CONFIG for a
 * statement that the lists cannot take apart. */
int filter_record(struct filter *f, struct record *rec, struct err *err);

/* Free it, and the lists of its options. */
void filter_clear(struct filter *f);

#endif

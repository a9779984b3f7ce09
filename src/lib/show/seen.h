/* SPDX-License-Identifier: MIT
 *
 * Tables whose rows were seen: how the names of their columns are shown, and
 * what their values are, as far as the stream told.
 */
#ifndef SHOW_SEEN_H
#define SHOW_SEEN_H

#include "convert/convert.h"
#include "show/page.h"
#include "convert/told.h"

enum seen_form {
	FORM_PLAIN,             /* as it is written */
	FORM_TEXT,              /* a number or a time: without quotes */
	FORM_MOMENT,            /* a TIMESTAMP: in the zone of the user */
	FORM_BYTES, FORM_BITS, FORM_GEOMETRY,
};

/* Where a row in hand has a column. */
enum side { SIDE_KEY, SIDE_OLD, SIDE_NEW, SIDES };

struct seen_column {
	struct span raw;        /* the name, as it stands in JSON: owned */
	struct buf shown;
	size_t columns;         /* that the name takes */
	enum seen_form form;
	struct conversion conversion;
	struct buf type;        /* "decimal(10,2)"; empty: not told */
	uint64_t bits;          /* of a BIT */
	unsigned digits;        /* of a time's fraction */
	struct span side[SIDES];        /* values of the row in hand, … */
	uint64_t seen[SIDES];   /* … if seen in the table's round */
};

struct seen_table {
	struct span db, name;   /* as they stand in JSON: owned */
	struct buf shown;       /* db.table */
	size_t shown_columns;
	struct seen_column *columns;
	size_t ncolumns, cap;
	struct hash names;      /* their numbers */
	const struct schema_table *schema;      /* or NULL */
	struct buf connect;     /* Debezium's schema, as it came last */
	uint64_t told_round;    /* of `told`, at which it was bound */
	uint64_t round;         /* of rows */
};

static inline bool
seen_has(const struct seen_table *t, const struct seen_column *c,
    enum side side)
{
	return c->seen[side] == t->round;
}

struct seen {
	const struct show_page *page;
	struct told *told;
	struct seen_table **tables;
	size_t ntables, cap;
	struct hash names;
	struct seen_table *last;
	size_t bytes;
};

/* The table of those names, insides of JSON strings.  It stays until the next
 * call. */
struct seen_table *seen_table(struct seen *k, struct span db,
    struct span name);

/* Records of the table come with this schema of Debezium's (p NULL: none). */
void seen_connect(struct seen *k, struct seen_table *t, struct span schema);

/* The row in hand has a column of that name, probably the i-th, with that
 * value. */
void seen_note(struct seen *k, struct seen_table *t, size_t i,
    struct span name, enum side side, struct span value);

void seen_clear(struct seen *k);

#endif

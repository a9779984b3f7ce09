/* SPDX-License-Identifier: MIT
 *
 * The verdicts on the columns of tables.  Each is made once for a table and a
 * name; a table that was not used for long is forgotten, and judged again.
 * What schema records told is not: a hash must not change its length.
 */
#ifndef MASK_MASK_COLUMNS_H
#define MASK_MASK_COLUMNS_H

#include "base/hash.h"
#include "mask/mask_rules.h"

struct mask_column {
	char *name;             /* as it stands between the quotes, owned */
	size_t n;
	const struct mask_rule *rule;   /* NULL: none applies */
	uint64_t limit;         /* of a hash (mask_value.h) */
	bool typed;             /* a schema record told its type, which the rule
	                         * takes */
};

struct mask_table {
	char *name;             /* owned: db '\0' table '\0' */
	struct span db, table;  /* in it */
	struct buf topic;       /* what a topic of it ends with: ".db.table" */
	bool may_mask;          /* mask_rules_may_mask() */
	struct mask_column *columns;
	size_t ncolumns;
	bool described;         /* by a schema record: it has no others */
	uint64_t id;            /* of no other table, nor of this one once it
	                         * was forgotten */
};

struct mask_columns {
	const struct mask_rules *rules;
	struct mask_table *tables;      /* owned */
	struct mask_table *last;        /* that was asked for; or NULL */
	uint64_t ids;           /* given */
	struct hash names;              /* of masked columns … */
	struct mask_known *known;       /* … of which a schema record told */
	size_t nknown, cap;
};

/* The table; borrowed until the next call. */
struct mask_table *mask_columns_table(struct mask_columns *all,
    struct span db, struct span table);

/* The verdict on a name, as it stands between quotes, that is expected at
 * place i of an object; borrowed until the next call. */
const struct mask_column *mask_columns_find(struct mask_columns *all,
    struct mask_table *t, struct span name, size_t i);

/* A schema record tells the type of a column, and how many characters of a hash
 * it has room for, 0: all. */
void mask_columns_know(struct mask_columns *all, struct span db,
    struct span table, struct span column, uint64_t limit);
void mask_columns_clear(struct mask_columns *all);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Which columns of an outbox table become what: those that an event always has,
 * and those of --placement.  A column that has several tasks is looked for
 * once.
 */
#ifndef OUTBOX_PLACEMENT_H
#define OUTBOX_PLACEMENT_H

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

enum placement_kind { PLACE_HEADER, PLACE_ENVELOPE, PLACE_PARTITION };

/* --placement: COLUMN:header|envelope|partition[:ALIAS] */
struct placement {
	char *column, *alias;   /* owned */
	enum placement_kind kind;
	size_t at;              /* of its column in the row's columns */
};

struct placements {
	struct placement *v;
	size_t n;
};

/* Add a comma list; ERR_USAGE. */
int placements_add(struct placements *all, const char *text,
    struct err *err);
/* Does each of them make another header or member, or the partition alone?
 * ERR_USAGE. */
int placements_check(const struct placements *all, struct err *err);
bool placements_have(const struct placements *all, enum placement_kind kind);
void placements_clear(struct placements *all);

/* Columns that are looked for, and their values in the row in hand. */
struct outbox_columns {
	struct outbox_column *v;        /* owned */
	size_t n;
	struct outbox_place *places;    /* owned: how rows had them before */
	size_t nplaces;
	struct buf scratch;
};

/* Look for a column, too: its number.  `name` is kept by reference. */
size_t outbox_columns_add(struct outbox_columns *all, const char *name);

/* Find the columns of a row, in which no name is there twice. */
void outbox_columns_read(struct outbox_columns *all, struct span row);

/* What the row has there, p == NULL where it has none; and its name. */
struct span outbox_columns_value(const struct outbox_columns *all, size_t i);
const char *outbox_columns_name(const struct outbox_columns *all, size_t i);
void outbox_columns_clear(struct outbox_columns *all);

#endif

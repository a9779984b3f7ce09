/* SPDX-License-Identifier: MIT
 *
 * Reading a table chunk by chunk, in the order of its key.
 */
#ifndef INCREMENTAL_TABLE_READER_H
#define INCREMENTAL_TABLE_READER_H

#include "copy/resume_key.h"
#include "incremental/chunk.h"
#include "incremental/parents.h"
#include "incremental/queue.h"
#include "incremental/watermark.h"

/* What rows are to look like, and which tables may be asked for. */
struct reading_form {
	const char *prefix;             /* of topics */
	const struct value_modes *modes;
	struct table_filter *filter;
};

struct reading {
	struct side *side;
	const struct reading_form *form;

	/* the table in hand; rows.plan NULL: there is none */
	unsigned refused;               /* times in a row that it could not be
	                                 * read */
	struct copy_rows rows;
	struct keys keys;
	struct parents parents;

	/* the chunk in hand */
	uint64_t most, limit;           /* rows of a chunk; of this one */
	bool last;                      /* no chunk comes behind it */
	struct buf upto;                /* its last key */
	struct image image;
	struct buf row, key;
};

void reading_open(struct reading *r, struct side *side,
    const struct reading_form *form, uint64_t most);
void reading_close(struct reading *r);

/* All tables that may be asked for. */
int reading_tables(struct reading *r, struct queue_tables *all,
    struct err *err);

/* Does the account see all that is asked for?  ERR_CONFIG where not. */
int reading_sight(struct reading *r, struct table_filter *asked,
    struct err *err);

/* Ask for the definition of a table.  ERR_CONFIG: it cannot be read. */
int reading_define(struct reading *r, const struct queue_table *t,
    struct err *err);
void reading_undefine(struct reading *r);
bool reading_is_on(const struct reading *r, struct span db,
    struct span name);

/* Did a statement fail since the definition is no longer true? */
bool reading_outdated(const struct reading *r);

/* Find the last key that is to be copied: rows behind it are written from now
 * on, and so in the stream.  1; 0: there is no row; -1. */
int reading_find_max(struct reading *r, struct queue_copy *copy,
    struct err *err);

/* Read the next chunk. */
int reading_next(struct reading *r, const struct queue_copy *copy,
    struct chunk *chunk, struct err *err);

/* Read the rows of the first *n keys that moved. */
int reading_moved(struct reading *r, const struct queue_copy *copy,
    struct chunk *chunk, size_t *n, struct err *err);

#endif

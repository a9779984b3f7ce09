/* SPDX-License-Identifier: MIT
 *
 * Reads a table chunk by chunk, in the order of its key.
 */
#ifndef INCREMENTAL_TABLE_READER_H
#define INCREMENTAL_TABLE_READER_H

#include "copy/resume_key.h"
#include "incremental/chunk.h"
#include "incremental/parents.h"
#include "incremental/queue.h"
#include "incremental/watermark.h"

/* What rows are to look like, and which tables may be asked for. */
struct table_form {
	const char *prefix;             /* of topics */
	const struct value_modes *modes;
	struct table_filter *filter;
};

struct table_reader {
	struct watermarks *side;
	const struct table_form *form;

	/* the table in hand; rows.plan NULL: there is none */
	unsigned refused;               /* times in a row that it could not be
	                                 * read */
	struct copy_rows rows;
	struct resume_key keys;
	struct parents parents;

	/* the chunk in hand */
	uint64_t most, limit;           /* rows of a chunk; of this one */
	bool last;                      /* no chunk comes after it */
	struct buf upto;                /* its last key */
	struct row_image image;
	struct buf row, key;
};

void table_reader_open(struct table_reader *r, struct watermarks *side,
    const struct table_form *form, uint64_t most);
void table_reader_close(struct table_reader *r);

/* All tables that may be asked for. */
int table_reader_tables(struct table_reader *r, struct queue_tables *all,
    struct err *err);

/* Does the account see all that is asked for?  ERR_CONFIG where not. */
int table_reader_sight(struct table_reader *r, struct table_filter *asked,
    struct err *err);

/* Ask for the definition of a table.  ERR_CONFIG: it cannot be read. */
int table_reader_define(struct table_reader *r, const struct queue_table *t,
    struct err *err);
void table_reader_undefine(struct table_reader *r);
bool table_reader_is_on(const struct table_reader *r, struct span db,
    struct span name);

/* Did a statement fail since the definition is no longer true? */
bool table_reader_outdated(const struct table_reader *r);

/* Find the last key that is to be copied: rows after it are written from now
 * on, and so in the stream.  1; 0: there is no row; -1. */
int table_reader_find_max(struct table_reader *r, struct queue_copy *copy,
    struct err *err);

/* Read the next chunk. */
int table_reader_next(struct table_reader *r, const struct queue_copy *copy,
    struct chunk *chunk, struct err *err);

/* Read the rows of the first *n keys that moved. */
int table_reader_moved(struct table_reader *r, const struct queue_copy *copy,
    struct chunk *chunk, size_t *n, struct err *err);

#endif

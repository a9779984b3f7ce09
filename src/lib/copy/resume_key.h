/* SPDX-License-Identifier: MIT
 *
 * A key as a place in its table: written as JSON, and turned into SQL again.
 * Keys are written in one way, whatever the modes of the records are.
 */
#ifndef COPY_RESUME_KEY_H
#define COPY_RESUME_KEY_H

#include "copy/result_rows.h"

struct resume_key {
	struct copy_rows rows;          /* in the one way */
	struct schema_table *schema;    /* NULL: not open */
	struct row_image image;
};

/* 1; 0 where the table has no key, or one whose values are not ordered as they
 * are written (FLOAT, ENUM, …); -1. */
int resume_key_open(struct resume_key *k, const char *db, const char *name,
    const struct schema_table *schema, const char *prefix, struct err *err);
void resume_key_close(struct resume_key *k);

/* The key of a row that rows of the same columns gave. */
int resume_key_of(struct resume_key *k, const struct buf *image,
    struct buf *key, struct err *err);

/* The same of a row of the log: of the values in image, else in other. */
bool resume_key_of_logged(const struct table *table,
    const struct row_image *image, const struct row_image *other,
    struct buf *key);

/* Append the condition of rows after the key, of those up to it, or of its
 * own, which an index serves; false, and nothing is appended, where it is no
 * key of the table. */
enum keys_side { KEYS_BEHIND, KEYS_UP_TO, KEYS_AT };
bool resume_key_put(const struct resume_key *k, enum keys_side side,
    struct span key, struct statement *sql);

#endif

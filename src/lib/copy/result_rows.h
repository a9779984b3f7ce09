/* SPDX-License-Identifier: MIT
 *
 * The rows of a table as a server returns them, in the form of the rows of a
 * log, so that the same printers serve both and print the same.
 */
#ifndef COPY_RESULT_ROWS_H
#define COPY_RESULT_ROWS_H

#include "db/query.h"
#include "print/row_image.h"
#include "schema/schema.h"

/* It points into itself: it stays where it was opened. */
struct copy_rows {
	struct table table;
	struct record_template *plan;              /* NULL: it is not open */
	struct image_layout layout;
	uint8_t present[(MAX_COLUMNS + 7) / 8];
};

/* modes is kept by reference.  -1 and ERR_DATA where a type is not known. */
int copy_rows_open(struct copy_rows *r, const char *db, const char *name,
    const struct schema_table *schema, const struct value_modes *modes,
    const char *prefix, struct err *err);
void copy_rows_close(struct copy_rows *r);

/* What a connection is to be like beside db_connect()'s: a copy takes long. */
int copy_rows_session(struct db *db, struct err *err);

/* Append SELECT … FROM …; ORDER BY its key, with `how` after each column. */
void copy_rows_select(const struct copy_rows *r, struct statement *sql);
void copy_rows_order(const struct copy_rows *r, struct sql_part how,
    struct statement *sql);

/* Did the last statement fail since the table is no longer what it was? */
bool copy_rows_altered(const struct db *db);

/* A row of its result, as db_fetch() gives it, as a row image; an image as
 * JSON. */
int copy_rows_encode(const struct copy_rows *r, struct buf *image,
    const uint8_t *row, size_t n, struct err *err);
int copy_rows_image(const struct copy_rows *r, const struct buf *image,
    struct row_image *json, struct err *err);

#endif

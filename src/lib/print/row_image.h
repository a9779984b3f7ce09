/* SPDX-License-Identifier: MIT
 *
 * Row images: one row of the log as a JSON object.
 */
#ifndef PRINT_ROW_IMAGE_H
#define PRINT_ROW_IMAGE_H

#include "base/err.h"
#include "print/record_template.h"

/* Where a column's value is. */
struct value_place {
	size_t at, n;           /* in json; n == 0: not in this image */
	struct span raw;        /* in the event */
};

struct row_image {
	struct buf json;        /* {"order_id":7,…} */
	struct value_place *parts;      /* of each key column */
	size_t parts_cap;
	struct value_place *columns;    /* of each column, if asked for */
	size_t columns_cap;
};

/* The columns of an event, and which of them its images hold. */
struct image_layout {
	const struct table *table;
	const struct record_template *plan;
	const uint8_t *present;         /* bits */
	size_t npresent;
	struct span unavailable;        /* for columns that are not held, as
	                                 * JSON; p == NULL: left out */
	bool completes;                 /* note the place of every column:
	                                 * another image is completed by it */
};

/* Read one image at the cursor.  -1 and err, which names the column. */
int row_image_read(struct row_image *image, const struct image_layout *layout,
    struct cursor *in, struct err *err);

/* The same, and what this image does not hold is taken from `before`, which
 * was read with a layout that completes. */
int row_image_complete(struct row_image *image,
    const struct image_layout *layout, const struct row_image *before,
    struct cursor *in, struct err *err);
void row_image_free(struct row_image *image);

/* Append the key's object, of the values in image, else in other (which may
 * be NULL); "null" where the table has none or a part is in neither. */
void row_image_key(struct buf *out, const struct row_image *image,
    const struct row_image *other, const struct image_layout *layout);

/* Does the key differ?  A part that is not in `after` did not change. */
bool row_image_key_changed(const struct row_image *before,
    const struct row_image *after, const struct table *table);

#endif

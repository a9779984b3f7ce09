/* SPDX-License-Identifier: MIT
 *
 * Row images: one row as the log holds it, as a JSON object.
 */
#ifndef TAIL_IMAGE_H
#define TAIL_IMAGE_H

#include "base/err.h"
#include "tail/plan.h"

/* Where a key column's value is. */
struct key_part {
	size_t at, n;           /* in json; n == 0: not in this image */
	struct span raw;        /* in the event */
};

struct image {
	struct buf json;        /* {"order_id":7,…} */
	struct key_part *parts; /* of each key column, for at most cap */
	size_t cap;
};

/* The columns of an event, and which of them its images hold. */
struct image_layout {
	const struct table *table;
	const struct plan *plan;
	const uint8_t *present;         /* bits */
	size_t npresent;
};

/* Read one image at the cursor.  -1 and err, which names the column. */
int image_read(struct image *image, const struct image_layout *layout,
    struct cursor *in, struct err *err);
void image_free(struct image *image);

/* Append the key's object, of the values in image, else in other (which may
 * be NULL); "null" where the table has none or a part is in neither. */
void image_key(struct buf *out, const struct image *image,
    const struct image *other, const struct image_layout *layout);

/* Does the key differ?  A part that is not in `after` did not change. */
bool image_key_changed(const struct image *before, const struct image *after,
    const struct table *table);

#endif

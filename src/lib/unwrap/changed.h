/* SPDX-License-Identifier: MIT
 *
 * Which columns an update changed.  Two values are the same if they mean the
 * same, however they are escaped; numbers are compared by their digits.
 */
#ifndef UNWRAP_CHANGED_H
#define UNWRAP_CHANGED_H

#include "base/hash.h"
#include "record/name_set.h"
#include "record/record.h"

/* Members of an object by name, for those that are not in their places. */
struct changed_index {
	struct span object;     /* p == NULL: it was not needed yet */
	struct hash names;
	struct changed_member *members;
	size_t n, cap;
};

struct changed_columns {
	struct changed_index before, after, key;
	/* made by changed_find(): arrays of names, an object of {"old","new"},
	 * and the row after with its key and changed columns alone */
	struct buf names, others, diff, row;
};

/*
 * Compare the images of an envelope, but for columns that are dropped.  What is
 * no update changes nothing, and its row is whole; so is that of a table
 * without a key.  In a partial image, a column that only the row after has was
 * written, and one that only the row before has was not.  -1: ERR_DATA, an
 * update without the row before.
 */
int changed_find(struct changed_columns *c, const struct record *rec,
    const struct name_set *dropped, struct err *err);
void changed_clear(struct changed_columns *c);

#endif

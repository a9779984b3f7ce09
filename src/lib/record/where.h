/* SPDX-License-Identifier: MIT
 *
 * Predicates on column values: COLUMN=VALUE and COLUMN~REGEX.  A value is
 * compared as text: a string by its characters, anything else as it is written;
 * NULL is null.
 */
#ifndef RECORD_WHERE_H
#define RECORD_WHERE_H

#include "base/buf.h"
#include "base/err.h"

struct where_condition;
struct lists;

/* All of them must hold in one row. */
struct where {
	struct where_condition *all;
	size_t n;
	struct buf scratch;
};

int where_add(struct where *where, const char *text, struct err *err);
bool where_matches(struct where *where, struct span row);

/* Tell of them: lists.h.  image is the one that they look at, "" for any. */
void where_tell(const struct where *where, const char *image,
    struct lists *lists);
void where_clear(struct where *where);

#endif

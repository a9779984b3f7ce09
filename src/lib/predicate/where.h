/* SPDX-License-Identifier: MIT
 *
 * --where: conditions on rows.  Each is SQL (predicate.h), or one of two forms
 * that are older and need no quotes:
 *
 *     COLUMN=VALUE    without blanks and quotes: the value's text, that of a
 *                     string or what the record has; NULL is null
 *     COLUMN~REGEX    the whole of that text
 *
 * A row that lacks the column of an old form does not meet it; in SQL this is
 * an error.
 */
#ifndef PREDICATE_WHERE_H
#define PREDICATE_WHERE_H

#include "base/buf.h"
#include "base/err.h"
#include "predicate/predicate.h"

struct where_condition;
struct lists;

/* All of them must hold in one row. */
struct where {
	struct where_condition *all;
	size_t n;
	struct buf scratch;
};

int where_add(struct where *where, const char *text, struct err *err);

/* Is one of them SQL, to which types matter? */
bool where_is_sql(const struct where *where);

/* 1 if all hold, 0; -1: ERR_DATA. */
int where_matches(struct where *where, const struct predicate_row *row,
    struct err *err);

/* Tell of them: lists.h.  image is the one that they look at, "" for any. */
void where_tell(const struct where *where, const char *image,
    struct lists *lists);
void where_clear(struct where *where);

#endif

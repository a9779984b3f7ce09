/* SPDX-License-Identifier: MIT
 *
 * The lists with which a position was made: which databases, tables, columns
 * and rows a source and the filters after it let through.  A position says that
 * what they let through is done, and nothing about the rest; with other lists
 * it is another position.  These are `filter` and `lists` of cdc-state(5).
 */
#ifndef RECORD_LISTS_H
#define RECORD_LISTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "match/table_filter.h"

struct record;

/* A set of texts, "include-table=shop\\..*,crm\\..*"; in whatever order lists
 * and their patterns were given, they are the same.  A zeroed struct is empty:
 * everything passes. */
struct lists {
	char **v;
	size_t n;
};

/* An option that was given; an empty one adds nothing. */
void lists_add(struct lists *l, const char *option, struct span value);
void lists_add_names(struct lists *l, const char *option,
    const struct name_list *list);
/* Letters of operations, in whatever order. */
void lists_add_ops(struct lists *l, const char *option, const char *ops);
void lists_add_filter(struct lists *l, const struct table_filter *f);
void lists_clear(struct lists *l);

/* 16 hex digits. */
enum { FINGERPRINT_TEXT = 17 };
void lists_fingerprint(const struct lists *l, char text[FINGERPRINT_TEXT]);

/* As the lists of a source: {"source":["…"]}. */
void lists_put(const struct lists *l, struct buf *out);

/* Add those of such an object: all of them, or the source's alone.  What is
 * no list adds nothing. */
void lists_take(struct lists *l, struct span json);
void lists_take_source(struct lists *l, struct span json);

/* What people are told: "now also --x, no longer --y". */
void lists_compare(const struct lists *was, const struct lists *are,
    struct buf *out);

/* A heartbeat passes a stage with lists of its own: they belong to its
 * position.  made is kept by reference until record_emit().
 * -1: ERR_DATA, a name is there twice. */
int lists_stamp(struct record *rec, const struct lists *mine,
    struct buf *made, struct err *err);

#endif

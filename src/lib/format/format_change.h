/* SPDX-License-Identifier: MIT
 *
 * A record as a change of a row, whatever its shape.
 */
#ifndef FORMAT_FORMAT_CHANGE_H
#define FORMAT_FORMAT_CHANGE_H

#include "format/format_table.h"

/* An object of a record: a row, or a key; json.p NULL: there is none. */
struct format_image {
	struct record *rec;
	struct span json;
};

struct format_change {
	struct record *rec;     /* its metadata; of a move the create's */
	char op;                /* c, u, d, t, r; 0: a tombstone */
	bool moves;             /* u: the key is another now */
	struct format_table *table;
	struct format_image before, after, key;
};

/* A delete that waits for the create that makes it a move. */
struct format_held {
	bool waits;
	struct buf line;
	struct record rec;
};

struct formatter;

/* Find out; -1: ERR_DATA, which says its line. */
int format_change_read(struct formatter *f, struct record *rec,
    struct format_change *c, struct err *err);

/* Is it the first half of a move (__debezium.newkey)?  The second of the one
 * that is held? */
bool format_change_is_first(struct record *rec);
bool format_change_is_second(const struct format_held *held,
    struct record *rec);

/* The second half of a move whose first was not read would be a new row with
 * the columns that it happens to have.  -1: ERR_DATA, it lacks some. */
int format_change_check_half(struct formatter *f,
    const struct format_change *c, struct err *err);

/* Keep a record, for a later one; it is read again. */
int format_change_hold(struct format_held *held, const struct record *rec,
    struct err *err);

#endif

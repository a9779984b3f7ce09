/* SPDX-License-Identifier: MIT
 *
 * A second connection to the server of the stream, and the signal table, in
 * which it writes the watermarks: a row that is inserted and deleted, with an
 * id that no other run has.
 */
#ifndef INCREMENTAL_WATERMARK_H
#define INCREMENTAL_WATERMARK_H

#include "base/buf.h"
#include "db/query.h"

struct watermarks {
	const struct db *stream;
	struct db *db;
	bool connected, raw;            /* raw: text comes as it is stored */
	bool reads_only;
	const char *table;              /* the signal table, as named, … */
	char *signal_db, *signal_name;
	struct sql_part sql;            /* … and as SQL */
	char *window;                   /* ids begin so */
	char *orphans;                  /* those of a run before us, or NULL */
	char id[64];                    /* of the window in hand */
	uint64_t windows;               /* so far */
};

/* Connect to the server of the stream: of several hosts, to that one. */
int watermark_reach(struct db *db, const struct db *stream, struct err *err);

/* table is db.table; orphans (or NULL) how ids of a run before us began.  -1:
 * ERR_CONFIG where it is not what it must be. */
int watermark_open(struct watermarks *s, const char *table, const char *orphans,
    const struct db *stream, struct err *err);
void watermark_close(struct watermarks *s);

/* Connect, if it is not, and take away what no one waits for; hang up. */
int watermark_connect(struct watermarks *s, struct err *err);
void watermark_hang_up(struct watermarks *s);

bool watermark_is_signal(
    const struct watermarks *s, struct span db, struct span name);

/* How text comes: in UTF-8, or as it is stored. */
int watermark_text(struct watermarks *s, bool raw, struct err *err);

/* May what is asked change anything?  A condition of a signal must not. */
int watermark_read_only(struct watermarks *s, bool only, struct err *err);

/* Put the row of a new window in, for the words of a table; take it away:
 * ERR_RETRY where somebody else did. */
int watermark_put(struct watermarks *s, const char *db, const char *name,
    struct err *err);
int watermark_take_away(struct watermarks *s, struct err *err);

/* The XA transactions that are prepared now: what XA RECOVER FORMAT='SQL' says
 * of each, terminated. */
int watermark_prepared(struct watermarks *s, struct buf *xids, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Tables that are copied while the stream runs, chunk by chunk, as rows of a
 * signal table request it; and how a chunk finds its place in the stream.
 * https://arxiv.org/abs/2010.12597 (DBLog), which Debezium follows, too
 *
 * THE PROBLEM
 *
 * Rows read with SELECT are those of a moment that the log does not mention.
 * Printed after a newer event, they would undo it; printed before an older one,
 * they would be undone.  Locking the table would help, but block everybody who
 * writes to it.
 *
 * ONE CHUNK ON A TIME LINE
 *
 *     log      ... e1   W1   e2   e3   W2   e4 ...
 *     reading           |  SELECT  |
 *                       somewhere here
 *
 * W1 is a row that we insert into the signal table before the SELECT, W2 the
 * DELETE of that row after it.  Both appear in the stream, where the source
 * committed them among everything else.  Whenever exactly the SELECT happened,
 * it saw all of e1 and nothing of e4.  Only for events between the two marks is
 * this unknown.  So for these the stream is trusted: a row whose key an event
 * between W1 and W2 names is removed from the chunk (chunk.h).  The remaining
 * rows are as they were at W2, and are printed there.
 *
 * The rows of the chunk are printed inside the transaction of W2.  A sink that
 * applies each transaction once therefore applies each chunk once, and needs to
 * know nothing about copies.
 *
 * WHERE A COPY RESUMES
 *
 * Chunks follow the table's key.  The requests and the last key that was
 * printed are a member of heartbeats (queue.h), which a sink keeps with its
 * position. After a restart the copy continues after that key; a chunk whose
 * transaction the sink has not completed comes again.
 *
 * WHAT MAKES IT HARDER
 *
 *     partial images      an event may not contain all of a row: the row in the
 *                         chunk takes on what it contains, and stays
 *     keys that move      from a part still to be read to one already read:
 *                         incremental_moved() has the new keys read once more
 *     foreign keys        cascades are in no event: incremental_cascaded(), and
 *                         parents are copied first
 *     TRUNCATE            the chunk is void
 *     ALTER               the definition is read again, and so is the chunk
 *
 * What fails is retried or, for a table that does not exist or a filter that is
 * not SQL, left out with a warning: the stream continues.
 */
#ifndef INCREMENTAL_INCREMENTAL_H
#define INCREMENTAL_INCREMENTAL_H

#include "group/xa.h"
#include "incremental/chunk.h"
#include "incremental/table_reader.h"

struct incremental_options {
	const char *table;              /* db.table, or NULL: no signals */
	uint64_t chunk;                 /* rows */
};

struct incremental;

/* Open it on the server of a stream's connection; state is what a sink kept,
 * or empty.  Without a signal table (and then without a server) copies wait,
 * and are told of.  NULL: ERR_CONFIG where the signal table is not what it must
 * be. */
struct incremental *incremental_open(const struct incremental_options *opt,
    const struct table_form *form, const struct db *stream,
    struct span state, struct err *err);
void incremental_free(struct incremental *inc);

/* Append the member of heartbeats: nothing where nothing is to be done.  Has
 * it changed since? */
void incremental_put(struct incremental *inc, struct buf *out);
bool incremental_changed(const struct incremental *inc);

/* Is there something that was asked for, and is not paused? */
bool incremental_busy(const struct incremental *inc);

/* Between groups, and when the stream is silent: obey signals, read a chunk. */
void incremental_step(struct incremental *inc, bool silent);

/*
 * What the stream tells.  Is a table the signal table?  A row of it came (op
 * 'c') or went ('d'), as JSON, while these were undecided: true where it was a
 * signal.
 */
bool incremental_is_signal(const struct incremental *inc, struct span db,
    struct span name);
bool incremental_row(struct incremental *inc, char op, struct span json,
    const struct xa_set *prepared);

/* The chunk that changes of a table are to be told to, or NULL. */
struct chunk *incremental_chunk(struct incremental *inc,
    const struct table *table);

/* A row moved to another key, and the log does not tell all of it: its images
 * (after: as far as it differs), and whether its chunk had a row of either key,
 * which was dropped. */
void incremental_moved(struct incremental *inc, const struct table *table,
    const struct row_image *before, const struct row_image *after,
    bool dropped);

/* Is there such a row that no heartbeat has told of?  A sink that has done its
 * transaction must know of it. */
bool incremental_untold(const struct incremental *inc);

/* Rows of a table changed or went, and by foreign keys perhaps others, which
 * the log does not tell. */
void incremental_cascaded(struct incremental *inc, const struct table *table);

/* A table was emptied; some table was altered. */
void incremental_truncated(struct incremental *inc, struct span db,
    struct span name);
void incremental_altered(struct incremental *inc);

/* A statement that removes rows or moves them to another name. */
void incremental_replaced(struct incremental *inc, const struct action *s);

/* The second watermark came: the chunk is to be printed, as rows of *rows, and
 * then to be ended.  Else NULL. */
struct chunk *incremental_take(struct incremental *inc,
    struct copy_rows **rows);
void incremental_end(struct incremental *inc);

#endif

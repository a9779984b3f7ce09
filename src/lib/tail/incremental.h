/* SPDX-License-Identifier: MIT
 *
 * Tables that are copied while the stream runs, chunk by chunk, as rows of a
 * signal table ask for it.  A chunk is read over a connection of its own
 * between two watermarks, which come back in the stream: a row written to the
 * signal table, and the same row taken away.  Its rows are printed as part of
 * the transaction of the second; so a sink that does transactions once does
 * its rows once.
 *
 * What fails is tried again, or (a table that is not there, a filter that is
 * no SQL) warned of and left out: the stream goes on.
 */
#ifndef TAIL_INCREMENTAL_H
#define TAIL_INCREMENTAL_H

#include "binlog/xa.h"
#include "tail/chunk.h"
#include "tail/reading.h"

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
    const struct reading_form *form, const struct db *stream,
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
    const struct image *before, const struct image *after, bool dropped);

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

/* The second watermark came: the chunk is to be printed, as rows of *rows, and
 * then to be ended.  Else NULL. */
struct chunk *incremental_take(struct incremental *inc,
    struct copy_rows **rows);
void incremental_end(struct incremental *inc);

#endif

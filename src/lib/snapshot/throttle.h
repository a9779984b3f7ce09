/* SPDX-License-Identifier: MIT
 *
 * The speed of a copy (--throttle) and its progress: a line on a terminal, or
 * lines of JSON in a file (--progress).
 */
#ifndef SNAPSHOT_THROTTLE_H
#define SNAPSHOT_THROTTLE_H

#include <stdio.h>

#include "snapshot/snapshot.h"

struct throttle {
	uint64_t throttle;
	bool shown;                     /* on a terminal */
	FILE *file;                     /* or NULL */
	const char *db, *table;
	uint64_t estimate, rows, total; /* of the table; of all */
	uint64_t tables;                /* begun */
	uint64_t check;                 /* look at the clock at so many */
	int64_t began_ms, said_ms;
	uint64_t said;                  /* total, then */
};

int throttle_open(struct throttle *p, const struct snapshot_options *opt,
    struct err *err);
void throttle_table(struct throttle *p, const char *db, const char *table,
    uint64_t estimate);

/* A row was printed: waits where that is too soon. */
void throttle_row(struct throttle *p);

/* In one of n readers: a share of the throttle, and no words. */
void throttle_share(struct throttle *p, uint64_t throttle, size_t n);

/* The last words. */
void throttle_close(struct throttle *p);

#endif

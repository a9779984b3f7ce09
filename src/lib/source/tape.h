/* SPDX-License-Identifier: MIT
 *
 * A file descriptor as a tape: read forward in a window and, from a mark on,
 * again.  What the mark protects stays in memory up to `hold` bytes; beyond
 * that, a regular file is read again and a pipe is written to an unlinked
 * temporary file.
 *
 * Offsets count from where the descriptor was when the tape was opened.
 */
#ifndef SOURCE_TAPE_H
#define SOURCE_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct tape {
	int fd;
	bool regular;
	bool eof;
	uint64_t origin;        /* of a regular file */
	size_t hold;            /* bytes */

	uint8_t *p;             /* window: offsets base .. base + n - 1 */
	size_t n, cap;
	uint64_t base;

	bool marked;
	uint64_t mark;

	int spill;              /* a pipe's overflow, or -1 */
	uint64_t spill_base, spill_end;

	uint8_t *again;         /* window of the second reading */
	size_t again_n, again_cap;
	uint64_t again_base;

	int (*idle)(void *arg, struct err *err);
	void *idle_arg;
};

void tape_open(struct tape *t, int fd, size_t hold);
void tape_close(struct tape *t);

/*
 * n bytes at off, at or after the last off asked for.  1 and *p, borrowed
 * until the next call; 0 if the input ends before (or a stop was
 * requested); -1.
 */
int tape_read(struct tape *t, uint64_t off, size_t n, const uint8_t **p,
    struct err *err);

/* At the end of a regular file: is there more now? */
bool tape_grew(struct tape *t);

/* How many bytes there are at off, after tape_read() returned 0. */
size_t tape_left(const struct tape *t, uint64_t off);

/* Protect what is at off and after. */
void tape_mark(struct tape *t, uint64_t off);
void tape_release(struct tape *t);

/* n bytes at off, which lies between the mark and what was read. */
int tape_again(struct tape *t, uint64_t off, size_t n, const uint8_t **p,
    struct err *err);

#endif

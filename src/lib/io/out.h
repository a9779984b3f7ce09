/* SPDX-License-Identifier: MIT
 *
 * Standard output: one buffer, whole records, every write checked.
 *
 * A failed write is remembered: later output is dropped, and out_flush() and
 * out_close() report the error (ERR_IO, or ERR_STOPPED if the reader went away
 * because a stop was requested).  Loops call out_ok() once per record or once
 * per read, whichever is rarer.
 *
 * Nothing here flushes by a timer or by the line.  Code that is about to wait
 * calls out_flush() first: lines.c before a read that may block, a source
 * before it polls its socket.
 */
#ifndef IO_OUT_H
#define IO_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Ask for a 1 MiB pipe, where stdout is one. */
void out_open(void);

/* A pointer to n writable bytes; out_commit() says how many were written. */
char *out_room(size_t n);
void out_commit(size_t n);

/* Append n bytes; a large piece goes past the buffer. */
void out_put(const char *p, size_t n);

bool out_ok(void);
int out_flush(struct err *err);

/* Flush, and where stdout is a file have it on the disk. */
int out_sync(struct err *err);

/* Flush and close, so that an error of the last write is not lost. */
int out_close(struct err *err);

/* F_SETPIPE_SZ to 1 MiB, failure ignored; a pipe of the default size moves a
 * third of what a large one does. */
void out_enlarge_pipe(int fd);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Lines of standard input, and the flushing rule of every stage: stdout is
 * flushed exactly before a read that may block, so that a single line passes at
 * once and many lines leave in large writes.
 *
 * A line is borrowed until the next lines_next().
 */
#ifndef IO_LINES_H
#define IO_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"

struct line {
	struct span text;       /* without its newline */
	uint64_t number;        /* from 1 */
	bool cut;               /* the last line, and it had no newline */
};

/* No record is as long: a row event of a server has at most 1 GiB. */
#define LINE_LIMIT (4ull << 30)

struct lines {
	char *buf;
	size_t limit;           /* bytes of a line, LINE_LIMIT */
	size_t cap, start, end; /* unread bytes are buf[start] .. buf[end-1] */
	size_t scanned;         /* no newline in the first `scanned` of them */
	size_t run, run_end;    /* lines to leave verbatim, not yet written */
	uint64_t number;
	bool eof;
};

/* Take standard input, and standard output with it. */
void lines_open(struct lines *in);

/* The next line.  1: there is one; 0: end of input or stop requested; -1:
 * reading or writing failed.  An empty line is ERR_DATA, as is one above the
 * limit, of which no more is read into memory. */
int lines_next(struct lines *in, struct line *line, struct err *err);

/* Would lines_next() answer without waiting? */
bool lines_ready(const struct lines *in);

/* Let the line leave byte for byte.  Neighbours leave in one piece. */
void lines_pass(struct lines *in, const struct line *line);

/* Write out what lines_pass() gathered: before any other out_put(). */
void lines_settle(struct lines *in);

void lines_close(struct lines *in);

#endif

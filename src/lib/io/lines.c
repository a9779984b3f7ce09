/* SPDX-License-Identifier: MIT */
#include "io/lines.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fd.h"
#include "io/out.h"
#include "io/report.h"
#include "io/stop.h"

enum { FIRST_SIZE = 256 << 10 };

void
lines_open(struct lines *in)
{
	*in = (struct lines){ .cap = FIRST_SIZE, .limit = LINE_LIMIT };
	in->buf = xmalloc(in->cap);
	out_enlarge_pipe(STDIN_FILENO);
	out_open();
}

void
lines_close(struct lines *in)
{
	lines_settle(in);
	free(in->buf);
}

void
lines_settle(struct lines *in)
{
	if (in->run_end > in->run)
		out_put(in->buf + in->run, in->run_end - in->run);
	in->run = in->run_end = 0;
}

void
lines_pass(struct lines *in, const struct line *line)
{
	size_t from = (size_t)(line->text.p - in->buf);
	size_t to = from + line->text.n + 1;

	report_counts.lines_printed++;
	if (line->cut) {        /* its newline is not in the buffer */
		lines_settle(in);
		out_put(line->text.p, line->text.n);
		out_put("\n", 1);
		return;
	}
	if (in->run_end != from) {
		lines_settle(in);
		in->run = from;
	}
	in->run_end = to;
}

/* Move what is unread to the front, and make room after it. */
static void
compact(struct lines *in)
{
	lines_settle(in);
	memmove(in->buf, in->buf + in->start, in->end - in->start);
	in->end -= in->start;
	in->start = 0;
	if (in->end < in->cap)
		return;
	in->cap = in->cap > in->limit / 2 ? in->limit + FIRST_SIZE :
	    2 * in->cap;
	in->buf = xrealloc(in->buf, in->cap);
}

/* Read more.  1: got some, 0: end or stop, -1: failed. */
static int
fill(struct lines *in, struct err *err)
{
	ssize_t n;

	compact(in);
	if (!stop_wait_readable(STDIN_FILENO, 0)) {
		if (out_flush(err) < 0)
			return -1;
		if (!stop_wait_readable(STDIN_FILENO, -1))
			return 0;
	}
	report_answer();
	if (!out_ok())
		return out_flush(err);
	n = fd_read(STDIN_FILENO, in->buf + in->end, in->cap - in->end);
	if (n < 0)
		return err_errno(err, ERR_IO, "cannot read standard input");
	in->end += (size_t)n;
	report_counts.bytes_read += (uint64_t)n;
	in->eof = n == 0;
	return 1;
}

static int
give(struct lines *in, struct line *line, size_t n, bool cut, struct err *err)
{
	line->text = (struct span){ in->buf + in->start, n };
	line->number = ++in->number;
	line->cut = cut;
	in->start += n + !cut;
	in->scanned = 0;
	report_counts.lines_read++;
	if (n == 0)
		return err_set(err, ERR_DATA, "line %" PRIu64 ": empty line",
		    in->number);
	return 1;
}

static int
too_long(const struct lines *in, struct err *err)
{
	return err_set(err, ERR_DATA, "line %" PRIu64 ": longer than %zu "
	    "bytes: not a record", in->number + 1, in->limit);
}

int
lines_next(struct lines *in, struct line *line, struct err *err)
{
	for (;;) {
		size_t left = in->end - in->start;
		char *from = in->buf + in->start;
		char *nl = memchr(from + in->scanned, '\n',
		    left - in->scanned);
		int got;

		if ((nl ? (size_t)(nl - from) : left) > in->limit)
			return too_long(in, err);
		if (nl)
			return give(in, line, (size_t)(nl - from), false, err);
		if (in->eof && left == 0)
			return 0;
		if (in->eof)
			return give(in, line, left, true, err);
		in->scanned = left;
		got = fill(in, err);
		if (got <= 0)
			return got;
	}
}

bool
lines_ready(const struct lines *in)
{
	size_t left = in->end - in->start;

	if (in->eof || (left > in->scanned && memchr(in->buf + in->start +
	    in->scanned, '\n', left - in->scanned)))
		return true;
	return stop_wait_readable(STDIN_FILENO, 0);
}

/* SPDX-License-Identifier: MIT */
#include "io/out.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "io/report.h"
#include "io/stop.h"

enum {
	FULL = 256 << 10,       /* flush above this: within L2 */
	DIRECT = 64 << 10,      /* a piece this large is not copied */
	PIPE_SIZE = 1 << 20,
};

static struct buf pending;
static int failure;             /* errno of the first failed write */
static bool stopped;            /* … which is part of a stop */

void
out_enlarge_pipe(int fd)
{
#ifdef F_SETPIPE_SZ
	(void)fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
#else
	(void)fd;
#endif
}

void
out_open(void)
{
	out_enlarge_pipe(STDOUT_FILENO);
	buf_room(&pending, FULL);
}

/* A reader that is slow, or has stopped, does not keep us from answering; a
 * write that has begun comes back for the signal. */
static void
wait_for_room(void)
{
	struct pollfd fds[2] = {
		{ .fd = STDOUT_FILENO, .events = POLLOUT },
		{ .fd = report_fd(), .events = POLLIN },
	};

	do {
		report_answer();
		poll(fds, 2, -1);
	} while (!fds[0].revents);
}

static void
fail(int why)
{
	failure = why;
	stopped = why == EPIPE && stop_unread();
}

static void
write_all(const char *p, size_t n)
{
	while (n > 0 && !failure) {
		ssize_t done;

		wait_for_room();
		done = write(STDOUT_FILENO, p, n);
		if (done < 0 && errno != EINTR)
			fail(errno);
		if (done > 0) {
			report_counts.bytes_printed += (uint64_t)done;
			p += done;
			n -= (size_t)done;
		}
	}
}

static void
drain(void)
{
	write_all(pending.p, pending.n);
	pending.n = 0;
}

char *
out_room(size_t n)
{
	if (pending.n > 0 && pending.n + n > FULL)
		drain();
	return buf_room(&pending, n);
}

void
out_commit(size_t n)
{
	pending.n += n;
}

void
out_put(const char *p, size_t n)
{
	if (n >= DIRECT) {
		drain();
		write_all(p, n);
		return;
	}
	if (n == 0)
		return;
	memcpy(out_room(n), p, n);
	out_commit(n);
}

bool
out_ok(void)
{
	return failure == 0;
}

int
out_flush(struct err *err)
{
	drain();
	if (!failure)
		return 0;
	errno = failure;
	return err_errno(err, stopped ? ERR_STOPPED : ERR_IO,
	    "cannot write to standard output");
}

int
out_sync(struct err *err)
{
	struct stat st;

	if (out_flush(err) < 0)
		return -1;
	if (fstat(STDOUT_FILENO, &st) < 0 || !S_ISREG(st.st_mode) ||
	    fsync(STDOUT_FILENO) == 0)
		return 0;
	return err_errno(err, ERR_IO, "cannot sync standard output");
}

int
out_close(struct err *err)
{
	int status = out_flush(err);

	buf_free(&pending);
	if (close(STDOUT_FILENO) < 0 && status == 0)
		status = err_errno(err, ERR_IO,
		    "cannot close standard output");
	return status;
}

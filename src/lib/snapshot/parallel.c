/* SPDX-License-Identifier: MIT */
#include "snapshot/parallel.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fd.h"
#include "io/out.h"
#include "io/report.h"
#include "io/stop.h"

enum { UNTIL_TEXT = 8192, READ_SIZE = 256 << 10, WAIT_MS = 200 };

/* What a reader leaves behind, in memory that it shares with us. */
struct remains {
	struct err err;
	char until[UNTIL_TEXT];
};

struct reader {
	pid_t pid;
	int fd;                         /* its lines; -1: at their end */
	struct buf part;                /* of a line that continues */
	struct remains *remains;
};

struct parallel {
	struct reader *readers;
	size_t n;
	bool stopped;                   /* were told to stop: a second time
	                                 * would kill them */
	line_fn *line;
	void *arg;
};

/* The ends that our parent reads: who kept them would never see that it is
 * gone, and wait for ever to be read. */
static void
leave_ends(const struct parallel *p, size_t mine)
{
	for (size_t i = 0; i <= mine; i++)
		if (p->readers[i].fd >= 0)
			close(p->readers[i].fd);
}

/* The life of a reader. */
static void
be_reader(struct parallel *p, size_t i, int to, reader_fn *reader)
{
	struct reader *r = &p->readers[i];
	struct gtid_list until = { 0 };
	struct buf text = { 0 };
	struct err *err = &r->remains->err;

	leave_ends(p, i);
	if (dup2(to, STDOUT_FILENO) < 0)
		_exit(ERR_OS);
	close(to);
	report_ignore();
	out_open();
	if (reader(p->arg, i, &until, err) == 0)
		out_flush(err);
	gtid_list_print(&until, &text);
	if (text.n < UNTIL_TEXT)
		memcpy(r->remains->until, buf_cstr(&text), text.n + 1);
	_exit(err->kind);               /* the connections are our parent's */
}

static int
start(struct parallel *p, size_t i, reader_fn *reader, struct err *err)
{
	struct reader *r = &p->readers[i];
	int ends[2];

	r->fd = -1;
	r->remains = mmap(NULL, sizeof(*r->remains), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (r->remains == MAP_FAILED || pipe2(ends, O_CLOEXEC) < 0)
		return err_errno(err, ERR_OS, "cannot start a reader");
	out_enlarge_pipe(ends[1]);
	r->fd = ends[0];
	r->pid = fork();
	if (r->pid == 0)
		be_reader(p, i, ends[1], reader);
	close(ends[1]);
	return r->pid < 0 ? err_errno(err, ERR_OS, "cannot fork") : 0;
}

/* Whole lines leave; the part after the last is kept. */
static void
pass_on(struct parallel *p, struct reader *r)
{
	char *end = memrchr(r->part.p, '\n', r->part.n);
	size_t n = end ? (size_t)(end + 1 - r->part.p) : 0;

	if (!n)
		return;
	out_put(r->part.p, n);
	for (const char *c = r->part.p; c < r->part.p + n; p->line(p->arg))
		c = (const char *)memchr(c, '\n',
		    (size_t)(r->part.p + n - c)) + 1;
	memmove(r->part.p, r->part.p + n, r->part.n - n);
	r->part.n -= n;
}

static void
take_lines(struct parallel *p, struct reader *r)
{
	ssize_t n = fd_read(r->fd, buf_room(&r->part, READ_SIZE), READ_SIZE);

	if (n > 0) {
		r->part.n += (size_t)n;
		pass_on(p, r);
	} else {
		close(r->fd);
		r->fd = -1;
	}
}

static void
stop_all(struct parallel *p)
{
	for (size_t i = 0; !p->stopped && i < p->n; i++)
		if (p->readers[i].pid > 0)
			kill(p->readers[i].pid, SIGTERM);
	p->stopped = true;
}

/* Until all lines have come. */
static void
merge(struct parallel *p)
{
	struct pollfd *fds = xcalloc(p->n, sizeof(*fds));
	size_t open = p->n;

	while (open > 0) {
		report_answer();
		if (stop_requested() || !out_ok())
			stop_all(p);
		open = 0;
		for (size_t i = 0; i < p->n; i++) {
			fds[i] = (struct pollfd){ .fd = p->readers[i].fd,
				.events = POLLIN };
			open += p->readers[i].fd >= 0;
		}
		if (open == 0 || poll(fds, p->n, WAIT_MS) <= 0)
			continue;
		for (size_t i = 0; i < p->n; i++)
			if (fds[i].fd >= 0 && fds[i].revents)
				take_lines(p, &p->readers[i]);
		for (size_t i = 0; i < p->n; i++)
			if (p->readers[i].remains->err.kind)
				stop_all(p);    /* in vain now */
	}
	free(fds);
}

/* The later of two, in each domain. */
static void
keep_later(struct gtid_list *into, const char *text)
{
	struct gtid_list list = { 0 };
	struct err err = { 0 };

	if (gtid_list_parse(&list, text, &err) == 0)
		for (size_t i = 0; i < list.n; i++)
			if (!gtid_list_covers(into, &list.v[i]))
				gtid_list_set(into, &list.v[i]);
	gtid_list_clear(&list);
}

/* How it ended; the first failure counts. */
static int
bury(struct reader *r, struct gtid_list *until, struct err *err)
{
	int status = 0;

	if (r->pid > 0 && waitpid(r->pid, &status, 0) < 0)
		status = -1;
	if (r->remains && r->remains != MAP_FAILED) {
		if (r->remains->err.kind && !err->kind)
			*err = r->remains->err;
		keep_later(until, r->remains->until);
		munmap(r->remains, sizeof(*r->remains));
	}
	if (status != 0 && !err->kind)
		err_set(err, ERR_BUG, "a reader died");
	if (r->fd >= 0)
		close(r->fd);
	r->fd = -1;
	buf_free(&r->part);
	return err->kind ? -1 : 0;
}

int
parallel_run(size_t n, reader_fn *reader, line_fn *line, void *arg,
    struct gtid_list *until, struct err *err)
{
	struct parallel p = { .line = line, .arg = arg,
		.readers = xcalloc(n, sizeof(*p.readers)) };
	int status = out_flush(err);

	while (status == 0 && p.n < n)
		status = start(&p, p.n++, reader, err);
	if (status < 0)
		stop_all(&p);
	merge(&p);
	for (size_t i = 0; i < p.n; i++)
		if (bury(&p.readers[i], until, err) < 0)
			status = -1;
	free(p.readers);
	return status;
}

/* SPDX-License-Identifier: MIT */
#include "exec/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "io/out.h"

enum {
	GRACE_MS = 2000,        /* between SIGTERM and SIGKILL */
	PIECE = 64 << 10,
	ANSWER_LIMIT = 1 << 20, /* bytes of an answer */
};

/* ---- start */

static int
spawn_failed(const char *name, int why, struct err *err)
{
	enum err_kind kind = why == E2BIG ? ERR_DATA :
	    why == EAGAIN || why == ENOMEM || why == EMFILE ||
	    why == ENFILE ? ERR_RETRY : ERR_CONFIG;

	errno = why;
	return err_errno(err, kind, "cannot execute %s", name);
}

/* Signals as they were before this program, and a group of its own. */
static void
set_attributes(posix_spawnattr_t *attr)
{
	sigset_t none, all;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(attr);
	posix_spawnattr_setsigmask(attr, &none);
	posix_spawnattr_setsigdefault(attr, &all);
	posix_spawnattr_setpgroup(attr, 0);
	posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGMASK |
	    POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

static int
spawn(struct child *c, char *const *argv, char *const *env, int in, int out)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	int why;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	if (out >= 0)
		posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	set_attributes(&attr);
	why = posix_spawnp(&c->pid, argv[0], &files, &attr, argv, env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	if (why)
		c->pid = 0;
	return why;
}

static void
close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
forget(struct child *c)
{
	close_one(&c->to);
	close_one(&c->from);
	close_one(&c->done);
	c->pid = 0;
}

/* Our ends of the pipes do not block; the child's are of its own. */
static int
make_pipes(struct child *c, bool answers, int in[2], int out[2],
    struct err *err)
{
	if (pipe2(in, O_CLOEXEC) < 0 ||
	    (answers && pipe2(out, O_CLOEXEC) < 0)) {
		close_one(&in[0]);
		close_one(&in[1]);
		return err_errno(err, ERR_RETRY, "cannot make a pipe");
	}
	c->to = in[1];
	c->from = out[0];
	out_enlarge_pipe(c->to);
	fcntl(c->to, F_SETFL, O_NONBLOCK);
	if (answers)
		fcntl(c->from, F_SETFL, O_NONBLOCK);
	return 0;
}

int
child_start(struct child *c, char *const *argv, char *const *env,
    bool answers, struct err *err)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 }, why;

	c->answers.n = c->taken = 0;
	c->done = -1;
	if (make_pipes(c, answers, in, out, err) < 0)
		return -1;
	why = spawn(c, argv, env, in[0], out[1]);
	close_one(&in[0]);
	close_one(&out[1]);
	if (!why) {
		c->done = pidfd_open(c->pid, 0);
		if (c->done < 0) {
			why = errno;
			child_kill(c);
		}
	}
	if (!why)
		return 0;
	forget(c);
	return spawn_failed(argv[0], why, err);
}

/* ---- end */

static enum child_end
judge(int status, struct err *err)
{
	int code = WEXITSTATUS(status);

	if (WIFSIGNALED(status)) {
		err_set(err, ERR_RETRY, "the command was killed by signal %d "
		    "(%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
		return CHILD_FAILED;
	}
	if (code == 0)
		return CHILD_DONE;
	if (code == 126 || code == 127) {
		err_set(err, ERR_CONFIG, "the command ended with exit status "
		    "%d: it cannot be executed", code);
		return CHILD_UNUSABLE;
	}
	err_set(err, code == ERR_DATA ? ERR_DATA : ERR_RETRY,
	    "the command ended with exit status %d", code);
	return code == ERR_DATA ? CHILD_BAD :
	    code == ERR_UNAVAILABLE || code == ERR_RETRY ? CHILD_AGAIN :
	    CHILD_FAILED;
}

static enum child_end
reap(struct child *c, struct err *err)
{
	int status = 0;

	fd_waitpid(c->pid, &status);
	forget(c);
	return judge(status, err);
}

static bool
ends_within(const struct child *c, int ms)
{
	struct pollfd fd = { .fd = c->done, .events = POLLIN };

	return fd_poll(&fd, 1, clock_steady_ms() + ms) > 0;
}

void
child_kill(struct child *c)
{
	struct err none = { 0 };

	if (!c->pid)
		return;
	kill(-c->pid, SIGTERM);
	if (c->done < 0 || !ends_within(c, GRACE_MS))
		kill(-c->pid, SIGKILL);
	reap(c, &none);
}

static int
too_late(struct child *c, int64_t timeout_ms, struct err *err)
{
	child_kill(c);
	return err_set(err, ERR_RETRY, "the command took more than %lld.%03lld "
	    "s (--timeout)", (long long)timeout_ms / 1000,
	    (long long)timeout_ms % 1000);
}

/* ---- input and answers */

static int64_t
deadline(int64_t timeout_ms)
{
	return timeout_ms ? clock_steady_ms() + timeout_ms : 0;
}

/* Write as much as fits; who does not read it any more need not. */
static void
write_some(struct child *c, struct span *input)
{
	ssize_t n = write(c->to, input->p, input->n < PIECE ? input->n : PIECE);

	if (n >= 0) {
		input->p += n;
		input->n -= (size_t)n;
	} else if (errno != EAGAIN) {
		input->n = 0;
		close_one(&c->to);
	}
}

/* Was there anything? */
static bool
read_some(struct child *c)
{
	ssize_t n;

	if (c->taken == c->answers.n)
		c->taken = c->answers.n = 0;
	n = fd_read(c->from, buf_room(&c->answers, PIECE), PIECE);
	if (n > 0)
		c->answers.n += (size_t)n;
	else if (n == 0)
		close_one(&c->from);
	return n > 0;
}

/* What one that has ended wrote. */
static void
read_rest(struct child *c)
{
	while (c->from >= 0 && read_some(c))
		;
}

/* Wait for room in its input, answers, or its end, whichever is wanted: -1 if
 * time is over. */
static int
wait_for(struct child *c, struct span *input, int64_t until)
{
	struct pollfd fds[3] = {
		{ .fd = c->done, .events = POLLIN },
		{ .fd = input->n ? c->to : -1, .events = POLLOUT },
		{ .fd = c->from, .events = POLLIN },
	};

	if (fd_poll(fds, 3, until) <= 0)
		return -1;
	if (fds[1].revents)
		write_some(c, input);
	if (fds[2].revents)
		read_some(c);
	return fds[0].revents ? 1 : 0;
}

enum child_end
child_feed(struct child *c, struct span input, int64_t timeout_ms,
    struct err *err)
{
	int64_t until = deadline(timeout_ms);
	int got;

	do {
		if (!input.n)
			close_one(&c->to);
		got = wait_for(c, &input, until);
	} while (got == 0);
	if (got > 0)
		return reap(c, err);
	too_late(c, timeout_ms, err);
	return CHILD_FAILED;
}

static int
ended_early(struct child *c, struct err *err)
{
	struct err why = { 0 };

	if (child_close(c, GRACE_MS, &why) == CHILD_DONE)
		return err_set(err, ERR_RETRY, "the command ended before its "
		    "input did");
	*err = why;
	err->kind = why.kind == ERR_CONFIG ? ERR_CONFIG : ERR_RETRY;
	return -1;
}

int
child_write(struct child *c, struct span input, int64_t timeout_ms,
    struct err *err)
{
	int64_t until = deadline(timeout_ms);
	int got = 0;

	while (input.n && c->to >= 0 && got == 0)
		got = wait_for(c, &input, until);
	if (got < 0)
		return too_late(c, timeout_ms, err);
	if (input.n)
		close_one(&c->to);
	return 0;
}

bool
child_has_answer(const struct child *c)
{
	return c->answers.n > c->taken && memchr(c->answers.p + c->taken, '\n',
	    c->answers.n - c->taken);
}

int
child_answer(struct child *c, struct span *line, int64_t timeout_ms,
    struct err *err)
{
	int64_t until = deadline(timeout_ms);
	struct span none = { NULL, 0 };
	int got = 0;

	while (!child_has_answer(c) && c->from >= 0 && got >= 0) {
		got = wait_for(c, &none, until);
		/* it has ended, but what it wrote may still be there */
		if (got > 0) {
			read_rest(c);
			break;
		}
		if (c->answers.n - c->taken > ANSWER_LIMIT &&
		    !child_has_answer(c)) {
			child_kill(c);
			return err_set(err, ERR_CONFIG, "an answer of the "
			    "command has more than %d bytes", ANSWER_LIMIT);
		}
	}
	if (got < 0)
		return too_late(c, timeout_ms, err);
	if (!child_has_answer(c))
		return ended_early(c, err);
	line->p = c->answers.p + c->taken;
	line->n = (size_t)((const char *)memchr(line->p, '\n', c->answers.n -
	    c->taken) - line->p);
	c->taken += line->n + 1;
	return 0;
}

enum child_end
child_close(struct child *c, int64_t timeout_ms, struct err *err)
{
	int64_t until = deadline(timeout_ms);
	struct span none = { NULL, 0 };
	int got;

	close_one(&c->to);
	do
		got = wait_for(c, &none, until);
	while (got == 0);
	read_rest(c);
	if (got > 0)
		return reap(c, err);
	too_late(c, timeout_ms, err);
	return CHILD_FAILED;
}

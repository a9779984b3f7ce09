/* SPDX-License-Identifier: MIT
 *
 * The handler writes a byte into a pipe to itself; every wait polls that pipe
 * beside its own descriptor.  SA_RESETHAND makes the second signal deadly.
 */
#include "io/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/random.h"
#include "io/report.h"

enum { GRACE_MS = 100 };

static volatile sig_atomic_t requested;
static bool pipe_kills;                 /* SIGPIPE was not ignored */
static int bell[2] = { -1, -1 };

static void
on_signal(int signo)
{
	int saved = errno;
	ssize_t n;

	requested = signo;
	n = write(bell[1], "", 1);
	(void)n;
	errno = saved;
}

void
stop_install(void)
{
	static const int signals[] = { SIGTERM, SIGINT };
	struct sigaction act, old;

	if (pipe2(bell, O_CLOEXEC | O_NONBLOCK) < 0)
		log_die(ERR_OS, "cannot make a pipe: %s", strerror(errno));
	memset(&act, 0, sizeof(act));
	act.sa_handler = on_signal;
	act.sa_flags = SA_RESETHAND;
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		/* A shell ignores SIGINT for what it runs with '&'. */
		if (sigaction(signals[i], NULL, &old) == 0 &&
		    old.sa_handler != SIG_IGN)
			sigaction(signals[i], &act, NULL);
	}
	pipe_kills = signal(SIGPIPE, SIG_IGN) == SIG_DFL;
}

bool
stop_unread(void)
{
	stop_sleep(GRACE_MS);
	if (requested || !pipe_kills)
		return requested;
	signal(SIGPIPE, SIG_DFL);
	raise(SIGPIPE);
	return false;
}

void
stop_hand_on(void)
{
	if (pipe_kills)
		signal(SIGPIPE, SIG_DFL);
}

bool
stop_requested(void)
{
	return requested != 0;
}

bool
stop_interrupted(void)
{
	return requested == SIGINT;
}

/* Milliseconds, 0 after it. */
static int
left_until(int64_t until)
{
	int64_t left = until - clock_steady_ms();

	return left > INT_MAX ? INT_MAX : left > 0 ? (int)left : 0;
}

int
stop_wait_readable(int fd, int timeout_ms)
{
	struct pollfd fds[3] = {
		{ .fd = fd, .events = POLLIN },
		{ .fd = bell[0], .events = POLLIN },
		{ .fd = report_fd(), .events = POLLIN },
	};
	int64_t until = clock_steady_ms() + timeout_ms;
	bool again = true;
	int n = 0;

	while (again) {
		n = poll(fds, 3, timeout_ms);
		again = !requested && (n < 0 ? errno == EINTR : n > 0 &&
		    !fds[0].revents && !fds[1].revents);
		report_answer();
		if (timeout_ms > 0)
			timeout_ms = left_until(until);
	}
	return n > 0 && fds[0].revents && !requested;
}

int
stop_wait(int fd, bool to_read, int timeout_ms)
{
	struct pollfd fds[2] = {
		{ .fd = fd, .events = to_read ? POLLIN : POLLOUT },
		{ .fd = bell[0], .events = POLLIN },
	};

	return poll(fds, requested ? 1 : 2, timeout_ms) > 0 && fds[0].revents;
}

void
stop_sleep(int64_t ms)
{
	int64_t until = clock_steady_ms() + ms;
	int left;

	/* a descriptor of -1 is never readable */
	while (!requested && (left = left_until(until)) > 0)
		stop_wait_readable(-1, left);
}

void
stop_back_off(const struct retry *retry, uint64_t n)
{
	stop_sleep(retry_delay(retry, n, random_u64()));
}

void
stop_raise(void)
{
	if (!stop_interrupted())
		return;
	signal(SIGINT, SIG_DFL);
	raise(SIGINT);
}

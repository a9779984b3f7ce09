/* SPDX-License-Identifier: MIT */
#include "io/report.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"

enum { UNANSWERED_S = 1 };

struct report_counts report_counts;

static volatile sig_atomic_t wanted;
static int bell[2] = { -1, -1 };
static const char *name;
static int64_t began_ms;
static report_fn *own;
static void *own_arg;

static char *
put_text(char *to, const char *text)
{
	size_t n = strlen(text);

	memcpy(to, text, n);
	return to + n;
}

static char *
put_count(char *to, const char *member, uint64_t n)
{
	to = put_text(to, ",\"");
	to = put_text(to, member);
	to = put_text(to, "\":");
	return buf_put_u64(to, n);
}

/* By what a handler may call. */
static void
print_counts(void)
{
	const struct report_counts *c = &report_counts;
	char line[512], *to = put_text(line, "{\"tool\":\"");
	ssize_t n;

	to = put_text(to, name);
	*to++ = '"';
	to = put_count(to, "seconds",
	    (uint64_t)(clock_steady_ms() - began_ms) / 1000);
	to = put_count(to, "lines_read", c->lines_read);
	to = put_count(to, "bytes_read", c->bytes_read);
	to = put_count(to, "lines_printed", c->lines_printed);
	to = put_count(to, "bytes_printed", c->bytes_printed);
	to = put_text(to, "}\n");
	n = write(STDERR_FILENO, line, (size_t)(to - line));
	(void)n;
}

static void
on_request(int signo)
{
	int saved = errno;
	ssize_t n;

	(void)signo;
	wanted = 1;
	n = write(bell[1], "", 1);
	(void)n;
	alarm(UNANSWERED_S);
	errno = saved;
}

/* Whoever is in a call that does not come back, as into a library that waits
 * for a server, answers nevertheless. */
static void
on_alarm(int signo)
{
	int saved = errno;

	(void)signo;
	if (wanted)
		print_counts();
	wanted = 0;
	errno = saved;
}

static void
mask(int how)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(how, &set, NULL);
}

void
report_install(const char *tool)
{
	struct sigaction act;

	name = tool;
	began_ms = clock_steady_ms();
	if (pipe2(bell, O_CLOEXEC | O_NONBLOCK) < 0)
		log_die(ERR_OS, "cannot make a pipe: %s", strerror(errno));
	memset(&act, 0, sizeof(act));
	act.sa_handler = on_request;
	act.sa_flags = SA_RESTART;
	sigaction(SIGUSR1, &act, NULL);
	act.sa_handler = on_alarm;
	sigaction(SIGALRM, &act, NULL);
	mask(SIG_UNBLOCK);
}

void
report_by(report_fn *fn, void *arg)
{
	own = fn;
	own_arg = arg;
}

void
report_answer(void)
{
	char sink[64];

	if (!wanted)
		return;
	wanted = 0;
	alarm(0);
	while (read(bell[0], sink, sizeof(sink)) > 0)
		;
	if (own)
		own(own_arg);
	else
		print_counts();
}

void
report_block(void)
{
	mask(SIG_BLOCK);
}

void
report_ignore(void)
{
	signal(SIGUSR1, SIG_IGN);
}

int
report_fd(void)
{
	return bell[0];
}

/* SPDX-License-Identifier: MIT */
#include "io/report.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

static volatile sig_atomic_t wanted;
static int bell[2] = { -1, -1 };

static void
on_signal(int signo)
{
	int saved = errno;
	ssize_t n;

	(void)signo;
	wanted = 1;
	n = write(bell[1], "", 1);
	(void)n;
	errno = saved;
}

void
report_install(void)
{
	struct sigaction act;

	if (pipe2(bell, O_CLOEXEC | O_NONBLOCK) < 0)
		log_die(71, "cannot make a pipe: %s", strerror(errno));
	memset(&act, 0, sizeof(act));
	act.sa_handler = on_signal;
	act.sa_flags = SA_RESTART;
	sigaction(SIGUSR1, &act, NULL);
}

bool
report_wanted(void)
{
	return wanted != 0;
}

void
report_begin(void)
{
	char sink[64];

	wanted = 0;
	while (read(bell[0], sink, sizeof(sink)) > 0)
		;
}

int
report_fd(void)
{
	return bell[0];
}

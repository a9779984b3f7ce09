/* SPDX-License-Identifier: MIT
 *
 * Over TCP the library tries without waiting, and waits here.  Over TLS its
 * socket blocks, for as long as the library's timeouts say: they are a second,
 * after which it comes here; whether it then waits to read or to write, it
 * does not say truly, so that it tries again after another second at most.
 */
#include "db/wait.h"

#include <errno.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <mysql.h>

#include "base/clock.h"
#include "io/stop.h"

enum {
	SLICE_MS = 1000, LIBRARY_TIMEOUT_S = 1,
	ASK_MS = 20000,         /* of silence */
	/* seconds: a peer that is gone is found out in about a minute */
	IDLE_S = 20, INTERVAL_S = 10, PROBES = 4, UNSENT_MS = 60000,
};

static struct db_wait *current;
static int64_t stop_seen_ms;

void
db_wait_begin(struct db_wait *w)
{
	current = w;
	w->began_ms = w->asked_ms = clock_steady_ms();
	w->stopped = w->silent = false;
}

void
db_wait_end(const struct db_wait *w)
{
	if (current == w)
		current = NULL;
}

/* Was a stop asked for, longer ago than it is waited?  When is noted. */
static bool
note_stop(struct db_wait *w, int64_t now)
{
	if (!stop_requested())
		return false;
	if (!stop_seen_ms)
		stop_seen_ms = now;
	return now - stop_seen_ms >= w->grace_ms;
}

/* Has the server been silent for too long?  Now and then it is asked. */
static bool
look_gone(struct db_wait *w, int64_t now)
{
	int works;

	if (now - w->began_ms >= w->timeout_ms ||
	    (w->end_ms && now >= w->end_ms))
		return true;
	if (!w->at_work || now - w->asked_ms < ASK_MS)
		return false;
	works = w->at_work(w->arg);
	current = w;
	now = clock_steady_ms();
	w->asked_ms = now;
	if (works > 0)
		w->began_ms = now;
	return works == 0;
}

/* Did what was written leave since the last look, which this is next? */
static bool
note_leaving(struct db_wait *w, int fd)
{
	int unsent = 0;
	bool moved = ioctl(fd, SIOCOUTQ, &unsent) == 0 &&
	    unsent != w->unsent;

	w->unsent = unsent;
	return moved;
}

static bool
gives_up(struct db_wait *w)
{
	int64_t now = clock_steady_ms();

	w->stopped = note_stop(w, now);
	w->silent = !w->stopped && look_gone(w, now);
	return w->stopped || w->silent;
}

/* 1: try again; 0: give up. */
static int
wait_io(my_socket fd, my_bool is_read, int timeout)
{
	struct db_wait *w = current;
	bool ready;

	(void)timeout;
	do {
		if (!w || gives_up(w)) {
			errno = ETIMEDOUT;
			return 0;
		}
		ready = stop_wait(fd, is_read, SLICE_MS);
		if (ready || note_leaving(w, fd))
			w->began_ms = w->asked_ms = clock_steady_ms();
	} while (!ready && !w->tls);
	return 1;
}

void
db_wait_install(void *mysql)
{
	unsigned second = LIBRARY_TIMEOUT_S;

	mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &second);
	mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &second);
	mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &second);
	mysql_optionsv(mysql, MARIADB_OPT_IO_WAIT, (void *)wait_io);
}

void
db_wait_watch_peer(int fd)
{
	static const struct {
		int name, value;
	} options[] = {
		{ TCP_KEEPIDLE, IDLE_S }, { TCP_KEEPINTVL, INTERVAL_S },
		{ TCP_KEEPCNT, PROBES }, { TCP_USER_TIMEOUT, UNSENT_MS },
	};

	/* of a socket that is none of TCP they mean nothing */
	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &(int){ 1 }, sizeof(int));
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		setsockopt(fd, IPPROTO_TCP, options[i].name,
		    &options[i].value, sizeof(int));
}

/* SPDX-License-Identifier: MIT
 *
 * Waiting for a server: every wait of the library goes through here, whether it
 * connects, reads or writes.  Each has a limit, and each ends at a request to
 * stop (io/stop.h).
 */
#ifndef DB_WAIT_H
#define DB_WAIT_H

#include <stdbool.h>
#include <stdint.h>

struct db_wait {
	int64_t timeout_ms;     /* silence after which the server is gone */
	int64_t grace_ms;       /* after a request to stop */
	int64_t end_ms;         /* 0, or when it is over anyway */
	/* Is a silent server at work for us?  1, 0, -1: who knows; NULL:
	 * nobody asks. */
	int (*at_work)(void *arg);
	void *arg;

	bool tls;               /* it is made */

	int64_t began_ms;       /* of the silence */
	int unsent;             /* bytes, at the last look */
	int64_t asked_ms;
	bool stopped;           /* a request ended the wait … */
	bool silent;            /* … or the silence did */
};

/* The library is going to be called: its waits are these. */
void db_wait_begin(struct db_wait *w);

/* It is going away. */
void db_wait_end(const struct db_wait *w);

/* Have a MYSQL * that is going to connect wait so, and set its socket's ways
 * to find out that the other end is gone. */
void db_wait_install(void *mysql);
void db_wait_watch_peer(int fd);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Stopping on request: SIGTERM and SIGINT ask the program to finish the
 * current record and end; a second signal kills it.  The request can be tested
 * (stop_requested) and waited for (stop_wait_readable), so that no signal is
 * lost between a test and a blocking read.
 */
#ifndef IO_STOP_H
#define IO_STOP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/retry.h"

/* Install the handlers, but for a signal that is ignored already.  SIGPIPE is
 * ignored, and what it would have done stop_unread() does. */
void stop_install(void);

/*
 * Nobody reads our output any more.  Who stops a whole pipeline signals its
 * programs one after the other, and a reader may be gone before our signal is
 * here: it is waited for, a moment.  Then true; otherwise a dead reader ends us
 * by SIGPIPE, as it does everybody, but where that was ignored when we began:
 * false.
 */
bool stop_unread(void);

/* SIGPIPE as it was, for the program that we become. */
void stop_hand_on(void);

bool stop_requested(void);

/* Was it SIGINT, so that the program will not end with 0? */
bool stop_interrupted(void);

/*
 * Wait until fd is readable (or at its end), or the time is over, or a stop is
 * requested.  1: readable; 0: another of these.  Reports (io/report.h) are
 * answered meanwhile.  timeout_ms < 0 waits for ever, 0 only looks.
 */
int stop_wait_readable(int fd, int timeout_ms);

/* The same for a descriptor to be read or written, without reports; where a
 * stop was requested already, that does not end it. */
int stop_wait(int fd, bool to_read, int timeout_ms);

/* Wait so long, or until a stop is requested. */
void stop_sleep(int64_t ms);

/* The same before the n-th try again, n from 1. */
void stop_back_off(const struct retry *retry, uint64_t n);

/* For the end of main: after SIGINT its default action, so that shell loops
 * stop too.  Returns where no SIGINT came. */
void stop_raise(void);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Commands as processes: each has a process group of its own, so that all of it
 * can be ended, the standard output and error of this program, and signals as
 * they were.
 */
#ifndef EXEC_CHILD_H
#define EXEC_CHILD_H

#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

struct child {
	pid_t pid;              /* 0: there is none */
	int done;               /* its pidfd, readable when it has ended */
	int to;                 /* its standard input; -1: closed */
	int from;               /* its standard output; -1: it has ours */
	struct buf answers;     /* that were read from it, and not taken */
	size_t taken;
};

/* How a command ended. */
enum child_end {
	CHILD_DONE,             /* exit status 0 */
	CHILD_BAD,              /* 65: its input is at fault */
	CHILD_AGAIN,            /* 69 and 75: it may work later */
	CHILD_FAILED,           /* any other: a signal, no time left */
	CHILD_UNUSABLE,         /* 126 and 127: it cannot be executed */
};

/* Start it.  -1: ERR_CONFIG if it cannot be executed, ERR_DATA if an argument
 * or variable is too long, else ERR_RETRY. */
int child_start(struct child *c, char *const *argv, char *const *env,
    bool answers, struct err *err);

/* Write its input, close it, and wait for the end, however much of the input
 * was read.  timeout_ms 0: without limit.  *err says what it ended with. */
enum child_end child_feed(struct child *c, struct span input,
    int64_t timeout_ms, struct err *err);

/* Write a piece of input, and meanwhile read answers: -1 if time is over, and
 * then it is ended.  If it does not read any more, its next answer fails. */
int child_write(struct child *c, struct span input, int64_t timeout_ms,
    struct err *err);

/* Its next answer, a line without its newline, borrowed until the next call;
 * -1 as above. */
int child_answer(struct child *c, struct span *line, int64_t timeout_ms,
    struct err *err);

/* Is an answer there? */
bool child_has_answer(const struct child *c);

/* Close its input and wait, so long at most; then end it. */
enum child_end child_close(struct child *c, int64_t timeout_ms,
    struct err *err);

/* End it and what it has started. */
void child_kill(struct child *c);

#endif

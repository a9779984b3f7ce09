/* SPDX-License-Identifier: MIT
 *
 * Errors, as the library reports them to the tools.  A function that fails
 * fills `struct err` once and returns -1; its callers may add context
 * (err_wrap).  The tool prints "cdc-x: text", then "cdc-x: hint: hint", and
 * exits with the kind, which is the exit status (the numbers are those of
 * sysexits.h; EXIT STATUS in cdc(7) explains them).
 *
 * Text: lower case, no full stop; what failed first, then where, then why.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

enum err_kind {
	ERR_STOPPED = -1,       /* a stop was asked for, and the reader of our
	                         * output has gone before us: no error at the
	                         * end, but what was to come is not done */
	ERR_NONE = 0,
	ERR_NO = 1,             /* "no" from a tool that answers a question */
	ERR_USAGE = 64,         /* bad option or argument */
	ERR_DATA = 65,          /* input that cannot be decoded */
	ERR_UNAVAILABLE = 69,   /* server unreachable or lost */
	ERR_BUG = 70,           /* broken invariant of ours */
	ERR_OS = 71,            /* memory, file descriptors, fork */
	ERR_IO = 74,            /* reading input, writing output */
	ERR_RETRY = 75,         /* the same may work later */
	ERR_CONFIG = 78,        /* settings, privileges, missing logs */
};

struct err {
	enum err_kind kind;
	char text[768];
	char hint[640];
};

/* Fill err (unless it is filled: the first error is the true one); -1. */
int err_set(struct err *err, enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with ": strerror(errno)" after. */
int err_errno(struct err *err, enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* It is dealt with: what comes next is another one. */
void err_clear(struct err *err);

/* Put "context: " in front of the text; -1. */
int err_wrap(struct err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Say what to do about it; -1. */
int err_hint(struct err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Does it pass by itself: a deadlock, a lost connection? */
static inline bool
err_may_pass(const struct err *err)
{
	return err->kind == ERR_RETRY || err->kind == ERR_UNAVAILABLE;
}

#endif

/* SPDX-License-Identifier: MIT
 *
 * Messages on stderr, one per line: "name: message".  stdout carries only
 * records.  Nothing else writes to stderr.  The contents of a message are
 * escaped (base/escape.h), so that it is one line whatever a name contains.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* The name in front of every line; set once by main, kept by reference. */
void log_name(const char *name);

enum log_level { LOG_QUIET = -1, LOG_NORMAL = 0, LOG_VERBOSE = 1 };

void log_set_level(enum log_level level);

/* Errors always print; warnings unless -q; notes only with -v. */
void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_hint(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The end of a noun of which there are n: "%llu event%s". */
static inline const char *
plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

/* Is something of this level said? */
bool log_says(enum log_level level);

/* Is stderr a terminal, and this said at the level? */
bool log_on_terminal(enum log_level level);

/* A line there that the next one takes the place of. */
void log_status(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A line of JSON that somebody asked for: counters. */
void log_report(struct span json);

/* Say it and exit: for what no caller can handle. */
void log_die(int status, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), noreturn));

#endif

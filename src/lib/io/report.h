/* SPDX-License-Identifier: MIT
 *
 * SIGUSR1 asks a running tool for its counters: one line of JSON on stderr.
 * Every wait of this room answers it, for input (io/stop.h) and for room in a
 * pipe (io/out.h), and so does report_answer(), wherever a loop calls it.  If
 * nothing answers for a second, the counts below are printed.
 */
#ifndef IO_REPORT_H
#define IO_REPORT_H

#include <stdint.h>

/* What lines.c, out.c and record_emit() count. */
struct report_counts {
	uint64_t lines_read, bytes_read;
	uint64_t lines_printed, bytes_printed;
};
extern struct report_counts report_counts;

/* Install the handler; tool is the name in the line.  Every program does so
 * before it begins (cli_parse). */
void report_install(const char *tool);

/* Let a tool print a line of its own, not that of report_counts. */
typedef void report_fn(void *arg);
void report_by(report_fn *fn, void *arg);

/* Answer, if we were asked. */
void report_answer(void);

/* Hold requests back until report_install() of this process, or of what it
 * becomes: in between SIGUSR1 would end it.  A child leaves them to its
 * parent. */
void report_block(void);
void report_ignore(void);

/* Readable while a request waits; -1 if nothing is installed. */
int report_fd(void);

#endif

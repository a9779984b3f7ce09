/* SPDX-License-Identifier: MIT
 *
 * SIGUSR1 asks a running tool for its counters.  The request can be seen and
 * ends a wait of io/stop.h, so that an idle tool answers at once.
 */
#ifndef IO_REPORT_H
#define IO_REPORT_H

#include <stdbool.h>

/* Install the handler; without it SIGUSR1 ends the program, as ever. */
void report_install(void);

/* Was a report asked for that report_begin() has not taken? */
bool report_wanted(void);

/* Take the request; then write the report. */
void report_begin(void);

/* Readable while one is wanted; -1 where nothing is installed. */
int report_fd(void);

#endif

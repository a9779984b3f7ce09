/* SPDX-License-Identifier: MIT
 *
 * What all programs share at their edges: one table of options that parses the
 * command line, prints --help, generates the completions and is checked against
 * the manual; and one way to end.
 */
#ifndef CLI_TOOL_H
#define CLI_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "cli/option.h"

struct tool {
	const char *name;       /* "cdc-filter" */
	const char *summary;    /* the same words as in its manual page */
	const char *synopsis;   /* after the name: "[options] [FILE …]" */
	const struct option_row *options;       /* ends with a zeroed row */

	/*
	 * A program that continues as another one takes its options, too: those
	 * of `next`, whose values go after next_offset, but where it has one
	 * of that name itself.  next_given() is told of each that is given.
	 */
	const struct option_row *next;          /* or NULL */
	size_t next_offset;
	const char *next_heading;               /* in --help */
	void (*next_given)(void *values, const struct option_row *row,
	    const char *text, bool own);
};

/*
 * Parse the command line into *values.  Returns the index of the first
 * operand; operands may come between options.  --help, --version and
 * --list-options print and exit 0; a mistake is reported on stderr and exits
 * 64.
 */
int cli_parse(const struct tool *tool, int argc, char **argv, void *values);

/* Say a usage error, with a pointer to --help, and exit 64. */
void cli_usage(const struct tool *tool, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), noreturn));

/* The same, with a hint of its own. */
void cli_misuse(const char *hint, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), noreturn));

/* An operand of a tool that reads records from standard input: the same. */
void cli_no_file(const struct tool *tool, const char *operand)
    __attribute__((noreturn));

/* Print err, if there is one. */
void cli_report(const struct err *err);

/*
 * The end of main: flush and close stdout, report the error, choose the exit
 * status; after SIGINT, its default action.
 */
int cli_finish(struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What every program of the kit shares at its edges: one table of options
 * that parses the command line, prints --help, makes the completions and is
 * checked against the manual; and one way to end.
 */
#ifndef CLI_TOOL_H
#define CLI_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum option_kind {
	OPT_FLAG,               /* bool: no argument; or call(NULL, NULL, …) */
	OPT_TEXT,               /* const char * */
	OPT_COUNT,              /* uint64_t */
	OPT_SIZE,               /* size_t, bytes: 8M */
	OPT_DURATION,           /* int64_t, milliseconds: 500ms, 10s, 2m, 1h */
	OPT_CHOICE,             /* int: place in `choices` */
	OPT_NAMES,              /* struct name_list, comma list or repeated */
	OPT_CALL,               /* call(field, argument, err) */
	OPT_GROUP,              /* no option: a heading in --help */
};

/* One row.  The value goes to the field at `offset` of the tool's struct. */
struct option_row {
	enum option_kind kind;
	char letter;            /* 0: no short form */
	const char *name;       /* long form; OPT_GROUP: the heading */
	size_t offset;
	const char *arg;        /* what --help calls the argument */
	const char *help;
	const char *const *choices;     /* OPT_CHOICE: NULL-terminated */
	int (*call)(void *field, const char *text, struct err *err);
	const char *also;       /* a second long name, or NULL */
};

struct tool {
	const char *name;       /* "cdc-filter" */
	const char *summary;    /* the same words as in its manual page */
	const char *synopsis;   /* after the name: "[options] [FILE …]" */
	const struct option_row *options;       /* ends with a zeroed row */

	/*
	 * A program that goes on as another one takes its options, too: those
	 * of `next`, whose values go after next_offset, but where it has one
	 * of that name itself.  next_given() is told of each that is given.
	 */
	const struct option_row *next;          /* or NULL */
	size_t next_offset;
	const char *next_heading;               /* in --help */
	void (*next_given)(void *values, const struct option_row *row,
	    const char *text, bool own);
};

/* Of tools whose options name tables, columns or fields (match/named.h). */
int cli_strict(void *field, const char *text, struct err *err);
#define STRICT_OPTION_ROW                                                    \
	{ OPT_FLAG, 0, "strict", 0, 0, "a name in an option that matched "   \
	    "nothing is an error at the end, not a warning", 0, cli_strict,  \
	    0 }

/* A row by its name, NULL where there is none. */
const struct option_row *tool_find_option(const struct option_row *rows,
    const char *name);

/*
 * Parse the command line into *values.  Returns the index of the first
 * operand; operands may stand between options.  --help, --version and
 * --list-options print and exit 0; a mistake is said on stderr and exits 64.
 */
int cli_parse(const struct tool *tool, int argc, char **argv, void *values);

/* Say a usage error, with a pointer to --help, and exit 64. */
void cli_usage(const struct tool *tool, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), noreturn));

/* Print err, if there is one. */
void cli_report(const struct err *err);

/*
 * The end of main: flush and close stdout, report the error, choose the exit
 * status; after SIGINT, its default action.
 */
int cli_finish(struct err *err);

/* Options of all tools that read records, and of those whose lists need to
 * know a record's table, columns or operation. */
#define SHAPE_OPTION_ROW(field)                                               \
	{ OPT_CHOICE, 0, "shape", field, 0,                                   \
	    "what payloads without source and op beside them are (auto)",     \
	    shape_names, 0, 0 }
#define UNKNOWN_OPTION_ROW(field)                                             \
	{ OPT_FLAG, 0, "pass-unknown", field, 0,                              \
	    "let lines that do not say what an option needs to know pass "   \
	    "as they are", 0,                                                \
	    0, 0 }

#endif

/* SPDX-License-Identifier: MIT
 *
 * The command line of cdc-tail: one table of options, for it and for programs
 * that become cdc-tail.
 */
#ifndef TAIL_COMMAND_H
#define TAIL_COMMAND_H

#include "tail/range.h"
#include "cli/tool.h"
#include "cli/value.h"
#include "tail/input.h"
#include "tail/tail.h"

enum { ON_ERROR_STOP, ON_ERROR_WARN };
enum { XA_COMMIT, XA_PREPARE };

struct tail_command {
	struct tail_options tail;
	struct tail_input in;
	struct range window;
	struct ops skip_ops;
	struct paths {
		const char **v;
		size_t n;
	} states;                       /* --state */
	uint64_t server_id;
	bool no_verify;
	int on_error, xa;
};

/* Of struct tail_command; ends with a zeroed row. */
extern const struct option_row tail_rows[];

/* Defaults, before options are read into it. */
void tail_command_init(struct tail_command *cmd);

/* What follows from options that were read, locks and states; ERR_USAGE if
 * they do not go together.  live: from a server, not from files. */
int tail_command_settle(struct tail_command *cmd, bool live,
    struct err *err);

void tail_command_clear(struct tail_command *cmd);

#endif

/* SPDX-License-Identifier: MIT
 *
 * cdc-exec's own room: a command as a sink.
 */
#ifndef EXEC_EXEC_H
#define EXEC_EXEC_H

#include "format/format_body.h"
#include "sink/delivery.h"

enum exec_per { PER_RECORD, PER_BATCH, PER_TRANSACTION, PER_TABLE };

struct exec_options {
	struct delivery_options delivery;
	int per;                /* enum exec_per: what a command is run for */
	int64_t timeout_ms;     /* 0: none */
	const char *handlers;   /* a folder; NULL: command */
	bool literal;           /* braces in arguments are no placeholders */
	bool keep_alive;        /* one command for all */
	struct format_body body;        /* --to */
	char **command;         /* NULL after the last */
};

extern const struct sink exec_sink;

/* The same with --keep-alive: one command for each lane, which answers. */
extern const struct sink exec_keep_sink;

/* Check what depends on several options.  ERR_USAGE. */
int exec_check(const struct exec_options *opt, struct err *err);

#endif

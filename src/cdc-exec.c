/* SPDX-License-Identifier: MIT
 *
 * cdc-exec - run a command for records
 *
 * Reads records and gives them to commands: each by itself, or many at a time.
 * A record is done when its command ended with exit status 0, or said so; only
 * then the position moves.  See cdc-exec(1).
 */

#include "exec/exec.h"
#include "cdc.h"

static const char *const units[] = {
	"record", "batch", "transaction", "table", 0,
};

#define OPTIONS struct exec_options

static const struct option_row options[] = {
	HEADING_ROW("What is run"),
	CHOICE_ROW("per", per, units,
	    "run it for each of these; a table: for its records of a batch"),
	TEXT_ROW("handlers", handlers, "DIR",
	    "run the program of this folder that has the table's name"),
	FLAG_ROW("keep-alive", keep_alive,
	    "start it once; it answers ok, retry WHY or bad WHY"),
	FLAG_ROW("literal", literal,
	    "leave {braces} in arguments alone"),
	COUNT_ROW("jobs", delivery.jobs, "N",
	    "run so many at a time; records of a key keep their order (1)",
	    .letter = 'j'),
	DURATION_ROW("timeout", timeout_ms, "TIME",
	    "end a command that takes longer, and try again"),

	BATCH_ROWS(delivery, "also hand over "),
	FORMAT_BODY_ROWS(body),
	POSITION_ROWS(delivery),
	DELIVERY_ROWS(delivery),
	COUNT_ROW("factor", delivery.retry.factor, "N",
	    "each delay is so many times the one before (2)"),
	SHAPE_ROW(delivery.shape),
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-exec",
	.summary = "run a command for records",
	.synopsis = "[options] -- COMMAND [ARGUMENT ...] < RECORDS",
	.options = options,
};

int
main(int argc, char **argv)
{
	struct exec_options opt = {
		.delivery = DELIVERY_DEFAULT("cdc-exec"),
		.body = FORMAT_BODY_DEFAULT, .delivery.retry.factor = 2,
	};
	struct delivery_options *d = &opt.delivery;
	struct err err = { 0 };

	opt.command = argv + cli_parse(&tool, argc, argv, &opt);
	d->transactions = opt.per == PER_TRANSACTION;
	if (!d->retry.factor)
		cli_usage(&tool, "--factor must be at least 1");
	if (exec_check(&opt, &err) < 0 || format_body_open(&opt.body, options,
	    &opt, d, &err) < 0)
		cli_usage(&tool, "%s", err.text);
	delivery_run(opt.keep_alive ? &exec_keep_sink : &exec_sink, &opt, d,
	    &err);
	format_body_close(&opt.body);
	return cli_finish(&err);
}

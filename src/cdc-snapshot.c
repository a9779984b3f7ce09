/* SPDX-License-Identifier: MIT
 *
 * cdc-snapshot - print a consistent snapshot of tables as records
 *
 * Prints, without blocking writers, schema records, a record for each row, and
 * a heartbeat with the position from which cdc-tail continues.  See
 * cdc-snapshot(1) and cdc-event(5).
 */
#include <stdlib.h>

#include "cdc.h"
#include "snapshot/become_tail.h"
#include "snapshot/snapshot.h"

static const char *const modes[] = {
	"initial_only", "no_data", "initial", "never", "when_needed", 0,
};
static const char *const waitings[] = { "ignore", "stop", 0 };
static const char *const locks[] = { "minimal", "extended", "none", 0 };

/* schema_only is what others call it. */
static int
take_mode(int *mode, const char *text, struct err *err)
{
	const char *name = strcmp(text, "schema_only") == 0 ? "no_data" :
	    text;

	for (int i = 0; modes[i]; i++)
		if (strcmp(modes[i], name) == 0) {
			*mode = i;
			return 0;
		}
	return err_set(err, ERR_USAGE, "'%s' is not initial, initial_only, "
	    "no_data, schema_only, never or when_needed", text);
}

static int
take_state(struct sink_done *done, const char *path, struct err *err)
{
	done->path = path;
	done->states.resumes = true;
	return states_add(&done->states, path, err);
}

#define OPTIONS struct snapshot_options
OPTION_READER(read_mode, take_mode, int)
OPTION_READER(read_state, take_state, struct sink_done)
OPTION_READER(read_condition, snapshot_where, struct copy_conditions)
static const struct option_row options[] = {
	SERVER_ROWS(db),

	HEADING_ROW("What to copy"),
	TABLE_ROWS(filter),
	COLUMN_ROWS(filter, "not these columns"),
	CALL_ROW("where", where, read_condition, "TABLE: CONDITION",
	    "only those rows of db.table for which this SQL is true"),
	STRICT_ROW,

	HEADING_ROW("What to do"),
	CALL_ROW("mode", mode, read_mode, "MODE",
	    "initial_only (schemas and rows), no_data (schemas and position), "
	    "initial (schemas and rows, then cdc-tail), never (cdc-tail) or "
	    "when_needed"),
	CALL_ROW("state", done, read_state, "FILE",
	    "what a sink has done: resume an interrupted copy, do not repeat "
	    "a complete one"),
	TEXT_ROW("write-state", write_state, "FILE",
	    "once everything is printed, write the position to this file, for "
	    "cdc-tail --state"),

	HEADING_ROW("How to read"),
	CHOICE_ROW("lock", lock, locks,
	    "which tables to lock while they are read: those whose engine has "
	    "no snapshots, all, or none"),
	DURATION_ROW("lock-wait", lock_wait_ms, "TIME",
	    "wait at most this long for these locks (10s)"),
	DURATION_ROW("lock-wait-timeout", lock_wait_timeout_ms, "TIME",
	    "wait at most this long for a table that another connection has "
	    "locked (1h)"),
	CHOICE_ROW("ddl-waiting", ddl_waiting, waitings,
	    "stop: exit when a statement waits for a metadata lock"),
	DURATION_ROW("xa-timeout", xa_timeout_ms, "TIME",
	    "wait at most this long until no XA transaction is prepared "
	    "(60s)"),
	COUNT_ROW("threads", threads, "N",
	    "connections to read with (1)"),
	COUNT_ROW("throttle", throttle, "ROWS",
	    "read at most this many rows per second"),
	TEXT_ROW("progress", progress, "FILE",
	    "write the progress to this file, as lines of JSON"),

	PRINT_ROWS(prefix),
	MODE_ROWS(modes),
	END_ROW
};

static void
take_tail(void *values, const struct option_row *row, const char *text,
    bool own)
{
	become_tail_option(values, row, text, own);
}

static const struct tool tool = {
	.name = "cdc-snapshot",
	.summary = "print a consistent snapshot of tables as records",
	.synopsis = "[options] -h HOST",
	.options = options,
	.next = tail_rows,
	.next_offset = offsetof(struct snapshot_options, tail),
	.next_heading = "Options of cdc-tail, for --mode initial, never and "
	    "when_needed",
	.next_given = take_tail,
};

static void
leaves_columns(const struct snapshot_options *opt)
{
	log_error("--mode %s becomes cdc-tail, which cannot leave out columns",
	    modes[opt->mode]);
	log_hint("use cdc-snapshot --mode %s | cdc-filter "
	    "--exclude-column",
	    modes[opt->mode]);
	exit(ERR_USAGE);
}

/* Options that go together, and what follows from them. */
static void
settle(struct snapshot_options *opt)
{
	struct err err = { 0 };

	if (opt->throttle == 0)
		cli_usage(&tool, "--throttle must be at least 1");
	if (opt->threads > MAX_THREADS)
		cli_usage(&tool, "--threads must be at most %d", MAX_THREADS);
	if (opt->throttle == NO_THROTTLE)
		opt->throttle = 0;
	if (opt->mode >= MODE_INITIAL && table_filter_edits(&opt->filter))
		leaves_columns(opt);
	if (!become_tail_is_asked(opt) && opt->tail_only)
		cli_usage(&tool, "--%s needs a --mode that becomes cdc-tail: "
		    "initial, never or when_needed", opt->tail_only);
	if (become_tail_is_asked(opt) && !opt->db.host &&
	    !opt->db.socket && !opt->db.defaults_file)
		cli_usage(&tool, "--mode %s: cdc-tail needs -h, -S or "
		    "--defaults-file", modes[opt->mode]);
	if (opt->mode != MODE_NEVER && opt->tail.window.from.kind)
		cli_usage(&tool, "--from: cdc-tail starts where the copy was "
		    "made");
	if (tail_command_settle(&opt->tail, true, &err) < 0) {
		cli_report(&err);
		exit(err.kind);
	}
	opt->filter.online = opt->tail.tail.filter.online;
	opt->filter.online_hides = opt->tail.tail.filter.online_hides;
}

/* A sink should know, whatever its shell tells of a pipe. */
static void
tell_end(const struct snapshot_options *opt, const struct err *err)
{
	struct buf prefix = { 0 };

	json_words(&prefix, span_of(opt->prefix));
	end_print(buf_view(&prefix), err);
	buf_free(&prefix);
}

int
main(int argc, char **argv)
{
	struct snapshot_options opt = {
		.filter.source = true,
		.prefix = "mariadb", .lock_wait_ms = 10000,
		.lock_wait_timeout_ms = 3600000,
		.xa_timeout_ms = 60000, .throttle = NO_THROTTLE,
	};
	struct err err = { 0 };

	tail_command_init(&opt.tail);
	if (cli_parse(&tool, argc, argv, &opt) < argc)
		cli_usage(&tool, "no operands: -h HOST names the server");
	settle(&opt);
	out_open();
	snapshot_run(&opt, &err);
	tell_end(&opt, &err);
	become_tail_clear(&opt);
	tail_command_clear(&opt.tail);
	table_filter_clear(&opt.filter);
	states_clear(&opt.done.states);
	free(opt.where.v);
	return cli_finish(&err);
}

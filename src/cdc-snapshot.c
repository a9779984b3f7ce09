/* SPDX-License-Identifier: MIT
 *
 * cdc-snapshot - print tables as records, at one position of the binlog
 *
 * A consistent first copy without locks: schema records, a record for each
 * row, and a heartbeat with the position from which cdc-tail goes on.  See
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
read_mode(void *field, const char *text, struct err *err)
{
	const char *name = strcmp(text, "schema_only") == 0 ? "no_data" :
	    text;

	for (int i = 0; modes[i]; i++)
		if (strcmp(modes[i], name) == 0) {
			*(int *)field = i;
			return 0;
		}
	return err_set(err, ERR_USAGE, "'%s' is not initial, initial_only, "
	    "no_data, schema_only, never or when_needed", text);
}

static int
read_state(void *field, const char *path, struct err *err)
{
	struct snapshot_options *opt = field;

	opt->state = path;
	opt->states.copy = &opt->copy;
	return states_add(&opt->states, path, err);
}

#define AT(field) offsetof(struct snapshot_options, field)
#define AT_DB(field) AT(db.field)

static const struct option_row options[] = {
	DB_OPTION_ROWS(AT_DB),

	{ OPT_GROUP, 0, "What to copy", 0, 0, 0, 0, 0, 0 },
	{ OPT_NAMES, 0, "include-db", AT(filter.include_db), "REGEX,...",
	    "only these databases", 0, 0, 0 },
	{ OPT_NAMES, 0, "exclude-db", AT(filter.exclude_db), "REGEX,...",
	    "not these databases", 0, 0, 0 },
	{ OPT_NAMES, 't', "include-table", AT(filter.include_table),
	    "REGEX,...", "only these tables (db.table)", 0, 0, 0 },
	{ OPT_NAMES, 0, "exclude-table", AT(filter.exclude_table),
	    "REGEX,...", "not these tables (db.table)", 0, 0, 0 },
	{ OPT_NAMES, 0, "include-column", AT(filter.include_column),
	    "REGEX,...", "only these columns (db.table.column)", 0, 0, 0 },
	{ OPT_CALL, 0, "exclude-column", AT(filter.exclude_column),
	    "REGEX,...", "not these columns", 0, name_list_add_columns,
	    0 },
	{ OPT_CALL, 0, "where", AT(where), "TABLE: CONDITION",
	    "only those rows of db.table for which this SQL is true", 0,
	    snapshot_where, 0 },
	STRICT_OPTION_ROW,
	{ OPT_CALL, 0, "mode", AT(mode), "MODE",
	    "initial_only (schemas and rows), no_data (schemas and the "
	    "position), initial (rows, then cdc-tail), never (cdc-tail), "
	    "when_needed", 0, read_mode, 0 },
	{ OPT_CALL, 0, "state", 0, "FILE",
	    "what a sink has done: a copy that is half done is resumed, a "
	    "whole one is not repeated", 0, read_state, 0 },

	{ OPT_GROUP, 0, "How", 0, 0, 0, 0, 0, 0 },
	{ OPT_CHOICE, 0, "lock", AT(lock), 0,
	    "which tables are locked while they are read: those whose engine "
	    "has no snapshots, all, or none", locks, 0, 0 },
	{ OPT_DURATION, 0, "lock-wait", AT(lock_wait_ms), "TIME",
	    "wait at most this long for these locks (10s)", 0, 0, 0 },
	{ OPT_DURATION, 0, "lock-wait-timeout", AT(lock_wait_timeout_ms),
	    "TIME", "wait at most this long for a table that another "
	    "connection "
	    "has locked (1h)", 0, 0, 0 },
	{ OPT_CHOICE, 0, "ddl-waiting", AT(ddl_waiting), 0,
	    "stop: end when a statement waits for a metadata lock", waitings,
	    0, 0 },
	{ OPT_DURATION, 0, "xa-timeout", AT(xa_timeout_ms), "TIME",
	    "wait at most this long until no XA transaction is prepared (60s)",
	    0, 0, 0 },
	{ OPT_COUNT, 0, "threads", AT(threads), "N",
	    "readers, each with tables of its own (1)", 0, 0, 0 },
	{ OPT_COUNT, 0, "throttle", AT(throttle), "ROWS",
	    "at most this many per second", 0, 0, 0 },
	{ OPT_TEXT, 0, "write-state", AT(write_state), "FILE",
	    "when everything is printed, write the position there, for "
	    "cdc-tail "
	    "--state", 0, 0, 0 },
	{ OPT_TEXT, 0, "progress", AT(progress), "FILE",
	    "how far it is, as lines of JSON", 0, 0, 0 },

	{ OPT_GROUP, 0, "How to print it", 0, 0, 0, 0, 0, 0 },
	{ OPT_TEXT, 0, "topic-prefix", AT(prefix), "NAME",
	    "first part of every topic (mariadb)", 0, 0, 0 },
	{ OPT_CHOICE, 0, "decimal", AT(modes.decimal), 0, "DECIMAL values",
	    modes_decimal, 0, 0 },
	{ OPT_CHOICE, 0, "time", AT(modes.time), 0, "temporal values",
	    modes_time, 0, 0 },
	{ OPT_CHOICE, 0, "binary", AT(modes.binary), 0,
	    "BINARY and BLOB values", modes_binary, 0, 0 },
	{ OPT_CHOICE, 0, "bigint", AT(modes.bigint), 0,
	    "all BIGINT values; string for readers whose numbers are doubles",
	    modes_all_bigint, 0, 0 },
	{ OPT_CHOICE, 0, "bigint-unsigned", AT(modes.bigint_unsigned), 0,
	    "BIGINT UNSIGNED values", modes_bigint, 0, 0 },
	{ OPT_CHOICE, 0, "json", AT(modes.json), 0, "JSON values",
	    modes_json, 0, 0 },
	{ 0 },
};

static void
take_tail(void *values, const struct option_row *row, const char *text,
    bool own)
{
	become_tail_option(values, row, text, own);
}

static const struct tool tool = {
	.name = "cdc-snapshot",
	.summary = "print tables as records, at one position",
	.synopsis = "[options] -h HOST",
	.options = options,
	.next = tail_rows,
	.next_offset = AT(tail),
	.next_heading = "Of the cdc-tail that it goes on as (--mode initial, "
	    "never, when_needed)",
	.next_given = take_tail,
};

static void
leaves_columns(const struct snapshot_options *opt)
{
	log_error("--mode %s goes on as cdc-tail, which leaves no columns out",
	    modes[opt->mode]);
	log_hint("cdc-snapshot --mode %s | cdc-filter --exclude-column",
	    modes[opt->mode]);
	exit(ERR_USAGE);
}

/* Options that go together, and what follows from them. */
static void
settle(struct snapshot_options *opt)
{
	struct err err = { 0 };

	if (opt->throttle == 0)
		cli_usage(&tool, "--throttle is at least 1");
	if (opt->throttle == NO_THROTTLE)
		opt->throttle = 0;
	if (opt->mode >= MODE_INITIAL && table_filter_edits(&opt->filter))
		leaves_columns(opt);
	if (!become_tail_is_asked(opt) && opt->tail_only)
		cli_usage(&tool, "--%s is for a --mode that goes on as "
		    "cdc-tail: initial, never or when_needed", opt->tail_only);
	if (become_tail_is_asked(opt) && !opt->db.host &&
	    !opt->db.socket && !opt->db.defaults_file)
		cli_usage(&tool, "--mode %s: -h, -S or --defaults-file must "
		    "say which server, for cdc-tail", modes[opt->mode]);
	if (opt->mode != MODE_NEVER && opt->tail.window.from.kind)
		cli_usage(&tool, "--from: cdc-tail goes on where the copy "
		    "was made");
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
	states_clear(&opt.states);
	buf_free(&opt.copy);
	free(opt.where.v);
	return cli_finish(&err);
}

/* SPDX-License-Identifier: MIT
 *
 * cdc-apply - apply records to tables of a MariaDB server
 *
 * Reads records and keeps the rows of a replica equal to the source, exactly
 * once: the position is a row of the target, too, and moves in the transaction
 * that changes the others.  See cdc-apply(1).
 */

#include "apply/apply.h"
#include "cdc.h"

static const char *const insert_modes[] = { "upsert", "insert", "update", 0 };
static const char *const evolutions[] = {
	"none", "check", "add", "apply-ddl", 0,
};

static int add_map(struct rule **all, const char *text, struct err *err);

#define OPTIONS struct apply_options
OPTION_READER(read_map, add_map, struct rule *)
OPTION_READER(read_assignment, assignment_add, struct assignment_list)
OPTION_READER(read_ways, ways_add, struct ways)

static const struct option_row options[] = {
	SERVER_ROWS(db),

	HEADING_ROW("Which tables"),
	CALL_ROW("map", tables.map, read_map, "REGEX=NAME",
	    "write tables whose db.table matches to NAME; $1 is a group"),
	CALL_ROW("map-column", tables.map_column, read_map, "REGEX=NAME",
	    "the same for db.table.column"),
	CALL_ROW("set", tables.set, read_assignment, "COLUMN=SQL",
	    "set this column to this expression in every row written"),
	FLAG_ROW("ignore-unknown-columns", tables.ignore_unknown,
	    "leave out columns that the target does not have"),
	FLAG_ROW("system-tables", tables.system_tables,
	    "also write to mysql, sys, … and to tables of positions"),
	NAMES_ROW("accept-tables", tables.accept,
	    "take the target's tables of these (db.table) to be as the "
	    "source has them"),
	TEXT_ROW("schema", schema, "FILE",
	    "schema records that give the types of columns"),

	HEADING_ROW("How changes are applied"),
	CHOICE_ROW("insert-mode", insert_mode, insert_modes,
	    "what to do with creates and reads: insert or change the row, "
	    "only insert, or only change"),
	FLAG_ROW("no-delete", no_delete, "leave out deletes and truncates"),
	COUNT_ROW("batch", batch, "N",
	    "commit after about this many changes (20000)"),
	DURATION_ROW("batch-time", batch_time_ms, "TIME",
	    "or after this time (1s)"),
	FLAG_ROW("split-transactions", split,
	    "commit source transactions larger than --batch in parts, so that "
	    "others can see half of one"),
	FLAG_ROW("no-reorder", no_reorder,
	    "keep the order of all changes, and make every one of them"),
	FLAG_ROW("allow-triggers", tables.allow_triggers,
	    "allow tables with triggers"),
	FLAG_ROW("skip-replication", skip_replication,
	    "mark changes so that cdc-tail --skip-replication leaves them "
	    "out"),
	FLAG_ROW("dry-run", dry_run, "print the SQL instead"),
	SHAPE_ROW(shape),

	HEADING_ROW("Schema changes"),
	CHOICE_ROW("schema-evolution", evolution, evolutions,
	    "check the target's tables, add tables and columns, or execute "
	    "the source's statements"),
	CALL_ROW("evolve", ways, read_ways, "ACTION=WAY,...",
	    "follow, ignore or stop at add.column, drop.table, …"),

	HEADING_ROW("Position"),
	TEXT_ROW("name", name, "NAME",
	    "name of the position, or consumer group (cdc)"),
	TEXT_ROW("offsets-db", offsets_db, "DB",
	    "database of cdc_offsets and kafka_consumer_offsets (cdc)"),
	TEXT_ROW("state", state, "FILE",
	    "also write the position to this file, for cdc-tail --state"),
	FLAG_ROW("no-state", no_state,
	    "keep no position: accept any stream, apply at least once"),
	FLAG_ROW("at-least-once", tables.at_least_once,
	    "allow tables whose engine has no transactions"),
	GTID_ORDER_ROW(order, "sequence numbers need not increase"),
	ACCEPT_LISTS_ROW(any_lists, "stream with"),
	FLAG_ROW("show-state", show_state, "print the position and exit"),
	FLAG_ROW("forget", forget, "delete the position and exit"),

	HEADING_ROW("When something fails"),
	RETRY_ROWS(retry,
	    "retries after deadlocks and lost connections (10)",
	    "delay before the first retry, doubled each time (500ms)"),

	TEXT_ROW("dlq", dlq, "FILE",
	    "append records that cannot be applied to this file, and later "
	    "ones of the same keys"),
	COUNT_ROW("dlq-max", dlq_max, "N",
	    "exit after this many entries (10000)"),
	TEXT_ROW("replay-dlq", replay_dlq, "FILE",
	    "apply the entries of this file in order, and exit"),

	HEADING_ROW("How values are written, if no heartbeat says so"),
	DECIMAL_ROW(tables.modes),
	TIME_ROW(tables.modes),
	BINARY_ROW(tables.modes),
	BIGINT_UNSIGNED_ROW(tables.modes),
	JSON_ROW(tables.modes),
	END_ROW
};

static const struct tool tool = {
	.name = "cdc-apply",
	.summary = "apply records to tables of a MariaDB server",
	.synopsis = "[options] -h HOST < RECORDS",
	.options = options,
};

/* 'REGEX=NAME', at the last '='. */
static int
add_map(struct rule **all, const char *text, struct err *err)
{
	const char *sign = strrchr(text, '=');
	struct rule *rule;

	if (!sign || sign == text || !sign[1])
		return err_set(err, ERR_USAGE, "'%s' is not REGEX=NAME",
		    text);
	rule = rule_new((struct span){ text, (size_t)(sign - text) },
	    span_of(sign + 1), err);
	if (!rule)
		return -1;
	pattern_is_named(rule->pattern);
	if (*all)
		rule_last(*all)->next = rule;
	else
		*all = rule;
	return 0;
}

static void
check(const struct apply_options *opt)
{
	if (opt->no_state && opt->state)
		cli_usage(&tool, "--no-state keeps no position that could be "
		    "written to --state");
	if (opt->no_state && opt->split)
		cli_usage(&tool, "--split-transactions needs a position: not "
		    "with --no-state");
	if (opt->dlq && (opt->dry_run || opt->replay_dlq))
		cli_usage(&tool, "--dlq cannot be combined with --dry-run or "
		    "--replay-dlq");
	if (opt->ways.any && opt->evolution < EVOLVE_ADD)
		cli_usage(&tool, "--evolve needs --schema-evolution add or "
		    "apply-ddl");
	if (opt->batch == 0)
		cli_usage(&tool, "--batch must be at least 1");
}

int
main(int argc, char **argv)
{
	struct apply_options opt = {
		.db.found_rows = true,
		.name = "cdc", .offsets_db = "cdc",
		.batch = 20000, .batch_time_ms = 1000,
		.retry = RETRY_DEFAULT, .dlq_max = 10000,
		.tables.modes = { -1, -1, -1, -1, -1 },
	};
	struct err err = { 0 };

	if (cli_parse(&tool, argc, argv, &opt) < argc)
		cli_usage(&tool, "no operands: records come from standard "
		    "input, -h HOST names the server");
	check(&opt);
	opt.tables.offsets_db = opt.offsets_db;
	if (opt.show_state || opt.forget) {
		out_open();
		(opt.forget ? apply_forget : apply_show_state)(&opt, &err);
	} else {
		(opt.replay_dlq ? apply_replay : apply_run)(&opt, &err);
	}
	rule_free(opt.tables.map);
	rule_free(opt.tables.map_column);
	assignments_clear(&opt.tables.set);
	name_list_clear(&opt.tables.accept);
	return cli_finish(&err);
}

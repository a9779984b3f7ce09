/* SPDX-License-Identifier: MIT
 *
 * cdc-apply - keep tables of a MariaDB server equal to those of the records
 *
 * Records in, rows of a replica out, exactly once: the position is a row of
 * the target, too, and moves in the transaction that changes the others.  See
 * cdc-apply(1).
 */

#include "apply/apply.h"
#include "cdc.h"

#define AT(field) offsetof(struct apply_options, field)
#define DB(field) (AT(db) + offsetof(struct db_options, field))

static const char *const insert_modes[] = { "upsert", "insert", "update", 0 };
static const char *const evolutions[] = {
	"none", "check", "add", "apply-ddl", 0,
};
static const char *const orders[] = { "strict", "arrival", 0 };

static int add_map(void *rules, const char *text, struct err *err);

static const struct option_row options[] = {
	DB_OPTION_ROWS(DB),

	{ OPT_GROUP, 0, "Which tables", 0, 0, 0, 0, 0, 0 },
	{ OPT_CALL, 0, "map", AT(tables.map), "REGEX=NAME",
	    "db.table of the source is db.table of the target; $1 is a "
	    "group", 0, add_map, 0 },
	{ OPT_CALL, 0, "map-column", AT(tables.map_column), "REGEX=NAME",
	    "the same for db.table.column", 0, add_map, 0 },
	{ OPT_CALL, 0, "set", AT(tables.set), "COLUMN=SQL",
	    "set this column to that expression in every row", 0,
	    assignment_add, 0 },
	{ OPT_FLAG, 0, "ignore-unknown-columns", AT(tables.ignore_unknown),
	    0, "leave out columns that the target does not have", 0, 0, 0 },
	{ OPT_FLAG, 0, "system-tables", AT(tables.system_tables), 0,
	    "also write to mysql, sys, … and to tables of positions", 0, 0,
	    0 },
	{ OPT_TEXT, 0, "schema", AT(schema), "FILE",
	    "schema records that say what types columns have", 0, 0, 0 },

	{ OPT_GROUP, 0, "What is done", 0, 0, 0, 0, 0, 0 },
	{ OPT_CHOICE, 0, "insert-mode", AT(insert_mode), 0,
	    "creates and reads: upsert (insert, or change what is there), "
	    "insert, or update only", insert_modes, 0, 0 },
	{ OPT_FLAG, 0, "no-delete", AT(no_delete), 0,
	    "leave out deletes and truncates", 0, 0, 0 },
	{ OPT_COUNT, 0, "batch", AT(batch), "N",
	    "about how many changes make a transaction of the target (20000)",
	    0, 0, 0 },
	{ OPT_DURATION, 0, "batch-time", AT(batch_time_ms), "TIME",
	    "or as many as arrive within this time (1s)", 0, 0, 0 },
	{ OPT_FLAG, 0, "split-transactions", AT(split), 0,
	    "commit transactions larger than --batch in parts: half of one "
	    "can be seen", 0, 0, 0 },
	{ OPT_FLAG, 0, "no-reorder", AT(no_reorder), 0,
	    "keep the order of all changes, and make every one of them", 0, 0,
	    0 },
	{ OPT_FLAG, 0, "allow-triggers", AT(tables.allow_triggers), 0,
	    "allow tables that have triggers", 0, 0, 0 },
	{ OPT_CHOICE, 0, "schema-evolution", AT(evolution), 0,
	    "tables of the target: check them, add tables and columns, or "
	    "execute the source's statements", evolutions, 0, 0 },
	{ OPT_CALL, 0, "evolve", AT(ways), "ACTION=WAY,...",
	    "of that: follow, ignore or stop at add.column, drop.table, …",
	    0, ways_add, 0 },
	{ OPT_FLAG, 0, "skip-replication", AT(skip_replication), 0,
	    "mark changes so that cdc-tail --skip-replication leaves them "
	    "out", 0, 0, 0 },
	{ OPT_FLAG, 0, "dry-run", AT(dry_run), 0,
	    "print the SQL instead", 0, 0, 0 },

	SHAPE_OPTION_ROW(AT(shape)),

	{ OPT_GROUP, 0, "Position", 0, 0, 0, 0, 0, 0 },
	{ OPT_TEXT, 0, "name", AT(name), "NAME",
	    "the position's name, a consumer group (cdc)", 0, 0, 0 },
	{ OPT_TEXT, 0, "offsets-db", AT(offsets_db), "DB",
	    "where cdc_offsets and kafka_consumer_offsets are (cdc)", 0, 0,
	    0 },
	{ OPT_TEXT, 0, "state", AT(state), "FILE",
	    "also write the position there, for cdc-tail --state", 0, 0, 0 },
	{ OPT_FLAG, 0, "no-state", AT(no_state), 0,
	    "keep no position: any stream, at least once", 0, 0, 0 },
	{ OPT_FLAG, 0, "at-least-once", AT(tables.at_least_once), 0,
	    "allow tables of engines without transactions", 0, 0, 0 },
	{ OPT_CHOICE, 0, "gtid-order", AT(order), 0,
	    "arrival: sequence numbers need not grow", orders, 0, 0 },
	{ OPT_FLAG, 0, "accept-lists", AT(any_lists), 0,
	    "accept a stream with other include and exclude lists", 0,
	    0, 0 },
	{ OPT_FLAG, 0, "show-state", AT(show_state), 0,
	    "print the position and exit", 0, 0, 0 },
	{ OPT_FLAG, 0, "forget", AT(forget), 0,
	    "forget the position and exit", 0, 0, 0 },

	{ OPT_GROUP, 0, "When something fails", 0, 0, 0, 0, 0, 0 },
	{ OPT_COUNT, 0, "retries", AT(retries), "N",
	    "at most this often after deadlocks and lost connections "
	    "(10)", 0, 0, 0 },
	{ OPT_DURATION, 0, "retry-delay", AT(retry_delay_ms), "TIME",
	    "before the first, then twice as long (500ms)", 0, 0, 0 },
	{ OPT_DURATION, 0, "retry-delay-max", AT(retry_delay_max_ms), "TIME",
	    "at most this long (60s)", 0, 0, 0 },

	{ OPT_TEXT, 0, "dlq", AT(dlq), "FILE",
	    "records that cannot be applied go there, and later ones of the "
	    "same keys", 0, 0, 0 },
	{ OPT_COUNT, 0, "dlq-max", AT(dlq_max), "N",
	    "at most this many entries (10000)", 0, 0, 0 },
	{ OPT_TEXT, 0, "replay-dlq", AT(replay_dlq), "FILE",
	    "apply its entries in order and exit", 0, 0, 0 },

	{ OPT_GROUP, 0, "How values are written, where no heartbeat says",
	    0, 0, 0, 0, 0, 0 },
	{ OPT_CHOICE, 0, "decimal", AT(tables.modes.decimal), 0,
	    "DECIMAL values", modes_decimal, 0, 0 },
	{ OPT_CHOICE, 0, "time", AT(tables.modes.time), 0, "temporal values",
	    modes_time, 0, 0 },
	{ OPT_CHOICE, 0, "binary", AT(tables.modes.binary), 0,
	    "BINARY and BLOB values", modes_binary, 0, 0 },
	{ OPT_CHOICE, 0, "bigint-unsigned", AT(tables.modes.bigint_unsigned),
	    0, "BIGINT UNSIGNED values", modes_bigint, 0, 0 },
	{ OPT_CHOICE, 0, "json", AT(tables.modes.json), 0, "JSON values",
	    modes_json, 0, 0 },
	{ 0 },
};

static const struct tool tool = {
	.name = "cdc-apply",
	.summary = "keep tables of a MariaDB server equal to the source",
	.synopsis = "[options] -h HOST < RECORDS",
	.options = options,
};

/* 'REGEX=NAME', at the last '='. */
static int
add_map(void *rules, const char *text, struct err *err)
{
	struct rule **all = rules;
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
		cli_usage(&tool, "--dlq is not for --dry-run or "
		    "--replay-dlq");
	if (opt->ways.any && opt->evolution < EVOLVE_ADD)
		cli_usage(&tool, "--evolve is for --schema-evolution add and "
		    "apply-ddl");
	if (opt->batch == 0)
		cli_usage(&tool, "--batch is at least 1");
}

int
main(int argc, char **argv)
{
	struct apply_options opt = {
		.db.found_rows = true,
		.name = "cdc", .offsets_db = "cdc",
		.batch = 20000, .batch_time_ms = 1000,
		.retries = 10, .dlq_max = 10000,
		.retry_delay_ms = 500, .retry_delay_max_ms = 60000,
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
	return cli_finish(&err);
}

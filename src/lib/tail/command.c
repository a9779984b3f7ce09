/* SPDX-License-Identifier: MIT */
#include "tail/command.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "state/read.h"
#include "io/files.h"
#include "match/online.h"
#include "position/bound.h"
#include "print/modes.h"
#include "schema/schema_file.h"

static const char *const others[] = { "refuse", "earliest", "now", 0 };
static const char *const on_errors[] = { "stop", "warn", 0 };
static const char *const xas[] = { "commit", "prepare", 0 };
static const char *const orders[] = { "strict", "arrival", 0 };

static int
read_bound(void *field, const char *text, struct err *err)
{
	return bound_parse(field, text, err);
}

static int
read_time(void *field, const char *text, struct err *err)
{
	return bound_parse_time(field, text, err);
}

static int
read_schema(void *field, const char *path, struct err *err)
{
	return schemas_load(*(struct schemas **)field, path, err);
}

static int
read_state(void *field, const char *path, struct err *err)
{
	struct paths *paths = field;

	(void)err;
	paths->v = xreallocarray(paths->v, paths->n + 1, sizeof(*paths->v));
	paths->v[paths->n++] = path;
	return 0;
}

#define AT(field) offsetof(struct tail_command, field)

#define AT_DB(field) AT(in.db.field)

const struct option_row tail_rows[] = {
	DB_OPTION_ROWS(AT_DB),
	{ OPT_COUNT, 0, "server-id", AT(server_id), "N",
	    "the id under which we read (a random one)", 0, 0, 0 },
	{ OPT_COUNT, 0, "retries", AT(in.server.retries), "N",
	    "attempts to connect again (10)", 0, 0, 0 },
	{ OPT_DURATION, 0, "retry-delay", AT(in.server.retry_delay_ms),
	    "TIME", "before the first of them; doubled each time (500ms)", 0,
	    0, 0 },
	{ OPT_DURATION, 0, "retry-delay-max",
	    AT(in.server.retry_delay_max_ms), "TIME", "at most this long (60s)",
	    0, 0, 0 },

	{ OPT_GROUP, 0, "What to read", 0, 0, 0, 0, 0, 0 },
	{ OPT_CALL, 0, "state", AT(states), "FILE",
	    "begin after what a sink has done; may be repeated: after the "
	    "oldest", 0, read_state, 0 },
	{ OPT_FLAG, 0, "accept-lists", AT(in.any_lists), 0,
	    "accept a state made with other include and exclude "
	    "lists", 0, 0, 0 },
	{ OPT_CALL, 0, "from", AT(window.from), "POSITION",
	    "begin there: GTID-LIST (after it), [FILE:]OFFSET, 'YYYY-MM-DD "
	    "HH:MM:SS' (at it), earliest or now", 0, read_bound,
	    "start-position" },
	{ OPT_CALL, 0, "until", AT(window.until), "POSITION",
	    "end there: GTID-LIST (with it), [FILE:]OFFSET or time (before "
	    "it), or now", 0, read_bound, "stop-position" },
	{ OPT_CALL, 0, "start-datetime", AT(window.from), "TIME",
	    "the same as --from TIME", 0, read_time, 0 },
	{ OPT_CALL, 0, "stop-datetime", AT(window.until), "TIME",
	    "the same as --until TIME", 0, read_time, 0 },
	{ OPT_CHOICE, 0, "other-domains", AT(window.other_domains), 0,
	    "GTID domains that --from does not name", others, 0, 0 },
	{ OPT_CHOICE, 0, "gtid-order", AT(window.order), 0,
	    "arrival: accept sequence numbers that do not grow", orders, 0,
	    0 },
	{ OPT_FLAG, 0, "follow", AT(in.files.follow), 0,
	    "wait at the end of the last FILE for more, and go on with the "
	    "log after it", 0, 0, 0 },
	{ OPT_FLAG, 0, "no-verify-checksum", AT(no_verify), 0,
	    "do not check the CRC32 of events", 0, 0, 0 },
	{ OPT_CHOICE, 0, "on-error", AT(on_error), 0,
	    "warn: leave out what cannot be decoded, and go on", on_errors,
	    0, 0 },
	{ OPT_CALL, 0, "schema", AT(tail.schemas), "FILE",
	    "schema records, for what the log does not say of its tables",
	    0, read_schema, 0 },
	{ OPT_FLAG, 0, "trust-current-schema", AT(in.trust_schema), 0,
	    "no table was altered since what is read was logged: the "
	    "server's current schema holds for all of it", 0, 0, 0 },
	{ OPT_FLAG, 0, "lower-case-names", AT(in.lower_names), 0,
	    "files of a server with lower_case_table_names: however statements "
	    "write names of tables, they are in small letters", 0, 0, 0 },
	{ OPT_SIZE, 0, "hold", AT(in.files.hold), "SIZE",
	    "memory for a transaction whose end is not known; a larger one "
	    "goes to a temporary file (8M)", 0, 0, 0 },

	{ OPT_TEXT, 0, "signal", AT(in.incremental.table), "TABLE",
	    "the signal table (db.table): its rows ask for tables to be "
	    "copied while the stream runs", 0, 0, "signal-data-collection" },
	{ OPT_COUNT, 0, "chunk-size", AT(in.incremental.chunk), "ROWS",
	    "rows that such a copy reads at once (1024)", 0, 0,
	    "incremental-snapshot-chunk-size" },

	{ OPT_GROUP, 0, "What to print", 0, 0, 0, 0, 0, 0 },
	{ OPT_NAMES, 0, "include-db", AT(tail.filter.include_db),
	    "REGEX,...", "only these databases", 0, 0, 0 },
	{ OPT_NAMES, 0, "exclude-db", AT(tail.filter.exclude_db),
	    "REGEX,...", "not these databases", 0, 0, 0 },
	{ OPT_NAMES, 't', "include-table", AT(tail.filter.include_table),
	    "REGEX,...", "only these tables (db.table)", 0, 0, 0 },
	{ OPT_NAMES, 0, "exclude-table", AT(tail.filter.exclude_table),
	    "REGEX,...", "not these tables (db.table)", 0, 0, 0 },
	{ OPT_CALL, 0, "online-ddl", AT(tail.filter.online), "TOOL,...",
	    "gh-ost, pt-osc: with --schema-changes, the tables that they fill "
	    "beside one, too; else none of them", 0, online_read, 0 },
	{ OPT_CALL, 0, "skip-op", AT(skip_ops), "OPS",
	    "leave out operations: c, u, d, t", 0, value_ops, 0 },
	{ OPT_NAMES, 0, "include-gtid", AT(tail.origin.include_gtid),
	    "REGEX,...", "only transactions of these GTID sources "
	    "(domain-server)", 0, 0, "gtid-source-includes" },
	{ OPT_NAMES, 0, "exclude-gtid", AT(tail.origin.exclude_gtid),
	    "REGEX,...", "not the transactions of these GTID sources", 0, 0,
	    "gtid-source-excludes" },
	{ OPT_CALL, 0, "include-server-id", AT(tail.origin.servers),
	    "N,...", "only transactions that these servers made", 0,
	    transaction_filter_servers, 0 },
	{ OPT_FLAG, 0, "skip-replication", AT(tail.origin.skip_marked), 0,
	    "leave out transactions made with @@skip_replication", 0, 0, 0 },
	{ OPT_TEXT, 0, "write-state", AT(tail.write_state), "FILE",
	    "at a good end, write there how far it came, for the next run's "
	    "--state, if no sink keeps that", 0, 0, 0 },
	{ OPT_COUNT, 0, "count", AT(tail.count), "N",
	    "end after N data records", 0, 0, 0 },
	{ OPT_FLAG, 0, "tombstones", AT(tail.tombstones), 0,
	    "a tombstone after every delete", 0, 0, 0 },
	{ OPT_FLAG, 0, "transactions", AT(tail.transactions), 0,
	    "records for the BEGIN and END of transactions", 0, 0, 0 },
	{ OPT_FLAG, 0, "schema-changes", AT(tail.schema_changes), 0,
	    "records for DDL statements", 0, 0, 0 },
	{ OPT_FLAG, 0, "control", AT(tail.control), 0,
	    "heartbeats and table schemas, for a sink that keeps a position",
	    0, 0, 0 },
	{ OPT_CHOICE, 0, "xa", AT(xa), 0,
	    "print XA transactions at their COMMIT, or (as Debezium) at "
	    "PREPARE, whatever becomes of them", xas, 0, 0 },
	{ OPT_FLAG, 0, "history", AT(tail.modes.history), 0,
	    "system-versioned tables: history rows, too, as they are logged",
	    0, 0, 0 },
	{ OPT_DURATION, 0, "heartbeat", AT(tail.heartbeat_ms), "TIME",
	    "with --control: at most this between heartbeats (10s)", 0, 0,
	    0 },

	STRICT_OPTION_ROW,

	{ OPT_GROUP, 0, "How to print it", 0, 0, 0, 0, 0, 0 },
	{ OPT_TEXT, 0, "topic-prefix", AT(tail.prefix), "NAME",
	    "first part of every topic (mariadb)", 0, 0, 0 },
	{ OPT_FLAG, 0, "query", AT(tail.query), 0,
	    "the statement's text in source.query", 0, 0, 0 },
	{ OPT_TEXT, 0, "unavailable-value", AT(tail.unavailable), "TEXT",
	    "print columns that the log does not hold as TEXT (left out)",
	    0, 0, 0 },
	{ OPT_CHOICE, 0, "decimal", AT(tail.modes.decimal), 0,
	    "DECIMAL values", modes_decimal, 0, 0 },
	{ OPT_CHOICE, 0, "time", AT(tail.modes.time), 0,
	    "temporal values", modes_time, 0, 0 },
	{ OPT_CHOICE, 0, "binary", AT(tail.modes.binary), 0,
	    "BINARY and BLOB values", modes_binary, 0, 0 },
	{ OPT_CHOICE, 0, "bigint", AT(tail.modes.bigint), 0,
	    "all BIGINT values; string for readers whose numbers are doubles",
	    modes_all_bigint, 0, 0 },
	{ OPT_CHOICE, 0, "bigint-unsigned", AT(tail.modes.bigint_unsigned), 0,
	    "BIGINT UNSIGNED values", modes_bigint, 0, 0 },
	{ OPT_CHOICE, 0, "json", AT(tail.modes.json), 0,
	    "JSON values", modes_json, 0, 0 },
	{ 0 },
};

void
tail_command_init(struct tail_command *cmd)
{
	*cmd = (struct tail_command){
		.tail = { .prefix = "mariadb", .heartbeat_ms = 10000,
			.count = UINT64_MAX, .schemas = schemas_new(),
			.filter.source = true },
		.in = { .files = { .hold = 8 << 20 },
			.server = { .retries = 10, .retry_delay_ms = 500,
			.retry_delay_max_ms = 60000 },
			.incremental = { .chunk = 1024 } },
	};
}

/* Another run must not move the state between our look and our writing. */
static int
take_states(struct tail_command *cmd, struct err *err)
{
	if (cmd->tail.write_state && file_lock(cmd->tail.write_state, err) < 0)
		return -1;
	for (size_t i = 0; i < cmd->states.n; i++)
		if (states_add(&cmd->in.states, cmd->states.v[i], err) < 0)
			return err_wrap(err, "--state");
	return 0;
}

/* What would say nothing here. */
static int
check_kind(const struct tail_command *cmd, bool live, struct err *err)
{
	const char *idle = live ? NULL : cmd->in.incremental.table ?
	    "--signal" : cmd->server_id ? "--server-id" :
	    cmd->in.trust_schema ? "--trust-current-schema" : NULL;

	if (idle)
		return err_set(err, ERR_USAGE, "%s is for a server, not for "
		    "files", idle);
	if (live && cmd->in.files.follow)
		return err_set(err, ERR_USAGE, "--follow is for files: a "
		    "server is followed anyway");
	if (live && cmd->in.lower_names)
		return err_set(err, ERR_USAGE, "--lower-case-names is for "
		    "files: a server says so itself");
	return 0;
}

int
tail_command_settle(struct tail_command *cmd, bool live, struct err *err)
{
	struct tail_input *in = &cmd->in;

	if (cmd->server_id >= UINT32_MAX)
		return err_set(err, ERR_USAGE, "--server-id is at most "
		    "4294967294");
	if (check_kind(cmd, live, err) < 0)
		return -1;
	if (in->incremental.table &&
	    transaction_filter_chooses(&cmd->tail.origin))
		return err_set(err, ERR_USAGE, "--signal: not with options "
		    "that leave out transactions by who made them");
	if (in->incremental.chunk == 0)
		return err_set(err, ERR_USAGE, "--chunk-size is at least 1");
	if (in->lower_names)
		schemas_lower_names(cmd->tail.schemas);
	cmd->tail.filter.own = in->incremental.table;
	cmd->tail.filter.online_hides = cmd->tail.filter.online &&
	    !cmd->tail.schema_changes;
	cmd->tail.tolerant = cmd->on_error == ON_ERROR_WARN;
	cmd->tail.skip_ops = cmd->skip_ops;
	in->files.verify = in->server.verify = !cmd->no_verify;
	in->server.server_id = (uint32_t)cmd->server_id;
	return take_states(cmd, err);
}

void
tail_command_clear(struct tail_command *cmd)
{
	free(cmd->states.v);
	schemas_free(cmd->tail.schemas);
	range_clear(&cmd->window);
	table_filter_clear(&cmd->tail.filter);
	transaction_filter_clear(&cmd->tail.origin);
}

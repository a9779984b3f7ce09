/* SPDX-License-Identifier: MIT */
#include "tail/command.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/array.h"
#include "cli/groups.h"
#include "state/states.h"
#include "io/files.h"
#include "position/bound.h"
#include "schema/schema_file.h"

static const char *const others[] = { "refuse", "earliest", "now", 0 };
static const char *const on_errors[] = { "stop", "warn", 0 };
static const char *const xas[] = { "commit", "prepare", 0 };

static int
load_schema(struct schemas **schemas, const char *path, struct err *err)
{
	return schemas_load(*schemas, path, err);
}

static int
add_path(struct paths *paths, const char *path, struct err *err)
{
	(void)err;
	*ARRAY_ADD(paths->v, paths->n) = path;
	return 0;
}

#define OPTIONS struct tail_command
OPTION_READER(read_bound, bound_parse, struct bound)
OPTION_READER(read_time, bound_parse_time, struct bound)
OPTION_READER(read_schema, load_schema, struct schemas *)
OPTION_READER(read_state, add_path, struct paths)
OPTION_READER(read_ops, value_ops, struct ops)
OPTION_READER(read_servers, transaction_filter_servers, struct server_ids)

const struct option_row tail_rows[] = {
	SERVER_ROWS(in.db),
	COUNT_ROW("server-id", server_id, "N",
	    "server id to register with (random)"),
	RETRY_ROWS(in.server.retry, "consecutive attempts to reconnect (10)",
	    "delay before the first attempt, doubled each time (500ms)"),

	HEADING_ROW("Where to start and stop"),
	CALL_ROW("state", states, read_state, "FILE",
	    "start after the position in this file; if repeated, after the "
	    "oldest"),
	ACCEPT_LISTS_ROW(in.any_lists, "state made with"),
	CALL_ROW("from", window.from, read_bound, "POSITION",
	    "start after GTID-LIST, or at [FILE:]OFFSET, 'YYYY-MM-DD "
	    "HH:MM:SS', earliest or now", .also = "start-position"),
	CALL_ROW("until", window.until, read_bound, "POSITION",
	    "stop after GTID-LIST, or before [FILE:]OFFSET, a time or now",
	    .also = "stop-position"),
	CALL_ROW("start-datetime", window.from, read_time, "TIME",
	    "same as --from TIME"),
	CALL_ROW("stop-datetime", window.until, read_time, "TIME",
	    "same as --until TIME"),
	COUNT_ROW("count", tail.count, "N", "stop after N data records"),
	CHOICE_ROW("other-domains", window.other_domains, others,
	    "what to do about GTID domains that --from does not name"),
	GTID_ORDER_ROW(window.order,
	    "sequence numbers need not increase"),
	FLAG_ROW("follow", in.files.follow,
	    "at the end of the last FILE, wait for more, then read the next "
	    "log"),

	HEADING_ROW("What to read"),
	FLAG_ROW("no-verify-checksum", no_verify,
	    "do not verify the CRC32 of events"),
	CHOICE_ROW("on-error", on_error, on_errors,
	    "warn: leave out what cannot be decoded, and continue"),
	CALL_ROW("schema", tail.schemas, read_schema, "FILE",
	    "schema records that complete the table maps in the log"),
	FLAG_ROW("trust-current-schema", in.trust_schema,
	    "apply the server's current schema to the whole log: no table was "
	    "altered since"),
	FLAG_ROW("lower-case-names", in.lower_names,
	    "files: the server has lower_case_table_names set, so table names "
	    "are in lower case however they are spelt"),
	SIZE_ROW("hold", in.files.hold, "SIZE",
	    "memory for a transaction whose end has not been read; a larger "
	    "one goes to a temporary file (8M)"),

	TEXT_ROW("signal", in.incremental.table, "TABLE",
	    "signal table (db.table), in which rows request copies of tables "
	    "while the stream runs", .also = "signal-data-collection"),
	COUNT_ROW("chunk-size", in.incremental.chunk, "ROWS",
	    "rows that an incremental snapshot reads at a time (1024)",
	    .also = "incremental-snapshot-chunk-size"),

	HEADING_ROW("What to print"),
	TABLE_ROWS(tail.filter),
	ONLINE_DDL_ROW(tail.filter,
	    "how to treat the shadow tables of gh-ost, pt-osc: captured with "
	    "--schema-changes, otherwise left out"),
	CALL_ROW("skip-op", skip_ops, read_ops, "OPS",
	    "leave out these operations: c, u, d, t"),
	NAMES_ROW("include-gtid", tail.origin.include_gtid,
	    "only transactions from these GTID sources (domain-server)",
	    .also = "gtid-source-includes"),
	NAMES_ROW("exclude-gtid", tail.origin.exclude_gtid,
	    "not transactions from these GTID sources",
	    .also = "gtid-source-excludes"),
	CALL_ROW("include-server-id", tail.origin.servers,
	    read_servers, "N,...",
	    "only transactions that originated on these servers"),
	FLAG_ROW("skip-replication", tail.origin.skip_marked,
	    "leave out transactions made with @@skip_replication"),
	FLAG_ROW("tombstones", tail.tombstones,
	    "print a tombstone after every delete"),
	FLAG_ROW("transactions", tail.transactions,
	    "print records for BEGIN and END of transactions"),
	FLAG_ROW("schema-changes", tail.schema_changes,
	    "print records for DDL statements"),
	FLAG_ROW("control", tail.control,
	    "print heartbeats and table schemas, for a sink that keeps a "
	    "position"),
	CHOICE_ROW("xa", xa, xas,
	    "print XA transactions at their COMMIT or, like Debezium, at "
	    "PREPARE whatever becomes of them"),
	FLAG_ROW("history", tail.modes.history,
	    "also print the history rows of system-versioned tables"),
	DURATION_ROW("heartbeat", tail.heartbeat_ms, "TIME",
	    "with --control: longest time between heartbeats (10s)"),
	TEXT_ROW("write-state", tail.write_state, "FILE",
	    "on success, write the position reached to this file, for --state "
	    "of the next run; use it if no sink keeps the position"),
	STRICT_ROW,

	PRINT_ROWS(tail.prefix),
	FLAG_ROW("query", tail.query, "print the statement's text in "
	    "source.query"),
	TEXT_ROW("unavailable-value", tail.unavailable, "TEXT",
	    "print TEXT for columns that the log does not contain (default: "
	    "leave them out)"),
	MODE_ROWS(tail.modes),
	END_ROW
};

void
tail_command_init(struct tail_command *cmd)
{
	*cmd = (struct tail_command){
		.tail = { .prefix = "mariadb", .heartbeat_ms = 10000,
			.count = UINT64_MAX, .schemas = schemas_new(),
			.filter.source = true },
		.in = { .files = { .hold = 8 << 20 },
			.server = { .retry = RETRY_DEFAULT },
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
		    "server is always followed");
	if (live && cmd->in.lower_names)
		return err_set(err, ERR_USAGE, "--lower-case-names is for "
		    "files: a server is asked");
	return 0;
}

int
tail_command_settle(struct tail_command *cmd, bool live, struct err *err)
{
	struct tail_input *in = &cmd->in;

	if (cmd->server_id >= UINT32_MAX)
		return err_set(err, ERR_USAGE, "--server-id must be at most "
		    "4294967294");
	if (check_kind(cmd, live, err) < 0)
		return -1;
	if (in->incremental.table &&
	    transaction_filter_chooses(&cmd->tail.origin))
		return err_set(err, ERR_USAGE, "--signal cannot be combined "
		    "with options that select transactions by origin");
	if (in->incremental.chunk == 0)
		return err_set(err, ERR_USAGE, "--chunk-size must be at least "
		    "1");
	if (in->lower_names)
		schemas_lower_names(cmd->tail.schemas);
	cmd->tail.filter.own = in->incremental.table;
	cmd->tail.filter.online_hides = cmd->tail.filter.online &&
	    !cmd->tail.schema_changes;
	cmd->tail.tolerant = cmd->on_error == ON_ERROR_WARN;
	cmd->tail.skip_ops = cmd->skip_ops.v;
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

/* SPDX-License-Identifier: MIT
 *
 * THE TABLE: event type -> its name and what it means.
 */
#include "binlog/events.h"

#define OLD "an event of a server before 5.0.3"
#define ROW(name, ...) [EVENT_##name] = { #name, __VA_ARGS__ }

static const struct event_kind kinds[256] = {
	ROW(START_V3, ROLE_REFUSED, OLD),
	ROW(QUERY, ROLE_QUERY),
	ROW(STOP, ROLE_STOP),
	ROW(ROTATE, ROLE_ROTATE),
	ROW(INTVAR, ROLE_SKIPPED, "part of a statement"),
	ROW(LOAD, ROLE_REFUSED, OLD),
	ROW(CREATE_FILE, ROLE_REFUSED, OLD),
	ROW(APPEND_BLOCK, ROLE_SKIPPED, "part of a statement"),
	ROW(EXEC_LOAD, ROLE_REFUSED, OLD),
	ROW(DELETE_FILE, ROLE_SKIPPED, "part of a statement"),
	ROW(NEW_LOAD, ROLE_REFUSED, OLD),
	ROW(RAND, ROLE_SKIPPED, "part of a statement"),
	ROW(USER_VAR, ROLE_SKIPPED, "part of a statement"),
	ROW(FORMAT_DESCRIPTION, ROLE_FORMAT),
	ROW(XID, ROLE_XID),
	ROW(BEGIN_LOAD_QUERY, ROLE_SKIPPED, "part of a statement"),
	ROW(EXECUTE_LOAD_QUERY, ROLE_QUERY, .loads = true),
	ROW(TABLE_MAP, ROLE_TABLE_MAP),
	ROW(PRE_GA_WRITE_ROWS, ROLE_REFUSED, OLD),
	ROW(PRE_GA_UPDATE_ROWS, ROLE_REFUSED, OLD),
	ROW(PRE_GA_DELETE_ROWS, ROLE_REFUSED, OLD),
	ROW(WRITE_ROWS_V1, ROLE_ROWS, .op = 'c', .version = 1),
	ROW(UPDATE_ROWS_V1, ROLE_ROWS, .op = 'u', .version = 1),
	ROW(DELETE_ROWS_V1, ROLE_ROWS, .op = 'd', .version = 1),
	ROW(INCIDENT, ROLE_REFUSED,
	    "the server lost events here: changes are missing from the log",
	    "copy the tables again, from after this position"),
	ROW(HEARTBEAT, ROLE_SKIPPED, "no change"),
	ROW(IGNORABLE, ROLE_SKIPPED, "no change"),
	ROW(ROWS_QUERY, ROLE_ANNOTATE),
	ROW(WRITE_ROWS, ROLE_ROWS, .op = 'c', .version = 2),
	ROW(UPDATE_ROWS, ROLE_ROWS, .op = 'u', .version = 2),
	ROW(DELETE_ROWS, ROLE_ROWS, .op = 'd', .version = 2),
	ROW(GTID_LOG, ROLE_MYSQL_GTID),
	ROW(ANONYMOUS_GTID_LOG, ROLE_MYSQL_GTID),
	ROW(PREVIOUS_GTIDS, ROLE_SKIPPED,
	    "MySQL logs are told apart by file and offset"),
	ROW(TRANSACTION_CONTEXT, ROLE_SKIPPED, "group replication"),
	ROW(VIEW_CHANGE, ROLE_SKIPPED, "group replication"),
	ROW(XA_PREPARE_LOG, ROLE_XA_PREPARE),
	ROW(PARTIAL_UPDATE_ROWS, ROLE_REFUSED,
	    "partial JSON updates are not decoded",
	    "set binlog_row_value_options='' on the server"),
	ROW(TRANSACTION_PAYLOAD, ROLE_PAYLOAD),
	ROW(HEARTBEAT_V2, ROLE_SKIPPED, "no change"),
	ROW(GTID_TAGGED, ROLE_MYSQL_GTID),
	ROW(ANNOTATE_ROWS, ROLE_ANNOTATE),
	ROW(BINLOG_CHECKPOINT, ROLE_SKIPPED, "for the server's own recovery"),
	ROW(GTID, ROLE_GTID),
	ROW(GTID_LIST, ROLE_GTID_LIST),
	ROW(START_ENCRYPTION, ROLE_ENCRYPTED,
	    "the rest of the file is encrypted (encrypt_binlog=ON)",
	    "read it from the server, which sends it decrypted (cdc-tail "
	    "--host), or have it written by mariadb-binlog --raw "
	    "--read-from-remote-server"),
	ROW(QUERY_COMPRESSED, ROLE_QUERY, .compressed = true),
	ROW(WRITE_ROWS_COMPRESSED_V1, ROLE_ROWS, .op = 'c', .version = 1,
	    .compressed = true),
	ROW(UPDATE_ROWS_COMPRESSED_V1, ROLE_ROWS, .op = 'u', .version = 1,
	    .compressed = true),
	ROW(DELETE_ROWS_COMPRESSED_V1, ROLE_ROWS, .op = 'd', .version = 1,
	    .compressed = true),
	ROW(WRITE_ROWS_COMPRESSED, ROLE_ROWS, .op = 'c', .version = 2,
	    .compressed = true),
	ROW(UPDATE_ROWS_COMPRESSED, ROLE_ROWS, .op = 'u', .version = 2,
	    .compressed = true),
	ROW(DELETE_ROWS_COMPRESSED, ROLE_ROWS, .op = 'd', .version = 2,
	    .compressed = true),
	ROW(PARTIAL_ROW_DATA, ROLE_FRAGMENT),
};

const struct event_kind *
event_kind(uint8_t type)
{
	static const struct event_kind unknown = { "unknown", ROLE_UNKNOWN };

	return kinds[type].name ? &kinds[type] : &unknown;
}

int
event_refuse(const struct event_kind *kind, uint8_t type, struct err *err)
{
	if (kind->role == ROLE_UNKNOWN) {
		err_set(err, ERR_DATA, "unknown event type %u", type);
		return err_hint(err, "it may hold changes; a newer version "
		    "of this program may know it");
	}
	err_set(err, ERR_DATA, "%s event: %s", kind->name, kind->why);
	if (kind->hint)
		err_hint(err, "%s", kind->hint);
	return -1;
}

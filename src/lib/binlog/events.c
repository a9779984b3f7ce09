/* SPDX-License-Identifier: MIT
 *
 * THE TABLE: event type -> its name and what it means.  Numbers and names are
 * those of enum Log_event_type in MariaDB's sql/log_event.h and MySQL's
 * libs/mysql/binlog/event/binlog_event.h.
 */
#include "binlog/events.h"

#define OLD "an event of a server before 5.0.3"

static const struct event_type types[256] = {
	[1] = { "START_V3", EVENT_REFUSED, OLD },
	[2] = { "QUERY", EVENT_QUERY },
	[3] = { "STOP", EVENT_STOP },
	[4] = { "ROTATE", EVENT_ROTATE },
	[5] = { "INTVAR", EVENT_SKIPPED, "part of a statement" },
	[6] = { "LOAD", EVENT_REFUSED, OLD },
	[8] = { "CREATE_FILE", EVENT_REFUSED, OLD },
	[9] = { "APPEND_BLOCK", EVENT_SKIPPED, "part of a statement" },
	[10] = { "EXEC_LOAD", EVENT_REFUSED, OLD },
	[11] = { "DELETE_FILE", EVENT_SKIPPED, "part of a statement" },
	[12] = { "NEW_LOAD", EVENT_REFUSED, OLD },
	[13] = { "RAND", EVENT_SKIPPED, "part of a statement" },
	[14] = { "USER_VAR", EVENT_SKIPPED, "part of a statement" },
	[15] = { "FORMAT_DESCRIPTION", EVENT_FORMAT },
	[16] = { "XID", EVENT_XID },
	[17] = { "BEGIN_LOAD_QUERY", EVENT_SKIPPED, "part of a statement" },
	[18] = { "EXECUTE_LOAD_QUERY", EVENT_QUERY, .loads = true },
	[19] = { "TABLE_MAP", EVENT_TABLE_MAP },
	[20] = { "PRE_GA_WRITE_ROWS", EVENT_REFUSED, OLD },
	[21] = { "PRE_GA_UPDATE_ROWS", EVENT_REFUSED, OLD },
	[22] = { "PRE_GA_DELETE_ROWS", EVENT_REFUSED, OLD },
	[23] = { "WRITE_ROWS_V1", EVENT_ROWS, .op = 'c', .version = 1 },
	[24] = { "UPDATE_ROWS_V1", EVENT_ROWS, .op = 'u', .version = 1 },
	[25] = { "DELETE_ROWS_V1", EVENT_ROWS, .op = 'd', .version = 1 },
	[26] = { "INCIDENT", EVENT_REFUSED,
	    "the server lost events here: changes are missing from the log",
	    "copy the tables again, from after this position" },
	[27] = { "HEARTBEAT", EVENT_SKIPPED, "no change" },
	[28] = { "IGNORABLE", EVENT_SKIPPED, "no change" },
	[29] = { "ROWS_QUERY", EVENT_ANNOTATE },
	[30] = { "WRITE_ROWS", EVENT_ROWS, .op = 'c', .version = 2 },
	[31] = { "UPDATE_ROWS", EVENT_ROWS, .op = 'u', .version = 2 },
	[32] = { "DELETE_ROWS", EVENT_ROWS, .op = 'd', .version = 2 },
	[33] = { "GTID_LOG", EVENT_MYSQL_GTID },
	[34] = { "ANONYMOUS_GTID_LOG", EVENT_MYSQL_GTID },
	[35] = { "PREVIOUS_GTIDS", EVENT_SKIPPED,
	    "MySQL logs are told apart by file and offset" },
	[36] = { "TRANSACTION_CONTEXT", EVENT_SKIPPED, "group replication" },
	[37] = { "VIEW_CHANGE", EVENT_SKIPPED, "group replication" },
	[38] = { "XA_PREPARE_LOG", EVENT_XA_PREPARE },
	[39] = { "PARTIAL_UPDATE_ROWS", EVENT_REFUSED,
	    "partial JSON updates are not decoded",
	    "set binlog_row_value_options='' on the server" },
	[40] = { "TRANSACTION_PAYLOAD", EVENT_PAYLOAD },
	[41] = { "HEARTBEAT_V2", EVENT_SKIPPED, "no change" },
	[42] = { "GTID_TAGGED", EVENT_MYSQL_GTID },
	[160] = { "ANNOTATE_ROWS", EVENT_ANNOTATE },
	[161] = { "BINLOG_CHECKPOINT", EVENT_SKIPPED,
	    "for the server's own recovery" },
	[162] = { "GTID", EVENT_GTID },
	[163] = { "GTID_LIST", EVENT_GTID_LIST },
	[164] = { "START_ENCRYPTION", EVENT_ENCRYPTED,
	    "the rest of the file is encrypted (encrypt_binlog=ON)",
	    "read it from the server, which sends it decrypted (cdc-tail "
	    "--host), or have it written by mariadb-binlog --raw "
	    "--read-from-remote-server" },
	[165] = { "QUERY_COMPRESSED", EVENT_QUERY, .compressed = true },
	[166] = { "WRITE_ROWS_COMPRESSED_V1", EVENT_ROWS, .op = 'c',
	    .version = 1, .compressed = true },
	[167] = { "UPDATE_ROWS_COMPRESSED_V1", EVENT_ROWS, .op = 'u',
	    .version = 1, .compressed = true },
	[168] = { "DELETE_ROWS_COMPRESSED_V1", EVENT_ROWS, .op = 'd',
	    .version = 1, .compressed = true },
	[169] = { "WRITE_ROWS_COMPRESSED", EVENT_ROWS, .op = 'c', .version = 2,
	    .compressed = true },
	[170] = { "UPDATE_ROWS_COMPRESSED", EVENT_ROWS, .op = 'u',
	    .version = 2, .compressed = true },
	[171] = { "DELETE_ROWS_COMPRESSED", EVENT_ROWS, .op = 'd',
	    .version = 2, .compressed = true },
	[172] = { "PARTIAL_ROW_DATA", EVENT_FRAGMENT },
};

const struct event_type *
event_type(uint8_t type)
{
	static const struct event_type unknown = { "unknown", EVENT_UNKNOWN };

	return types[type].name ? &types[type] : &unknown;
}

int
event_refuse(const struct event_type *type, uint8_t number, struct err *err)
{
	if (type->role == EVENT_UNKNOWN) {
		err_set(err, ERR_DATA, "unknown event type %u", number);
		return err_hint(err, "it may hold changes; a newer version "
		    "of this program may know it");
	}
	err_set(err, ERR_DATA, "%s event: %s", type->name, type->why);
	if (type->hint)
		err_hint(err, "%s", type->hint);
	return -1;
}

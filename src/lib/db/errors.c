/* SPDX-License-Identifier: MIT */
#include "db/errors.h"

#include <stddef.h>
#include <string.h>

#include <errmsg.h>

/* of mysys, which no header for clients names */
enum { EE_WRITE = 3, EE_DISK_FULL = 20 };

static const struct meaning {
	unsigned number;
	enum err_kind kind;
} meanings[] = {
	/* the connection is lost, or cannot be made now */
	{ ER_CON_COUNT_ERROR, ERR_UNAVAILABLE },
	{ ER_HANDSHAKE_ERROR, ERR_UNAVAILABLE },
	{ ER_SERVER_SHUTDOWN, ERR_UNAVAILABLE },
	{ ER_NORMAL_SHUTDOWN, ERR_UNAVAILABLE },
	{ ER_HOST_IS_BLOCKED, ERR_UNAVAILABLE },
	{ ER_CANT_CREATE_THREAD, ERR_UNAVAILABLE },
	{ ER_ABORTING_CONNECTION, ERR_UNAVAILABLE },
	{ ER_NET_READ_ERROR, ERR_UNAVAILABLE },
	{ ER_NET_READ_INTERRUPTED, ERR_UNAVAILABLE },
	{ ER_NET_ERROR_ON_WRITE, ERR_UNAVAILABLE },
	{ ER_NET_WRITE_INTERRUPTED, ERR_UNAVAILABLE },
	{ ER_NEW_ABORTING_CONNECTION, ERR_UNAVAILABLE },
	{ ER_TOO_MANY_USER_CONNECTIONS, ERR_UNAVAILABLE },
	{ ER_USER_LIMIT_REACHED, ERR_UNAVAILABLE },
	{ ER_CONNECTION_KILLED, ERR_UNAVAILABLE },
	{ CR_SOCKET_CREATE_ERROR, ERR_UNAVAILABLE },
	{ CR_CONNECTION_ERROR, ERR_UNAVAILABLE },
	{ CR_CONN_HOST_ERROR, ERR_UNAVAILABLE },
	{ CR_IPSOCK_ERROR, ERR_UNAVAILABLE },
	{ CR_SERVER_GONE_ERROR, ERR_UNAVAILABLE },
	{ CR_SERVER_LOST, ERR_UNAVAILABLE },
	{ CR_SERVER_LOST_EXTENDED, ERR_UNAVAILABLE },
	{ CR_ERR_NET_READ, ERR_UNAVAILABLE },
	{ CR_ERR_NET_WRITE, ERR_UNAVAILABLE },
	/* the same may work later */
	{ ER_CHECKREAD, ERR_RETRY },
	{ ER_DISK_FULL, ERR_RETRY },
	{ ER_ERROR_ON_WRITE, ERR_RETRY },
	{ ER_OUTOFMEMORY, ERR_RETRY },
	{ ER_OUT_OF_SORTMEMORY, ERR_RETRY },
	{ ER_OUT_OF_RESOURCES, ERR_RETRY },
	{ ER_UNKNOWN_COM_ERROR, ERR_RETRY },
	{ ER_RECORD_FILE_FULL, ERR_RETRY },
	{ ER_ERROR_DURING_COMMIT, ERR_RETRY },
	{ ER_LOCK_WAIT_TIMEOUT, ERR_RETRY },
	{ ER_LOCK_TABLE_FULL, ERR_RETRY },
	{ ER_LOCK_DEADLOCK, ERR_RETRY },
	{ ER_GET_TEMPORARY_ERRMSG, ERR_RETRY },
	{ ER_QUERY_INTERRUPTED, ERR_RETRY },
	{ ER_TABLE_DEF_CHANGED, ERR_RETRY },
	{ ER_XA_RBTIMEOUT, ERR_RETRY },
	{ ER_XA_RBDEADLOCK, ERR_RETRY },
	{ ER_NEED_REPREPARE, ERR_RETRY },
	{ ER_TOO_MANY_CONCURRENT_TRXS, ERR_RETRY },
	{ ER_LOCK_ABORTED, ERR_RETRY },
	{ ER_READ_ONLY_MODE, ERR_RETRY },
	{ ER_INNODB_READ_ONLY, ERR_RETRY },
	{ ER_TEMP_FILE_WRITE_FAILURE, ERR_RETRY },
	{ ER_STATEMENT_TIMEOUT, ERR_RETRY },
	{ ER_BACKUP_LOCK_IS_ACTIVE, ERR_RETRY },
	{ EE_WRITE, ERR_RETRY },
	{ EE_DISK_FULL, ERR_RETRY },
	/* a value is at fault */
	{ ER_DUP_KEY, ERR_DATA },
	{ ER_BAD_NULL_ERROR, ERR_DATA },
	{ ER_SUBQUERY_NO_1_ROW, ERR_DATA },
	{ ER_DUP_ENTRY, ERR_DATA },
	{ ER_WRONG_VALUE_COUNT_ON_ROW, ERR_DATA },
	{ ER_NET_PACKET_TOO_LARGE, ERR_DATA },
	{ ER_DUP_UNIQUE, ERR_DATA },
	{ ER_NO_REFERENCED_ROW, ERR_DATA },
	{ ER_ROW_IS_REFERENCED, ERR_DATA },
	{ ER_WARN_DATA_OUT_OF_RANGE, ERR_DATA },
	{ WARN_DATA_TRUNCATED, ERR_DATA },
	{ ER_TRUNCATED_WRONG_VALUE, ERR_DATA },
	{ ER_INVALID_CHARACTER_STRING, ERR_DATA },
	{ ER_NO_DEFAULT_FOR_FIELD, ERR_DATA },
	{ ER_DIVISION_BY_ZERO, ERR_DATA },
	{ ER_TRUNCATED_WRONG_VALUE_FOR_FIELD, ERR_DATA },
	{ ER_ILLEGAL_VALUE_FOR_TYPE, ERR_DATA },
	{ ER_DATA_TOO_LONG, ERR_DATA },
	{ ER_WRONG_VALUE_FOR_TYPE, ERR_DATA },
	{ ER_CANT_CREATE_GEOMETRY_OBJECT, ERR_DATA },
	{ ER_DATETIME_FUNCTION_OVERFLOW, ERR_DATA },
	{ ER_ROW_IS_REFERENCED_2, ERR_DATA },
	{ ER_NO_REFERENCED_ROW_2, ERR_DATA },
	{ ER_WRONG_VALUE, ERR_DATA },
	{ ER_NO_PARTITION_FOR_GIVEN_VALUE, ERR_DATA },
	{ ER_DUP_ENTRY_WITH_KEY_NAME, ERR_DATA },
	{ ER_SIGNAL_EXCEPTION, ERR_DATA },
	{ ER_DATA_OUT_OF_RANGE, ERR_DATA },
	{ ER_ROW_DOES_NOT_MATCH_PARTITION, ERR_DATA },
	{ CR_NET_PACKET_TOO_LARGE, ERR_DATA },
	{ ER_CONSTRAINT_FAILED, ERR_DATA },
	{ ER_ILLEGAL_PARAMETER_DATA_TYPES2_FOR_OPERATION, ERR_DATA },
	/* here */
	{ CR_OUT_OF_MEMORY, ERR_OS },
	/* our own fault */
	{ CR_COMMANDS_OUT_OF_SYNC, ERR_BUG },
	{ CR_NO_PREPARE_STMT, ERR_BUG },
	{ CR_PARAMS_NOT_BOUND, ERR_BUG },
	{ CR_INVALID_PARAMETER_NO, ERR_BUG },
	{ CR_INVALID_BUFFER_USE, ERR_BUG },
};

/* Numbers that mean several things; the first row whose text is there. */
static const struct reading {
	unsigned number;
	const char *text;
	enum err_kind kind;
} readings[] = {
	/* --read-only, and other options, which no time changes */
	{ ER_OPTION_PREVENTS_STATEMENT, "read-only", ERR_RETRY },
	{ ER_OPTION_PREVENTS_STATEMENT, "read_only", ERR_RETRY },
	/* of an engine: ENOSPC, EDQUOT; HA_ERR_RECORD_FILE_FULL */
	{ ER_GET_ERRNO, "error 28 ", ERR_RETRY },
	{ ER_GET_ERRNO, "error 122 ", ERR_RETRY },
	{ ER_GET_ERRNO, "error 135 ", ERR_RETRY },
	/* EAI_AGAIN, EAI_FAIL, EAI_SYSTEM: no answer, and not "no" */
	{ CR_UNKNOWN_HOST, "(-3)", ERR_UNAVAILABLE },
	{ CR_UNKNOWN_HOST, "(-4)", ERR_UNAVAILABLE },
	{ CR_UNKNOWN_HOST, "(-11)", ERR_UNAVAILABLE },
	/* a TLS connection that is cut, and not a certificate: the system's
	 * words come with its number */
	{ CR_SSL_CONNECTION_ERROR, "unexpected eof", ERR_UNAVAILABLE },
	{ CR_SSL_CONNECTION_ERROR, "(104)", ERR_UNAVAILABLE },
	{ CR_SSL_CONNECTION_ERROR, "(110)", ERR_UNAVAILABLE },
	{ CR_SSL_CONNECTION_ERROR, "(32)", ERR_UNAVAILABLE },
	{ CR_SSL_CONNECTION_ERROR, "(11)", ERR_UNAVAILABLE },
	{ CR_SSL_CONNECTION_ERROR, "(113)", ERR_UNAVAILABLE },
};

/* A statement's end that says nothing of what it did. */
static const unsigned cut_off[] = {
	ER_SERVER_SHUTDOWN, ER_NET_READ_ERROR, ER_NET_ERROR_ON_WRITE,
	ER_NEW_ABORTING_CONNECTION, ER_QUERY_INTERRUPTED,
};

/* Others were in the way, who are not elsewhere. */
static const unsigned in_the_way[] = {
	ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK, ER_XA_RBDEADLOCK,
};

static const unsigned denied[] = {
	ER_DBACCESS_DENIED_ERROR, ER_TABLEACCESS_DENIED_ERROR,
	ER_COLUMNACCESS_DENIED_ERROR, ER_PROCACCESS_DENIED_ERROR,
	ER_SPECIFIC_ACCESS_DENIED_ERROR,
};

enum err_kind
db_error_kind(unsigned number, const char *text)
{
	for (size_t i = 0; i < sizeof(readings) / sizeof(*readings); i++)
		if (readings[i].number == number &&
		    strstr(text, readings[i].text))
			return readings[i].kind;
	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
		if (meanings[i].number == number)
			return meanings[i].kind;
	return ERR_CONFIG;
}

static bool
is_in(const unsigned *numbers, size_t n, unsigned number)
{
	for (size_t i = 0; i < n; i++)
		if (numbers[i] == number)
			return true;
	return false;
}

bool
db_was_cut_off(unsigned number)
{
	return is_in(cut_off, sizeof(cut_off) / sizeof(*cut_off), number);
}

bool
db_was_in_the_way(unsigned number)
{
	return is_in(in_the_way, sizeof(in_the_way) / sizeof(*in_the_way),
	    number);
}

bool
db_is_denied(unsigned number)
{
	return is_in(denied, sizeof(denied) / sizeof(*denied), number);
}

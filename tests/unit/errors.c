/* SPDX-License-Identifier: MIT
 *
 * What errors of a server mean, by the names that its headers give them.
 */
#include "db/errors.h"

#include <errmsg.h>
#include <mysqld_error.h>

#include "tap.h"

static const struct {
	unsigned number;
	const char *text;
	enum err_kind kind;
	const char *name;
} wanted[] = {
	{ CR_UNKNOWN_HOST, "Unknown server host 'x' (-3)", ERR_UNAVAILABLE,
	    "the name server does not answer" },
	{ CR_UNKNOWN_HOST, "Unknown server host 'x' (-2)", ERR_CONFIG,
	    "the name server knows no such host" },
	{ CR_SERVER_LOST, "", ERR_UNAVAILABLE, "lost" },
	{ CR_SERVER_GONE_ERROR, "", ERR_UNAVAILABLE, "gone" },
	{ CR_SSL_CONNECTION_ERROR, "TLS/SSL error: unexpected eof while "
	    "reading", ERR_UNAVAILABLE, "a handshake that is cut" },
	{ CR_SSL_CONNECTION_ERROR, "TLS/SSL error: Connection reset by peer "
	    "(104)", ERR_UNAVAILABLE, "a handshake that is reset" },
	{ CR_SSL_CONNECTION_ERROR, "TLS/SSL error: self-signed certificate",
	    ERR_CONFIG, "a certificate" },
	{ CR_PLUGIN_NOT_ALLOWED, "", ERR_CONFIG, "an authentication" },
	{ ER_CON_COUNT_ERROR, "", ERR_UNAVAILABLE, "too many connections" },
	{ ER_SERVER_SHUTDOWN, "", ERR_UNAVAILABLE, "shutdown" },
	{ ER_CONNECTION_KILLED, "", ERR_UNAVAILABLE, "KILL" },
	{ ER_QUERY_INTERRUPTED, "", ERR_RETRY, "KILL QUERY" },
	{ ER_LOCK_DEADLOCK, "", ERR_RETRY, "deadlock" },
	{ ER_LOCK_WAIT_TIMEOUT, "", ERR_RETRY, "lock wait" },
	{ ER_STATEMENT_TIMEOUT, "", ERR_RETRY, "max_statement_time" },
	{ ER_UNKNOWN_COM_ERROR, "WSREP has not yet prepared node",
	    ERR_RETRY, "a node that is not ready" },
	{ ER_OPTION_PREVENTS_STATEMENT, "running with the --read-only option",
	    ERR_RETRY, "read_only" },
	{ ER_OPTION_PREVENTS_STATEMENT, "running with the "
	    "--secure-file-priv option", ERR_CONFIG, "another option" },
	{ ER_DISK_FULL, "", ERR_RETRY, "a full disk" },
	{ ER_RECORD_FILE_FULL, "", ERR_RETRY, "a full table" },
	{ 3, "Error writing file", ERR_RETRY, "a file that cannot grow" },
	{ ER_GET_ERRNO, "Got error 28 \"No space left on device\" from "
	    "storage engine", ERR_RETRY, "an engine's full disk" },
	{ ER_GET_ERRNO, "Got error 127 from storage engine", ERR_CONFIG,
	    "an engine's damage" },
	{ ER_NET_PACKET_TOO_LARGE, "", ERR_DATA, "max_allowed_packet" },
	{ ER_DUP_ENTRY, "", ERR_DATA, "a duplicate" },
	{ ER_NO_REFERENCED_ROW_2, "", ERR_DATA, "a foreign key" },
	{ ER_ACCESS_DENIED_ERROR, "", ERR_CONFIG, "a wrong password" },
	{ ER_PARSE_ERROR, "", ERR_CONFIG, "bad SQL" },
};

int
main(void)
{
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		is_number(db_error_kind(wanted[i].number, wanted[i].text),
		    wanted[i].kind, wanted[i].name);
	return done();
}

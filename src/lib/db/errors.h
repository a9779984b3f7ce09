/* SPDX-License-Identifier: MIT
 *
 * What an error of a server, or of the library, means for all tools: one
 * table, errors.c.
 *
 *   ERR_UNAVAILABLE    the connection is lost, or there is none: connect anew
 *   ERR_RETRY          it passes: roll back and do the same again
 *   ERR_DATA           a value is at fault
 *   ERR_CONFIG         all others: somebody must do something
 *
 * https://mariadb.com/kb/en/mariadb-error-codes/
 */
#ifndef DB_ERRORS_H
#define DB_ERRORS_H

#include <stdbool.h>

#include "base/err.h"

/* Those that somebody has to know by number. */
enum db_error {
	DB_DATABASE_DENIED = 1044,
	DB_ACCESS_DENIED = 1045,
	DB_BAD_DATABASE = 1049,
	DB_BAD_TABLE = 1051,
	DB_BAD_FIELD = 1054,
	DB_TOO_LONG_NAME = 1059,
	DB_DUP_ENTRY = 1062,
	DB_WRONG_DATABASE_NAME = 1102,
	DB_WRONG_TABLE_NAME = 1103,
	DB_TABLE_DENIED = 1142,
	DB_COLUMN_DENIED = 1143,
	DB_NO_SUCH_TABLE = 1146,
	DB_WRONG_MERGE = 1168,
	DB_PACKET_TOO_LARGE = 1153,
	DB_NO_SAVEPOINTS = 1178,
	DB_LOCK_WAIT_TIMEOUT = 1205,
	DB_SPECIFIC_ACCESS_DENIED = 1227,
	DB_READING_BINLOG = 1236,
	DB_NOT_SUPPORTED_YET = 1235,
	DB_MANY_ROWS = 1242,            /* of a subquery */
	DB_OUT_OF_RANGE = 1264,
	DB_TRUNCATED = 1265,
	DB_WRONG_TRUNCATED = 1292,
	DB_NO_DEFAULT = 1364,
	DB_DIVISION_BY_ZERO = 1365,
	DB_WRONG_VALUE_FOR_FIELD = 1366,
	DB_DATA_TOO_LONG = 1406,
	DB_WRONG_VALUE_FOR_TYPE = 1411,
	DB_OPTION_PREVENTS = 1290,
	DB_ROUTINE_DENIED = 1370,
	DB_TABLE_DEF_CHANGED = 1412,
	DB_DATETIME_OVERFLOW = 1441,
	DB_ROW_IS_REFERENCED = 1451,
	DB_NO_REFERENCED_ROW = 1452,
	DB_SAME_SERVER_ID = 4052,
};

/* TEXT is the server's, for numbers that mean several things. */
enum err_kind db_error_kind(unsigned number, const char *text);

/* Did a statement with this error end because it was killed, or its connection
 * lost?  Because of others, who were in its way? */
bool db_was_cut_off(unsigned number);
bool db_was_in_the_way(unsigned number);

/* Is it a privilege that the account has not? */
bool db_is_denied(unsigned number);

#endif

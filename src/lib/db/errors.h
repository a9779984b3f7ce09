/* SPDX-License-Identifier: MIT
 *
 * What an error of a server or of the library means for all tools: one table,
 * errors.c.
 *
 *   ERR_UNAVAILABLE    the connection is lost or cannot be made: reconnect
 *   ERR_RETRY          temporary: roll back and do the same again
 *   ERR_DATA           a value is at fault
 *   ERR_CONFIG         all others: somebody must do something
 *
 * https://mariadb.com/kb/en/mariadb-error-codes/
 */
#ifndef DB_ERRORS_H
#define DB_ERRORS_H

#include <stdbool.h>

#include <mysqld_error.h>

#include "base/err.h"

/* TEXT is the server's, for numbers that mean several things. */
enum err_kind db_error_kind(unsigned number, const char *text);

/* Did a statement with this error end because it was killed, or its connection
 * lost?  Because of others, who were in its way? */
bool db_was_cut_off(unsigned number);
bool db_was_in_the_way(unsigned number);

/* Is it a privilege that the account has not? */
bool db_is_denied(unsigned number);

#endif

/* SPDX-License-Identifier: MIT
 *
 * A connection to a server, with the options that users of the `mariadb` client
 * know, through Connector/C.  https://mariadb.com/kb/en/mariadb-connectorc/
 *
 * Errors: ERR_UNAVAILABLE if the connection is lost or cannot be made; errors
 * of the server by their number, db/errors.h.
 */
#ifndef DB_CONNECT_H
#define DB_CONNECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/options.h"

struct db;
struct statement;

/* opt is kept by reference.  Option files are read, and the password asked
 * for, at the first call; what is wrong with them db_connect() says. */
struct db *db_new(const struct db_options *opt);
/* Another connection of the same account, not connected yet. */
struct db *db_twin(const struct db *db);
void db_free(struct db *db);

/* Connect, to the next host of the list, and make the session one of UTF-8,
 * UTC and no SQL mode.  Afterwards a server may be silent for so long; or
 * longer, where another connection sees it at work. */
int db_connect(struct db *db, int read_timeout_s, struct err *err);
void db_close(struct db *db);

/* Make the session what that of a new connection is, but for its database;
 * locks that it took by name are free.  False where only a new one is such. */
bool db_renew(struct db *db);

/* "db1:3306", or the socket: for messages. */
const char *db_name(const struct db *db);

/* How many hosts there are to try. */
size_t db_hosts(const struct db *db);

/*
 * Rows one by one, in the binary protocol, as they come: db_fetch() gives a
 * row after its first byte, borrowed until the next: 1, 0 after the last,
 * -1.  Nothing else can be asked between db_query() and that 0; db_close()
 * ends it early.  https://mariadb.com/kb/en/com_stmt_execute/
 */
int db_query(struct db *db, struct err *err, const struct statement *sql);
int db_fetch(struct db *db, const uint8_t **p, size_t *n, struct err *err);

/* Send COM_BINLOG_DUMP and read what follows: one event a packet, borrowed
 * until the next.  1, 0 at the end (an EOF packet), -1. */
int db_dump(struct db *db, const uint8_t *request, size_t n,
    struct err *err);
int db_packet(struct db *db, const uint8_t **p, size_t *n, struct err *err);

/* Did the library read ahead what db_packet() has not given yet? */
bool db_pending(const struct db *db);

/* Bytes of a statement that the server takes, max_allowed_packet. */
uint64_t db_max_packet(const struct db *db);

/* The connection's descriptor, or -1; the number of the last error,
 * db/errors.h. */
int db_fd(const struct db *db);
unsigned db_errno(const struct db *db);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What the files of this room share, and nobody else.
 */
#ifndef DB_INSIDE_H
#define DB_INSIDE_H

#include "db/connect.h"

/* The library's handle, a MYSQL *; NULL where it is not connected. */
void *db_handle(const struct db *db);

/* Fill err with the server's words, its kind by their number; -1. */
int db_failed(struct db *db, struct err *err, const char *what,
    unsigned number, const char *text);

#endif

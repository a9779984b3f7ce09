/* SPDX-License-Identifier: MIT
 *
 * Foreign keys by which a server itself changes rows of a table when the rows
 * that they refer to change (ON DELETE CASCADE, ON UPDATE SET NULL, …).  No log
 * contains these changes: a replica makes them in the same way, which is right
 * as long as its rows are as old as the event.
 * https://mariadb.com/kb/en/foreign-keys/
 */
#ifndef CATALOG_CASCADES_H
#define CATALOG_CASCADES_H

#include "db/query.h"

/* Call parent() for each table that one of a table's foreign keys which change
 * rows refers to, until it says true: 1; 0, also where there is no such table;
 * -1, ERR_CONFIG if the account may not see its definition. */
int cascades_each(struct db *db, const char *schema, const char *table,
    bool (*parent)(void *arg, const char *schema, const char *table),
    void *arg, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * The current tables of a server: information_schema as schema records.  They
 * are valid for events after the position at which they were read, until the
 * next statement that changes the table.
 * https://mariadb.com/kb/en/information-schema-columns-table/
 */
#ifndef CATALOG_INFORMATION_SCHEMA_H
#define CATALOG_INFORMATION_SCHEMA_H

#include "db/connect.h"
#include "schema/schema.h"

/* The databases of a server that are its own: WHERE db NOT IN … */
#define VIRTUAL_SCHEMAS "('information_schema','performance_schema','sys')"
#define SYSTEM_SCHEMAS "('mysql','information_schema','performance_schema'," \
	"'sys')"

/* Read all tables, or (table not NULL) one.  trusted: they hold for all
 * events, which is the user's word. */
int information_schema_ask(struct schemas *s, struct db *db,
    const char *database, const char *table, bool trusted, struct err *err);

/* Note the names of a table's foreign keys, which information_schema shows to
 * those alone who may change it. */
int information_schema_ask_foreign(struct db *db, const char *database,
    const char *table, struct schema_table *t, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * --schema FILE: schema records, a line each, as cdc-tail and cdc-snapshot
 * print them and as Debezium keeps them in its schema change topic.  Lines of
 * other kinds are passed over: what `cdc-tail --control` printed is a schema
 * file as it stands.
 */
#ifndef SCHEMA_SCHEMA_FILE_H
#define SCHEMA_SCHEMA_FILE_H

#include "schema/schema.h"

/* Add the records of a file.  ERR_IO; ERR_DATA with the line's number. */
int schemas_load(struct schemas *s, const char *path, struct err *err);

/* Add those of one line; a line of another kind adds nothing.  ERR_DATA. */
int schemas_take(struct schemas *s, struct span line, struct err *err);

/* The table of one of a record's tableChanges, which the caller frees; false
 * where none is named. */
bool schemas_change_names(struct span payload, struct span change, char **db,
    char **name);

#endif

/* SPDX-License-Identifier: MIT
 *
 * --schema FILE: schema records, one per line, as cdc-tail and cdc-snapshot
 * print them and as Debezium stores them in its schema change topic.  Other
 * lines are ignored, so the output of `cdc-tail --control` is a schema file.
 */
#ifndef SCHEMA_SCHEMA_FILE_H
#define SCHEMA_SCHEMA_FILE_H

#include "schema/schema.h"

/* Add the records of a file.  ERR_IO; ERR_DATA with the line's number. */
int schemas_load(struct schemas *s, const char *path, struct err *err);

/* Add those of one line; a line of another kind adds nothing.  ERR_DATA. */
int schemas_take(struct schemas *s, struct span line, struct err *err);

/* The table of one of a record's tableChanges, which the caller frees; false
 * if none is named. */
bool schemas_change_names(struct span payload, struct span change, char **db,
    char **name);

#endif

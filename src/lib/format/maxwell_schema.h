/* SPDX-License-Identifier: MIT
 *
 * Schema records as Maxwell's messages: database-create, -alter, -drop,
 * table-create, -alter, -drop.
 */
#ifndef FORMAT_MAXWELL_SCHEMA_H
#define FORMAT_MAXWELL_SCHEMA_H

#include "base/hash.h"
#include "format/maxwell_settings.h"
#include "record/record.h"

struct formatter;
struct maxwell_table;

struct maxwell_schema {
	const struct maxwell_settings *on;
	struct maxwell_table *tables;   /* as they are now */
	size_t n;
	struct hash names;
};

/* A schema record, which the tables learned: its messages, and what they say
 * of a table.  Nothing without --maxwell ddl.  -1: ERR_DATA. */
int maxwell_schema_take(struct formatter *f, struct maxwell_schema *m,
    const struct record *rec, struct err *err);

void maxwell_schema_free(struct maxwell_schema *m);

#endif

/* SPDX-License-Identifier: MIT
 *
 * What the stream told about its tables and its values: schema records, and the
 * modes of heartbeats.
 */
#ifndef CONVERT_TOLD_H
#define CONVERT_TOLD_H

#include "base/hash.h"
#include "convert/encoding.h"
#include "record/record.h"
#include "schema/schema.h"

struct told_table;

struct told {
	struct known_modes modes;
	struct told_table *tables;
	size_t ntables, cap;
	struct hash names;      /* their numbers */
	size_t bytes;           /* that they take, about */
	uint64_t round;         /* grows when any of it changes */
	bool forgot;            /* some had to be forgotten, which was said */
};

void told_open(struct told *t);
void told_clear(struct told *t);

/* Take in a control record.  -1: ERR_DATA. */
int told_take(struct told *t, const struct record *rec, struct err *err);

/* Take in the schema records of a file: --schema.  ERR_IO, ERR_DATA. */
int told_load(struct told *t, const char *path, struct err *err);

/* A table, by its unescaped names; NULL where none was told. */
const struct schema_table *told_table(const struct told *t, struct span db,
    struct span name);

#endif

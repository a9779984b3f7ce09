/* SPDX-License-Identifier: MIT
 *
 * --partition-by: the number of a partition from the hash of some values of a
 * record.
 */
#ifndef ROUTE_PARTITION_H
#define ROUTE_PARTITION_H

#include "convert/told.h"
#include "route/routed.h"

struct partition_field;

struct partition_fields {
	struct partition_field *v;
	size_t n;
};

enum partition_hash { HASH_MURMUR2, HASH_JAVA, HASH_DEBEZIUM };
extern const char *const partition_hashes[];    /* their words */

struct partition_options {
	struct partition_fields by;     /* n == 0: no partitions */
	uint64_t count;
	int hash;
};

/* "change.id,source.table"; "change.a|change.b": the first that is there.
 * ERR_USAGE. */
int partition_add_fields(struct partition_fields *by, const char *list,
    struct err *err);

/* Does it matter which columns a table has? */
bool partition_has_choice(const struct partition_fields *by);

struct partition {
	const struct partition_options *opt;
	const struct told *told;        /* types, where they matter */
	struct buf text, scratch;
};

/*
 * The partition of a row, an envelope or a tombstone.  1; 0, it has none of the
 * fields, or all are NULL; -1, ERR_DATA: a value that has no hash, a tombstone
 * or a partial row image that does not tell.
 */
int partition_find(struct partition *p, struct record *rec,
    const struct routed *parts, uint32_t *number, struct err *err);
void partition_clear(struct partition *p);
void partition_fields_clear(struct partition_fields *by);

#endif

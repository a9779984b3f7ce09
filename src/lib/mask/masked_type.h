/* SPDX-License-Identifier: MIT
 *
 * The type that a masked column has: that of what is printed.
 */
#ifndef MASK_MASKED_TYPE_H
#define MASK_MASKED_TYPE_H

#include "mask/mask_rules.h"

/* A column as a schema record has it, and as it becomes. */
struct masked_type {
	struct buf name;        /* "INT UNSIGNED" */
	int jdbc;
	int64_t length, scale;  /* -1: none */
	bool changes;           /* name and jdbc are not those of before */
	bool text;              /* it has a character set: utf8mb4 */
};

/* `name` is the column's; length -1: none.  NULL; or why the rule has no type
 * for it. */
const char *masked_type_find(const struct mask_rule *rule, struct span name,
    int64_t length, int64_t scale, struct masked_type *type);

/* How many characters of a hash fit into the column, as Debezium counts: 0 for
 * all of them. */
uint64_t masked_type_limit(const struct mask_rule *rule, struct span name,
    int64_t length);

#endif

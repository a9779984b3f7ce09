/* SPDX-License-Identifier: MIT
 *
 * The parts of a record that routing looks at and changes, one step after the
 * other: each is a span of the line, or of what a step made of it.  p == NULL:
 * the record has none.
 */
#ifndef ROUTE_ROUTED_H
#define ROUTE_ROUTED_H

#include "record/record.h"

struct routed {
	struct span topic, key;
	struct span before, after;      /* of a row without envelope: after,
	                                 * of a delete before */
	char op;                        /* or 0 */
};

/* Take those of a record. */
static inline struct routed
routed_of(const struct record *rec)
{
	struct routed r = { rec->topic, rec->key, rec->before, rec->after,
		rec->letter };

	if (rec->kind == KIND_ROW && r.op == 'd')
		r.before = rec->body;
	else if (rec->kind == KIND_ROW)
		r.after = rec->body;
	return r;
}

#endif

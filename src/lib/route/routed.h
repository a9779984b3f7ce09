/* SPDX-License-Identifier: MIT
 *
 * The parts of a record that routing looks at and changes, one step after the
 * other: each is a span of the line, or of what a step made of it.  p == NULL:
 * the record has none.
 */
#ifndef ROUTE_ROUTED_H
#define ROUTE_ROUTED_H

#include "record/fields.h"
#include "record/record.h"

#define OLD_KEY "__debezium.oldkey"
#define NEW_KEY "__debezium.newkey"

struct routed {
	struct span topic, key;
	struct span before, after;      /* of a row without envelope: after,
	                                 * of a delete before */
	struct span oldkey, newkey;     /* headers */
	struct span transaction;
	char op;                        /* or 0 */
	bool tombstone;                 /* made of a delete: it has no row */
};

/* Take those of a record. */
static inline struct routed
routed_of(const struct record *rec)
{
	struct routed r = { .topic = rec->topic, .key = rec->key,
		.before = rec->before, .after = rec->after,
		.transaction = rec->transaction.p ? rec->transaction :
		    rec->line_transaction, .op = rec->letter };

	if (rec->headers.p) {
		r.oldkey = record_header(rec, OLD_KEY);
		r.newkey = record_header(rec, NEW_KEY);
	}

	if (rec->kind == KIND_ROW && r.op == 'd')
		r.before = rec->body;
	else if (rec->kind == KIND_ROW)
		r.after = rec->body;
	return r;
}

#endif

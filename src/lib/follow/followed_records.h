/* SPDX-License-Identifier: MIT
 *
 * What include and exclude lists leave of schema records, ours and Debezium's:
 * they apply to statements (follow.h), to tableChanges and to their columns as
 * they do to rows.
 */
#ifndef FOLLOW_FOLLOWED_RECORDS_H
#define FOLLOW_FOLLOWED_RECORDS_H

#include "record/record.h"
#include "match/table_filter.h"

/* Kept from record to record. */
struct schema_lists {
	struct table_filter *lists;
	struct buf db, ddl, changes;    /* in hand */
	struct buf ddl_json, tables_json;       /* … until record_emit() */
};

/* Leave of a schema record only what is followed: 1; 0 if nothing is; -1 and
 * ERR_CONFIG if a statement cannot be taken apart, ERR_DATA if a table
 * has no name. */
int followed_record_make(struct schema_lists *l, struct record *rec,
    struct err *err);
void followed_lists_clear(struct schema_lists *l);

#endif

/* SPDX-License-Identifier: MIT
 *
 * cdc-unwrap's own room: replaces an envelope by the row in it.
 */
#ifndef UNWRAP_UNWRAP_H
#define UNWRAP_UNWRAP_H

#include "record/fields.h"
#include "unwrap/changed.h"
#include "unwrap/header_fields.h"
#include "record/name_set.h"
#include "match/named.h"

enum delete_action { DELETE_DROP, DELETE_NULL, DELETE_REWRITE };

/* What becomes of a delete, and of the tombstone after it. */
struct delete_mode {
	const char *name;
	enum delete_action action;
	bool keep_tombstone;
};

struct unwrap_options {
	int deletes, handling, drop_tombstones;
	struct field_list fields, headers;
	const char *fields_prefix, *headers_prefix;
	const char *changed, *unchanged, *diff;         /* names, or NULL */
	bool only_changed;
	struct header_fields to_fields;
	int headers_copy;               /* they stay; 0: they move */
	struct name_set drop;
	struct named_text drop_header;
	bool drop_from_key;
	struct named_text route_field;
	int shape;
	bool pass_unknown;
};

struct unwrapper {
	struct unwrap_options *opt;
	struct delete_mode mode;
	struct name_set listed;         /* columns that the header lists */
	const struct name_set *dropped; /* of this record */
	struct changed_columns update;  /* of this record, if needed */
	struct buf row, key, headers, moved, position, topic, name;
};

/* Any record: 1 it leaves, edited, 0 it does not, -1: ERR_DATA. */
int unwrap_record(struct unwrapper *st, struct record *rec, struct err *err);

/* Free it, and the lists of its options. */
void unwrap_clear(struct unwrapper *st);

#endif

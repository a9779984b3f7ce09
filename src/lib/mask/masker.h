/* SPDX-License-Identifier: MIT
 *
 * From a record to one in which values are masked: wherever a column's value
 * may stand.  What cannot be judged is refused.
 */
#ifndef MASK_MASKER_H
#define MASK_MASKER_H

#include "mask/mask_columns.h"
#include "mask/mask_value.h"
#include "record/name_set.h"
#include "record/record.h"

struct mask_options {
	struct mask_rules rules;
	const char *key_file, *salt_file;
	bool fail_on_unlisted;
	bool pass_unknown, pass_statements, pass_copies, trust_topics;
	bool trust_types;
	struct name_set pass_headers;
	int shape;
};

/* Where an object of columns stands. */
enum mask_place { MASK_IMAGE, MASK_FLAT, MASK_KEY };

/* Lines that are like one another (record/template.h) name the same columns in
 * the same order: how many members of an object it takes to find those that are
 * masked. */
enum { MASK_SEEN = 256 };
#define MASK_ALL SIZE_MAX

struct mask_seen {
	const struct template *template;
	uint64_t table;         /* its id */
	size_t before, after, key;
};

struct masker {
	const struct mask_options *opt;
	struct mask_values values;
	struct mask_columns columns;
	struct mask_table *table;       /* of the record in hand */
	struct buf before, after, key;  /* masked, until record_emit() */
	struct buf oldkey, newkey;      /* the headers */
	struct buf changes;             /* tableChanges */
	struct buf text;
	struct mask_seen seen[MASK_SEEN];
};

/* Any record: 0, and it is edited; -1: ERR_DATA, or ERR_CONFIG. */
int masker_record(struct masker *m, struct record *rec, struct err *err);
void masker_clear(struct masker *m);

#endif

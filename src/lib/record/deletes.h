/* SPDX-License-Identifier: MIT
 *
 * What became of the last delete, for its tombstone, which has its topic and
 * key, or else follows it at once.
 */
#ifndef RECORD_DELETES_H
#define RECORD_DELETES_H

#include "record/record.h"

struct last_delete {
	struct buf topic, key, db, table;
	uint64_t line;          /* its number, from 1; 0: there was none */
	bool kept;
};

void last_delete_set(struct last_delete *last, const struct record *rec,
    bool kept);
bool last_delete_has(const struct last_delete *last,
    const struct record *tombstone);
void last_delete_clear(struct last_delete *last);

#endif

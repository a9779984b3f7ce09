/* SPDX-License-Identifier: MIT
 *
 * What happened to the last delete, for its tombstone, which has the same topic
 * and key, or else follows it directly.
 */
#ifndef RECORD_DELETES_H
#define RECORD_DELETES_H

#include "record/record.h"

struct deletes {
	struct buf topic, key, db, table;
	uint64_t line;          /* its number, from 1; 0: there was none */
	bool kept;
};

void deletes_set(struct deletes *last, const struct record *rec,
    bool kept);
bool deletes_has(const struct deletes *last,
    const struct record *tombstone);
void deletes_clear(struct deletes *last);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Offsets of Kafka's partitions, for lines that contain them (kcat -J):
 * everything at or below the offset of its partition is done.
 */
#ifndef SINK_KAFKA_OFFSETS_H
#define SINK_KAFKA_OFFSETS_H

#include <stdint.h>

#include "record/record.h"

struct offset {
	char *topic;
	int32_t partition;
	int64_t done;           /* the newest that is done; -1: none */
	int64_t before;         /* and before kafka_offset_record() */
	bool moved;             /* since it was stored */
};

struct offset_list {
	struct offset *v;
	size_t n;
	size_t last;            /* the one that was asked for last */
};

/* The entry of a partition; made where there is none. */
struct offset *kafka_offset_of(struct offset_list *list, struct span topic,
    int32_t partition);

/* A line: 1 to be done (and then its offset is), 0 done already, 2 where it
 * has no partition and offset, -1. */
int kafka_offset_record(struct offset_list *list, const struct record *rec,
    struct err *err);

/* What the last line was that was to be done is not done. */
void kafka_offset_back(struct offset_list *list);

void kafka_offset_list_clear(struct offset_list *list);

#endif

/* SPDX-License-Identifier: MIT */
#include "sink/kafka_offsets.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/integer.h"
#include "json/scan.h"

static bool
is_entry(const struct offset *o, struct span topic, int32_t partition)
{
	return o->partition == partition && span_is(topic, o->topic);
}

struct offset *
kafka_offset_of(struct offset_list *list, struct span topic, int32_t partition)
{
	if (list->last < list->n && is_entry(&list->v[list->last], topic,
	    partition))
		return &list->v[list->last];
	for (size_t i = 0; i < list->n; i++) {
		if (!is_entry(&list->v[i], topic, partition))
			continue;
		list->last = i;
		return &list->v[i];
	}
	list->last = list->n;
	*ARRAY_ADD(list->v, list->n) = (struct offset){
		.topic = xmemdup(topic.p, topic.n), .partition = partition,
		.done = -1,
	};
	return &list->v[list->last];
}

int
kafka_offset_record(struct offset_list *list, const struct record *rec,
    struct err *err)
{
	struct span text = rec->offset, part = rec->partition;
	struct buf topic = { 0 };
	uint64_t number, partition;
	int64_t offset;
	struct offset *o;

	if (!text.p || !part.p)
		return 2;
	if (!integer_read(text, INT64_MAX, &number) ||
	    !integer_read(part, INT32_MAX, &partition) ||
	    !json_inside(rec->topic).p)
		return record_fault(rec, "topic, partition and offset are "
		    "none", err);
	json_unescape(&topic, json_inside(rec->topic));
	o = kafka_offset_of(list, buf_view(&topic), (int32_t)partition);
	buf_free(&topic);
	offset = (int64_t)number;
	if (offset <= o->done)
		return 0;
	o->before = o->done;
	o->done = offset;
	o->moved = true;
	return 1;
}

void
kafka_offset_back(struct offset_list *list)
{
	list->v[list->last].done = list->v[list->last].before;
}

void
kafka_offset_list_clear(struct offset_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->v[i].topic);
	free(list->v);
	*list = (struct offset_list){ 0 };
}

/* SPDX-License-Identifier: MIT */
#include "group/replay.h"

#include <inttypes.h>

#include "binlog/events.h"
#include "binlog/compressed_event.h"

void
replay_begin(struct replay *re, struct binlog_source *src,
    const struct savepoints *savepoints, uint64_t from, uint64_t end)
{
	payload_close(re->payload);
	re->payload = NULL;
	fragments_clear(&re->fragments);
	re->src = src;
	re->savepoints = savepoints;
	re->at = from;
	re->end = end;
	re->range = 0;
}

void
replay_clear(struct replay *re)
{
	payload_close(re->payload);
	fragments_clear(&re->fragments);
	buf_free(&re->plain);
}

/* The next event as it stands in the log. */
static int
next_logged(struct replay *re, struct binlog_event *ev, struct err *err)
{
	const struct savepoints *s = re->savepoints;

	while (re->range < s->nundone && re->at >= s->undone[re->range].from)
		re->at = s->undone[re->range++].to;
	if (re->at >= re->end)
		return 0;
	if (re->src->replay(re->src, re->at, ev, err) < 0)
		return -1;
	re->at += ev->size;
	return 1;
}

/* The next event of the payload in hand; 0 after the last. */
static int
next_packed(struct replay *re, struct binlog_event *ev, struct err *err)
{
	int got = re->payload ? payload_next(re->payload, ev, err) : 0;

	if (got == 0) {
		payload_close(re->payload);
		re->payload = NULL;
	}
	return got;
}

/* 1 if ev is an event to be given, 0 if it was taken apart, -1. */
static int
open_event(struct replay *re, struct binlog_event *ev, struct err *err)
{
	const struct event_kind *type = event_kind(ev->type);
	struct binlog_event part = *ev;
	int got;

	switch (type->role) {
	case ROLE_PAYLOAD:
		re->payload = payload_open(ev, &re->src->format, err);
		return re->payload ? 0 : -1;
	case ROLE_FRAGMENT:
		got = fragments_add(&re->fragments, &part, ev,
		    &re->src->format, err);
		if (got <= 0)
			return got;
		type = event_kind(ev->type);
		break;
	default:
		break;
	}
	return compressed_event_inflate(ev, type, &re->plain, err) < 0 ? -1 : 1;
}

int
replay_next(struct replay *re, struct binlog_event *ev, struct err *err)
{
	for (;;) {
		uint64_t pos = re->at;
		int got = next_packed(re, ev, err);

		if (got == 0) {
			got = next_logged(re, ev, err);
			if (got <= 0)
				return got;
			pos = ev->pos;
			got = open_event(re, ev, err);
		}
		if (got < 0)
			return err_wrap(err, "%s:%" PRIu64, re->src->path,
			    pos);
		if (got > 0)
			return 1;
	}
}

/* SPDX-License-Identifier: MIT */
#include "group/reader.h"

#include <inttypes.h>

#include "base/log.h"

const struct gtid_list *
group_start(const struct group_reader *r)
{
	return r->have_start ? &r->start : NULL;
}

const struct xa_set *
group_prepared(const struct group_reader *r)
{
	return &r->prepared;
}

const char *
group_file(const struct group_reader *r)
{
	return r->src->file ? r->src->file : "";
}

uint64_t
group_offset(const struct group_reader *r)
{
	return r->offset;
}

uint64_t
group_starts(const struct group_reader *r)
{
	return r->starts;
}

const struct group_sessions *
group_sessions(const struct group_reader *r)
{
	return &r->sessions;
}

const struct binlog_format *
group_format(const struct group_reader *r)
{
	return &r->src->format;
}

uint32_t
group_time(const struct group_reader *r)
{
	return r->time;
}

int
group_tolerate(struct group_reader *r, const struct binlog_event *ev,
    struct err *err)
{
	if (!r->opt->tolerant || err->kind != ERR_DATA)
		return -1;
	log_warn("%s:%" PRIu64 ": left out: %s", r->src->path, ev->pos,
	    err->text);
	err_clear(err);
	r->tolerated++;
	return 0;
}

uint64_t
group_tolerated(const struct group_reader *r)
{
	return r->tolerated;
}

int
group_end(struct group_reader *r, const struct binlog_event *ev,
    enum group_verdict verdict)
{
	struct group *g = &r->group;

	r->open = false;
	g->verdict = verdict;
	g->end = ev->pos + ev->size;
	g->file = r->src->file;
	g->path = r->src->path;
	g->rows_file = g->file;
	g->rows_path = g->path;
	r->offset = g->end;
	replay_begin(&r->replay, r->src, &r->savepoints, g->pos, g->end);
	if (g->has_gtid) {
		gtid_list_set(&r->at, &g->gtid);
		xa_moved(&r->prepared, &g->gtid);
	}
	return 1;
}

int
group_event(struct group_reader *r, struct binlog_event *ev, struct err *err)
{
	return r->branch ? xa_next(&r->prepared, r->branch, ev, err) :
	    replay_next(&r->replay, ev, err);
}

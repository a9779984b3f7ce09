/* SPDX-License-Identifier: MIT */
#include "sink/redeliver.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "io/files.h"
#include "io/stop.h"
#include "io/textfile.h"
#include "json/scan.h"
#include "sink/samekey.h"

struct redelivery {
	struct delivery *d;
	struct blocked_keys held;       /* by entries that stay */
	struct buf stay;                /* these, whole */
	struct buf table, why;
	uint64_t done, stays;
	bool unread;            /* the file was not read to its end */
};

static void
keep(struct redelivery *r, struct span line, struct span key)
{
	buf_span(&r->stay, line);
	buf_char(&r->stay, '\n');
	r->stays++;
	if (r->table.n)
		blocked_keys_add(&r->held, buf_view(&r->table), key);
}

/* What is given in place of it; ERR_DATA: there is no such thing. */
static int
make_body(struct redelivery *r, const struct line *line, struct err *err)
{
	const struct delivery_body *body = r->d->opt->body;
	struct record *rec = &r->d->again;

	r->d->body.n = 0;
	if (!body)
		return 0;
	rec->shape = (enum record_shape)r->d->opt->shape;
	if (record_scan(rec, line, err) == 0 &&
	    body->put(body->arg, rec, &r->d->body, err) == 0 &&
	    body->finish(body->arg, &r->d->body, err) == 0)
		return 0;
	r->why.n = 0;
	buf_str(&r->why, err->text);
	return -1;
}

static int
bad_body(struct err *err)
{
	if (err->kind != ERR_DATA)
		return -1;
	err_clear(err);
	return 0;
}

/* Deliver one event: 1 it is done, 0 it is bad, -1. */
static int
deliver_one(struct redelivery *r, struct span event, struct span key,
    uint64_t number, struct err *err)
{
	struct lanes *l = &r->d->lanes;
	struct lane *lane = l->v;
	const struct line line = { .text = event, .number = number };
	bool good;

	if (make_body(r, &line, err) < 0)
		return bad_body(err);
	sink_batch_add(&lane->fill, &line, buf_view(&r->d->body),
	    buf_view(&r->table), key);
	lanes_hand_over(l, lane);
	if (lanes_wait(l, lane, err) < 0)
		return -1;
	good = lane->work.v[0].is == SINK_DONE;
	if (!good) {
		r->why.n = 0;
		buf_str(&r->why, lane->work.v[0].why);
	}
	sink_batch_empty(&lane->work);
	return good;
}

static int
take_entry(struct redelivery *r, struct span line, uint64_t number,
    struct err *err)
{
	struct span event = object_member(line, "original_event");
	struct span headers = object_member(line, "headers");
	struct span key = object_member(headers, "key");
	int got = 0;

	r->d->records++;
	if (r->d->opt->body)
		r->d->opt->body->learn(r->d->opt->body->arg, headers);
	if (span_is(key, "null"))
		key = (struct span){ NULL, 0 };
	r->table.n = 0;
	object_text(&r->table, headers, "table");
	if (event.p[0] == '{' && !(r->table.n && blocked_keys_has(&r->held,
	    buf_view(&r->table), key)))
		got = deliver_one(r, event, key, number, err);
	if (got < 0)
		return -1;
	r->done += got > 0;
	if (got == 0)
		keep(r, line, key);
	return 0;
}

/* The rest as it is, after an error or a stop. */
static int
read_entries(struct redelivery *r, FILE *f, struct err *err)
{
	const char *path = r->d->opt->replay_dlq;
	struct buf line = { 0 };
	struct err why = { 0 };
	uint64_t number = 0;
	int got, status = 0;
	bool cut;

	while ((got = textfile_line(f, &line, &cut, err)) > 0) {
		number++;
		if (status == 0 && !stop_requested()) {
			if (!dlq_is_entry(buf_view(&line)))
				status = err_set(&why, ERR_DATA, "%s:%" PRIu64
				    ": not an entry of a dead letter queue",
				    path, number);
			else
				status = take_entry(r, buf_view(&line), number,
				    &why);
			if (status == 0)
				continue;
		}
		buf_span(&r->stay, buf_view(&line));
		buf_char(&r->stay, '\n');
	}
	buf_free(&line);
	r->unread = got < 0;
	if (got == 0 && status < 0)
		*err = why;
	return got < 0 ? -1 : status;
}

static int
some_stay(const struct redelivery *r, struct err *err)
{
	const char *path = r->d->opt->replay_dlq;

	err_set(err, ERR_DATA, "%" PRIu64 " of %" PRIu64 " entries stay in "
	    "%s: %s", r->stays, r->done + r->stays, path,
	    r->why.n ? buf_cstr(&((struct redelivery *)r)->why) :
	    "they hold no record");
	return err_hint(err, r->d->opt->body ? "fix the cause, and replay it "
	    "again; --schema FILE has the types of columns: what cdc-tail "
	    "--control or cdc-snapshot --mode schema_only prints" :
	    "fix the cause, and replay it again");
}

int
redeliver(struct delivery *d, struct err *err)
{
	const char *path = d->opt->replay_dlq;
	struct redelivery r = { .d = d };
	struct err failed = { 0 };
	FILE *f;
	int status;

	if (file_lock(path, err) < 0)
		return -1;
	f = fopen(path, "re");
	if (!f)
		return err_errno(err, ERR_CONFIG, "cannot open %s", path);
	status = read_entries(&r, f, err);
	fclose(f);
	if (!r.unread && file_replace(path, buf_view(&r.stay), &failed) < 0 &&
	    status == 0) {
		*err = failed;
		status = -1;
	}
	if (status == 0 && r.stays)
		status = some_stay(&r, err);
	blocked_keys_clear(&r.held);
	buf_free(&r.stay);
	buf_free(&r.table);
	buf_free(&r.why);
	return status;
}

/* SPDX-License-Identifier: MIT */
#include "sink/dlq.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fd.h"
#include "record/record.h"
#include "record/unique.h"
#include "io/files.h"
#include "io/textfile.h"
#include "json/scan.h"
#include "json/write.h"
#include "value/types.h"

struct dlq {
	char *path;
	int fd;
	uint64_t max, entries;
	uint64_t found;         /* entries that were there */
	off_t size;             /* of the file, without what may go back */
	struct buf put;         /* lines that were put */
	size_t written;         /* of them in the file */

	struct blocked_keys held;       /* keys, in the order of entries */
};

/* Of a value of JSON. */
static bool
is_entry(const struct outline *o)
{
	struct span headers = object_member(o->text, "headers");
	struct unique unique = { 0 };
	bool good = o->text.p[0] == '{' && unique_names(&unique, o, 0) &&
	    headers.n && headers.p[0] == '{' &&
	    unique_throughout(&unique, headers) &&
	    object_member(o->text, "original_event").p;

	unique_clear(&unique);
	return good;
}

bool
dlq_is_entry(struct span line)
{
	struct outline outline = { 0 };
	bool good = outline_read(&outline, line) && is_entry(&outline);

	outline_free(&outline);
	return good;
}

/* An entry of an earlier run: keep it, and hold its key. */
static void
take_entry(struct dlq *q, struct span line, struct buf *kept)
{
	struct span headers = object_member(line, "headers");
	struct span key = object_member(headers, "key");
	struct buf table = { 0 };

	buf_span(kept, line);
	buf_char(kept, '\n');
	q->entries++;
	if (span_is(key, "null"))
		key.p = NULL;
	object_text(&table, headers, "table");
	if (table.n)
		blocked_keys_add(&q->held, buf_view(&table), key);
	buf_free(&table);
}

static int
no_entry(struct err *err)
{
	err_set(err, ERR_DATA, "not an entry of a dead letter queue");
	return err_hint(err, "later records must not overtake what it holds: "
	    "fix the line, or remove it");
}

static int
read_entries(struct dlq *q, dlq_done_fn *done, void *arg, struct err *err)
{
	FILE *f = fopen(q->path, "re");
	struct buf kept = { 0 };
	bool dropped = false;
	struct buf line = { 0 };
	uint64_t number = 0;
	int got;
	bool cut;

	if (!f)
		return errno == ENOENT ? 0 : err_errno(err, ERR_IO,
		    "cannot open %s", q->path);
	while ((got = textfile_line(f, &line, &cut, err)) > 0) {
		number++;
		if (!cut && !dlq_is_entry(buf_view(&line))) {
			got = no_entry(err);
			break;
		}
		if (cut || !done(arg, object_member(buf_view(&line),
		    "headers")))
			dropped = true;
		else
			take_entry(q, buf_view(&line), &kept);
	}
	if (got < 0)
		err_wrap(err, "%s:%" PRIu64, q->path, number);
	else if (dropped)
		got = file_replace(q->path, buf_view(&kept), err);
	fclose(f);
	buf_free(&line);
	buf_free(&kept);
	return got;
}

struct dlq *
dlq_open(const char *path, uint64_t max, dlq_done_fn *done, void *arg,
    struct err *err)
{
	struct dlq *q = xcalloc(1, sizeof(*q));

	q->path = xstrdup(path);
	q->fd = -1;
	q->max = max;
	if (file_lock(path, err) < 0 || read_entries(q, done, arg, err) < 0) {
		dlq_free(q);
		return NULL;
	}
	q->fd = file_append(path, err);
	if (q->fd < 0) {
		dlq_free(q);
		return NULL;
	}
	q->size = lseek(q->fd, 0, SEEK_END);
	q->found = q->entries;
	return q;
}

void
dlq_free(struct dlq *q)
{
	if (!q)
		return;
	if (q->fd >= 0)
		close(q->fd);
	blocked_keys_clear(&q->held);
	free(q->path);
	buf_free(&q->put);
	free(q);
}

/* The line, so that the file stays one of JSON whatever it is. */
static void
put_event(struct buf *out, struct span event)
{
	if (json_utf8_valid(event)) {
		buf_str(out, "{\"original_event\":");
		if (json_valid(event))
			buf_span(out, event);
		else
			json_words(out, event);
		return;
	}
	buf_str(out, "{\"original_event\":null,\"original_bytes\":");
	value_put_base64(out, event, false);
}

int
dlq_put(struct dlq *q, const struct dlq_entry *entry, struct err *err)
{
	int64_t now = clock_now_ms();

	if (q->max && q->entries >= q->max) {
		err_set(err, ERR_DATA, "%s has %" PRIu64 " entries already "
		    "(--dlq-max); the next: %s", q->path, q->entries,
		    entry->error);
		return err_hint(err, "fix the cause, then --replay-dlq");
	}
	put_event(&q->put, entry->event);
	json_member(&q->put, "error", span_of(entry->error));
	json_member(&q->put, "error_type", span_of(entry->type));
	buf_printf(&q->put, ",\"timestamp\":%" PRId64 ".%03d,\"headers\":{"
	    "\"table\":", now / 1000, (int)(now % 1000));
	if (entry->table.p)
		json_words(&q->put, entry->table);
	else
		buf_str(&q->put, "null");
	buf_str(&q->put, ",\"key\":");
	buf_span(&q->put, entry->key.p ? entry->key : SPAN("null"));
	buf_span(&q->put, entry->headers);
	buf_str(&q->put, "}}\n");
	q->entries++;
	if (entry->table.p)
		blocked_keys_add(&q->held, entry->table, entry->key);
	return 0;
}

struct dlq_mark
dlq_mark(const struct dlq *q)
{
	return (struct dlq_mark){ q->put.n, q->held.n, q->entries };
}

int
dlq_back(struct dlq *q, struct dlq_mark mark, struct err *err)
{
	if (q->written && ftruncate(q->fd, q->size) < 0)
		return err_errno(err, ERR_IO, "cannot truncate %s", q->path);
	q->written = 0;
	q->put.n = mark.bytes;
	q->entries = mark.entries;
	blocked_keys_back(&q->held, mark.held);
	return 0;
}

int
dlq_aside(struct dlq *q, struct dlq_mark mark, struct dlq_tail *tail,
    struct err *err)
{
	*tail = (struct dlq_tail){ .entries = q->entries - mark.entries };
	buf_put(&tail->put, q->put.p + mark.bytes, q->put.n - mark.bytes);
	blocked_keys_move(&tail->held, &q->held, mark.held);
	return dlq_back(q, mark, err);
}

void
dlq_resume(struct dlq *q, struct dlq_tail *tail)
{
	buf_span(&q->put, buf_view(&tail->put));
	q->entries += tail->entries;
	blocked_keys_move(&q->held, &tail->held, 0);
	blocked_keys_clear(&tail->held);
	buf_free(&tail->put);
}

int
dlq_write(struct dlq *q, struct err *err)
{
	struct span rest = { q->put.p + q->written, q->put.n - q->written };
	size_t n = fd_write(q->fd, rest);

	q->written += n;
	if (n < rest.n)
		return err_errno(err, ERR_IO, "cannot write %s", q->path);
	if (q->put.n && fd_sync(q->fd) < 0)
		return err_errno(err, ERR_IO, "cannot sync %s", q->path);
	return 0;
}

void
dlq_committed(struct dlq *q)
{
	q->size += (off_t)q->written;
	q->written = q->put.n = 0;
}

bool
dlq_pending(const struct dlq *q)
{
	return q->put.n > 0;
}

uint64_t
dlq_count(const struct dlq *q)
{
	return q->entries - q->found;
}

const struct blocked_keys *
dlq_held(const struct dlq *q)
{
	return &q->held;
}

/* SPDX-License-Identifier: MIT */
#include "incremental/incremental.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "binlog/gtid_event.h"
#include "record/record.h"
#include "io/out.h"
#include "json/scan.h"
#include "incremental/first_table.h"
#include "incremental/queue.h"
#include "incremental/watermark.h"
#include "incremental/signal_row.h"

enum {
	RETRY_MS = 500, RETRY_MAX_MS = 30000,
	STALL_MS = 60000,               /* a watermark that does not come */
};

/* Where the stream is, of the watermarks of a chunk. */
enum place {
	NOWHERE,                        /* there is no chunk */
	BEFORE, BETWEEN, BEHIND,
};

struct incremental {
	struct watermarks side;
	struct queue queue;
	struct table_reader reading;
	bool changed;                   /* the queue, since it was put … */
	bool untold;                    /* … by a row that moved */
	int64_t retry_at_ms, retry_ms;  /* steady clock; 0: no failure */

	/* the chunk in hand */
	enum place place;
	struct chunk chunk;
	struct buf prepared;            /* XA transactions after the first, as
	                                 * C strings */
	size_t moved;                   /* it has the rows of so many keys that
	                                 * moved; 0: those of a range */
	int64_t read_ms;

	/* the table in hand */
	bool ranged;                    /* all ranges of it are copied */
	bool was_range;                 /* the newest chunk was one */
	struct buf old_key, key;        /* of a row that moved */
	bool altered;                   /* some table, since ours was defined */
};

struct incremental *
incremental_open(const struct incremental_options *opt,
    const struct table_form *form, const struct db *stream,
    struct span state, struct err *err)
{
	struct incremental *inc = xcalloc(1, sizeof(*inc));

	table_reader_open(&inc->reading, &inc->side, form, opt->chunk);
	if (state.n && queue_load(&inc->queue, state, err) < 0)
		goto bad;
	if (!opt->table)
		return inc;
	if (watermark_open(&inc->side, opt->table, inc->queue.window, stream,
	    err) < 0)
		goto bad;
	free(inc->queue.window);
	inc->queue.window = xstrdup(inc->side.window);
	return inc;
bad:
	incremental_free(inc);
	return NULL;
}

void
incremental_free(struct incremental *inc)
{
	if (!inc)
		return;
	table_reader_close(&inc->reading);
	watermark_close(&inc->side);
	queue_clear(&inc->queue);
	chunk_free(&inc->chunk);
	buf_free(&inc->prepared);
	buf_free(&inc->old_key);
	buf_free(&inc->key);
	free(inc);
}

void
incremental_put(struct incremental *inc, struct buf *out)
{
	inc->changed = inc->untold = false;
	queue_put(&inc->queue, out);
}

bool
incremental_changed(const struct incremental *inc)
{
	return inc->changed;
}

bool
incremental_untold(const struct incremental *inc)
{
	return inc->untold;
}

/* Without a signal table all waits. */
static bool
is_waiting(const struct incremental *inc)
{
	return !inc->side.table;
}

bool
incremental_busy(const struct incremental *inc)
{
	return !is_waiting(inc) && (inc->queue.nsignals ||
	    queue_current(&inc->queue));
}

/* ---- what the stream tells */

/* What was read is void: if it is still wanted, it is read again. */
static void
drop_chunk(struct incremental *inc)
{
	inc->place = NOWHERE;
	chunk_clear(&inc->chunk);
}

static void
try_later(struct incremental *inc, const char *why)
{
	int64_t delay = inc->retry_ms ? inc->retry_ms : RETRY_MS;

	log_warn("--signal: %s: retrying in %" PRId64 " ms", why, delay);
	inc->retry_at_ms = clock_steady_ms() + delay;
	inc->retry_ms = 2 * delay < RETRY_MAX_MS ? 2 * delay : RETRY_MAX_MS;
}

/* The table in hand is whole, or cannot be. */
static void
end_table(struct incremental *inc)
{
	drop_chunk(inc);
	table_reader_undefine(&inc->reading);
	queue_table_done(&inc->queue);
	inc->ranged = false;
	inc->changed = true;
}

bool
incremental_is_signal(const struct incremental *inc, struct span db,
    struct span name)
{
	return !is_waiting(inc) && watermark_is_signal(&inc->side, db, name);
}

/* Windows of others, and of Debezium, are not signals. */
static bool
is_window(const char *type)
{
	return strncmp(type, "snapshot-window", 15) == 0;
}

/* A value as words: a string's, or (a number, an object) as it stands. */
static char *
words_of(struct span json, const char *name)
{
	struct span value = object_member(json, name);
	char *text = json_text(value);

	if (!text)
		text = xmemdup(value.p ? value.p : "", span_is(value, "null") ?
		    0 : value.n);
	return text;
}

/* The first watermark came.  A transaction that the server had prepared then,
 * and the stream has not, is in front of it in the log, but was perhaps not in
 * the rows: XA COMMIT writes the log first.  (Or it is from before all that we
 * read.) */
static void
enter(struct incremental *inc, const struct xa_set *prepared)
{
	inc->place = BETWEEN;
	for (size_t at = 0; at < inc->prepared.n;) {
		const char *text = inc->prepared.p + at;
		struct gtid_event xid;

		at += strlen(text) + 1;
		gtid_event_xid_of_text(&xid, sql_of(span_of(text)));
		if (xa_find(prepared, (struct span){ xid.xid, xid.xid_n }))
			continue;
		drop_chunk(inc);
		try_later(inc, "an XA transaction is being committed, or was "
		    "prepared before what is read");
		return;
	}
}

bool
incremental_row(struct incremental *inc, char op, struct span json,
    const struct xa_set *prepared)
{
	char *id = words_of(json, "id");
	char *type = words_of(json, "type");
	char *data = words_of(json, "data");
	bool ours = inc->place != NOWHERE && strcmp(id, inc->side.id) == 0;
	bool taken = false;

	if (ours && op == 'c')
		enter(inc, prepared);
	else if (ours)
		inc->place = inc->place == BETWEEN ? BEHIND : NOWHERE;
	else if (op == 'c' && !is_window(type))
		taken = signal_take(&inc->queue, span_of(id), span_of(type),
		    span_of(data));
	inc->changed |= taken;
	free(id);
	free(type);
	free(data);
	return taken;
}

static bool
same_key(const struct table *a, const struct table *b)
{
	for (size_t k = 0; a->nkey == b->nkey && k < a->nkey; k++)
		if (!span_eq(a->columns[a->key[k]].name,
		    b->columns[b->key[k]].name))
			return false;
	return a->nkey == b->nkey;
}

struct chunk *
incremental_chunk(struct incremental *inc, const struct table *t)
{
	if (inc->place != BETWEEN ||
	    !table_reader_is_on(&inc->reading, t->db, t->name))
		return NULL;
	if (same_key(t, &inc->reading.rows.table))
		return &inc->chunk;
	log_warn("table %.*s.%.*s: the log does not contain its key: it is "
	    "not copied", (int)t->db.n, t->db.p, (int)t->name.n, t->name.p);
	end_table(inc);
	return NULL;
}

/* The copy of which some rows are copied already, of this table; or NULL.
 * What happens before its first chunk is read is in what is read. */
static struct queue_copy *
begun(struct incremental *inc, const struct table *t)
{
	struct queue_copy *copy = inc->queue.copies;
	bool read = inc->place == BETWEEN || inc->place == BEHIND;

	return inc->queue.ncopies && (copy->key.n || read) &&
	    span_is(t->name, copy->tables.v[0].name) &&
	    span_is(t->db, copy->tables.v[0].db) ? copy : NULL;
}

static void
start_over(struct incremental *inc, struct queue_copy *copy, const char *why)
{
	log_warn("signal %s: table %s.%s: %s: its copy starts over",
	    copy->signal, copy->tables.v[0].db, copy->tables.v[0].name, why);
	drop_chunk(inc);
	queue_start_over(copy);
	inc->ranged = false;
}

void
incremental_moved(struct incremental *inc, const struct table *t,
    const struct row_image *before, const struct row_image *after, bool dropped)
{
	struct queue_copy *copy = begun(inc, t);
	bool known = copy && resume_key_of_logged(t, before, before,
	    &inc->old_key) && resume_key_of_logged(t, after, before, &inc->key);

	if (!copy)
		return;
	/* when all ranges are copied, only what is to be read again can be
	 * missed */
	if (known && inc->ranged && !dropped &&
	    !moved_has(&copy->moved, buf_view(&inc->old_key)))
		return;
	inc->untold = true;
	if (known && dropped)
		moved_add(&copy->moved, buf_view(&inc->old_key));
	if (known)
		moved_add(&copy->moved, buf_view(&inc->key));
	if (!known || copy->moved.keys.n > MOVED_BYTES)
		start_over(inc, copy, "more rows moved to other keys than can "
		    "be read again");
}

void
incremental_cascaded(struct incremental *inc, const struct table *t)
{
	if (inc->place == BETWEEN && parents_have(&inc->reading.parents,
	    t->db, t->name))
		drop_chunk(inc);
}

void
incremental_truncated(struct incremental *inc, struct span db,
    struct span name)
{
	if (inc->place == BETWEEN &&
	    table_reader_is_on(&inc->reading, db, name))
		chunk_clear(&inc->chunk);
}

void
incremental_altered(struct incremental *inc)
{
	inc->altered = true;
}

void
incremental_replaced(struct incremental *inc, const struct action *s)
{
	bool read = inc->place == BETWEEN || inc->place == BEHIND;

	if (!inc->queue.ncopies)
		return;
	if (queue_follow(&inc->queue, s, inc->reading.form->filter) &&
	    (inc->queue.copies[0].key.n || read))
		start_over(inc, &inc->queue.copies[0], "a statement gave its "
		    "name to other rows, or its rows another name");
	inc->changed = true;
}

struct chunk *
incremental_take(struct incremental *inc, struct copy_rows **rows)
{
	if (inc->place == BEHIND && inc->altered)
		drop_chunk(inc);
	*rows = &inc->reading.rows;
	return inc->place == BEHIND ? &inc->chunk : NULL;
}

void
incremental_end(struct incremental *inc)
{
	struct queue_copy *copy = &inc->queue.copies[0];

	copy->rows += inc->chunk.n;
	if (inc->moved) {
		moved_drop(&copy->moved, inc->moved);
	} else {
		copy->key.n = 0;
		buf_span(&copy->key, buf_view(&inc->reading.upto));
		inc->ranged = inc->reading.last;
	}
	inc->was_range = !inc->moved;
	inc->changed = true;
	inc->retry_ms = 0;
	drop_chunk(inc);
	if (!inc->ranged || copy->moved.n)
		return;
	log_note("signal %s: table %s.%s is copied: %" PRIu64 " row%s",
	    copy->signal, copy->tables.v[0].db, copy->tables.v[0].name,
	    copy->rows, plural(copy->rows));
	end_table(inc);
}

/* ---- what is to be done */

/* What the account may not read it does not see, and so is not copied. */
static int
warn_of_unseen(struct incremental *inc, struct err *err)
{
	struct table_filter asked = { 0 };
	int status = 0;

	if (signal_asks(&inc->queue, &asked))
		status = table_reader_sight(&inc->reading, &asked, err);
	table_filter_clear(&asked);
	if (status == 0 || err->kind != ERR_CONFIG)
		return status;
	log_warn("signal %s: %s: what the account cannot see is not copied",
	    inc->queue.signals[0].id, err->text);
	log_hint("%s", err->hint);
	err_clear(err);
	return 0;
}

static int
obey(struct incremental *inc, struct err *err)
{
	struct queue_tables all = { 0 };
	int status = inc->queue.nsignals
			 ? table_reader_tables(&inc->reading, &all, err)
			 : 0;

	while (status == 0 && inc->queue.nsignals) {
		status = warn_of_unseen(inc, err);
		if (status < 0)
			break;
		signal_obey(&inc->queue, &all);
		drop_chunk(inc);        /* it may be wanted no more */
		inc->changed = true;
	}
	queue_tables_clear(&all);
	return status;
}

/* What fails has nothing to do with a table, and could be done when we
 * began. */
static int
passing(struct err *err)
{
	err->kind = ERR_UNAVAILABLE;
	return -1;
}

static int
prepare(struct incremental *inc, struct err *err)
{
	return watermark_connect(&inc->side, err) == 0 && obey(inc, err) == 0 ?
	    0 : passing(err);
}

/* Is the first table's definition what it was?  Else it is asked for. */
static int
define(struct incremental *inc, const struct queue_copy *copy, struct err *err)
{
	const struct queue_table *t = &copy->tables.v[0];
	struct queue *queue = &inc->queue;
	bool known = !inc->altered && table_reader_is_on(&inc->reading,
	    span_of(t->db), span_of(t->name));

	if (known && !first_table_is_overtaken(&inc->reading, queue))
		return 0;
	inc->changed |= known;
	inc->altered = inc->ranged = false;
	if (first_table_define(&inc->reading, queue, err) < 0)
		return -1;
	return queue->copies[0].key.n ? 0 : first_table_begin(&inc->reading,
	    queue, &inc->changed, err);
}

/* The next range, or, by turns, what moved. */
static int
read_rows(struct incremental *inc, const struct queue_copy *copy,
    struct err *err)
{
	inc->moved = 0;
	return copy->moved.n && (inc->ranged || inc->was_range)
		   ? table_reader_moved(
			 &inc->reading, copy, &inc->chunk, &inc->moved, err)
		   : table_reader_next(&inc->reading, copy, &inc->chunk, err);
}

/* A chunk between its watermarks.  Behind the first of them is asked for the
 * last key, too: what moved before it is where it will be found. */
static int
read_chunk(struct incremental *inc, struct queue_copy *copy, struct err *err)
{
	const struct queue_table *t = &copy->tables.v[0];
	int got;

	if (watermark_put(&inc->side, t->db, t->name, err) < 0)
		return passing(err);
	if (watermark_prepared(&inc->side, &inc->prepared, err) < 0)
		return -1;
	got = table_reader_find_max(&inc->reading, copy, err);
	if (got < 0 || (got > 0 && read_rows(inc, copy, err) < 0))
		return -1;
	if (watermark_take_away(&inc->side, err) < 0)
		return passing(err);
	if (got == 0) {
		end_table(inc);
		return 0;
	}
	inc->place = BEFORE;
	inc->read_ms = clock_steady_ms();
	return 0;
}

static int
next_chunk(struct incremental *inc, struct err *err)
{
	struct queue_copy *copy = queue_current(&inc->queue);

	if (!copy || inc->place != NOWHERE)
		return 0;
	return define(inc, copy, err) < 0 ? -1 :
	    read_chunk(inc, queue_current(&inc->queue), err);
}

static void
failed(struct incremental *inc, const struct err *err)
{
	const struct queue_copy *copy = queue_current(&inc->queue);
	bool passes = !copy || err->kind == ERR_UNAVAILABLE ||
	    err->kind == ERR_RETRY || table_reader_outdated(&inc->reading);
	struct err ignored = { 0 };

	drop_chunk(inc);
	watermark_hang_up(&inc->side);
	inc->altered = true;
	if (passes) {
		try_later(inc, err->text);
		return;
	}
	watermark_connect(&inc->side, &ignored);     /* its window goes */
	log_warn("signal %s: table %s.%s: %s: it is not copied", copy->signal,
	    copy->tables.v[0].db, copy->tables.v[0].name, err->text);
	if (err->hint[0])
		log_hint("%s", err->hint);
	end_table(inc);
}

/* The stream is silent, and the watermarks are not in it. */
static void
miss_watermarks(struct incremental *inc)
{
	if (inc->place == NOWHERE ||
	    clock_steady_ms() - inc->read_ms < STALL_MS)
		return;
	drop_chunk(inc);
	try_later(inc, "what was written to the signal table does not come "
	    "back in the stream (is it of another server? left out by "
	    "binlog_do_db?)");
}

/* Is there something that can be done now? */
static bool
is_due(const struct incremental *inc)
{
	bool wanted = inc->queue.nsignals || (inc->place == NOWHERE &&
	    queue_current(&inc->queue));

	return wanted && (!inc->retry_ms ||
	    clock_steady_ms() >= inc->retry_at_ms);
}

void
incremental_step(struct incremental *inc, bool silent)
{
	struct err err = { 0 };

	if (is_waiting(inc))
		return;
	if (silent)
		miss_watermarks(inc);
	if (is_due(inc)) {
		/* we may block; that it failed the next line finds out */
		out_flush(&(struct err){ 0 });
		if (prepare(inc, &err) < 0 || next_chunk(inc, &err) < 0)
			failed(inc, &err);
	}
	if (!inc->queue.nsignals && !inc->queue.ncopies) {
		watermark_hang_up(&inc->side);
		inc->retry_ms = 0;
	}
}

/* SPDX-License-Identifier: MIT */
#include "snapshot/copy_progress.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "state/gtids.h"
#include "record/record.h"
#include "json/scan.h"
#include "json/write.h"
#include "snapshot/resume.h"

#define FORM "%016" PRIx64

enum { STEP_ROWS = 5000, STEP_MS = 1000, LOOK_ROWS = 64 };

/* ---- which tables are left */

static void
put_name(struct buf *json, const char *db, const char *name)
{
	struct statement sql = { 0 };

	statement_add(&sql, SQL_TABLE(span_of(db), span_of(name)));
	json_words(json, statement_view(&sql));
	statement_free(&sql);
}

static bool
is_done(struct span done, const struct copied_table *t)
{
	struct json_pos at = json_at(done);
	struct buf name = { 0 };
	struct span element;
	bool found = false;

	put_name(&name, t->db, t->name);
	if (done.n && json_enter(&at, '['))
		while (!found && json_next_element(&at) > 0 &&
		    json_value(&at, &element))
			found = json_same(element, buf_view(&name));
	buf_free(&name);
	return found;
}

/* Tables without a key come first, after those that are locked: what is
 * interrupted later can be resumed. */
static void
order_tables(struct snapshot_source *source)
{
	size_t at = 0;

	while (at < source->ntables && !source->tables[at].transactional)
		at++;
	for (size_t i = at; i < source->ntables; i++) {
		struct copied_table t = source->tables[i];

		if (!t.schema || resume_has_key(t.schema))
			continue;
		memmove(source->tables + at + 1, source->tables + at,
		    (i - at) * sizeof(t));
		source->tables[at++] = t;
	}
}

static void
drop_done(struct snapshot_source *source, struct span done)
{
	size_t kept = 0;

	for (size_t i = 0; i < source->ntables; i++) {
		struct copied_table *t = &source->tables[i];

		if (!is_done(done, t)) {
			source->tables[kept++] = *t;
			continue;
		}
		free(t->db);
		free(t->name);
	}
	source->ntables = kept;
}

/* ---- the state of an interrupted copy */

static void
take_value(struct buf *to, struct span object, const char *name)
{
	struct span value = object_member(object, name);

	if (value.n && !span_is(value, "null"))
		buf_span(to, value);
}

static int
resume(struct copy_progress *s, struct span copy, struct span done,
    struct snapshot_source *source, struct err *err)
{
	struct gtid_list list = { 0 };

	if (gtids_take(copy, "start", &list, err) < 0)
		return -1;
	buf_put(&s->done, done.p + 1, done.n - 2);
	take_value(&s->table, copy, "table");
	take_value(&s->key, copy, "key");
	s->rows = s->said = object_number(copy, "rows");
	drop_done(source, done);
	gtid_list_clear(&source->until);
	source->until = source->gtids;
	source->gtids = list;
	free(source->file);
	source->file = xmemdup(s->state->file.n ? s->state->file.p : "",
	    s->state->file.n);
	source->pos = s->state->pos;
	log_note("resuming the copy: %" PRIu64 " rows are already copied",
	    s->rows);
	return 0;
}

static bool
is_left(void *arg, const struct copied_table *t)
{
	return !is_done(*(struct span *)arg, t);
}

/* Must the copy start over where a table was dropped and created again?  Rows
 * of one that is done may be those of the later table, unless statements are to
 * be executed: then no altered one was read. */
struct dropping {
	const struct snapshot_source *source;
	struct span done;
};

static bool
is_at_stake(void *arg, const struct copied_table *t)
{
	const struct dropping *d = arg;

	return !d->source->opt->tail.tail.schema_changes ||
	    !is_done(d->done, t);
}

/* Were tables that were left altered, made or dropped since? */
static bool
left_differ(const struct snapshot_source *source, struct span copy,
    struct span done)
{
	struct span then = object_member(copy, "left");
	struct buf now = { 0 };
	uint64_t left = 0;
	bool differ;

	for (size_t i = 0; i < source->ntables; i++)
		if (!is_done(done, &source->tables[i]))
			left += resume_form(&source->tables[i]);
	buf_printf(&now, FORM, left);
	differ = then.p && !json_is_text(then, buf_cstr(&now));
	buf_free(&now);
	return differ;
}

void
copy_progress_left(struct copy_progress *s,
    const struct snapshot_source *source, size_t first)
{
	s->left = s->form = 0;
	for (size_t i = first; i < source->ntables; i++)
		s->left += resume_form(&source->tables[i]);
}

/* Have tables had their names since it began?  1, 0 (which is said), -1. */
static int
keep_names(const struct copy_progress *s, struct span copy,
    struct span done, struct snapshot_source *source, struct err *err)
{
	const struct buf *log = &s->state->file;
	char *file = xmemdup(log->n ? log->p : "", log->n);
	struct dropping dropping = { source, done };
	struct gtid_list start = { 0 };
	int got = gtids_take(copy, "start", &start, err);

	if (got > 0)
		got = moves_between(source, &start, file, s->state->pos,
		    is_at_stake, &dropping, err);
	else if (got == 0)
		got = err_set(err, ERR_DATA, "its copy has no start");
	gtid_list_clear(&start);
	free(file);
	return got;
}

/* 1: it continues; 0: this one begins again; -1. */
static int
take_up(struct copy_progress *s, struct span copy,
    struct snapshot_source *source, struct err *err)
{
	struct span done = object_member(copy, "done");
	bool altered;
	int may;

	if (!s->alone || done.n < 2 || done.p[0] != '[')
		return 0;
	altered = left_differ(source, copy, done);
	may = resume_may(source, is_left, &done, altered, err);
	if (may > 0)
		may = keep_names(s, copy, done, source, err);
	if (may > 0 && resume(s, copy, done, source, err) < 0)
		return -1;
	/* rows that are there lack what their table has now */
	if (may > 0 && altered)
		s->key.n = 0;
	return may;
}

int
copy_progress_open(struct copy_progress *s, const struct state_file *state,
    struct snapshot_source *source, struct err *err)
{
	int got = 0;

	s->state = state->path ? &state->state : NULL;
	s->alone = source->nworkers == 0;
	s->said_ms = clock_steady_ms();
	order_tables(source);
	if (s->state)
		got = take_up(s, buf_view(&s->state->snapshot), source, err);
	s->instead = s->state && got == 0;
	if (s->alone)
		copy_progress_left(s, source, 0);
	return got < 0 ? -1 : 0;
}

/* ---- the table in hand */

int
copy_progress_table(struct copy_progress *s, const struct copied_table *t,
    const struct schema_table *kept, bool sorted, const char *prefix,
    struct err *err)
{
	struct buf name = { 0 };
	int got = 0;

	if (!s->alone)
		return 0;
	resume_key_close(&s->keys);
	put_name(&name, t->db, t->name);
	if (!json_same(buf_view(&name), buf_view(&s->table)))
		s->key.n = 0;
	s->table.n = 0;
	buf_span(&s->table, buf_view(&name));
	buf_free(&name);
	s->form = resume_form(t);
	if (sorted)
		got = resume_key_open(
		    &s->keys, t->db, t->name, kept, prefix, err);
	if (got == 0)
		s->key.n = 0;
	return got < 0 ? -1 : 0;
}

void
copy_progress_table_end(struct copy_progress *s)
{
	if (!s->alone)
		return;
	buf_str(&s->done, s->done.n ? "," : "");
	buf_span(&s->done, buf_view(&s->table));
	s->table.n = s->key.n = 0;
	s->left -= s->form;
	s->form = 0;
	resume_key_close(&s->keys);
}

void
copy_progress_condition(const struct copy_progress *s, struct sql_part word,
    struct statement *sql)
{
	struct statement behind = { 0 };

	/* else from its beginning */
	if (s->keys.schema && s->key.n && resume_key_put(&s->keys, KEYS_BEHIND,
	    buf_view(&s->key), &behind))
		statement_add(sql, word, SQL_OF(&behind));
	statement_free(&behind);
}

/* ---- steps */

bool
copy_progress_due(const struct copy_progress *s)
{
	return s->alone && (s->rows - s->said >= STEP_ROWS ||
	    ((s->rows % LOOK_ROWS == 0 || !s->table.n) &&
	    clock_steady_ms() - s->said_ms >= STEP_MS));
}

int
copy_progress_row(
    struct copy_progress *s, const struct buf *image, struct err *err)
{
	s->said = s->rows;
	s->said_ms = clock_steady_ms();
	s->key.n = 0;
	return s->keys.schema ? resume_key_of(&s->keys, image, &s->key, err)
			      : 0;
}

/* Begin the object. */
static void
put_range(struct buf *out, const struct snapshot_source *source)
{
	size_t at = out->n;

	gtids_put(out, "start", &source->gtids);
	out->p[at] = '{';
	if (source->until.n)
		gtids_put(out, "until", &source->until);
}

void
copy_progress_put(const struct copy_progress *s,
    const struct snapshot_source *source, struct buf *out)
{
	put_range(out, source);
	if (s->alone) {
		buf_str(out, ",\"done\":[");
		buf_span(out, s->done.n ? buf_view(&s->done) : SPAN(""));
		buf_char(out, ']');
	}
	json_value_member(out, "table", buf_view(&s->table));
	json_value_member(out, "key", buf_view(&s->key));
	if (s->alone)
		buf_printf(out, ",\"left\":\"" FORM "\"", s->left);
	buf_printf(out, ",\"rows\":%" PRIu64, s->rows);
	if (s->instead) {
		buf_str(out, ",\"instead\":");
		buf_span(out, object_member(buf_view(&s->state->snapshot),
		    "start"));
	}
	buf_char(out, '}');
}

void
copy_progress_put_whole(const struct snapshot_source *source, struct buf *out)
{
	if (!source->until.n)
		return;
	put_range(out, source);
	buf_char(out, '}');
}

void
copy_progress_close(struct copy_progress *s)
{
	resume_key_close(&s->keys);
	buf_free(&s->done);
	buf_free(&s->table);
	buf_free(&s->key);
}

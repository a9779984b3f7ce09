/* SPDX-License-Identifier: MIT */
#include "state/states.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "json/object.h"
#include "json/scan.h"
#include "record/unique.h"

enum { STATE_MAX = 16 << 20 };  /* bytes: of a copy, the tables that are done */

/* The whole file: 1, 0 if there is none, -1. */
static int
slurp(const char *path, struct buf *text, struct err *err)
{
	FILE *f = fopen(path, "re");
	bool failed;

	if (!f && errno == ENOENT)
		return 0;
	if (!f)
		return err_errno(err, ERR_IO, "cannot open %s", path);
	text->n = fread(buf_room(text, STATE_MAX), 1, STATE_MAX, f);
	failed = ferror(f);
	fclose(f);
	return failed ? err_errno(err, ERR_IO, "cannot read %s", path) : 1;
}

/* What is done in both: the older entry of each domain, and of a domain that
 * only one has, nothing.  Are they the same where both have one? */
static bool
keep_older(struct gtid_list *into, const struct gtid_list *other, bool first)
{
	struct gtid_list both = { 0 };
	bool same = true;

	for (size_t i = 0; i < other->n; i++) {
		const struct gtid *theirs = &other->v[i];
		const struct gtid *ours = gtid_list_find(into,
		    theirs->domain);

		same &= first || !ours || gtid_equal(ours, theirs);
		if (first || (ours && theirs->seq <= ours->seq))
			gtid_list_set(&both, theirs);
		else if (ours)
			gtid_list_set(&both, ours);
	}
	gtid_list_clear(into);
	*into = both;
	return same;
}

/* Of several, no place is that of their oldest. */
static void
take_place(struct states *s, const struct state *one)
{
	s->file.n = 0;
	s->pos = one->pos;
	if (s->found == 0)
		buf_span(&s->file, buf_view(&one->file));
}

/* Of the oldest state: what is after it comes again. */
static void
take_open_ends(struct states *s, const struct state *one)
{
	for (size_t i = 0; s->found && i < one->done.n; i++)
		if (!gtid_list_covers(&s->done, &one->done.v[i]))
			return;
	s->incremental.n = s->temporary.n = 0;
	buf_span(&s->incremental, buf_view(&one->incremental));
	buf_span(&s->temporary, buf_view(&one->temporary));
}

/* Has restart a larger number than gtid? */
static bool
is_late(const struct state *one)
{
	for (size_t i = 0; one->restarts && i < one->restart.n; i++)
		if (!gtid_list_covers(&one->done, &one->restart.v[i]))
			return true;
	return false;
}

static int
take_unfinished(struct states *s, const struct state_file *f,
    struct err *err)
{
	if (!s->resumes) {
		err_set(err, ERR_CONFIG, "its snapshot is incomplete");
		return err_hint(err, "cdc-snapshot --state FILE resumes it");
	}
	state_clear(&s->copy.state);
	s->copy = *f;
	return 0;
}

/* Takes its state over. */
static int
take(struct states *s, const struct state_file *f, struct err *err)
{
	const struct state *one = &f->state;

	if (state_is_unfinished(one))
		return take_unfinished(s, f, err);
	take_open_ends(s, one);
	take_place(s, one);
	s->late |= is_late(one);
	s->unordered |= !keep_older(&s->done, &one->done, s->found == 0);
	keep_older(&s->restart, one->restarts ? &one->restart : &one->done,
	    s->found == 0);
	*ARRAY_ADD(s->files, s->found) = *f;
	return 0;
}

int
states_add(struct states *s, const char *path, struct err *err)
{
	struct state_file f = { .path = path };
	struct buf text = { 0 };
	int got = slurp(path, &text, err);
	int status = got < 0 ? -1 : 0;

	s->given++;
	if (got == 0 && !s->missing)
		s->missing = path;
	if (got > 0 && (state_read(&f.state, buf_view(&text), err) < 0 ||
	    take(s, &f, err) < 0)) {
		state_clear(&f.state);
		status = err_wrap(err, "%s", path);
	}
	buf_free(&text);
	return status;
}

int
state_check_name(const char *path, const char *name, struct err *err)
{
	struct buf text = { 0 }, theirs = { 0 };
	int got = slurp(path, &text, err);

	if (got > 0 && json_valid(buf_view(&text)) &&
	    unique_check(buf_view(&text), err) < 0)
		got = err_wrap(err, "%s: it is no state", path);
	else if (got > 0)
		object_text(&theirs, buf_view(&text), "name");
	if (got > 0 && theirs.n && !span_eq(buf_view(&theirs),
	    span_of(name))) {
		err_set(err, ERR_CONFIG, "%s is the state of the position "
		    "'%s', not of '%s'", path, buf_cstr(&theirs), name);
		err_hint(err, "another --name needs another --state; or "
		    "remove the file, and it is written again");
		got = -1;
	}
	buf_free(&text);
	buf_free(&theirs);
	return got < 0 ? -1 : 0;
}

static int
made_otherwise(const struct state_file *made, const struct lists *source,
    const struct lists *ours, struct err *err)
{
	struct buf text = { 0 };

	lists_compare(source, ours, &text);
	err_set(err, ERR_CONFIG, "%s: it was made with other lists%s%s",
	    made->path, text.n ? ": " : "", text.n ? text.p : "");
	buf_free(&text);
	return err_hint(err, "another pipeline needs its own state; copy a "
	    "new table under another name (cdc-snapshot -t TABLE | cdc-apply "
	    "--name copy), then continue with --accept-lists, here and in the "
	    "sink");
}

/* Other words say nothing. */
static bool
is_fingerprint(struct span text)
{
	size_t digits = 0;

	while (digits < text.n && one_of(text.p[digits], "0123456789abcdef"))
		digits++;
	return digits == text.n && digits == FINGERPRINT_TEXT - 1;
}

/* Of a state that tells lists, those of its source count, not those of filters
 * after it: whether these are there, and what they are, the sink sees.  One of
 * an older version has its fingerprint alone. */
static bool
is_made_by(const struct state *made, const struct lists *source,
    const char *own)
{
	char theirs[FINGERPRINT_TEXT];

	if (!is_fingerprint(buf_view(&made->filter)))
		return true;
	if (!made->lists.n)
		return span_is(buf_view(&made->filter), own);
	lists_fingerprint(source, theirs);
	return strcmp(own, theirs) == 0;
}

static int
check_one(const struct state_file *made, const struct lists *ours,
    struct err *err)
{
	char own[FINGERPRINT_TEXT];
	struct lists source = { 0 };
	int status = 0;

	lists_fingerprint(ours, own);
	lists_take_source(&source, buf_view(&made->state.lists));
	if (!is_made_by(&made->state, &source, own))
		status = made_otherwise(made, &source, ours, err);
	lists_clear(&source);
	return status;
}

bool
state_is_told(const char *path, const struct state *s)
{
	struct buf text = { 0 }, theirs = { 0 }, ours = { 0 };
	struct state file = { 0 };
	struct err none = { 0 };
	bool told = slurp(path, &text, &none) > 0 &&
	    state_read(&file, buf_view(&text), &none) == 0;

	gtid_list_print(&file.done, &theirs);
	gtid_list_print(&s->done, &ours);
	told = told && span_eq(buf_view(&theirs), buf_view(&ours)) &&
	    span_eq(buf_view(&file.snapshot), buf_view(&s->snapshot));
	state_clear(&file);
	buf_free(&text);
	buf_free(&theirs);
	buf_free(&ours);
	return told;
}

int
states_check(const struct states *s, const struct lists *ours,
    struct err *err)
{
	int status = check_one(&s->copy, ours, err);

	for (unsigned i = 0; i < s->found && status == 0; i++)
		status = check_one(&s->files[i], ours, err);
	return status;
}

void
states_clear(struct states *s)
{
	for (unsigned i = 0; i < s->found; i++)
		state_clear(&s->files[i].state);
	free(s->files);
	state_clear(&s->copy.state);
	gtid_list_clear(&s->done);
	gtid_list_clear(&s->restart);
	buf_free(&s->incremental);
	buf_free(&s->temporary);
	buf_free(&s->file);
}

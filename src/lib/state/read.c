/* SPDX-License-Identifier: MIT */
#include "state/read.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "state/gtids.h"
#include "record/record.h"
#include "record/unique.h"
#include "json/scan.h"

enum { STATE_MAX = 16 << 20 };  /* bytes: of a copy, the tables that are done */

/* The whole file: 1, 0 where there is none, -1. */
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
take_place(struct states *s, struct span text)
{
	s->file.n = 0;
	s->pos = object_number(text, "pos");
	if (s->found == 0)
		object_text(&s->file, text, "file");
}

/* A snapshot that names the table in hand is not whole. */
static bool
snapshot_unfinished(struct span text)
{
	return object_member(object_member(text, "snapshot"), "table").p;
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

/* Under which lists a state was made. */
static void
take_lists(struct state_lists *made, const char *path, struct span text)
{
	*made = (struct state_lists){ .path = path };
	object_text(&made->filter, text, "filter");
	if (!is_fingerprint(buf_view(&made->filter)))
		made->filter.n = 0;
	object_take(&made->lists, text, "lists", '{');
}

static void
clear_lists(struct state_lists *made)
{
	buf_free(&made->filter);
	buf_free(&made->lists);
}

static int
take_unfinished(struct states *s, const char *path, struct span text,
    struct err *err)
{
	if (!s->copy) {
		err_set(err, ERR_CONFIG, "its snapshot is unfinished");
		return err_hint(err, "cdc-snapshot --state FILE resumes it");
	}
	s->copy->n = 0;
	buf_span(s->copy, text);
	clear_lists(&s->copy_under);
	take_lists(&s->copy_under, path, text);
	return 0;
}

/* Of the oldest state: what is after it comes again. */
static void
take_open_ends(struct states *s, struct span text,
    const struct gtid_list *done)
{
	for (size_t i = 0; s->found && i < done->n; i++)
		if (!gtid_list_covers(&s->done, &done->v[i]))
			return;
	object_take(&s->incremental, text, "incremental", '{');
	object_take(&s->temporary, text, "temporary", '{');
}

/* What the values of members begin with, 0 for digits: one of another type
 * must not be taken for one that is not there. */
static const struct member {
	const char *name, *begins;
} members[] = {
	{ "name", "\"n" }, { "gtid", "\"" }, { "file", "\"n" }, { "pos", "0n" },
	{ "partial", "{n" }, { "restart", "\"n" }, { "snapshot", "{n" },
	{ "incremental", "{n" }, { "temporary", "{n" },
	{ "filter", "\"n" }, { "lists", "{n" },
	{ "modes", "{n" },
	{ "ts_ms", "0n" },
};

static bool
begins_with(struct span value, const char *begins)
{
	char c = value.p ? value.p[0] : 'n';

	return one_of(c >= '0' && c <= '9' ? '0' : c, begins);
}

/* Whole, or with the table in hand. */
static bool
is_snapshot(struct span copy)
{
	struct span table = object_member(copy, "table");

	return copy.p[0] == 'n' || (table.p ? begins_with(table, "{[\"n") &&
	    begins_with(object_member(copy, "done"), "[n") :
	    begins_with(object_member(copy, "until"), "\""));
}

/* No name is there twice: which would be meant? */
static bool
is_state(struct span text)
{
	struct span copy = object_member(text, "snapshot");

	if (!unique_json(text) ||
	    !span_is(object_member(text, "version"), "1"))
		return false;
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		struct span value = object_member(text, members[i].name);

		if (value.p && !begins_with(value, members[i].begins))
			return false;
	}
	return !copy.p || is_snapshot(copy);
}

/* Where XA transactions are read again from lies before what is done. */
static int
check_restart(struct states *s, const struct gtid_list *restart,
    const struct gtid_list *done, struct err *err)
{
	for (size_t i = 0; i < restart->n; i++) {
		const struct gtid *again = &restart->v[i];
		const struct gtid *ours = gtid_list_find(done,
		    again->domain);

		if (!ours)
			return err_set(err, ERR_DATA, "restart has domain %u, "
			    "and gtid has not", again->domain);
		s->late |= again->seq > ours->seq;
	}
	return 0;
}

/* gtid and restart. */
static int
take_gtids(struct states *s, struct span text, struct gtid_list *done,
    struct gtid_list *restart, struct err *err)
{
	int got = gtids_take(text, "gtid", done, err), again;

	if (got == 0)
		return err_set(err, ERR_DATA, "a state without gtid");
	again = got < 0 ? -1 : gtids_take(text, "restart", restart, err);
	if (again < 0) {
		err->kind = ERR_DATA;   /* of a file, not of an option */
		return -1;
	}
	if (again == 0)
		gtid_list_copy(restart, done);
	return check_restart(s, restart, done, err);
}

static int
parse(struct states *s, const char *path, struct span text, struct err *err)
{
	struct gtid_list done = { 0 }, restart = { 0 };
	int status;

	if (!is_state(text)) {
		err_set(err, ERR_DATA, text.n ? "it is no state of version 1" :
		    "it is empty, and no state");
		return err_hint(err, "cdc-apply --show-state prints the one "
		    "that the target has; cdc-state(5) says what is in it");
	}
	if (snapshot_unfinished(text))
		return take_unfinished(s, path, text, err);
	status = take_gtids(s, text, &done, &restart, err);
	if (status == 0) {
		take_open_ends(s, text, &done);
		take_place(s, text);
		s->under = xreallocarray(s->under, s->found + 1,
		    sizeof(*s->under));
		take_lists(&s->under[s->found], path, text);
		s->unordered |= !keep_older(&s->done, &done, s->found == 0);
		keep_older(&s->restart, &restart, s->found == 0);
		s->found++;
	}
	gtid_list_clear(&done);
	gtid_list_clear(&restart);
	return status;
}

int
states_add(struct states *s, const char *path, struct err *err)
{
	struct buf text = { 0 };
	int got = slurp(path, &text, err);
	int status = got < 0 ? -1 : 0;

	s->given++;
	if (got == 0 && !s->missing)
		s->missing = path;
	if (got > 0 && parse(s, path, buf_view(&text), err) < 0)
		status = err_wrap(err, "%s", path);
	buf_free(&text);
	return status;
}

int
state_check_name(const char *path, const char *name, struct err *err)
{
	struct buf text = { 0 }, theirs = { 0 };
	int got = slurp(path, &text, err);

	if (got > 0 && json_valid(buf_view(&text)) &&
	    !unique_json(buf_view(&text)))
		got = err_set(err, ERR_DATA, "%s: a name is there twice: not "
		    "a state", path);
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
made_otherwise(const struct state_lists *made, const struct lists *source,
    const struct lists *ours, struct err *err)
{
	struct buf text = { 0 };

	lists_compare(source, ours, &text);
	err_set(err, ERR_CONFIG, "%s: it was made with other lists%s%s",
	    made->path, text.n ? ": " : "", text.n ? text.p : "");
	buf_free(&text);
	return err_hint(err, "another pipeline needs a state of its own; a "
	    "table that is new is copied under another name (cdc-snapshot -t "
	    "TABLE | cdc-apply --name copy); then --accept-lists goes on, "
	    "here and in the sink");
}

/* Of a state that tells lists, those of its source count, not those of filters
 * after it: whether these are there, and what they are, the sink sees.  One of
 * an older version has its fingerprint alone. */
static bool
is_made_by(const struct state_lists *made, const struct lists *source,
    const char *own)
{
	char theirs[FINGERPRINT_TEXT];

	if (!made->filter.n)
		return true;
	if (!made->lists.n)
		return span_is(buf_view(&made->filter), own);
	lists_fingerprint(source, theirs);
	return strcmp(own, theirs) == 0;
}

static int
check_one(const struct state_lists *made, const struct lists *ours,
    struct err *err)
{
	char own[FINGERPRINT_TEXT];
	struct lists source = { 0 };
	int status = 0;

	lists_fingerprint(ours, own);
	lists_take_source(&source, buf_view(&made->lists));
	if (!is_made_by(made, &source, own))
		status = made_otherwise(made, &source, ours, err);
	lists_clear(&source);
	return status;
}

int
states_check(const struct states *s, const struct lists *ours,
    struct err *err)
{
	int status = check_one(&s->copy_under, ours, err);

	for (unsigned i = 0; i < s->found && status == 0; i++)
		status = check_one(&s->under[i], ours, err);
	return status;
}

void
states_clear(struct states *s)
{
	for (unsigned i = 0; s->under && i < s->found; i++)
		clear_lists(&s->under[i]);
	clear_lists(&s->copy_under);
	free(s->under);
	gtid_list_clear(&s->done);
	gtid_list_clear(&s->restart);
	buf_free(&s->incremental);
	buf_free(&s->temporary);
	buf_free(&s->file);
}

/* SPDX-License-Identifier: MIT */
#include "tail/input.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "source/gtid_pos.h"
#include "source/paths.h"
#include "io/stop.h"
#include "catalog/information_schema.h"
#include "follow/hidden_tables.h"
#include "incremental/watermark.h"

/* While the server for questions is another than that of the stream. */
static const struct retry ask_again = { 20, 500, 1000 };

bool
tail_input_live(const struct tail_input *in)
{
	return in->db.host || in->db.socket || in->db.defaults_file;
}

static void
be_behind(struct bound *bound, const struct gtid_list *list)
{
	bound_clear(bound);
	bound->kind = BOUND_GTID;
	gtid_list_copy(&bound->gtids, list);
}

/* A state overrules --from, which serves where there is none yet. */
static int
apply_states(struct tail_input *in, struct range *w, struct err *err)
{
	const struct states *s = &in->states;

	if (!s->given)
		return 0;
	if (s->found && s->found < s->given)
		return err_set(err, ERR_CONFIG, "%s (--state): there is no "
		    "such file, but there %s %u of the %u that are named",
		    s->missing, s->found == 1 ? "is" : "are", s->found,
		    s->given);
	if (!s->found && w->from.kind == BOUND_NONE) {
		err_set(err, ERR_CONFIG, "%s (--state): there is no such file "
		    "yet", s->missing);
		return err_hint(err, "use --from to say where the first run "
		    "starts (earliest, now, or the position of a snapshot)");
	}
	if (!s->found) {
		log_warn("%s (--state): there is no such file yet: starting "
		    "at --from", s->missing);
		return 0;
	}
	if (w->order == ORDER_ARRIVAL && s->unordered)
		return err_set(err, ERR_CONFIG, "the --state files end at "
		    "different places of a domain: with --gtid-order arrival, "
		    "their numbers do not show which is the oldest");
	if (w->order == ORDER_STRICT && s->late)
		return err_set(err, ERR_DATA, "--state: its restart is after "
		    "its gtid");
	be_behind(&w->from, &s->done);
	w->state = true;
	w->other_domains = OTHER_EARLIEST;      /* a state is complete */
	gtid_list_copy(&in->begin, &s->restart);
	return 0;
}

/* What is wrong with it is reported now; it is used when the window begins. */
static int
check_temporary(struct tail_input *in, struct err *err)
{
	struct temporaries t = { 0 };
	struct group_sessions s;
	int status;

	in->feed.temporary = buf_view(&in->states.temporary);
	in->feed.state_file = in->states.file.n ?
	    buf_cstr(&in->states.file) : "";
	if (!in->feed.temporary.n)
		return 0;
	status = hidden_tables_load(&t, &s, in->feed.temporary, err);
	hidden_tables_clear(&t);
	return status < 0 ? err_wrap(err, "--state") : 0;
}

static int
check_lists(const struct tail_input *in, const struct tail_options *opt,
    struct err *err)
{
	struct lists ours = { 0 };
	int status = 0;

	tail_tell_lists(opt, &ours);
	if (!in->any_lists)
		status = states_check(&in->states, &ours, err);
	lists_clear(&ours);
	return status;
}

/* A domain that a person typed and the server has not: it is misspelt, or it is
 * another server. */
static int
check_named(struct db *db, const struct gtid_list *from,
    const struct gtid_list *now, struct err *err)
{
	char text[GTID_TEXT];

	for (size_t i = 0; i < from->n; i++) {
		if (gtid_list_find(now, from->v[i].domain))
			continue;
		gtid_print(text, &from->v[i]);
		err_set(err, ERR_CONFIG, "--from %s: %s has no transaction of "
		    "domain %" PRIu32 " in its binlog", text, db_name(db),
		    from->v[i].domain);
		return err_hint(err, "SELECT @@gtid_binlog_pos shows its "
		    "domains");
	}
	return 0;
}

/* What a list that a person typed does not name: the domains that the server
 * has and it has not. */
static int
complete_domains(struct tail_input *in, struct range *w,
    struct gtid_list *begin, struct err *err)
{
	struct gtid_list now = { 0 }, missing = { 0 };
	struct buf text = { 0 };
	int status = gtid_pos_now(in->connection, &now, err);

	if (status == 0)
		status = check_named(in->connection, begin, &now, err);
	for (size_t i = 0; i < now.n; i++)
		if (!gtid_list_find(begin, now.v[i].domain))
			gtid_list_set(&missing, &now.v[i]);
	if (status == 0 && missing.n && w->other_domains == OTHER_REFUSE) {
		gtid_list_print(&missing, &text);
		status = err_set(err, ERR_USAGE, "--from does not name every "
		    "domain of the server: %s is missing", buf_cstr(&text));
		err_hint(err, "add it, or use --other-domains earliest (print "
		    "all of them) or now (what comes from now on)");
	}
	for (size_t i = 0; i < missing.n &&
	    w->other_domains == OTHER_NOW; i++)
		gtid_list_set(begin, &missing.v[i]);
	gtid_list_clear(&now);
	gtid_list_clear(&missing);
	buf_free(&text);
	return status;
}

/* Numbers that need not grow: what is read, and where the server is, are
 * places. */
static int
open_arrival(struct tail_input *in, const struct range *w, struct err *err)
{
	int got = 1;

	if (w->order != ORDER_ARRIVAL || w->from.kind == BOUND_NONE)
		return 0;
	if (w->from.kind == BOUND_OFFSET) {
		in->begin_file = xstrdup(w->from.file);
		in->begin_pos = w->from.offset;
	} else if (in->states.file.n && gtid_pos_is(in->connection, &in->begin,
	    buf_cstr(&in->states.file), in->states.pos)) {
		/* this server's, not only one of the same name */
		in->begin_file = xstrdup(in->states.file.p);
		in->begin_pos = in->states.pos;
	}
	if (!in->begin_file)
		got = gtid_pos_place(in->connection, &in->begin,
		    w->state ? "--state" : "--from", &in->begin_file,
		    &in->begin_pos, err);
	if (got < 0)
		return -1;
	if (got == 0)
		log_warn("the position is not in the server's logs, or the "
		    "account may not search them (BINLOG MONITOR): starting "
		    "by GTID, which is right only if the numbers of each "
		    "server increase");
	in->server.by_place = true;
	in->server.file = in->begin_file;
	in->server.pos = in->begin_pos;
	return gtid_pos_now(in->connection, &in->feed.began_at, err);
}

/* --from as GTIDs; a time stays one: it is looked for from the oldest log. */
static int
find_begin(struct tail_input *in, struct range *w, struct err *err)
{
	struct db *db = in->connection;
	struct gtid_list *begin = &in->begin;

	switch (w->from.kind) {
	case BOUND_NONE:
		err_set(err, ERR_USAGE, "no place to start: --from is missing");
		return err_hint(err, "use --from now, --from earliest, or "
		    "a position");
	case BOUND_NOW:
		return gtid_pos_now(db, begin, err);
	case BOUND_EARLIEST:
	case BOUND_TIME:
		return gtid_pos_earliest(db, begin, err);
	case BOUND_OFFSET:
		if (!w->from.file)
			return err_set(err, ERR_USAGE, "--from %" PRIu64 ": a "
			    "server has several logs; use LOG:OFFSET",
			    w->from.offset);
		return gtid_pos_start(db, begin, w->from.file, w->from.offset,
		    err);
	default:
		if (in->states.found)
			return 0;
		gtid_list_copy(begin, &w->from.gtids);
		return complete_domains(in, w, begin, err);
	}
}

/* Where the stream begins, for people: known of an offset, and of the end,
 * where nothing comes that would tell. */
static int
find_place(struct tail_input *in, const struct range *w, struct err *err)
{
	struct gtid_list now = { 0 };
	char *file = NULL;
	uint64_t pos = 0;
	int got;

	if (w->order == ORDER_ARRIVAL)
		return 0;               /* that one tells, or none does */
	if (w->from.kind == BOUND_OFFSET) {
		in->begin_file = xstrdup(w->from.file);
		in->begin_pos = w->from.offset;
		return 0;
	}
	got = gtid_pos_end(in->connection, &now, &file, &pos, err);
	for (size_t i = 0; got > 0 && i < now.n; i++)
		if (!gtid_list_covers(&in->begin, &now.v[i]))
			got = 0;
	if (got > 0) {
		in->begin_file = file;
		in->begin_pos = pos;
	} else {
		free(file);
	}
	gtid_list_clear(&now);
	return got < 0 ? -1 : 0;
}

/* Is a place in front of that one? */
static bool
is_before(const char *file, uint64_t pos, const char *that, uint64_t upto)
{
	return strcmp(file, that) == 0 ? pos < upto :
	    gtid_pos_log_number(file) < gtid_pos_log_number(that);
}

/* If both are places, the end is before the beginning or after it.  Else an
 * end that the server is past may be either. */
static int
compare_end(struct tail_input *in, struct range *w, const char *file,
    uint64_t pos, struct err *err)
{
	const char *from = in->begin_file;
	bool known = file && from;

	if (known) {
		w->empty = is_before(file, pos, from, in->begin_pos + 1);
		w->crossed = is_before(file, pos, from, in->begin_pos);
	}
	w->guess = !known;
	return known ? 0 : gtid_pos_now(in->connection, &w->limit, err);
}

/* Did the server log all of these? */
static bool
is_past(struct tail_input *in, const struct gtid_list *list)
{
	struct err none = { 0 };

	for (size_t i = 0; i < list->n; i++)
		if (!gtid_pos_knows(in->connection, &list->v[i], &none))
			return false;
	return true;
}

/* Now: the GTIDs, and where they can be had, the place, for a GTID may stand in
 * a log twice. */
static int
find_now(struct tail_input *in, struct range *w, struct gtid_list *place,
    struct err *err)
{
	char *file = NULL;
	uint64_t pos;

	if (w->order == ORDER_ARRIVAL && in->begin_file &&
	    gtid_pos_last(in->connection, &file, &pos)) {
		w->last_file = file;
		w->last_pos = pos;
		w->empty = is_before(file, pos, in->begin_file,
		    in->begin_pos);
	}
	return gtid_pos_now(in->connection, place, err);
}

/* What may never come is worth a word. */
static void
tell_of_waiting(const struct bound *until, const struct gtid_list *now)
{
	char text[GTID_TEXT];

	for (size_t i = 0; i < until->gtids.n; i++) {
		if (gtid_list_find(now, until->gtids.v[i].domain))
			continue;
		gtid_print(text, &until->gtids.v[i]);
		log_warn("--until %s: the server has no transaction of domain "
		    "%" PRIu32 " yet: waiting for one", text,
		    until->gtids.v[i].domain);
	}
}

/* --until as GTIDs; of a time that is over, the end of the log is as far as it
 * can be. */
static int
find_end(struct tail_input *in, struct range *w, struct err *err)
{
	struct bound *until = &w->until;
	struct gtid_list place = { 0 };
	char *file = NULL;
	uint64_t pos = 0;
	int status = 0;

	if (until->kind == BOUND_OFFSET && !until->file)
		return err_set(err, ERR_USAGE, "--until %" PRIu64 ": a server "
		    "has several logs; use LOG:OFFSET", until->offset);
	if (until->kind == BOUND_GTID) {
		status = gtid_pos_now(in->connection, &place, err);
		if (status == 0)
			tell_of_waiting(until, &place);
		gtid_list_clear(&place);
	}
	if (until->kind == BOUND_OFFSET)
		status = gtid_pos_option(in->connection, &place, "--until",
		    until->file, until->offset, err);
	else if ((w->now = until->kind == BOUND_NOW))
		status = find_now(in, w, &place, err);
	else if (until->kind == BOUND_TIME &&
	    until->time_s < clock_now_ms() / 1000)
		status = gtid_pos_now(in->connection, &w->limit, err);
	if (status == 0 && w->order == ORDER_ARRIVAL &&
	    (until->kind == BOUND_OFFSET || (until->kind == BOUND_GTID &&
	    is_past(in, &until->gtids)))) {
		status = gtid_pos_place(in->connection,
		    until->kind == BOUND_GTID ? &until->gtids : &place,
		    "--until", &file, &pos, err);
		if (status >= 0)
			status = compare_end(in, w, file, pos, err);
		free(file);
	}
	if (until->kind == BOUND_OFFSET || until->kind == BOUND_NOW)
		be_behind(until, &place);
	gtid_list_clear(&place);
	return status;
}

/* A table that is there may be named, though nothing comes of it. */
static void
judge(void *filter, const struct schema_entry *entry)
{
	table_filter_keeps(filter, span_of(entry->db), span_of(entry->name));
}

static int
reach_asking(struct tail_input *in, struct err *err)
{
	int status = watermark_reach(in->asking, in->connection, err);

	for (uint64_t i = 0; i < ask_again.times && status < 0 &&
	    err->kind == ERR_UNAVAILABLE && !stop_requested(); i++) {
		stop_back_off(&ask_again, i + 1);
		status = watermark_reach(in->asking, in->connection, err);
	}
	return status;
}

static bool
passes(const struct err *err)
{
	return err->kind == ERR_UNAVAILABLE || err->kind == ERR_RETRY;
}

/* struct tail_options' ask.  The connection is kept, for statements come in
 * crowds; one that the server has closed meanwhile, or that another host
 * continued without, is made again, and so is one that is lost. */
static int
ask_table(void *arg, const char *db, const char *table, struct err *err)
{
	struct tail_input *in = arg;

	for (uint64_t i = 0; i <= ask_again.times; i++) {
		if (!in->asking || strcmp(db_name(in->asking),
		    db_name(in->connection)) != 0) {
			db_free(in->asking);
			in->asking = db_twin(in->connection);
			if (reach_asking(in, err) < 0)
				return -1;
		}
		if (information_schema_ask(in->schemas, in->asking, db, table,
		    in->trust_schema, err) == 0)
			return 0;
		if (!passes(err) || i == ask_again.times || stop_requested())
			return -1;
		err_clear(err);
		db_free(in->asking);
		in->asking = NULL;
	}
	return -1;
}

/* All tables, once; without it the log's own metadata and statements serve, to
 * the end: what is refused now would be then. */
static int
learn_tables(struct tail_input *in, struct err *err)
{
	if (information_schema_ask(in->schemas, in->connection, NULL, NULL,
	    in->trust_schema, err) == 0)
		return 0;
	if (passes(err)) {              /* the stream finds out for itself */
		err_clear(err);
		if (ask_table(in, NULL, NULL, err) == 0)
			return 0;
	}
	if (passes(err))
		return -1;
	log_warn("information_schema is not used: %s", err->text);
	err_clear(err);
	in->feed.ask = NULL;
	return 0;
}

/* … and its now, once. */
static int
ask_now(void *arg, struct gtid_list *now, struct err *err)
{
	struct tail_input *in = arg;

	db_free(in->asking);
	in->asking = db_twin(in->connection);
	return reach_asking(in, err) < 0 ? -1 :
	    gtid_pos_now(in->asking, now, err);
}

/* Copies that are half done wait for a run that takes them up. */
static int
open_copies(struct tail_input *in, struct tail_options *opt, struct err *err)
{
	struct span state = buf_view(&in->states.incremental);

	if (!in->incremental.table && !state.n)
		return 0;
	if (!in->incremental.table)
		log_warn("the state has an incremental snapshot in progress: "
		    "--signal continues it");
	in->form = (struct table_form){ opt->prefix, &opt->modes,
		&opt->filter };
	in->feed.incremental = incremental_open(&in->incremental, &in->form,
	    in->connection, state, err);
	return in->feed.incremental ? 0 : -1;
}

static int
open_server(struct tail_input *in, struct tail_options *opt,
    struct range *w, struct err *err)
{
	in->connection = db_new(&in->db);
	if (db_connect(in->connection, source_server_timeout(&in->server),
	    err) < 0 ||
	    find_begin(in, w, err) < 0 ||
	    open_arrival(in, w, err) < 0 ||
	    find_place(in, w, err) < 0 || find_end(in, w, err) < 0 ||
	    open_copies(in, opt, err) < 0)
		return -1;
	if (w->from.kind != BOUND_TIME && !in->states.found)
		be_behind(&w->from, &in->begin);
	if (learn_tables(in, err) < 0)
		return -1;
	schemas_each(in->schemas, judge, &opt->filter);
	in->feed.begin = (struct log_place){ in->begin_file, in->begin_pos };
	in->src = source_server_new(in->connection, &in->server);
	return 0;
}

/* Files have no now: it is where they end. */
static int
open_files(struct tail_input *in, struct tail_options *opt, struct range *w,
    struct err *err)
{
	if (w->from.kind == BOUND_NOW)
		return err_set(err, ERR_USAGE,
		    "--from now is for a server, not for files");
	if (w->from.kind == BOUND_EARLIEST)
		bound_clear(&w->from);
	if (w->until.kind == BOUND_NOW) {
		bound_clear(&w->until);
		in->files.follow = false;
	}
	w->unique = w->order == ORDER_ARRIVAL;
	w->to_the_end = !in->files.follow && (w->until.kind == BOUND_OFFSET ?
	    !w->until.file : w->until.kind == BOUND_GTID && w->unique);
	if (paths_settle(in->paths, &in->npaths, err) < 0)
		return -1;
	in->src = source_files_new(in->paths, in->npaths, &in->files);
	return open_copies(in, opt, err);
}

int
tail_input_open(struct tail_input *in, struct tail_options *opt,
    struct range *w, struct err *err)
{
	in->schemas = opt->schemas;
	in->server.hold = in->files.hold;
	in->server.heartbeat_ms = opt->heartbeat_ms;
	/* a sink keeps the state, unless we do */
	opt->control |= in->states.given > 0 && !opt->write_state;
	in->feed.arrival = w->order == ORDER_ARRIVAL;
	in->feed.until_copied = w->until.kind == BOUND_NOW;
	if (tail_input_live(in)) {
		in->feed.ask = ask_table;
		in->feed.now = ask_now;
		in->feed.arg = in;
	}
	if (w->until.kind == BOUND_EARLIEST)
		return err_set(err, ERR_USAGE, "--until earliest: earliest is "
		    "only for --from");
	if (apply_states(in, w, err) < 0 || check_lists(in, opt, err) < 0 ||
	    check_temporary(in, err) < 0)
		return -1;
	return tail_input_live(in) ? open_server(in, opt, w, err) :
	    open_files(in, opt, w, err);
}

void
tail_input_close(struct tail_input *in)
{
	incremental_free(in->feed.incremental);
	if (in->src && in->src->live)
		source_server_free(in->src);
	else if (in->src)
		source_files_free(in->src);
	db_free(in->asking);
	db_free(in->connection);
	gtid_list_clear(&in->begin);
	gtid_list_clear(&in->feed.began_at);
	free(in->begin_file);
	states_clear(&in->states);
}

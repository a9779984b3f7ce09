/* SPDX-License-Identifier: MIT
 *
 * A group, event by event.
 */
#include "tail/printer.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "binlog/events.h"
#include "binlog/query_event.h"
#include "io/out.h"
#include "json/scan.h"
#include "json/write.h"
#include "incremental/incremental.h"
#include "tail/statement_text.h"

/* A table, as its map says it, completed by what else is known. */
static int
complete_table(void *arg, struct table *t, const struct binlog_event *ev,
    struct err *err)
{
	struct printer *p = arg;

	if (schemas_complete(p->opt->schemas, t, p->group->rows_file,
	    ev->pos, err) < 0)
		return -1;
	if (t->row_end >= 0 && !p->opt->modes.history)
		table_map_key_drop(t, (size_t)t->row_end);
	doubt_tell(p, t, ev);
	if (t->named || t->ncolumns == 0 || p->said_nameless)
		return 0;
	p->said_nameless = true;
	log_warn("%s:%llu: table %.*s.%.*s: the log does not name its "
	    "columns: they are @1, @2, …, and unless it gives their kind, "
	    "integers are signed and text is UTF-8; use --schema FILE, or SET "
	    "GLOBAL binlog_row_metadata=FULL on the server",
	    p->group->rows_path, (unsigned long long)ev->pos, (int)t->db.n,
	    t->db.p, (int)t->name.n, t->name.p);
	return 0;
}

struct printer *
printer_new(struct tail_options *opt, const struct tail_feed *feed,
    struct group_reader *reader, const struct gtid_list *done)
{
	struct printer *p = xcalloc(1, sizeof(*p));

	p->opt = opt;
	p->feed = feed;
	p->reader = reader;
	p->done = done;
	p->at = feed->begin;
	if (feed->ask)
		schemas_ask_again(opt->schemas);
	p->tables = table_cache_new(&opt->modes, complete_table, p,
	    record_template_forget);
	if (opt->unavailable)
		json_words(&p->unavailable, span_of(opt->unavailable));
	json_words(&p->prefix, span_of(opt->prefix));
	tail_tell_lists(opt, &p->lists);
	for (const char *op = opt->skip_ops; *op; op++)
		p->skipped[(unsigned char)*op] = true;
	return p;
}

void
printer_free(struct printer *p)
{
	struct buf *all[] = {
		&p->prefix, &p->unavailable, &p->gtid, &p->id, &p->file,
		&p->file_name, &p->statement, &p->source,
		&p->source_end, &p->times, &p->key, &p->old_key, &p->headers,
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		buf_free(all[i]);
	row_image_free(&p->before);
	row_image_free(&p->after);
	table_cache_free(p->tables);
	hidden_tables_clear(&p->temporaries);
	lists_clear(&p->lists);
	for (size_t i = 0; i < p->touched_cap; i++)
		buf_free(&p->touched[i].name);
	free(p->touched);
	free(p);
}

static void
name_transaction(struct printer *p, const struct group *g)
{
	if (g->id[0]) {
		json_words(&p->gtid, span_of(g->id));
		buf_span(&p->id, buf_view(&p->gtid));
		return;
	}
	buf_str(&p->gtid, "null");
	buf_str(&p->id, "\"file=");
	buf_put(&p->id, p->file.p + 1, p->file.n - 2);
	buf_printf(&p->id, ",pos=%" PRIu64 "\"", g->pos);
}

static void
begin(struct printer *p, const struct group *g)
{
	p->group = g;
	p->number++;
	p->ts_ms = clock_now_ms();
	p->total_order = 0;
	p->ntouched = 0;
	p->statement.n = p->gtid.n = p->id.n = p->times.n = 0;
	table_cache_begin(p->tables, group_format(p->reader));
	if (!span_is(buf_view(&p->file_name), g->rows_file)) {
		p->file.n = p->file_name.n = 0;
		buf_str(&p->file_name, g->rows_file);
		json_words(&p->file, span_of(g->rows_file));
	}
	name_transaction(p, g);
	buf_str(&p->times, ",\"ts_ms\":");
	buf_u64(&p->times, (uint64_t)p->ts_ms);
	buf_str(&p->times, ",\"transaction\":{\"id\":");
	buf_span(&p->times, buf_view(&p->id));
	buf_str(&p->times, ",\"total_order\":");
	buf_room(&p->times, COPY_SLACK);
	buf_room(&p->id, COPY_SLACK);
	if (p->opt->transactions)
		control_begin(p);
}

/* A map of a table that is kept goes to the cache, another's id is
 * remembered, so that its rows are told from rows without a map. */
static int
map_table(struct printer *p, const struct binlog_event *ev, struct err *err)
{
	struct span db, name;
	uint64_t id;

	if (!table_map_peek(ev, &id, &db, &name))
		return err_set(err, ERR_DATA, "TABLE_MAP event is cut short");
	if (copied_rows_are_in(p, db, name) ||
	    table_filter_keeps(&p->opt->filter, db, name))
		return table_cache_map(p->tables, ev, err) ? 0 : -1;
	return table_cache_leave_out(p->tables, id, err);
}

/* What a statement did to its tables is not known: nor are they. */
static void
unlearn(struct printer *p, const struct query *query)
{
	struct action s;

	action_read_query(&s, query);
	for (size_t i = 0; i < s.nacts; i++) {
		struct schema_entry *entry = !s.acts[i].changes ||
		    !s.acts[i].name ? NULL : schemas_entry(p->opt->schemas,
		    span_of(s.acts[i].db), span_of(s.acts[i].name), true);

		if (!entry)
			continue;
		schema_entry_forget(entry);
		schema_entry_outdate(p->opt->schemas, entry);
	}
	action_clear(&s);
}

/* Of a server: what is it now that statements have changed?  Of tables that are
 * left out does not matter. */
static int
ask_again(struct printer *p, struct err *err)
{
	struct schema_entry *entry;

	while ((entry = schemas_outdated(p->opt->schemas)))
		if (table_filter_keeps(&p->opt->filter, span_of(entry->db),
		    span_of(entry->name)) && p->feed->ask(p->feed->arg,
		    entry->db, entry->name, err) < 0)
			return -1;
	return 0;
}

static void
tell_copies(struct printer *p, const struct query *query, bool doubtful)
{
	struct action s;

	incremental_altered(p->feed->incremental);
	action_read_query(&s, query);
	if (!doubtful && action_removes_rows(&s))
		incremental_replaced(p->feed->incremental, &s);
	action_clear(&s);
}

/* One that failed may have done a part of its work; one that may be on a
 * temporary table, none. */
static int
learn(struct printer *p, const struct group *g, const struct binlog_event *ev,
    const struct query *query, enum temporary_use use,
    struct schema_changes *changes, struct err *err)
{
	const struct binlog_format *format = group_format(p->reader);
	bool doubtful = query->error || use != TEMPORARY_NONE;
	struct query read = *query;

	if (doubtful)
		unlearn(p, query);
	read.logs_vain = !format->mariadb || !format_is_since(format, 10, 5, 0);
	if (doubtful || ddl_learn(p->opt->schemas, &read,
	    g->rows_file, ev->pos, changes)) {
		table_cache_clear(p->tables);
		if (p->feed->incremental)
			tell_copies(p, query, doubtful);
	}
	return p->feed->ask ? ask_again(p, err) : 0;
}

/* Is it printed?  For a sink of ours, at least what removes rows, changes what
 * rows that are there have, or lets changes cascade. */
static bool
is_told(const struct printer *p, const struct query *query)
{
	struct action s;
	bool told;

	if (p->opt->schema_changes || !p->opt->control)
		return p->opt->schema_changes;
	action_read_query(&s, query);
	told = action_removes_rows(&s) || action_alters_columns(&s);
	for (size_t i = 0; i < s.nacts; i++)
		told = told || action_refers(&s, i);
	action_clear(&s);
	return told;
}

/* A statement that may change schemas. */
static int
take_ddl(struct printer *p, const struct binlog_event *ev,
    struct query *query, enum temporary_use use, struct err *err)
{
	struct schema_changes changes = { 0 };
	bool told = is_told(p, query), swaps = false;
	int status = unlogged_take(p, ev, query, err);

	if (status == 0 && told)
		status = temporary_check(p, query, use, err);
	if (status == 0)
		status = border_check(p, ev, query, err);
	swaps = status > 0;
	if (status >= 0)
		status = learn(p, p->group, ev, query, use, &changes, err);
	if (status == 0 && swaps && p->opt->control)
		schema_records_print_changes(p, ev, &changes);
	if (status == 0 && !swaps && told) {
		status = schema_records_print_ddl(p, ev, &changes, query, err);
		if (status < 0 && p->opt->tolerant)
			err->kind = ERR_DATA;   /* may be left out */
	}
	ddl_changes_clear(&changes);
	return status;
}

static int
take_truncate(struct printer *p, const struct binlog_event *ev,
    struct query *query, enum temporary_use use, struct err *err)
{
	if (temporary_check(p, query, use, err) < 0)
		return -1;
	return truncate_take(p, ev, query, err);
}

/* By what kind of statement it is. */
static int
take_query(struct printer *p, const struct binlog_event *ev,
    struct query *query, struct err *err)
{
	bool changes = query->kind == QUERY_OTHER ||
	    query->kind == QUERY_BEGIN || query->kind == QUERY_TRUNCATE;
	int use;

	if (query->kind != QUERY_DML && (!changes || p->group->ddl_begun))
		return 0;
	use = temporary_take(p, ev, query, err);
	if (use < 0 || use == TEMPORARY_ALONE)
		return use < 0 ? -1 : 0;
	if (use == TEMPORARY_CALLS)
		return unlogged_calls(p, query, err);
	if (query->kind == QUERY_DML)
		return unlogged_take(p, ev, query, err);
	return (query->kind == QUERY_TRUNCATE ? take_truncate : take_ddl)(p,
	    ev, query, (enum temporary_use)use, err);
}

static int
print_query(struct printer *p, const struct binlog_event *ev,
    struct err *err)
{
	struct query query;
	struct buf text = { 0 };
	int status;

	if (query_parse(&query, ev, err) < 0)
		return -1;
	statement_text_make_utf8(&query, &text);
	status = take_query(p, ev, &query, err);
	buf_free(&text);
	return status;
}

/* The text; MySQL's has a byte in front that tells its length, badly. */
static struct span
annotation(const struct binlog_event *ev)
{
	struct cursor in = cursor_of(ev->body, ev->body_n);

	if (ev->type == EVENT_ROWS_QUERY)
		take_u8(&in);
	return take_span(&in, cursor_left(&in));
}

static int
print_event(struct printer *p, const struct binlog_event *ev,
    struct err *err)
{
	switch (event_kind(ev->type)->role) {
	case ROLE_TABLE_MAP:
		return map_table(p, ev, err);
	case ROLE_ROWS:
		return rows_print(p, ev, err);
	case ROLE_QUERY:
		return print_query(p, ev, err);
	case ROLE_ANNOTATE:
		if (!p->opt->query)
			return 0;
		p->statement.n = 0;
		json_string(&p->statement, annotation(ev));
		return 0;
	default:
		return 0;
	}
}

int
printer_group(struct printer *p, const struct group *g, struct err *err)
{
	struct group_reader *r = p->reader;
	struct binlog_event ev;
	int got;

	begin(p, g);
	while ((got = group_event(r, &ev, err)) > 0) {
		if (print_event(p, &ev, err) < 0 &&
		    group_tolerate(r, &ev, err) < 0)
			return err_wrap(err, "%s:%" PRIu64, g->rows_path,
			    ev.pos);
		if (!out_ok())
			return out_flush(err);
		if (p->cut)
			return 0;
	}
	if (got < 0)
		return -1;
	if (p->feed->incremental && incremental_untold(p->feed->incremental))
		printer_beat(p, "next");
	if (p->opt->transactions)
		control_end(p);
	p->beat_due = true;
	return 1;
}

static int
learn_unprinted(struct printer *p, const struct group *g,
    const struct binlog_event *ev, struct query *query, struct err *err)
{
	struct schema_changes changes = { 0 };
	struct buf text = { 0 };
	int use, status = 0;

	statement_text_make_utf8(query, &text);
	use = temporary_take(p, ev, query, err);
	if (use >= 0 && use != TEMPORARY_ALONE && use != TEMPORARY_CALLS &&
	    g->verdict == GROUP_COMMITTED)
		status = learn(p, g, ev, query, (enum temporary_use)use,
		    &changes, err);
	ddl_changes_clear(&changes);
	buf_free(&text);
	return use < 0 ? -1 : status;
}

int
printer_learn(struct printer *p, const struct group *g, struct err *err)
{
	struct binlog_event ev;
	struct query query;
	int got;

	while ((got = group_event(p->reader, &ev, err)) > 0) {
		if (g->ddl_begun || event_kind(ev.type)->role != ROLE_QUERY)
			continue;
		if (query_parse(&query, &ev, err) < 0)
			return err_wrap(err, "%s:%" PRIu64, g->path, ev.pos);
		if (query.kind == QUERY_OTHER && learn_unprinted(p, g, &ev,
		    &query, err) < 0)
			return -1;
	}
	return got < 0 ? -1 : 1;
}

void
printer_leave(struct printer *p)
{
	if (p->last_beat_ms && p->total_order == 0)
		printer_beat(p, "next");
}

uint64_t
printer_records(const struct printer *p)
{
	return p->printed;
}

uint64_t
printer_transactions(const struct printer *p)
{
	return p->number;
}

uint64_t
printer_unlogged(const struct printer *p)
{
	return p->unlogged;
}

void
printer_be_at(struct printer *p, struct log_place at)
{
	p->at = at;
}

void
printer_tick(struct printer *p, bool waiting)
{
	bool over = p->opt->heartbeat_ms && clock_steady_ms() -
	    p->last_beat_ms >= p->opt->heartbeat_ms;
	bool copied = p->feed->incremental &&
	    incremental_changed(p->feed->incremental);
	/* a sink that goes past an undecided XA transaction must know it */
	bool prepared = xa_restart(group_prepared(p->reader)) &&
	    !p->said_restart;

	if (!p->opt->control || p->last_beat_ms == 0)
		return;
	if (over || prepared || copied || temporary_changed(p) ||
	    (waiting && p->beat_due))
		printer_beat(p, "next");
}

/* SPDX-License-Identifier: MIT
 *
 * Tables as records.  A line is laid together from pieces:
 *
 *   plan->head    {"topic":"…","key":                    a table
 *   key           {"id":1}                               a row
 *   image         ,"payload":{"before":null,"after":…    a row
 *   p->source     ,"source":{… "snapshot":"              the snapshot
 *   marker        true, first, last …                    a row
 *   p->behind     ","db":… "query":null},"op":"r",…      a table
 */
#include "snapshot/snapshot.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/log.h"
#include "copy/result_rows.h"
#include "io/out.h"
#include "io/stop.h"
#include "json/write.h"
#include "match/named.h"
#include "print/heartbeat.h"
#include "print/schema_record.h"
#include "snapshot/become_tail.h"
#include "snapshot/handed_schemas.h"
#include "snapshot/throttle.h"
#include "snapshot/parallel.h"
#include "snapshot/resume.h"
#include "snapshot/select.h"
#include "snapshot/snapshot_db.h"
#include "snapshot/snapshot_state.h"
#include "snapshot/copy_progress.h"
#include "snapshot/waiting.h"

enum {
	TRIES = 3,
	LOOK_ROWS = 256, LOOK_MS = 1000,        /* for those who wait */
};

struct snapshot {
	const struct snapshot_options *opt;
	struct snapshot_source source;
	struct throttle pace;
	struct copy_progress steps;
	struct lists lists;             /* of what is copied */

	int schemas;                    /* a file for cdc-tail, or -1 */
	struct buf prefix;              /* as a JSON string */
	struct buf front, behind;       /* of source: see above */

	/* the table in hand */
	const struct copied_table *of;
	struct db *reader;
	struct copy_rows rows;
	int64_t looked_ms;              /* steady clock */
	bool first_table, last_table;
	uint64_t came;                  /* rows */
	struct buf row, next;           /* images as a log holds them: a row
	                                 * is printed when it is known whether
	                                 * another follows */
	struct row_image image;
	struct buf key;
};

/* What is the same in all records. */
static void
make_front(struct snapshot *s)
{
	json_words(&s->prefix, span_of(s->opt->prefix));
	buf_str(&s->front, ",\"source\":{\"version\":\"" PACKAGE_VERSION
	    "\",\"connector\":\"mariadb\",\"name\":");
	buf_span(&s->front, buf_view(&s->prefix));
	buf_printf(&s->front, ",\"ts_ms\":%lld,\"snapshot\":\"",
	    (long long)(clock_now_ms() / 1000 * 1000));
}

/* … and in all of a table. */
static void
make_behind(struct snapshot *s, const struct copied_table *t)
{
	struct buf gtids = { 0 };

	s->behind.n = 0;
	buf_char(&s->behind, '"');
	json_member(&s->behind, "db", span_of(t->db));
	json_member(&s->behind, "table", span_of(t->name));
	gtid_list_print(&s->source.gtids, &gtids);
	buf_str(&s->behind, ",\"server_id\":0");
	json_member(&s->behind, "gtid", buf_view(&gtids));
	json_member(&s->behind, "file", span_of(s->source.file));
	buf_printf(&s->behind, ",\"pos\":%" PRIu64 ",\"row\":0,"
	    "\"thread\":null,\"query\":null}", s->source.pos);
	buf_free(&gtids);
}

static void
print_schema(struct snapshot *s, const struct copied_table *t)
{
	struct buf line = { 0 };

	if (!t->schema)
		return;
	make_behind(s, t);
	buf_str(&line, "{\"topic\":");
	buf_span(&line, buf_view(&s->prefix));
	buf_str(&line, ",\"key\":{\"databaseName\":");
	json_words(&line, span_of(t->db));
	buf_str(&line, "},\"payload\":{");
	buf_put(&line, s->front.p + 1, s->front.n - 1);
	buf_str(&line, "true");
	buf_span(&line, buf_view(&s->behind));
	buf_printf(&line, ",\"ts_ms\":%lld", (long long)clock_now_ms());
	json_member(&line, "databaseName", span_of(t->db));
	buf_str(&line, ",\"schemaName\":null,\"ddl\":null,\"tableChanges\":[");
	schema_record_put_front(
	    &line, "CREATE", span_of(t->db), span_of(t->name));
	schema_record_put_defined(&line, t->schema);
	buf_str(&line, "}]}}\n");
	out_put(line.p, line.n);
	buf_free(&line);
}

/* Debezium's markers, in their order. */
static const char *
marker(const struct snapshot *s, bool first, bool last)
{
	if (last && s->last_table)
		return "last";
	if (first && s->first_table)
		return "first";
	return last ? "last_in_data_collection" :
	    first ? "first_in_data_collection" : "true";
}

static char *
put(char *to, const void *from, size_t n)
{
	memcpy(to, from, n);
	return to + n;
}

#define PUT(to, literal) put(to, literal, sizeof(literal) - 1)

static void
print_line(struct snapshot *s, const char *mark)
{
	size_t n = s->rows.plan->head.n + s->key.n + s->image.json.n +
	    s->front.n + s->behind.n + 256;
	char *start = out_room(n);
	char *to = put(start, s->rows.plan->head.p, s->rows.plan->head.n);

	to = put(to, s->key.p, s->key.n);
	to = PUT(to, ",\"payload\":{\"before\":null,\"after\":");
	to = put(to, s->image.json.p, s->image.json.n);
	to = put(to, s->front.p, s->front.n);
	to = put(to, mark, strlen(mark));
	to = put(to, s->behind.p, s->behind.n);
	to = PUT(to, ",\"op\":\"r\",\"ts_ms\":");
	to = buf_put_u64(to, (uint64_t)clock_now_ms());
	to = PUT(to, ",\"transaction\":null}}\n");
	out_commit((size_t)(to - start));
}

/* Print the row that is kept. */
static int
print_row(struct snapshot *s, bool first, bool last, struct err *err)
{
	if (copy_rows_image(&s->rows, &s->row, &s->image, err) < 0)
		return -1;
	s->key.n = 0;
	row_image_key(&s->key, &s->image, NULL, &s->rows.layout);
	print_line(s, marker(s, first, last));
	throttle_row(&s->pace);
	s->steps.rows++;
	return out_ok() ? 0 : out_flush(err);
}

/* An ALTER waits for us, and holds up everything behind it. */
static int
give_way(struct snapshot *s, struct err *err)
{
	int64_t now = clock_steady_ms();
	int waits;

	if (s->opt->ddl_waiting == WAITING_IGNORE ||
	    now - s->looked_ms < LOOK_MS)
		return 0;
	s->looked_ms = now;
	waits = snapshot_db_ddl_waits(&s->source, err);
	if (waits > 0)
		return err_set(err, ERR_RETRY, "a statement waits for the "
		    "metadata lock of a table (--ddl-waiting stop)");
	return waits;
}

/* The first heartbeat says how values are written, and that nothing is done;
 * others how far it is; a sink that sees the last has everything. */
static void
print_beat(struct snapshot *s, const char *kind)
{
	const struct gtid_list none = { 0 };
	bool ends = strcmp(kind, "last") == 0;
	struct buf line = { 0 }, copy = { 0 };

	if (ends)
		copy_progress_put_whole(&s->source, &copy);
	else
		copy_progress_put(&s->steps, &s->source, &copy);
	heartbeat_put(&line, &(struct heartbeat){
		.beat = kind, .prefix = buf_view(&s->prefix),
		.gtids = ends ? &s->source.gtids : &none,
		.file = s->source.file, .pos = s->source.pos,
		.snapshot = buf_view(&copy),
		.modes = &s->opt->modes, .lists = &s->lists });
	buf_char(&line, '\n');
	out_put(line.p, line.n);
	buf_free(&line);
	buf_free(&copy);
}

/* Behind a row that was printed, or a table: how far the copy is. */
static int
step(struct snapshot *s, const struct buf *row, struct err *err)
{
	if (!copy_progress_due(&s->steps))
		return 0;
	if (copy_progress_row(&s->steps, row, err) < 0)
		return -1;
	print_beat(s, "next");
	return 0;
}

/* All rows of the result. */
static int
print_rows(struct snapshot *s, struct err *err)
{
	const uint8_t *p;
	size_t n;
	int got;

	while ((got = db_fetch(s->reader, &p, &n, err)) > 0) {
		struct buf swap = s->row;

		if (copy_rows_encode(&s->rows, &s->next, p, n, err) < 0 ||
		    (s->came++ && (print_row(s, s->came == 2, false, err) < 0 ||
		    step(s, &s->row, err) < 0)))
			return -1;
		s->row = s->next;
		s->next = swap;
		if (stop_requested())
			return err_set(err, ERR_RETRY, "stopped inside table "
			    "%s.%s", s->of->db, s->of->name);
		if (s->came % LOOK_ROWS == 0 && give_way(s, err) < 0)
			return -1;
	}
	if (got == 0 && s->came)
		return print_row(s, s->came == 1, true, err);
	return got;
}

/* The columns that are wanted; a key's must be. */
static int
keep_columns(const struct snapshot *s, const struct copied_table *t,
    struct schema_table *kept, struct err *err)
{
	for (size_t i = kept->ncolumns; i-- > 0;) {
		struct span name = span_of(kept->columns[i].name);

		if (table_filter_keeps_column(&s->opt->filter,
		    span_of(t->db), span_of(t->name), name))
			continue;
		for (size_t k = 0; k < kept->nkeys; k++)
			for (size_t c = 0; kept->keys[k].primary &&
			    c < kept->keys[k].ncolumns; c++)
				if (span_is(name, kept->keys[k].columns[c]))
					return err_set(err, ERR_USAGE,
					    "table %s.%s: column %s is left "
					    "out but is part of the key", t->db,
					    t->name, kept->keys[k].columns[c]);
		schema_column_remove(kept, name);
	}
	return 0;
}

static int
make_table(struct snapshot *s, const struct copied_table *t,
    struct err *err)
{
	struct schema_table *kept = schema_table_copy(t->schema);
	int status = keep_columns(s, t, kept, err);

	if (status == 0)
		status = copy_rows_open(&s->rows, t->db, t->name, kept,
		    &s->opt->modes, s->opt->prefix, err);
	if (status == 0)
		status = copy_progress_table(&s->steps, t, kept,
		    select_is_sorted(t), s->opt->prefix, err);
	schema_table_free(kept);
	return status;
}

static int
query(struct snapshot *s, struct statement *sql, struct err *err)
{
	struct waiting w = { .source = &s->source, .db = s->reader,
		.table = s->of };
	int status = waiting_begin(&w, err);

	if (status < 0)
		return status;
	do
		status = db_query(s->reader, err, sql);
	while (status < 0 && waiting_again(&w, err));
	return status;
}

/* 1: done; 0: the table was altered since the snapshot began; -1. */
static int
copy_table(struct snapshot *s, size_t i, struct err *err)
{
	const struct copied_table *t = &s->source.tables[i];
	struct statement sql = { 0 };
	int status;

	if (make_table(s, t, err) < 0)
		return -1;
	make_behind(s, t);
	throttle_table(&s->pace, t->db, t->name, t->estimate);
	select_put(&(struct selection){ s->opt, t, &s->rows, &s->steps },
	    &sql);
	s->reader = snapshot_db_reader(&s->source, i);
	s->came = 0;
	s->of = t;
	status = query(s, &sql, err);
	if (status == 0)
		status = moves_read(&s->source, i, err);
	if (status == 0)
		status = print_rows(s, err) < 0 ? -1 : 1;
	if (status < 0 && s->came == 0 && copy_rows_altered(s->reader)) {
		err_clear(err);
		status = 0;
	}
	statement_free(&sql);
	copy_rows_close(&s->rows);
	return status;
}

/* Can rows of two snapshots be made one?  1, 0, -1; resume.h says why not. */
static int
may_again(struct snapshot *s, struct err *err)
{
	int cascades = s->opt->tail.tail.schema_changes ||
	    s->source.moves.keeps ? 1 : resume_cascades(&s->source, NULL, err);

	return cascades ? (cascades < 0 ? -1 : 0) :
	    resume_logs_whole(&s->source, NULL, err);
}

/* As copy_table(), but of an altered one a second time, as it is now, if rows
 * of two snapshots can be made one. */
static int
copy_again(struct snapshot *s, size_t i, struct err *err)
{
	const struct copied_table *t = &s->source.tables[i];
	int got = may_again(s, err);

	if (got < 0)
		return -1;
	got = got ? 0 : -1;
	for (int tries = 0; got == 0 && tries < TRIES; tries++) {
		log_note("table %s.%s was altered: a new snapshot is opened",
		    t->db, t->name);
		if (snapshot_db_again(&s->source, err) < 0)
			return -1;
		for (size_t k = i; k < s->source.ntables; k++)
			print_schema(s, &s->source.tables[k]);
		copy_progress_left(&s->steps, &s->source, i);
		if (snapshot_db_table_begin(&s->source, err) < 0)
			return -1;
		got = !t->schema ? 1 : t->schema->nkeys ?
		    copy_table(s, i, err) : -1;
	}
	if (got > 0)
		return 0;
	err_set(err, ERR_RETRY, "table %s.%s was altered after the snapshot "
	    "began", t->db, t->name);
	return err_hint(err, "take the snapshot again");
}

static int
copy_one(struct snapshot *s, size_t i, struct err *err)
{
	int got;

	s->first_table = i == 0;
	s->last_table = i + 1 == s->source.ntables;
	if (snapshot_db_table_begin(&s->source, err) < 0)
		return -1;
	got = s->source.tables[i].schema ? copy_table(s, i, err) : 1;
	if (got == 0)
		got = copy_again(s, i, err);
	if (got >= 0 && !s->source.tables[i].schema)
		got = moves_read(&s->source, i, err);
	if (got < 0 || snapshot_db_table_end(&s->source, i, err) < 0)
		return -1;
	copy_progress_table_end(&s->steps);
	return step(s, NULL, err) < 0 ? -1 : give_way(s, err);
}

static int
copy_tables(struct snapshot *s, struct err *err)
{
	for (size_t i = 0; i < s->source.ntables; i++)
		if (copy_one(s, i, err) < 0)
			return -1;
	return 0;
}

/* Which of n readers copies each table: those that are locked the first; the
 * others who has least to do so far. */
static size_t *
share_tables(const struct snapshot *s, size_t n)
{
	size_t *owners = xcalloc(s->source.ntables + 1, sizeof(*owners));
	uint64_t *load = xcalloc(n, sizeof(*load));

	for (size_t i = 0; i < s->source.ntables; i++) {
		size_t least = 0;

		for (size_t k = 1; k < n; k++)
			if (load[k] < load[least])
				least = k;
		if (snapshot_db_is_locked(&s->source, i))
			least = 0;
		owners[i] = least;
		load[least] += s->source.tables[i].estimate + 1;
	}
	free(load);
	return owners;
}

/* One of several readers, in a process of its own. */
static int
read_share(void *arg, size_t reader, struct gtid_list *until,
    struct err *err)
{
	struct snapshot *s = arg;
	size_t n = s->source.nworkers + 1;
	size_t *owners = share_tables(s, n);

	if (reader > 0) {
		s->source.db = s->source.workers[reader - 1];
		s->source.locks = NULL; /* the first's: not to be closed */
	}
	throttle_share(&s->pace, s->opt->throttle, n);
	for (size_t i = 0; i < s->source.ntables; i++)
		if (owners[i] == reader && copy_one(s, i, err) < 0)
			return -1;
	gtid_list_copy(until, &s->source.until);
	return 0;
}

static void
count_line(void *arg)
{
	throttle_row(&((struct snapshot *)arg)->pace);
}

static int
copy_all(struct snapshot *s, struct err *err)
{
	if (s->source.nworkers == 0)
		return copy_tables(s, err);
	s->pace.throttle = 0;           /* the readers hold back */
	return parallel_run(s->source.nworkers + 1, read_share, count_line, s,
	    &s->source.until, err);
}

/* Readers are processes of their own: which columns there are is found out
 * before them (match/named.h). */
static void
judge_columns(struct snapshot *s)
{
	for (size_t i = 0; i < s->source.ntables; i++) {
		const struct copied_table *t = &s->source.tables[i];

		for (size_t k = 0; t->schema && k < t->schema->ncolumns; k++)
			table_filter_keeps_column(&s->opt->filter,
			    span_of(t->db), span_of(t->name),
			    span_of(t->schema->columns[k].name));
	}
}

/* A copy of nothing would count as whole. */
static int
no_tables(const struct snapshot *s, struct err *err)
{
	struct buf text = { 0 };

	if (!table_filter_active(&s->opt->filter)) {
		log_warn("there is no table to copy");
		return 0;
	}
	for (size_t i = 0; i < s->lists.n; i++)
		buf_printf(&text, "%s--%s", i ? ", " : "", s->lists.v[i]);
	err_set(err, ERR_CONFIG, "the lists leave no table to copy: %s",
	    buf_cstr(&text));
	buf_free(&text);
	return err_hint(err, "they are regular expressions for db or db.table");
}

/* All is known that the lists can name: a sink must not take for whole what
 * --strict refuses. */
static int
judge_names(struct snapshot *s, struct err *err)
{
	if (s->source.ntables == 0 && no_tables(s, err) < 0)
		return -1;
	judge_columns(s);
	return named_report(err);
}

static int
run(struct snapshot *s, struct err *err)
{
	if (snapshot_db_open(&s->source, s->opt, err) < 0 ||
	    select_check(s->opt, &s->source, err) < 0 ||
	    judge_names(s, err) < 0 ||
	    copy_progress_open(&s->steps, &s->opt->done.states.copy,
	    &s->source, err) < 0 || throttle_open(&s->pace, s->opt, err) < 0)
		return -1;
	if (become_tail_is_asked(s->opt) && (s->schemas = handed_schemas(
	    s->opt, &s->source, err)) < -1)
		return -1;
	make_front(s);
	print_beat(s, "first");
	for (size_t i = 0; i < s->source.ntables; i++)
		print_schema(s, &s->source.tables[i]);
	if (s->opt->mode != MODE_NO_DATA && (copy_all(s, err) < 0 ||
	    moves_check(&s->source, err) < 0))
		return -1;
	print_beat(s, "last");
	if (out_flush(err) < 0)
		return -1;
	if (s->opt->write_state && snapshot_state_write(s->opt->write_state,
	    s->opt->prefix, &s->source, &s->lists, err) < 0)
		return -1;
	return become_tail_is_asked(s->opt)
		   ? become_tail(s->opt, &s->source.gtids, s->schemas, err)
		   : 0;
}

int
snapshot_run(struct snapshot_options *opt, struct err *err)
{
	struct snapshot *s = xcalloc(1, sizeof(*s));
	struct buf *all[] = {
		&s->prefix, &s->front, &s->behind, &s->row, &s->next, &s->key,
	};
	int status;

	s->opt = opt;
	s->schemas = -1;
	become_tail_tell_lists(opt, &s->lists);
	status = become_tail_at_once(opt, err);
	if (status == 0 && become_tail_is_asked(opt))
		status = become_tail_may(opt, err);
	if (status > 0)
		status = become_tail(opt, NULL, -1, err);
	else if (status == 0)
		status = run(s, err);
	if (s->schemas >= 0)
		close(s->schemas);
	throttle_close(&s->pace);
	snapshot_db_close(&s->source);
	copy_progress_close(&s->steps);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		buf_free(all[i]);
	row_image_free(&s->image);
	lists_clear(&s->lists);
	free(s);
	return status;
}

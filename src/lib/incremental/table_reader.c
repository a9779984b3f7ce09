/* SPDX-License-Identifier: MIT */
#include "incremental/table_reader.h"

#include <stdlib.h>

#include "json/scan.h"
#include "match/table_filter.h"
#include "catalog/information_schema.h"
#include "catalog/sight.h"
#include "incremental/signal_row.h"

enum { CHUNK_BYTES = 8 << 20, TRIES = 3 };

/* ---- tables */

static int
take_table(void *arg, char **v, size_t n)
{
	void **args = arg;
	struct table_reader *r = args[0];
	struct queue_tables *all = args[1];

	if (n >= 2 && v[0] && v[1] && !watermark_is_signal(r->side,
	    span_of(v[0]), span_of(v[1])) &&
	    table_filter_keeps(r->form->filter, span_of(v[0]),
	    span_of(v[1])))
		queue_tables_add(all, span_of(v[0]), span_of(v[1]));
	return 0;
}

int
table_reader_tables(
    struct table_reader *r, struct queue_tables *all, struct err *err)
{
	void *args[] = { r, all };

	if (watermark_text(r->side, false, err) < 0)
		return -1;
	return db_rows(r->side->db, take_table, args, err, SQL("SELECT "
	    "TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE "
	    "TABLE_TYPE IN ('BASE TABLE','SYSTEM VERSIONED') AND TABLE_SCHEMA "
	    "NOT IN " VIRTUAL_SCHEMAS " ORDER BY BINARY TABLE_SCHEMA, "
	    "BINARY TABLE_NAME"));
}

/* Of what is asked for, what passes the lists is wanted: to see all of either
 * is enough. */
int
table_reader_sight(
    struct table_reader *r, struct table_filter *asked, struct err *err)
{
	struct err lists = { 0 };
	int status = watermark_text(r->side, false, err);

	if (status < 0 || sight_check(r->side->db, r->form->filter,
	    &lists) == 0)
		return status;
	if (lists.kind == ERR_CONFIG)
		return sight_check(r->side->db, asked, err);
	*err = lists;
	return -1;
}

void
table_reader_undefine(struct table_reader *r)
{
	copy_rows_close(&r->rows);
	resume_key_close(&r->keys);
	parents_clear(&r->parents);
}

static int
open_table(struct table_reader *r, const struct queue_table *t,
    const struct schema_table *schema, struct err *err)
{
	int got;

	if (!schema)
		return err_set(err, ERR_CONFIG, "it does not exist");
	got = resume_key_open(&r->keys, t->db, t->name, schema, r->form->prefix,
	    err);
	if (got == 0)
		return err_set(err, ERR_CONFIG, "it has no key in whose order "
		    "it can be read");
	if (got < 0 || copy_rows_open(&r->rows, t->db, t->name, schema,
	    r->form->modes, r->form->prefix, err) < 0)
		return -1;
	record_template_snapshot(r->rows.plan, &r->rows.table, "incremental");
	return 0;
}

int
table_reader_define(
    struct table_reader *r, const struct queue_table *t, struct err *err)
{
	struct schemas *schemas = schemas_new();
	int status = watermark_text(r->side, false, err);

	table_reader_undefine(r);
	if (status == 0)
		status = sight_check_table(r->side->db, t->db, t->name, err);
	if (status == 0)
		status = information_schema_ask(
		    schemas, r->side->db, t->db, t->name, true, err);
	if (status == 0)
		status = parents_ask(&r->parents, r->side->db, t, err);
	if (status == 0)
		status = open_table(r, t, schema_entry_newest(schemas_entry(
		    schemas, span_of(t->db), span_of(t->name), false)), err);
	schemas_free(schemas);
	return status;
}

bool
table_reader_is_on(
    const struct table_reader *r, struct span db, struct span name)
{
	return r->rows.plan && span_eq(name, r->rows.table.name) &&
	    span_eq(db, r->rows.table.db);
}

bool
table_reader_outdated(const struct table_reader *r)
{
	return r->rows.plan && r->refused <= TRIES &&
	    copy_rows_altered(r->side->db);
}

/* ---- chunks */

/* SELECT … WHERE …: rows after what is copied, up to a key. */
static int
put_range(const struct table_reader *r, const struct queue_copy *copy,
    const struct buf *upto, struct statement *sql, struct err *err)
{
	copy_rows_select(&r->rows, sql);
	statement_add(sql, SQL(" WHERE "));
	if (copy->key.n) {
		if (!resume_key_put(&r->keys, KEYS_BEHIND, buf_view(&copy->key),
		    sql))
			return err_set(err, ERR_CONFIG, "its key was altered");
		statement_add(sql, SQL(" AND "));
	}
	if (!resume_key_put(&r->keys, KEYS_UP_TO, buf_view(upto), sql))
		return err_set(err, ERR_CONFIG, "its key was altered");
	return 0;
}

static int
query(struct table_reader *r, struct statement *sql, struct err *err)
{
	int status = watermark_text(r->side, true, err);

	if (status == 0)
		status = db_query(r->side->db, err, sql);
	statement_free(sql);
	return status;
}

/* The key of the one row of a result: 1, 0 where it has none, -1. */
static int
query_key(struct table_reader *r, struct statement *sql, struct buf *key,
    struct err *err)
{
	const uint8_t *p;
	size_t n;
	int got, found = 0;

	if (query(r, sql, err) < 0)
		return -1;
	while ((got = db_fetch(r->side->db, &p, &n, err)) > 0) {
		found = 1;
		if (copy_rows_encode(&r->keys.rows, &r->row, p, n,
		    err) < 0 || resume_key_of(&r->keys, &r->row, key, err) < 0)
			return -1;
	}
	return got < 0 ? -1 : found;
}

int
table_reader_find_max(
    struct table_reader *r, struct queue_copy *copy, struct err *err)
{
	struct statement sql = { 0 };

	/* where nothing is copied, what has moved past it meanwhile is not in
	 * the list of what moved either */
	if (copy->max.n && copy->key.n)
		return 1;
	copy_rows_select(&r->rows, &sql);
	copy_rows_order(&r->rows, SQL(" DESC"), &sql);
	statement_add(&sql, SQL(" LIMIT 1"));
	return query_key(r, &sql, &copy->max, err);
}

/* Of filtered rows it is unknown how many must be looked at: the chunk is the
 * next `limit` rows, of which those that the filter likes are read. */
static int
find_end(struct table_reader *r, const struct queue_copy *copy, struct err *err)
{
	struct statement sql = { 0 };
	int got;

	if (put_range(r, copy, &copy->max, &sql, err) < 0) {
		statement_free(&sql);
		return -1;
	}
	copy_rows_order(&r->rows, SQL(""), &sql);
	statement_add(&sql, SQL(" LIMIT 1 OFFSET "),
	    SQL_NUMBER(r->limit - 1));
	got = query_key(r, &sql, &r->upto, err);
	r->last = got == 0;
	if (r->last) {
		r->upto.n = 0;
		buf_span(&r->upto, buf_view(&copy->max));
	}
	return got < 0 ? -1 : 0;
}

/* The statement that reads the chunk. */
static int
put_select(struct table_reader *r, const struct queue_copy *copy,
    struct statement *sql, struct err *err)
{
	char *filter = json_text(signal_filter(copy));
	int status = filter ? find_end(r, copy, err) : 0;

	if (status == 0)
		status = put_range(r, copy, filter ? &r->upto :
		    &copy->max, sql, err);
	if (filter)
		statement_add(sql, SQL(" AND "),
		    SQL_EXPRESSION(span_of(filter)));
	copy_rows_order(&r->rows, SQL(""), sql);
	if (!filter) {
		statement_add(sql, SQL(" LIMIT "), SQL_NUMBER(r->limit));
		r->upto.n = 0;          /* the last row says */
	}
	free(filter);
	return status;
}

static int
take_row(struct table_reader *r, struct chunk *chunk, const uint8_t *p,
    size_t n, struct err *err)
{
	if (copy_rows_encode(&r->rows, &r->row, p, n, err) < 0 ||
	    copy_rows_image(&r->rows, &r->row, &r->image, err) < 0)
		return -1;
	r->key.n = 0;
	row_image_key(&r->key, &r->image, NULL, &r->rows.layout);
	chunk_add(chunk, buf_view(&r->key), buf_view(&r->image.json));
	return 0;
}

/* As many rows as may be in memory.  1 where there are more: then the next
 * statement is to ask for fewer; 0, -1. */
static int
fetch(struct table_reader *r, struct chunk *chunk, struct err *err)
{
	bool full = false;
	const uint8_t *p;
	size_t n;
	int got;

	chunk_clear(chunk);
	while ((got = db_fetch(r->side->db, &p, &n, err)) > 0) {
		full |= chunk->text.n >= CHUNK_BYTES;
		if (!full && take_row(r, chunk, p, n, err) < 0)
			return -1;
	}
	if (got < 0)
		return -1;
	r->limit = full ? chunk->n : r->limit * 2;
	if (r->limit > r->most)
		r->limit = r->most;
	return full;
}

/* The rows of a range; those that do not fit into memory are read again. */
static int
fetch_range(struct table_reader *r, struct chunk *chunk, struct err *err)
{
	bool whole = r->upto.n > 0;
	uint64_t limit = r->limit;
	int full = fetch(r, chunk, err);

	if (full < 0)
		return -1;
	if (!whole || full)
		r->last = !full && chunk->n < limit;
	return (whole && !full) || !chunk->n ? 0 :
	    resume_key_of(&r->keys, &r->row, &r->upto, err);
}

/* Send what was made; it may change nothing, if somebody else wrote a part. */
static int
ask(struct table_reader *r, const struct queue_copy *copy, int made,
    struct statement *sql, struct err *err)
{
	r->refused++;
	if (made < 0 ||
	    watermark_read_only(r->side, signal_filter(copy).p, err) < 0) {
		statement_free(sql);
		return -1;
	}
	return query(r, sql, err);
}

int
table_reader_next(struct table_reader *r, const struct queue_copy *copy,
    struct chunk *chunk, struct err *err)
{
	struct statement sql = { 0 };

	if (ask(r, copy, put_select(r, copy, &sql, err), &sql, err) < 0 ||
	    fetch_range(r, chunk, err) < 0)
		return -1;
	r->refused = 0;
	return 0;
}

/* SELECT … WHERE (key OR key …): no more of them than *n, which it says. */
static int
put_moved(const struct table_reader *r, const struct queue_copy *copy,
    size_t *n, struct statement *sql, struct err *err)
{
	char *filter = json_text(signal_filter(copy));
	struct span key;
	size_t most = *n, at = 0;
	bool good = true;

	copy_rows_select(&r->rows, sql);
	*n = 0;
	while (good && *n < most && moved_next(&copy->moved, &at, &key)) {
		statement_add(sql, *n ? SQL(" OR ") : SQL(" WHERE ("));
		good = resume_key_put(&r->keys, KEYS_AT, key, sql);
		++*n;
	}
	statement_add(sql, SQL(")"));
	if (filter)
		statement_add(sql, SQL(" AND "),
		    SQL_EXPRESSION(span_of(filter)));
	free(filter);
	return good ? 0 : err_set(err, ERR_CONFIG, "its key was altered");
}

int
table_reader_moved(struct table_reader *r, const struct queue_copy *copy,
    struct chunk *chunk, size_t *n, struct err *err)
{
	struct statement sql = { 0 };
	int full;

	do {
		*n = r->limit;
		if (ask(r, copy, put_moved(r, copy, n, &sql, err), &sql,
		    err) < 0)
			return -1;
		full = fetch(r, chunk, err);
	} while (full > 0);
	if (full == 0)
		r->refused = 0;
	return full;
}

void
table_reader_open(struct table_reader *r, struct watermarks *side,
    const struct table_form *form, uint64_t most)
{
	*r = (struct table_reader){ .side = side, .form = form, .most = most,
		.limit = most };
}

void
table_reader_close(struct table_reader *r)
{
	table_reader_undefine(r);
	row_image_free(&r->image);
	buf_free(&r->upto);
	buf_free(&r->row);
	buf_free(&r->key);
}

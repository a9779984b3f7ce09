/* SPDX-License-Identifier: MIT */
#include "target/offsets_table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/integer.h"
#include "db/errors.h"
#include "db/query.h"
#include "io/out.h"
#include "json/object.h"
#include "json/write.h"
#include "record/unique.h"
#include "target/left_text.h"

enum {
	LOCK_WAIT_S = 10,       /* a dead applier's connection may linger */
};

static const struct sql_part offsets_columns = SQL_INIT(
    " (name VARCHAR(255) NOT NULL PRIMARY KEY, gtid TEXT NOT NULL, "
    "partial TEXT, restart TEXT, snapshot LONGTEXT, "
    "incremental LONGTEXT, file VARCHAR(512), "
    "pos BIGINT UNSIGNED, filter VARCHAR(64), statement MEDIUMTEXT, "
    "lists MEDIUMTEXT, modes TEXT, temporary MEDIUMTEXT, "
    "unfollowed MEDIUMTEXT, "
    "updated_at DATETIME(6) NOT NULL) "
    "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");

static const struct sql_part kafka_columns = SQL_INIT(
    " (consumer_group VARCHAR(255) NOT NULL, topic VARCHAR(255) NOT NULL, "
    "partition_id INT NOT NULL, offset_value BIGINT NOT NULL, "
    "updated_at DATETIME(6) NOT NULL, "
    "PRIMARY KEY (consumer_group, topic, partition_id)) "
    "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");

/* The tables of a position: `db`.`table`. */
static struct sql_part
streams(const struct offsets_table *o)
{
	return SQL_TABLE(span_of(o->offsets_db), SPAN("cdc_offsets"));
}

static struct sql_part
partitions(const struct offsets_table *o)
{
	return SQL_TABLE(span_of(o->offsets_db),
	    SPAN("kafka_consumer_offsets"));
}

static struct sql_part
own_name(const struct offsets_table *o)
{
	return SQL_TEXT(span_of(o->name));
}

/* Make a table, unless it is there: who must not create may use it. */
static int
make_table(struct offsets_table *o, struct sql_part table,
    struct sql_part columns, struct err *err)
{
	char *there = db_value(o->db, err, SQL("SELECT 1 FROM "
	    "information_schema.TABLES WHERE TABLE_SCHEMA = "),
	    SQL_TEXT(table.one), SQL(" AND TABLE_NAME = "),
	    SQL_TEXT(table.two));
	int status = err->kind ? -1 : 0;

	if (status == 0 && !there && !o->dry) {
		status = db_execute(o->db, err,
		    SQL("CREATE DATABASE IF NOT EXISTS "),
		    SQL_NAME(table.one));
		if (status == 0)
			status = db_execute(o->db, err,
			    SQL("CREATE TABLE IF NOT EXISTS "), table,
			    columns);
		if (status < 0)
			err_hint(err, "it stores the position: create it, or "
			    "choose another database with --offsets-db");
	}
	free(there);
	return status;
}

/* A table that an older version made has not all of these. */
static int
add_columns(struct offsets_table *o, struct err *err)
{
	char *there = db_value(o->db, err, SQL("SELECT COUNT(*) FROM "
	    "information_schema.COLUMNS WHERE TABLE_SCHEMA = "),
	    SQL_TEXT(streams(o).one), SQL(" AND TABLE_NAME = "),
	    SQL_TEXT(streams(o).two), SQL(" AND COLUMN_NAME IN "
	    "('lists', 'modes', 'temporary', 'unfollowed')"));
	bool has = there && strcmp(there, "4") == 0;
	int status = err->kind ? -1 : 0;

	o->has_columns = has || !o->dry;
	if (status == 0 && !has && !o->dry)
		status = db_execute(o->db, err, SQL("ALTER TABLE "),
		    streams(o), SQL(" ADD COLUMN IF NOT EXISTS lists "
		    "MEDIUMTEXT, ADD COLUMN IF NOT EXISTS modes TEXT, "
		    "ADD COLUMN IF NOT EXISTS temporary MEDIUMTEXT, "
		    "ADD COLUMN IF NOT EXISTS unfollowed MEDIUMTEXT"));
	free(there);
	return status;
}

static int
take_list(struct gtid_list *list, const char *text, struct err *err)
{
	if (gtid_list_parse(list, text ? text : "", err) < 0) {
		err->kind = ERR_DATA;
		return err_wrap(err, "table cdc_offsets");
	}
	return 0;
}

struct reading {
	struct offsets_table *o;
	struct err *err;
};

static void
take_buf(struct buf *to, const char *text)
{
	to->n = 0;
	buf_str(to, text ? text : "");
}

/* What is JSON has no name twice: which would be meant? */
static int
check_json(char **v, struct err *err)
{
	static const struct { int column; const char *name; } json[] = {
		{ 1, "partial" }, { 3, "snapshot" }, { 4, "incremental" },
		{ 8, "statement" }, { 9, "lists" },
		{ 10, "modes" }, { 11, "temporary" }, { 12, "unfollowed" },
	};

	for (size_t i = 0; i < sizeof(json) / sizeof(*json); i++) {
		const char *text = v[json[i].column];

		if (text && !unique_json(span_of(text)))
			return err_set(err, ERR_DATA, "table cdc_offsets: %s "
			    "is not JSON, or has a name twice: %s",
			    json[i].name, text);
	}
	return 0;
}

/* gtid, partial, restart, snapshot, incremental, file, pos, filter,
 * statement, lists, modes, temporary, unfollowed */
static int
take_state(void *arg, char **v, size_t n)
{
	struct reading *r = arg;
	struct state *s = &r->o->stored;

	if (n < 13)
		return 0;
	if (check_json(v, r->err) < 0)
		return -1;
	r->o->has_stored = true;
	s->partial_order = 0;
	if (take_list(&s->done, v[0], r->err) < 0 ||
	    take_list(&s->restart, v[2], r->err) < 0)
		return -1;
	if (v[1] && !state_take_partial(s, span_of(v[1])))
		return err_set(r->err, ERR_DATA, "table cdc_offsets: partial "
		    "is not a position: %s", v[1]);
	s->restarts = v[2] != NULL;
	take_buf(&s->snapshot, v[3]);
	take_buf(&s->incremental, v[4]);
	take_buf(&s->file, v[5]);
	s->pos = integer_or(v[6], 0);
	take_buf(&s->filter, v[7]);
	take_buf(&r->o->intent, v[8]);
	take_buf(&s->lists, v[9]);
	take_buf(&s->modes, v[10]);
	take_buf(&s->temporary, v[11]);
	/* what is known since then is newer */
	return r->o->left && !r->o->knows_left ? left_text_read(r->o->left,
	    span_of(v[12] ? v[12] : ""), r->err) : 0;
}

static int
take_offset(void *arg, char **v, size_t n)
{
	struct offsets_table *o = arg;
	uint64_t partition;
	int64_t done;
	struct offset *p;

	if (n < 3 || !v[0] || !v[1] || !v[2])
		return 0;
	if (!integer_read(span_of(v[1]), INT32_MAX, &partition) ||
	    !integer_read_signed(span_of(v[2]), &done))
		return 0;
	p = kafka_offset_of(&o->offsets, span_of(v[0]), (int32_t)partition);
	p->done = done;
	p->moved = false;
	return 0;
}

static int
read_state(struct offsets_table *o, struct err *err)
{
	struct reading r = { o, err };

	o->has_stored = false;
	o->stored.name.n = 0;
	buf_str(&o->stored.name, o->name);
	if (db_rows(o->db, take_state, &r, err, SQL("SELECT gtid, partial, "
	    "restart, snapshot, incremental, file, pos, filter, statement, "),
	    o->has_columns ? SQL("lists, modes, temporary, unfollowed") :
	    SQL("NULL, NULL, NULL, NULL"),
	    SQL(" FROM "),
	    streams(o), SQL(" WHERE name = "), own_name(o)) < 0)
		return -1;
	o->knows_left = true;
	return db_rows(o->db, take_offset, o, err, SQL("SELECT topic, "
	    "partition_id, offset_value FROM "), partitions(o),
	    SQL(" WHERE consumer_group = "), own_name(o));
}

static int
be_alone(struct offsets_table *o, struct err *err)
{
	char *got = db_value(o->db, err, SQL("SELECT GET_LOCK(CONCAT("
	    "'cdc-apply.', MD5("), own_name(o), SQL(")), "),
	    SQL_NUMBER(LOCK_WAIT_S), SQL(")"));
	bool alone = got && strcmp(got, "1") == 0;

	free(got);
	if (err->kind)
		return -1;
	return alone ? 0 : err_set(err, ERR_RETRY, "%s: another cdc-apply is "
	    "using the position '%s'", db_name(o->db), o->name);
}

int
offsets_table_open(struct offsets_table *o, struct err *err)
{
	int status;

	if (!o->keeps)
		return 0;
	status = o->dry ? 0 : be_alone(o, err);
	if (status == 0)
		status = make_table(o, streams(o), offsets_columns,
		    err);
	if (status == 0)
		status = add_columns(o, err);
	if (status == 0)
		status = make_table(o, partitions(o), kafka_columns, err);
	if (status == 0)
		status = read_state(o, err);
	if (status < 0 && o->dry &&
	    db_errno(o->db) == ER_NO_SUCH_TABLE) {
		err_clear(err);
		status = 0;
	}
	if (status == 0)
		status = db_execute(o->db, err, SQL("ROLLBACK"));
	return status;
}

/* The intent, unless the position covers it: executed.h. */
static struct span
intent_of(const struct offsets_table *o, const struct state *s)
{
	struct buf text = { 0 };
	struct gtid gtid;
	bool done;

	object_text(&text, buf_view(&o->intent), "gtid");
	done = text.n && gtid_parse(&gtid, buf_view(&text)) &&
	    gtid_list_covers(&s->done, &gtid);
	buf_free(&text);
	return done ? SPAN("") : buf_view(&o->intent);
}

/* Only where it changed, for it may be much. */
static void
put_left(struct offsets_table *o, struct statement *sql)
{
	struct buf text = { 0 };

	if (!o->left || !o->left->changed)
		return;
	left_text_print(o->left, &text);
	statement_add(sql, SQL("unfollowed = "),
	    SQL_TEXT_OR_NULL(buf_view(&text)), SQL(", "));
	buf_free(&text);
}

/* gtid = …, … updated_at = NOW(6) */
static void
put_state(struct offsets_table *o, struct statement *sql,
    const struct state *s)
{
	struct buf list = { 0 }, partial = { 0 }, restart = { 0 };

	put_left(o, sql);
	gtid_list_print(&s->done, &list);
	state_put_partial(s, &partial);
	gtid_list_print(&s->restart, &restart);
	statement_add(sql, SQL("gtid = "), SQL_TEXT(buf_view(&list)),
	    SQL(", partial = "), SQL_TEXT_OR_NULL(buf_view(&partial)),
	    SQL(", restart = "), s->restarts ? SQL_TEXT(buf_view(&restart)) :
	    SQL("NULL"),
	    SQL(", snapshot = "), SQL_TEXT_OR_NULL(buf_view(&s->snapshot)),
	    SQL(", incremental = "),
	    SQL_TEXT_OR_NULL(buf_view(&s->incremental)),
	    SQL(", file = "), SQL_TEXT_OR_NULL(buf_view(&s->file)),
	    SQL(", filter = "), SQL_TEXT_OR_NULL(buf_view(&s->filter)),
	    SQL(", lists = "), SQL_TEXT_OR_NULL(buf_view(&s->lists)),
	    SQL(", modes = "), SQL_TEXT_OR_NULL(buf_view(&s->modes)),
	    SQL(", temporary = "), SQL_TEXT_OR_NULL(buf_view(&s->temporary)),
	    SQL(", statement = "), SQL_TEXT_OR_NULL(intent_of(o, s)),
	    SQL(", pos = "), SQL_NUMBER(s->pos),
	    SQL(", updated_at = NOW(6)"));
	buf_free(&list);
	buf_free(&partial);
	buf_free(&restart);
}

/* Only where it is still as we know it. */
static void
put_condition(struct offsets_table *o, struct statement *sql)
{
	struct buf list = { 0 }, partial = { 0 };

	gtid_list_print(&o->stored.done, &list);
	state_put_partial(&o->stored, &partial);
	statement_add(sql, SQL(" WHERE name = "), own_name(o),
	    SQL(" AND gtid = "), SQL_TEXT(buf_view(&list)),
	    SQL(" AND partial <=> "), SQL_TEXT_OR_NULL(buf_view(&partial)));
	buf_free(&list);
	buf_free(&partial);
}

static int
moved_by_another(struct offsets_table *o, struct err *err)
{
	o->overtaken = true;
	return err_set(err, ERR_RETRY, "another process moved the position "
	    "'%s' of cdc_offsets: nothing was applied", o->name);
}

/* It was read again after the connection was lost, and is not what it was.  A
 * server that lost commits has an older one. */
static int
not_the_same(struct offsets_table *o, const struct state *before,
    struct err *err)
{
	struct buf list = { 0 };
	bool older = !o->has_stored;

	for (size_t i = 0; i < before->done.n && !older; i++)
		older = !gtid_list_covers(&o->stored.done, &before->done.v[i]);
	if (!older)
		return moved_by_another(o, err);
	o->overtaken = true;
	gtid_list_print(&o->stored.done, &list);
	err_set(err, ERR_RETRY, "the position '%s' of cdc_offsets went back to "
	    "'%.*s': the server lost what it had committed", o->name,
	    (int)list.n, list.p);
	buf_free(&list);
	return err_hint(err, "run it again: it continues from there; to keep "
	    "what it commits, a server needs innodb_flush_log_at_trx_commit=1");
}

static int
write_state(struct offsets_table *o, struct err *err)
{
	struct statement sql = { 0 };
	int status;

	if (o->has_stored)
		statement_add(&sql, SQL("UPDATE "), streams(o),
		    SQL(" SET "));
	else
		statement_add(&sql, SQL("INSERT INTO "), streams(o),
		    SQL(" SET name = "), own_name(o), SQL(", "));
	put_state(o, &sql, &o->progress->state);
	if (o->has_stored)
		put_condition(o, &sql);
	status = db_execute(o->db, err, SQL_OF(&sql));
	if (status == 0 && db_affected(o->db) != 1)
		status = moved_by_another(o, err);
	else if (status < 0 && db_errno(o->db) == ER_DUP_ENTRY &&
	    !o->has_stored) {
		err_clear(err);
		status = moved_by_another(o, err);
	}
	statement_free(&sql);
	return status;
}

int
offsets_table_intent(struct offsets_table *o, struct err *err)
{
	if (!o->keeps)
		return 0;
	if (write_state(o, err) < 0 ||
	    db_execute(o->db, err, SQL("COMMIT")) < 0)
		return -1;
	offsets_table_committed(o);
	return 0;
}

static int
write_offset(struct offsets_table *o, const struct offset *p, struct err *err)
{
	return db_execute(o->db, err, SQL("INSERT INTO "), partitions(o),
	    SQL(" SET consumer_group = "), own_name(o), SQL(", topic = "),
	    SQL_TEXT(span_of(p->topic)), SQL(", partition_id = "),
	    SQL_SIGNED(p->partition), SQL(", offset_value = "),
	    SQL_SIGNED(p->done), SQL(", updated_at = NOW(6) ON DUPLICATE KEY "
	    "UPDATE offset_value = VALUES(offset_value), updated_at = "
	    "NOW(6)"));
}

int
offsets_table_write(struct offsets_table *o, struct err *err)
{
	if (!o->keeps || o->dry)
		return 0;
	if (o->progress->moved && write_state(o, err) < 0)
		return -1;
	for (size_t i = 0; i < o->offsets.n; i++)
		if (o->offsets.v[i].moved &&
		    write_offset(o, &o->offsets.v[i], err) < 0)
			return -1;
	return 0;
}

void
offsets_table_committed(struct offsets_table *o)
{
	if (o->progress->moved) {
		state_copy(&o->stored, &o->progress->state);
		o->has_stored = o->keeps;
		if (o->left)
			o->left->changed = false;
	}
	o->progress->moved = false;
	for (size_t i = 0; i < o->offsets.n; i++)
		o->offsets.v[i].moved = false;
}

static bool
same_state(const struct state *x, const struct state *y)
{
	struct buf one = { 0 }, two = { 0 };
	bool same;

	gtid_list_print(&x->done, &one);
	state_put_partial(x, &one);
	buf_span(&one, buf_view(&x->snapshot));
	buf_span(&one, buf_view(&x->incremental));
	gtid_list_print(&y->done, &two);
	state_put_partial(y, &two);
	buf_span(&two, buf_view(&y->snapshot));
	buf_span(&two, buf_view(&y->incremental));
	same = span_eq(buf_view(&one), buf_view(&two));
	buf_free(&one);
	buf_free(&two);
	return same;
}

int
offsets_table_happened(struct offsets_table *o, struct err *err)
{
	struct state before = { 0 };
	struct offset_list wanted = o->offsets;
	bool had = o->has_stored, happened = true;
	int status = 0;

	if (!o->keeps)
		return 0;
	state_copy(&before, &o->stored);
	o->offsets = (struct offset_list){ 0 };
	if (offsets_table_open(o, err) < 0)
		status = -1;
	else if (o->progress->moved)
		happened = o->has_stored && same_state(&o->stored,
		    &o->progress->state);
	for (size_t i = 0; status == 0 && i < wanted.n; i++) {
		struct offset *p = kafka_offset_of(&o->offsets,
		    span_of(wanted.v[i].topic), wanted.v[i].partition);

		happened = happened && p->done >= wanted.v[i].done;
	}
	if (status == 0 && !(happened && o->progress->moved) &&
	    (o->has_stored != had || (had && !same_state(&o->stored,
	    &before))))
		status = not_the_same(o, &before, err);
	if (status < 0) {       /* what we know is what the next try compares */
		state_copy(&o->stored, &before);
		o->has_stored = had;
	}
	kafka_offset_list_clear(&o->offsets);
	o->offsets = wanted;
	state_clear(&before);
	return status < 0 ? -1 : happened;
}

int
offsets_table_show(struct offsets_table *o, struct err *err)
{
	struct buf line = { 0 };

	if (o->has_stored)
		state_print(&o->stored, &line);
	for (size_t i = 0; i < o->offsets.n; i++) {
		buf_str(&line, "{\"consumer_group\":");
		json_words(&line, span_of(o->name));
		json_member(&line, "topic", span_of(o->offsets.v[i].topic));
		buf_printf(&line, ",\"partition\":%" PRId32 ",\"offset\":%"
		    PRId64 "}\n", o->offsets.v[i].partition,
		    o->offsets.v[i].done);
	}
	if (line.n == 0)
		err_set(err, ERR_CONFIG, "no position '%s' is stored",
		    o->name);
	out_put(line.p, line.n);
	buf_free(&line);
	return err->kind ? -1 : out_flush(err);
}

int
offsets_table_forget(struct offsets_table *o, struct err *err)
{
	if (offsets_table_show(o, err) < 0)
		return -1;
	if (db_execute(o->db, err, SQL("DELETE FROM "), streams(o),
	    SQL(" WHERE name = "), own_name(o)) < 0 ||
	    db_execute(o->db, err, SQL("DELETE FROM "), partitions(o),
	    SQL(" WHERE consumer_group = "), own_name(o)) < 0)
		return -1;
	return db_execute(o->db, err, SQL("COMMIT"));
}

void
offsets_table_clear(struct offsets_table *o)
{
	state_clear(&o->stored);
	kafka_offset_list_clear(&o->offsets);
	buf_free(&o->intent);
}

/* SPDX-License-Identifier: MIT */
#include "apply/evolve.h"

#include <inttypes.h>
#include <stdlib.h>

#include "apply/commit.h"
#include "apply/store.h"
#include "base/alloc.h"
#include "base/log.h"
#include "binlog/sql.h"
#include "json/scan.h"
#include "json/write.h"
#include "schema/typename.h"

/* ---- what a column is, as SQL */

/* How a type is written behind its name. */
enum form { FORM_PLAIN, FORM_LENGTH, FORM_BOTH, FORM_LABELS };

/* THE TABLE: types that have something in parentheses. */
static const struct {
	const char *type;       /* typename_plain() */
	enum form form;
} forms[] = {
	{ "DECIMAL", FORM_BOTH }, { "BIT", FORM_LENGTH },
	{ "CHAR", FORM_LENGTH }, { "VARCHAR", FORM_LENGTH },
	{ "BINARY", FORM_LENGTH }, { "VARBINARY", FORM_LENGTH },
	{ "TIME", FORM_LENGTH }, { "DATETIME", FORM_LENGTH },
	{ "TIMESTAMP", FORM_LENGTH }, { "VECTOR", FORM_LENGTH },
	{ "ENUM", FORM_LABELS }, { "SET", FORM_LABELS },
};

static enum form
form_of(const struct schema_column *col)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (strcmp(forms[i].type, typename_plain(col->type)) == 0)
			return forms[i].form;
	return FORM_PLAIN;
}

static void
put_labels(struct buf *sql, const struct schema_column *col)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < col->nlabels; i++) {
		text.n = 0;
		json_unescape(&text, json_inside(span_of(col->labels[i])));
		buf_char(sql, i ? ',' : '(');
		sql_put_quoted(sql, buf_view(&text), '\'');
	}
	buf_char(sql, ')');
	buf_free(&text);
}

static bool
in_key(const struct schema_table *t, const char *name)
{
	for (size_t k = 0; k < t->nkeys; k++)
		for (size_t i = 0; i < t->keys[k].ncolumns; i++)
			if (strcmp(t->keys[k].columns[i], name) == 0)
				return true;
	return false;
}

/* `name` VARCHAR(20) CHARACTER SET latin1.  Texts of a key compare by bytes: no
 * two keys of the source may become one. */
static void
put_column(struct buf *sql, const struct schema_table *t,
    const struct schema_column *col)
{
	enum form form = form_of(col);

	sql_put_name(sql, span_of(col->name));
	buf_printf(sql, " %s", col->type);
	if (form == FORM_BOTH && col->length >= 0)
		buf_printf(sql, "(%" PRId64 ",%" PRId64 ")", col->length,
		    col->scale < 0 ? 0 : col->scale);
	else if (form == FORM_LENGTH && col->length >= 0)
		buf_printf(sql, "(%" PRId64 ")", col->length);
	else if (form == FORM_LABELS)
		put_labels(sql, col);
	if (col->is_unsigned)
		buf_str(sql, " UNSIGNED");
	if (schema_column_is_text(col) && col->charset) {
		buf_printf(sql, " CHARACTER SET %s", col->charset);
		if (in_key(t, col->name))
			buf_printf(sql, " COLLATE %s_bin", col->charset);
	}
}

static void
put_create(struct buf *sql, const struct schema_table *t, struct span db,
    struct span name)
{
	const char *comma = " (";

	buf_str(sql, "CREATE TABLE IF NOT EXISTS ");
	sql_put_table(sql, db, name);
	for (size_t i = 0; i < t->ncolumns; i++) {
		if (t->columns[i].row_time)
			continue;
		buf_str(sql, comma);
		put_column(sql, t, &t->columns[i]);
		buf_str(sql, t->columns[i].required ||
		    in_key(t, t->columns[i].name) ? " NOT NULL" : " NULL");
		comma = ", ";
	}
	for (size_t k = 0; k < t->nkeys && t->keys[k].primary; k++) {
		buf_str(sql, ", PRIMARY KEY");
		for (size_t i = 0; i < t->keys[k].ncolumns; i++) {
			buf_str(sql, i ? ", " : " (");
			sql_put_name(sql, span_of(t->keys[k].columns[i]));
		}
		buf_char(sql, ')');
	}
	buf_str(sql, ") ENGINE=InnoDB");
}

/* ---- check, add */

struct evolving {
	struct applier *a;
	struct db *db;          /* of statements that commit by themselves */
	struct buf to_db, to_name;
	const struct schema_table *from;
	struct target *target;
	struct buf sql;
};

static int
execute(struct evolving *e, struct err *err)
{
	log_note("%s", buf_cstr(&e->sql));
	if (e->a->opt->dry_run) {
		buf_printf(e->a->executor.dry, "%s;\n", buf_cstr(&e->sql));
		return 0;
	}
	return db_execute(e->db, err, "%s", buf_cstr(&e->sql));
}

static int
make_table(struct evolving *e, struct err *err)
{
	e->sql.n = 0;
	buf_str(&e->sql, "CREATE DATABASE IF NOT EXISTS ");
	sql_put_name(&e->sql, buf_view(&e->to_db));
	if (execute(e, err) < 0)
		return -1;
	e->sql.n = 0;
	put_create(&e->sql, e->from, buf_view(&e->to_db),
	    buf_view(&e->to_name));
	return execute(e, err);
}

/* NULL in the rows that are there: the source's default is in no row of the
 * log. */
static int
add_column(struct evolving *e, const struct schema_column *col,
    struct err *err)
{
	e->sql.n = 0;
	buf_str(&e->sql, "ALTER TABLE ");
	target_put_name(&e->sql, e->target);
	buf_str(&e->sql, " ADD COLUMN IF NOT EXISTS ");
	put_column(&e->sql, e->from, col);
	buf_str(&e->sql, " NULL");
	return execute(e, err);
}

/* A column of the source that the target has not. */
static int
missing_column(struct evolving *e, const struct schema_column *col,
    struct err *err)
{
	if (e->a->opt->evolution == EVOLVE_ADD)
		return add_column(e, col, err);
	err_set(err, ERR_CONFIG, "table %s.%s has no column %s, which the "
	    "source has", e->target->db, e->target->name, col->name);
	return err_hint(err, "add it, or --schema-evolution add");
}

static int
check_columns(struct evolving *e, struct err *err)
{
	for (size_t i = 0; i < e->from->ncolumns; i++) {
		const struct schema_column *col = &e->from->columns[i];

		if (!col->row_time && !e->a->opt->tables.ignore_unknown &&
		    target_column_find(e->target, span_of(col->name)) < 0 &&
		    !e->a->opt->tables.map_column &&
		    missing_column(e, col, err) < 0)
			return -1;
	}
	return 0;
}

static int
follow_table(struct evolving *e, struct err *err)
{
	if (target_read(e->db, buf_view(&e->to_db), buf_view(&e->to_name),
	    &e->target, err) < 0)
		return -1;
	if (!e->target && e->a->opt->evolution == EVOLVE_ADD)
		return make_table(e, err);
	if (!e->target)
		return err_set(err, ERR_CONFIG, "the target has no table "
		    "%.*s.%.*s", (int)e->to_db.n, e->to_db.p,
		    (int)e->to_name.n, e->to_name.p);
	return check_columns(e, err);
}

/* A connection of its own: DDL commits, and what waits in the other must not
 * be.  Who holds a lock on the table for longer is an error. */
static struct db *
ddl_connection(struct applier *a, struct err *err)
{
	struct db *db = db_twin(a->db);

	if (db_connect(db, 3600, err) == 0 &&
	    db_execute(db, err, "SET SESSION lock_wait_timeout=30, "
	    "sql_mode='ALLOW_INVALID_DATES', time_zone='+00:00'%s",
	    a->opt->skip_replication ? ", skip_replication=1" : "") == 0)
		return db;
	db_free(db);
	return NULL;
}

static int
follow_source(struct applier *a, struct span db, struct span name,
    struct err *err)
{
	struct schema_entry *entry = schemas_entry(a->tables.schemas, db,
	    name, false);
	struct evolving e = { .a = a };
	int status = -1;

	e.from = schema_entry_newest(entry);
	if (!e.from)
		return 0;
	tables_map(&a->opt->tables, db, name, &e.to_db, &e.to_name);
	e.db = ddl_connection(a, err);
	if (e.db)
		status = follow_table(&e, err);
	if (e.target)
		target_free(e.target);
	db_free(e.db);
	buf_free(&e.to_db);
	buf_free(&e.to_name);
	buf_free(&e.sql);
	return status;
}

/* ---- the source's statements */

/* What SHOW CREATE TABLE says of a table, empty where there is none: whether a
 * statement was executed is seen by that. */
static int
look(struct db *db, struct span schema, struct span table, struct buf *out,
    struct err *err)
{
	struct buf name = { 0 };
	char *text;

	sql_put_table(&name, schema, table);
	text = db_value(db, err, "SELECT MD5(GROUP_CONCAT(c.COLUMN_NAME, "
	    "c.COLUMN_TYPE, c.IS_NULLABLE, COALESCE(c.COLUMN_DEFAULT, '-'), "
	    "c.EXTRA, COALESCE(c.COLLATION_NAME, '-'), c.COLUMN_COMMENT "
	    "ORDER BY c.ORDINAL_POSITION)) FROM information_schema.COLUMNS c "
	    "WHERE CONCAT('`', REPLACE(TABLE_SCHEMA, '`', '``'), '`.`', "
	    "REPLACE(TABLE_NAME, '`', '``'), '`') = '%s'", buf_cstr(&name));
	if (text)
		buf_str(out, text);
	free(text);
	buf_free(&name);
	return err->kind ? -1 : 0;
}

struct statement {
	struct span ddl, db, table;     /* as JSON's inside */
	struct buf text, schema, name;  /* … and plain */
	struct buf before;      /* look() */
};

static void
statement_clear(struct statement *s)
{
	buf_free(&s->text);
	buf_free(&s->schema);
	buf_free(&s->name);
	buf_free(&s->before);
}

/* The statement of a record, or of an intent. */
static bool
read_statement(struct statement *s, struct span body, struct span source)
{
	struct span ddl = json_inside(object_member(body, "ddl"));
	struct span db = json_inside(object_member(body, "databaseName"));
	struct span table = json_inside(object_member(source, "table"));

	if (!ddl.p)
		return false;
	json_unescape(&s->text, ddl);
	if (db.p)
		json_unescape(&s->schema, db);
	if (table.p)
		json_unescape(&s->name, table);
	return true;
}

static int
execute_statement(struct applier *a, struct statement *s, struct err *err)
{
	struct db *db = ddl_connection(a, err);
	struct buf use = { 0 };
	char *there = NULL;
	char *quoted;
	int status = -1;

	if (!db)
		return -1;
	log_note("%s", buf_cstr(&s->text));
	quoted = db_quote(db, buf_cstr(&s->schema));
	there = db_value(db, err, "SELECT 1 FROM information_schema.SCHEMATA "
	    "WHERE SCHEMA_NAME = %s", quoted);
	free(quoted);
	sql_put_name(&use, buf_view(&s->schema));
	if (!err->kind && (!there || db_execute(db, err, "USE %s",
	    buf_cstr(&use)) == 0))
		status = db_execute(db, err, "%s", buf_cstr(&s->text));
	if (status < 0)
		err_hint(err, "the source's statement does not fit the "
		    "target: mend it there, or execute it by hand and skip "
		    "it with --schema-evolution none");
	free(there);
	buf_free(&use);
	db_free(db);
	return status;
}

/* {"ddl":…,"databaseName":…,"table":…,"before":…} */
static void
put_intent(const struct statement *s, struct buf *out)
{
	buf_str(out, "{\"ddl\":");
	json_string(out, buf_view(&s->text));
	buf_str(out, ",\"databaseName\":");
	json_string(out, s->schema.n ? buf_view(&s->schema) : SPAN(""));
	buf_str(out, ",\"table\":");
	json_string(out, s->name.n ? buf_view(&s->name) : SPAN(""));
	json_member(out, "before", s->before.n ? buf_view(&s->before) :
	    SPAN(""));
	buf_char(out, '}');
}

/* Store what is meant to be done, do it, and note that it is done with the
 * next position. */
static int
replay_statement(struct applier *a, const struct record *rec,
    struct err *err)
{
	struct statement s = { 0 };
	struct span source = object_member(rec->body, "source");
	int status = 0;

	if (!read_statement(&s, rec->body, source)) {
		statement_clear(&s);
		return 0;
	}
	if (a->opt->tables.map)
		status = err_set(err, ERR_CONFIG, "--schema-evolution "
		    "apply-ddl executes the source's statements, which know "
		    "no --map");
	if (status == 0 && a->opt->dry_run)
		buf_printf(a->executor.dry, "%s;\n", buf_cstr(&s.text));
	else if (status == 0)
		status = look(a->db, buf_view(&s.schema), buf_view(&s.name),
		    &s.before, err);
	if (status == 0 && !a->opt->dry_run) {
		a->intent.n = 0;
		put_intent(&s, &a->intent);
		status = store_intent(a, err);
		if (status == 0)
			status = execute_statement(a, &s, err);
		a->intent.n = 0;        /* the next position clears it */
		a->progress.moved = true;
	}
	statement_clear(&s);
	return status;
}

int
evolve_resume(struct applier *a, struct err *err)
{
	struct span intent = buf_view(&a->intent);
	struct span before = json_inside(object_member(intent, "before"));
	struct statement s = { 0 };
	struct buf now = { 0 };
	int status;

	if (!intent.n || !read_statement(&s, intent, intent))
		return 0;
	status = look(a->db, buf_view(&s.schema), buf_view(&s.name), &now,
	    err);
	if (status == 0 && !span_eq(before, now.n ? buf_view(&now) :
	    SPAN("")))
		log_warn("a statement that was begun is done: %s",
		    buf_cstr(&s.text));
	/* else it comes again, and is executed then */
	a->intent_done = status == 0 && !span_eq(before, now.n ?
	    buf_view(&now) : SPAN(""));
	statement_clear(&s);
	buf_free(&now);
	return status;
}

/* The statement that was done before the crash comes again: not twice. */
static bool
was_done(struct applier *a, const struct record *rec)
{
	struct span ddl = json_inside(object_member(rec->body, "ddl"));
	struct buf text = { 0 }, intended = { 0 };
	bool same;

	if (!a->intent_done || !ddl.p)
		return false;
	json_unescape(&text, ddl);
	json_unescape(&intended, json_inside(object_member(
	    buf_view(&a->intent), "ddl")));
	same = span_eq(buf_view(&text), buf_view(&intended));
	buf_free(&text);
	buf_free(&intended);
	if (same) {
		a->intent_done = false;
		a->intent.n = 0;
	}
	return same;
}

int
evolve(struct applier *a, const struct record *rec, struct err *err)
{
	struct span source = object_member(rec->body, "source");
	struct span db = json_inside(object_member(source, "db"));
	struct span name = json_inside(object_member(source, "table"));
	struct buf scratch[2] = { { 0 }, { 0 } };
	int status = 0;

	if (a->opt->evolution == EVOLVE_DDL)
		return was_done(a, rec) ? 0 : replay_statement(a, rec, err);
	if (a->opt->evolution != EVOLVE_NONE && db.p && name.p)
		status = follow_source(a, string_text(db, &scratch[0]),
		    string_text(name, &scratch[1]), err);
	buf_free(&scratch[0]);
	buf_free(&scratch[1]);
	return status;
}

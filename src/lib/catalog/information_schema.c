/* SPDX-License-Identifier: MIT */
#include "catalog/information_schema.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/integer.h"
#include "source/gtid_pos.h"
#include "db/errors.h"
#include "db/query.h"
#include "ddl/definition.h"
#include "ddl/phrases.h"

/* A reading in progress. */
struct asking {
	struct schemas *schemas;
	char *file;             /* where the binlog ends as we begin */
	uint64_t pos;
	bool trusted;
	struct schema_table **records;
	size_t nrecords;
};

/* The record of this reading; made where there is none. */
static struct schema_table *
record_of(struct asking *a, const char *db, const char *table)
{
	struct schema_entry *entry = schemas_entry(a->schemas, span_of(db),
	    span_of(table), true);
	struct schema_table *t = schema_entry_newest(entry);

	if (t && t->live && t->pos == a->pos && strcmp(t->file, a->file) == 0)
		return t;
	t = schema_table_new();
	t->live = true;
	t->complete = true;
	t->trusted = a->trusted;
	t->file = xstrdup(a->file);
	t->pos = a->pos;
	*ARRAY_ADD(entry->records, entry->nrecords) = t;
	*ARRAY_ADD(a->records, a->nrecords) = t;
	return t;
}

/* schema, table, column, and what defines it: see questions */
enum {
	IN_SCHEMA, IN_TABLE, COLUMN, TYPE, CHARSET, GENERATION, NULLABLE,
	FALLBACK, EXTRA, COMMENT, COLUMN_FIELDS
};

/* The definition as a statement would write it. */
static void
put_definition(struct buf *text, char **v)
{
	buf_str(text, "c ");
	buf_str(text, v[TYPE]);
	if (v[NULLABLE] && strcmp(v[NULLABLE], "NO") == 0)
		buf_str(text, " NOT NULL");
	if (v[FALLBACK])
		buf_printf(text, " DEFAULT %s", v[FALLBACK]);
	if (v[EXTRA] && strstr(v[EXTRA], "auto_increment"))
		buf_str(text, " AUTO_INCREMENT");
}

/* information_schema is utf8mb3: of labels and defaults beyond that it shows
 * '?'.  What may be one of those is not known. */
static void
doubt_texts(struct schema_column *col)
{
	static const char *const wider[] = { "utf8mb4", "utf16", "utf16le",
		"utf32" };
	bool wide = false, doubtful = false;

	for (size_t i = 0; i < sizeof(wider) / sizeof(*wider); i++)
		wide |= col->charset && strcmp(col->charset, wider[i]) == 0;
	for (size_t i = 0; i < col->nlabels; i++)
		doubtful |= strchr(col->labels[i], '?') != NULL;
	col->told = !wide || !col->fallback || !strchr(col->fallback, '?');
	if (!wide || !doubtful)
		return;
	col->doubted = col->labels;
	col->ndoubted = col->nlabels;
	col->labels = NULL;
	col->nlabels = 0;
}

static int
take_column(struct asking *a, char **v)
{
	struct schema_table *t;
	struct schema_column *col;
	struct buf text = { 0 };
	struct ddl_place place;
	struct sql sql;

	if (!v[COLUMN] || !v[TYPE])
		return 0;
	t = record_of(a, v[IN_SCHEMA], v[IN_TABLE]);
	put_definition(&text, v);
	sql = sql_of(buf_view(&text));
	definition_column(&sql, t, &place);
	t->trouble = NULL;      /* a default may be any expression */
	buf_free(&text);
	col = &t->columns[t->ncolumns - 1];
	free(col->name);
	col->name = xstrdup(v[COLUMN]);
	col->fresh = false;
	if (v[CHARSET])
		col->charset = xstrdup(v[CHARSET]);
	doubt_texts(col);
	if (v[COMMENT] && v[COMMENT][0])
		col->comment = xstrdup(v[COMMENT]);
	col->generated = v[GENERATION] && v[GENERATION][0];
	if (v[GENERATION] && strcmp(v[GENERATION], "ROW START") == 0)
		col->row_time = ROW_START;
	if (v[GENERATION] && strcmp(v[GENERATION], "ROW END") == 0)
		col->row_time = ROW_END;
	return 0;
}

static struct schema_table *
known_record(struct asking *a, char **v)
{
	struct schema_entry *entry = schemas_entry(a->schemas,
	    span_of(v[0]), span_of(v[1]), false);
	struct schema_table *t = schema_entry_newest(entry);

	return t && t->live ? t : NULL;
}

/* schema, table, index, column, is it a hash? */
static int
take_key(struct asking *a, char **v)
{
	struct schema_table *t = v[2] && v[3] ? known_record(a, v) : NULL;
	struct schema_key *key;

	if (!t)
		return 0;
	key = t->nkeys ? &t->keys[t->nkeys - 1] : NULL;
	if (!key || strcmp(key->name, v[2]) != 0) {
		key = schema_add_key(t, strcmp(v[2], "PRIMARY") == 0);
		key->name = xstrdup(v[2]);
		key->hashed = v[4] && strcmp(v[4], "1") == 0;
	}
	schema_key_add(key, xstrdup(v[3]));
	return 0;
}

/* schema, table, check */
static int
take_check(struct asking *a, char **v)
{
	struct schema_table *t = v[2] ? known_record(a, v) : NULL;
	struct sql sql = sql_of(span_of(t ? v[2] : ""));
	char *name = t ? phrase_json_check(&sql) : NULL;
	struct schema_column *col = name && !sql_more(&sql) ?
	    schema_column_find(t, span_of(name)) : NULL;

	if (col)
		phrase_make_json(col);
	free(name);
	return 0;
}

static void
add_row_time(struct schema_table *t, const char *name, enum row_time time)
{
	struct schema_column *col = schema_add_column(t);

	col->name = xstrdup(name);
	col->type = xstrdup("TIMESTAMP");
	col->length = 6;
	col->row_time = time;
	col->told = true;
}

/* System versioning without columns of its own has two that are listed
 * nowhere, at the end. */
static void
be_versioned(struct schema_table *t)
{
	t->versioned = true;
	for (size_t i = 0; i < t->ncolumns; i++)
		if (t->columns[i].row_time)
			return;
	add_row_time(t, "row_start", ROW_START);
	add_row_time(t, "row_end", ROW_END);
}

/* schema, table, collation, comment, is it versioned, a MERGE table? */
static int
take_options(struct asking *a, char **v)
{
	struct schema_table *t = known_record(a, v);
	size_t name = t && v[2] ? strcspn(v[2], "_") : 0;

	if (name)
		t->charset = xmemdup(v[2], name);
	if (t && v[3] && v[3][0])
		t->comment = xstrdup(v[3]);
	if (t && v[4] && strcmp(v[4], "1") == 0)
		be_versioned(t);
	if (t)
		t->merges = v[5] && strcmp(v[5], "1") == 0;
	return 0;
}

static int
ask_letters(struct asking *a, struct db *db, struct err *err)
{
	char *lower = db_value(db, err, SQL("SELECT "
	    "@@lower_case_table_names"));

	if (lower && *lower != '0')
		schemas_lower_names(a->schemas);
	free(lower);
	return err->kind ? -1 : 0;
}

/* What holds for all events needs none: the account may not see it. */
static int
ask_position(struct asking *a, struct db *db, struct err *err)
{
	int got = gtid_pos_newest(db, &a->file, &a->pos, err);

	if (got < 0 && a->trusted &&
	    db_errno(db) == ER_SPECIFIC_ACCESS_DENIED_ERROR) {
		err_clear(err);
		a->file = xstrdup("");
		return 0;
	}
	return got > 0 ? 0 : err_set(err, ERR_CONFIG, "%s: no binlog",
	    db_name(db));
}

/* No log is called so: it is after all. */
#define NOWHERE "\xFF"

/* Statements may have come while the server told.  Of what it did not tell to
 * the end nothing holds anywhere. */
static int
ask_end(struct asking *a, struct db *db, int status, struct err *err)
{
	struct asking now = { .trusted = a->trusted };
	bool same;

	if (status == 0 && !a->trusted)
		status = ask_position(&now, db, err);
	same = status == 0 && now.file && strcmp(now.file, a->file) == 0;
	for (size_t i = 0; i < a->nrecords && !a->trusted; i++) {
		struct schema_table *t = a->records[i];

		t->asked = now.pos;
		if (same)
			continue;
		free(t->file);
		t->file = xstrdup(status == 0 ? now.file : NOWHERE);
		t->pos = status == 0 ? now.pos : 1;
	}
	free(now.file);
	return status;
}

/* Of one table the position is asked once, afterwards. */
static int
ask_begin(struct asking *a, struct db *db, bool one, struct err *err)
{
	if (!one || a->trusted)
		return ask_position(a, db, err);
	a->file = xstrdup(NOWHERE);
	return 0;
}

/* Each gives rows of ten values, after the number of the question.  Of one
 * table they are asked all at once, and then come in the server's own order of
 * its columns and keys. */
static const struct question {
	int (*take)(struct asking *a, char **v);
	struct sql_part select, schema, order;
} questions[] = {
	{ take_column, SQL_INIT("SELECT 0, TABLE_SCHEMA, "
	    "TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, "
	    "CHARACTER_SET_NAME, GENERATION_EXPRESSION, "
	    "IS_NULLABLE, COLUMN_DEFAULT, EXTRA, COLUMN_COMMENT FROM "
	    "information_schema.COLUMNS WHERE "),
	    SQL_INIT("TABLE_SCHEMA"), SQL_INIT(" ORDER BY TABLE_SCHEMA, "
	    "TABLE_NAME, ORDINAL_POSITION") },
	{ take_key, SQL_INIT("SELECT 1, TABLE_SCHEMA, "
	    "TABLE_NAME, INDEX_NAME, COLUMN_NAME, INDEX_TYPE='HASH', NULL, "
	    "NULL, NULL, NULL, NULL FROM information_schema.STATISTICS WHERE "
	    "NON_UNIQUE=0 AND "), SQL_INIT("TABLE_SCHEMA"), SQL_INIT("") },
	{ take_check, SQL_INIT("SELECT 2, CONSTRAINT_SCHEMA, "
	    "TABLE_NAME, CHECK_CLAUSE, NULL, NULL, NULL, NULL, NULL, NULL, "
	    "NULL FROM information_schema.CHECK_CONSTRAINTS WHERE "),
	    SQL_INIT("CONSTRAINT_SCHEMA"), SQL_INIT("") },
	{ take_options, SQL_INIT("SELECT 3, TABLE_SCHEMA, "
	    "TABLE_NAME, TABLE_COLLATION, TABLE_COMMENT, "
	    "TABLE_TYPE='SYSTEM VERSIONED', ENGINE='MRG_MYISAM', NULL, NULL, "
	    "NULL, NULL FROM "
	    "information_schema.TABLES WHERE TABLE_TYPE IN "
	    "('BASE TABLE','SYSTEM VERSIONED') AND "),
	    SQL_INIT("TABLE_SCHEMA"), SQL_INIT("") },
};

enum { QUESTIONS = sizeof(questions) / sizeof(*questions) };

static int
take_row(void *arg, char **v, size_t n)
{
	uint64_t which = n > COLUMN_FIELDS ? integer_or(v[0], QUESTIONS) :
	    QUESTIONS;

	return which < QUESTIONS && v[1] && v[2] ?
	    questions[which].take(arg, v + 1) : 0;
}

/* A database is the record of a table without a name. */
static int
take_database(void *arg, char **v, size_t n)
{
	if (n >= 2 && v[0] && v[1])
		record_of(arg, v[0], "")->charset = xstrdup(v[1]);
	return 0;
}

/* All tables that are not the server's own: a question each; and what their
 * databases give to those that come. */
static int
ask_all(struct asking *a, struct db *db, struct err *err)
{
	for (size_t i = 0; i < QUESTIONS; i++) {
		const struct question *q = &questions[i];

		if (db_rows(db, take_row, a, err, q->select, q->schema,
		    SQL(" NOT IN " VIRTUAL_SCHEMAS), q->order) < 0)
			return -1;
	}
	return db_rows(db, take_database, a, err, SQL("SELECT SCHEMA_NAME, "
	    "DEFAULT_CHARACTER_SET_NAME FROM information_schema.SCHEMATA "
	    "WHERE SCHEMA_NAME NOT IN " VIRTUAL_SCHEMAS));
}

static int
ask_one(struct asking *a, struct db *db, struct span database,
    struct span table, struct err *err)
{
	struct statement sql = { 0 };
	int status;

	for (size_t i = 0; i < QUESTIONS; i++)
		statement_add(&sql, i ? SQL(" UNION ALL ") : SQL(""),
		    questions[i].select, questions[i].schema, SQL("="),
		    SQL_TEXT(database), SQL(" AND TABLE_NAME="),
		    SQL_TEXT(table));
	status = db_rows(db, take_row, a, err, SQL_OF(&sql));
	statement_free(&sql);
	return status;
}

int
information_schema_ask(struct schemas *s, struct db *db, const char *database,
    const char *table, bool trusted, struct err *err)
{
	struct asking a = { .schemas = s, .trusted = trusted };
	int status = ask_begin(&a, db, table, err);

	if (status == 0 && !table)
		status = ask_letters(&a, db, err);
	if (status == 0)
		status = table ? ask_one(&a, db, span_of(database),
		    span_of(table), err) : ask_all(&a, db, err);
	status = ask_end(&a, db, status, err);
	free(a.records);
	free(a.file);
	return status;
}

/* "  CONSTRAINT `name` FOREIGN KEY (…" */
static void
take_foreign(struct schema_table *t, struct span line)
{
	struct sql at = sql_of(line);
	struct span name;

	if (sql_word(&at, "CONSTRAINT") && sql_name(&at, &name) &&
	    sql_word(&at, "FOREIGN"))
		schema_add_foreign(t, sql_unquote(name));
}

/* A line each, newlines in texts being escaped. */
static int
take_create(void *arg, char **v, size_t n)
{
	const char *p = n >= 2 && v[1] ? v[1] : "";

	for (size_t i; *p; p += i + (p[i] == '\n')) {
		i = strcspn(p, "\n");
		take_foreign(arg, (struct span){ p, i });
	}
	return 0;
}

int
information_schema_ask_foreign(struct db *db, const char *database,
    const char *table, struct schema_table *t, struct err *err)
{
	int status = db_rows(db, take_create, t, err,
	    SQL("SHOW CREATE TABLE "), SQL_TABLE(span_of(database),
	    span_of(table)));

	/* who may read some columns may not see that; or it was dropped */
	if (status == 0 || (db_errno(db) != ER_TABLEACCESS_DENIED_ERROR &&
	    db_errno(db) != ER_NO_SUCH_TABLE))
		return status;
	err_clear(err);
	return 0;
}

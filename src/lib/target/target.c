/* SPDX-License-Identifier: MIT */
#include "target/target.h"

#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/integer.h"
#include "db/query.h"
#include "sql/lex.h"

/* "enum('a','b')", as COLUMN_TYPE has it. */
static void
read_labels(struct target_column *col)
{
	struct sql in = sql_of(span_of(col->type + strcspn(col->type, "(")));
	struct buf text = { 0 };

	sql_sign(&in, '(');
	do {
		text.n = 0;
		if (!sql_string(&in, &text))
			break;
		*ARRAY_ADD(col->labels, col->nlabels) = (struct span){
			xmemdup(text.p ? text.p : "", text.n), text.n };
	} while (sql_sign(&in, ','));
	buf_free(&text);
}

static bool
is(const char *text, const char *word)
{
	return text && strcmp(text, word) == 0;
}

static int
take_column(struct target *t, char **v)
{
	struct target_column *col;

	if (!v[0] || !v[1])
		return 0;
	col = ARRAY_ADD(t->columns, t->ncolumns);
	*col = (struct target_column){
		.name = xstrdup(v[0]), .type = xstrdup(v[2] ? v[2] : v[1]),
		.charset = v[3] ? xstrdup(v[3]) : NULL,
		.set = charset_named(v[3]),
		.collation = v[10] ? xstrdup(v[10]) : NULL,
		.class = sqltype_named(span_of(v[1]))->class,
		.length = integer_or(v[4], UINT64_MAX),
		.nullable = is(v[7], "YES"),
		.computed = is(v[8], "ALWAYS") || is(v[8], "ROW"),
		.row_time = is(v[8], "ROW"),
		.touches = v[9] && strcasestr(v[9], "on update"),
		.defaults = is(v[11], "1"),
		.key_part = -1,
	};
	col->is_unsigned = strstr(col->type, "unsigned");
	col->digits = (unsigned)integer_or(
	    col->class == CLASS_DECIMAL ? v[5] : v[6], 0);
	col->bytes = target_class_is_binary(col->class);
	if (col->class == CLASS_ENUM || col->class == CLASS_SET)
		read_labels(col);
	col->numbered = target_labels_are_alike(col);
	return 0;
}

/* A part of a unique key. */
struct unique_part {
	char *key;
	int column;             /* -1: one that is listed nowhere */
	bool whole;             /* never NULL, no prefix */
};

struct reading {
	struct target *t;
	struct unique_part *parts;
	size_t n;
};

static int
take_part(struct reading *r, char **v)
{
	if (!v[0] || !v[1])
		return 0;
	*ARRAY_ADD(r->parts, r->n) = (struct unique_part){ .key = xstrdup(v[0]),
		.column = target_column_find(r->t, span_of(v[1])),
		.whole = is(v[2], "1") };
	return 0;
}

static void
use_key(struct target *t, const struct unique_part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (parts[i].column < 0 ||
		    t->columns[parts[i].column].row_time)
			continue;
		t->columns[parts[i].column].key_part = (int)t->nkey;
		*ARRAY_ADD(t->key, t->nkey) = (size_t)parts[i].column;
	}
}

/* A primary key of prefixes, which comes before others, leaves the table
 * without one: its columns are what a row image of few columns tells. */
static bool
may_be_key(const struct reading *r, const struct unique_part *part)
{
	return r->t->nkey == 0 && (strcmp(r->parts[0].key, "PRIMARY") != 0 ||
	    strcmp(part->key, "PRIMARY") == 0);
}

/* The first key whose parts are all whole is the table's; how many there are
 * is returned. */
static size_t
choose_key(struct reading *r)
{
	size_t keys = 0, first = 0;
	bool whole = true;

	for (size_t i = 0; i < r->n; i++) {
		whole = whole && r->parts[i].whole;
		if (i + 1 < r->n && strcmp(r->parts[i].key,
		    r->parts[i + 1].key) == 0)
			continue;
		if (whole && may_be_key(r, &r->parts[i])) {
			use_key(r->t, r->parts + first, i + 1 - first);
			r->t->primary = is(r->parts[i].key, "PRIMARY");
		}
		keys++;
		first = i + 1;
		whole = true;
	}
	return keys;
}

/* transactions, a trigger, a foreign key, a sequence, a MERGE table */
static int
take_table(struct target *t, char **v)
{
	t->transactional = is(v[0], "YES");
	t->triggers = is(v[1], "1");
	t->ordered = t->triggers || is(v[2], "1");
	t->sequence = is(v[3], "1");
	t->merges = is(v[4], "1");
	return 0;
}

/* kind of row, two columns that order them, its values: see put_question() */
static int
take_row(void *arg, char **v, size_t n)
{
	enum { KIND, ORDERS = 2, VALUES, ALL = 15 };
	struct reading *r = arg;

	if (n < ALL || !v[KIND])
		return 0;
	if (is(v[KIND], "1"))
		return take_column(r->t, v + VALUES);
	return is(v[KIND], "2") ? take_part(r, v + VALUES) :
	    take_table(r->t, v + VALUES);
}

/* Everything in one question, for a server may be far away.  It opens the one
 * table only while each part of it names schema and table as they are. */
static void
put_question(struct statement *sql, struct sql_part schema,
    struct sql_part name)
{
	statement_add(sql, SQL("SELECT 1 AS kind, '' AS word, "
	    "ORDINAL_POSITION AS place, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, "
	    "CHARACTER_SET_NAME, CHARACTER_MAXIMUM_LENGTH, NUMERIC_SCALE, "
	    "DATETIME_PRECISION, IS_NULLABLE, IF(GENERATION_EXPRESSION IN "
	    "('ROW START', 'ROW END'), 'ROW', IS_GENERATED), EXTRA, "
	    "COLLATION_NAME, COALESCE(COLUMN_DEFAULT, 'NULL') <> 'NULL' "
	    "FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = "), schema,
	    SQL(" AND TABLE_NAME = "), name);
	statement_add(sql, SQL(" UNION ALL SELECT 2, IF(INDEX_NAME = "
	    "'PRIMARY', '', INDEX_NAME), SEQ_IN_INDEX, INDEX_NAME, "
	    "COLUMN_NAME, NULLABLE <> 'YES' AND SUB_PART IS NULL, NULL, NULL, "
	    "NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM "
	    "information_schema.STATISTICS "
	    "WHERE NON_UNIQUE = 0 AND TABLE_SCHEMA = "), schema,
	    SQL(" AND TABLE_NAME = "), name);
	statement_add(sql, SQL(" UNION ALL SELECT 3, '', 0, e.TRANSACTIONS, "
	    "EXISTS (SELECT 1 FROM information_schema.TRIGGERS WHERE "
	    "EVENT_OBJECT_SCHEMA = "), schema,
	    SQL(" AND EVENT_OBJECT_TABLE = "), name,
	    SQL("), EXISTS (SELECT 1 FROM "
	    "information_schema.REFERENTIAL_CONSTRAINTS WHERE "
	    "CONSTRAINT_SCHEMA = "), schema, SQL(" AND TABLE_NAME = "), name,
	    SQL("), t.TABLE_TYPE = 'SEQUENCE', t.ENGINE = 'MRG_MYISAM', NULL, "
	    "NULL, NULL, NULL, NULL, NULL, NULL FROM "
	    "information_schema.TABLES t "
	    "LEFT JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE "
	    "WHERE t.TABLE_SCHEMA = "), schema,
	    SQL(" AND t.TABLE_NAME = "), name,
	    SQL(" ORDER BY kind, word, place"));
}

static int
ask(struct db *db, struct target *t, struct err *err)
{
	struct reading r = { .t = t };
	struct statement sql = { 0 };
	int status;

	put_question(&sql, SQL_TEXT(span_of(t->db)),
	    SQL_TEXT(span_of(t->name)));
	status = db_rows(db, take_row, &r, err, SQL_OF(&sql));
	if (choose_key(&r) > 1 || t->nkey == 0)
		t->ordered = true;
	for (size_t i = 0; i < r.n; i++)
		free(r.parts[i].key);
	free(r.parts);
	statement_free(&sql);
	return status;
}

int
target_read(struct db *db, struct span schema, struct span name,
    struct target **target, struct err *err)
{
	struct target *t = xcalloc(1, sizeof(*t));
	int status;

	t->db = xmemdup(schema.p, schema.n);
	t->name = xmemdup(name.p, name.n);
	t->changes = (struct op_list){ NO_OP, NO_OP };
	status = ask(db, t, err);
	*target = NULL;
	if (status < 0 || t->ncolumns == 0)
		target_free(t);
	else
		*target = t;
	return status;
}

void
target_free(struct target *t)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		free(t->columns[i].name);
		free(t->columns[i].type);
		free(t->columns[i].charset);
		free(t->columns[i].collation);
		for (size_t k = 0; k < t->columns[i].nlabels; k++)
			free((void *)t->columns[i].labels[k].p);
		free(t->columns[i].labels);
	}
	free(t->columns);
	free(t->key);
	free(t->db);
	free(t->name);
	free(t);
}

int
target_column_find(const struct target *t, struct span name)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		if (span_is_nocase(name, t->columns[i].name))
			return (int)i;
	return -1;
}

struct sql_part
target_sql(const struct target *t)
{
	return SQL_TABLE(span_of(t->db), span_of(t->name));
}

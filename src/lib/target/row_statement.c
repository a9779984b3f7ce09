/* SPDX-License-Identifier: MIT */
#include "target/row_statement.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"

enum { MAX_STATEMENTS = 64 };       /* prepared statements of a table */

struct maker {
	const struct target *t;
	const struct assignment_list *set;
	struct row_statement *statement;
	struct sql_part comma;  /* in front of the next item */
	bool any;               /* was there one? */
};

static void
add_place(struct maker *m, struct parameter place)
{
	struct row_statement *s = m->statement;

	*ARRAY_ADD(s->places, s->nplaces) = place;
}

/* A parameter of the new row. */
static void
put_param(struct maker *m, size_t column)
{
	const struct target_column *col = &m->t->columns[column];
	bool coded = m->statement->row[column] == FORM_CODED;

	add_place(m, (struct parameter){ .cell = column,
	    .at = target_put_value(&m->statement->sql, col, coded),
	    .bytes = coded || col->bytes });
}

/* What is in front of an item, of a list that begins so. */
static void
begin_list(struct maker *m, struct sql_part word)
{
	m->comma = word;
	m->any = false;
}

static void
put_comma(struct maker *m)
{
	statement_add(&m->statement->sql, m->comma);
	m->comma = SQL(", ");
	m->any = true;
}

static void
put_column(struct maker *m, const char *name)
{
	put_comma(m);
	statement_add(&m->statement->sql, SQL_NAME(span_of(name)));
}

/* `column` = EXPRESSION, for each --set that the table has. */
static void
put_set(struct maker *m, void put(struct maker *, const struct assignment *))
{
	for (size_t i = 0; i < m->set->n; i++)
		if (target_column_find(m->t,
		    span_of(m->set->v[i].column)) >= 0)
			put(m, &m->set->v[i]);
}

static void
put_set_name(struct maker *m, const struct assignment *set)
{
	put_column(m, set->column);
}

static void
put_set_value(struct maker *m, const struct assignment *set)
{
	put_comma(m);
	statement_add(&m->statement->sql,
	    SQL_EXPRESSION(span_of(set->expression)));
}

static void
put_set_both(struct maker *m, const struct assignment *set)
{
	put_column(m, set->column);
	statement_add(&m->statement->sql, SQL(" = "),
	    SQL_EXPRESSION(span_of(set->expression)));
}

static void
put_values_of(struct maker *m, const char *name)
{
	statement_add(&m->statement->sql, SQL("VALUES("),
	    SQL_NAME(span_of(name)), SQL(")"));
}

static void
put_set_values(struct maker *m, const struct assignment *set)
{
	put_column(m, set->column);
	statement_add(&m->statement->sql, SQL(" = "));
	put_values_of(m, set->column);
}

/* An INSERT sets a sequence, and needs all of it: what a minimal image leaves
 * out stays. */
static void
put_kept(struct maker *m, const struct target_column *col)
{
	statement_add(&m->statement->sql, SQL("(SELECT "),
	    SQL_NAME(span_of(col->name)), SQL(" FROM (SELECT * FROM "),
	    target_sql(m->t), SQL(" LIMIT 1) AS kept)"));
}

/* Is it in the list of an INSERT?  A column that is not gets its default. */
static bool
is_given(const struct maker *m, size_t column)
{
	return m->t->sequence || (m->statement->row[column] != FORM_ABSENT &&
	    m->statement->row[column] != FORM_DEFAULT);
}

static void
put_insert(struct maker *m)
{
	struct statement *sql = &m->statement->sql;

	statement_add(sql, m->statement->kind == OP_REPLACE ?
	    SQL("REPLACE INTO ") : SQL("INSERT INTO "), target_sql(m->t));
	begin_list(m, SQL(" ("));
	for (size_t i = 0; i < m->t->ncolumns; i++)
		if (is_given(m, i))
			put_column(m, m->t->columns[i].name);
	put_set(m, put_set_name);
	statement_add(sql, m->any ? SQL(") VALUES (") : SQL(" () VALUES ("));
	begin_list(m, SQL(""));
	for (size_t i = 0; i < m->t->ncolumns; i++) {
		if (!is_given(m, i))
			continue;
		put_comma(m);
		if (m->statement->row[i])
			put_param(m, i);
		else
			put_kept(m, &m->t->columns[i]);
	}
	put_set(m, put_set_value);
	statement_add(sql, SQL(")"));
}

/*
 * The key, only if it is the key that was there already: where another unique
 * key clashes the statement fails (1242) instead of changing somebody else's
 * row.  IF has the column twice, for with anything else it has another type: a
 * FLOAT is then a text of six digits, and a NULL a number or a time in
 * AUTO_INCREMENT and TIMESTAMP columns.  Text is compared by its bytes: a
 * collation here may take for one what are two rows of the source.
 */
static void
put_guard(struct maker *m)
{
	struct statement *sql = &m->statement->sql;
	const struct target_column *first = &m->t->columns[m->t->key[0]];

	put_column(m, first->name);
	statement_add(sql, SQL(" = IF("));
	for (size_t k = 0; k < m->t->nkey; k++) {
		const struct target_column *col =
		    &m->t->columns[m->t->key[k]];
		bool text = col->class == CLASS_TEXT;

		statement_add(sql, k ? SQL(" AND ") : SQL(""),
		    text ? SQL("BINARY ") : SQL(""),
		    SQL_NAME(span_of(col->name)), text ?
		    SQL(" <=> BINARY ") : SQL(" <=> "));
		put_values_of(m, col->name);
	}
	statement_add(sql, SQL(" OR (SELECT NULL UNION ALL SELECT NULL), "));
	put_values_of(m, first->name);
	statement_add(sql, SQL(", "));
	put_values_of(m, first->name);
	statement_add(sql, SQL(")"));
}

static void
put_upsert(struct maker *m)
{
	put_insert(m);
	statement_add(&m->statement->sql, SQL(" ON DUPLICATE KEY UPDATE "));
	begin_list(m, SQL(""));
	put_guard(m);
	for (size_t i = 0; i < m->t->ncolumns; i++) {
		if (!m->statement->row[i] || i == m->t->key[0])
			continue;
		put_column(m, m->t->columns[i].name);
		statement_add(&m->statement->sql, SQL(" = "));
		put_values_of(m, m->t->columns[i].name);
	}
	put_set(m, put_set_values);
}

static bool
is_whole_row(enum op_kind kind)
{
	return kind == OP_UPDATE_ROW || kind == OP_DELETE_ROW;
}

/* " WHERE `id` = ?", of the old key … */
static void
put_where_key(struct maker *m)
{
	struct statement *sql = &m->statement->sql;

	for (size_t k = 0; k < m->t->nkey; k++) {
		const struct target_column *col =
		    &m->t->columns[m->t->key[k]];
		bool coded = m->statement->old[k] == FORM_CODED;

		statement_add(sql, k ? SQL(" AND ") : SQL(" WHERE "));
		add_place(m, (struct parameter){ .old = true, .cell = k,
		    .at = target_put_key(sql, col, coded),
		    .bytes = coded || col->bytes });
	}
}

/* … or of the whole old row, as far as it is known. */
static void
put_where_row(struct maker *m)
{
	struct statement *sql = &m->statement->sql;
	struct sql_part word = SQL(" WHERE ");

	for (size_t i = 0; i < m->t->ncolumns; i++) {
		const struct target_column *col = &m->t->columns[i];

		if (!m->statement->old[i])
			continue;
		statement_add(sql, word);
		add_place(m, (struct parameter){ .old = true, .cell = i,
		    .at = target_put_match(sql, col),
		    .bytes = m->statement->old[i] == FORM_CODED ||
		    col->bytes });
		word = SQL(" AND ");
	}
	statement_add(sql, SQL(" LIMIT 1"));
}

static void
put_where(struct maker *m)
{
	if (is_whole_row(m->statement->kind))
		put_where_row(m);
	else
		put_where_key(m);
}

static void
put_update(struct maker *m)
{
	struct statement *sql = &m->statement->sql;
	bool keyed = m->statement->kind == OP_UPDATE;

	statement_add(sql, SQL("UPDATE "), target_sql(m->t));
	begin_list(m, SQL(" SET "));
	for (size_t i = 0; i < m->t->ncolumns; i++) {
		const struct target_column *col = &m->t->columns[i];

		/* what may have none keeps its value */
		if (m->statement->row[i] == FORM_DEFAULT && !col->nullable)
			continue;
		if (m->statement->row[i] ? keyed && col->key_part >= 0 :
		    !col->touches || assignments_have(m->set, col))
			continue;
		put_column(m, col->name);
		statement_add(sql, SQL(" = "));
		if (m->statement->row[i] == FORM_DEFAULT)
			statement_add(sql, SQL("DEFAULT"));
		else if (m->statement->row[i])
			put_param(m, i);
		else            /* or the server changes it */
			statement_add(sql, SQL_NAME(span_of(col->name)));
	}
	put_set(m, put_set_both);
	if (!m->any && m->t->nkey) {    /* nothing but the key */
		const char *name = m->t->columns[m->t->key[0]].name;

		put_column(m, name);
		statement_add(sql, SQL(" = "), SQL_NAME(span_of(name)));
	}
	put_where(m);
}

static void
put_delete(struct maker *m)
{
	statement_add(&m->statement->sql, SQL("DELETE FROM "),
	    target_sql(m->t));
	put_where(m);
}

static void (*const makers[])(struct maker *) = {
	[OP_UPSERT] = put_upsert, [OP_INSERT] = put_insert,
	[OP_REPLACE] = put_insert,
	[OP_UPDATE] = put_update, [OP_REKEY] = put_update,
	[OP_DELETE] = put_delete, [OP_UPDATE_ROW] = put_update,
	[OP_DELETE_ROW] = put_delete,
};

/* A geometry of no bytes can be looked for, but not written. */
static const char row_forms[] = {
	[CELL_ABSENT] = FORM_ABSENT, [CELL_DEFAULT] = FORM_DEFAULT,
	[CELL_NULL] = FORM_PLAIN, [CELL_VALUE] = FORM_PLAIN,
	[CELL_BYTES] = FORM_CODED, [CELL_NONE] = FORM_ABSENT,
};
static const char old_forms[] = {
	[CELL_ABSENT] = FORM_ABSENT, [CELL_NULL] = FORM_PLAIN,
	[CELL_VALUE] = FORM_PLAIN, [CELL_BYTES] = FORM_CODED,
	[CELL_NONE] = FORM_PLAIN,
};

static bool
has_forms(const char *forms, const char *form_of, const struct cell *cells,
    size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (forms[i] != form_of[cells[i].state])
			return false;
	return true;
}

/* How many cells a change has after `old`: a whole row, the key, none. */
static size_t
old_cells(const struct target *t, enum op_kind kind)
{
	return is_whole_row(kind) ? t->ncolumns :
	    kind == OP_UPDATE || kind == OP_REKEY || kind == OP_DELETE ?
	    t->nkey : 0;
}

static bool
is_for(const struct row_statement *s, const struct batch *b,
    const struct op *op, enum op_kind kind)
{
	const struct target *t = op->target;

	return s->kind == kind && (!op_has_row(kind) ||
	    has_forms(s->row, row_forms, b->cells + op->row, t->ncolumns)) &&
	    has_forms(s->old, old_forms, b->cells + op->old,
	    old_cells(t, kind));
}

static void
statement_forget(struct row_statement *s)
{
	db_statement_free(s->prepared);
	statement_free(&s->sql);
	free(s->places);
	free(s->row);
	free(s->old);
	free(s);
}

void
row_statements_free(struct target *t)
{
	struct row_statement *next;

	for (struct row_statement *s = t->statements; s; s = next) {
		next = s->next;
		statement_forget(s);
	}
	t->statements = NULL;
}

static char *
forms_of(const char *form_of, const struct cell *cells, size_t n)
{
	char *forms = xcalloc(n + 1, 1);

	for (size_t i = 0; i < n; i++)
		forms[i] = form_of[cells[i].state];
	return forms;
}

/* The statement for a change; made at first use, the newest in front. */
struct row_statement *
row_statement_of(const struct batch *b, const struct op *op, enum op_kind kind,
    const struct assignment_list *set)
{
	struct target *t = op->target;
	struct maker m = { .t = t, .set = set };

	for (struct row_statement *s = t->statements; s; s = s->next)
		if (is_for(s, b, op, kind))
			return s;
	m.statement = xcalloc(1, sizeof(*m.statement));
	m.statement->kind = kind;
	if (op_has_row(kind))
		m.statement->row = forms_of(row_forms, b->cells + op->row,
		    t->ncolumns);
	m.statement->old = forms_of(old_forms, b->cells + op->old,
	    old_cells(t, kind));
	makers[kind](&m);
	m.statement->next = t->statements;
	t->statements = m.statement;
	return m.statement;
}

void
row_statements_trim(struct target *t)
{
	size_t n = 0;

	for (const struct row_statement *s = t->statements; s; s = s->next)
		n++;
	if (n > MAX_STATEMENTS)
		row_statements_free(t);
}

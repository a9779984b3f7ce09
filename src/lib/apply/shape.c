/* SPDX-License-Identifier: MIT */
#include "apply/shape.h"

#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "binlog/sql.h"

enum { MAX_SHAPES = 64 };       /* prepared statements of a table */

int
assignment_add(void *list, const char *text, struct err *err)
{
	struct assignment_list *all = list;
	const char *sign = strchr(text, '=');

	if (!sign || sign == text || !sign[1])
		return err_set(err, ERR_USAGE, "'%s' is not "
		    "COLUMN=EXPRESSION", text);
	all->v = xreallocarray(all->v, all->n + 1, sizeof(*all->v));
	all->v[all->n++] = (struct assignment){
		xmemdup(text, (size_t)(sign - text)), sign + 1 };
	return 0;
}

void
assignment_list_clear(struct assignment_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->v[i].column);
	free(list->v);
	*list = (struct assignment_list){ 0 };
}

bool
assignment_of(const struct assignment_list *list,
    const struct target_column *col)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcasecmp(list->v[i].column, col->name) == 0)
			return true;
	return false;
}

struct maker {
	const struct target *t;
	const struct assignment_list *set;
	struct shape *shape;
	const char *comma;      /* in front of the next item */
};

static void
add_place(struct maker *m, struct place place)
{
	struct shape *s = m->shape;

	s->places = xreallocarray(s->places, s->nplaces + 1,
	    sizeof(*s->places));
	s->places[s->nplaces++] = place;
}

/* A parameter of the new row. */
static void
put_param(struct maker *m, size_t column)
{
	add_place(m, (struct place){ .cell = column, .at = m->shape->sql.n,
	    .column = &m->t->columns[column] });
	buf_char(&m->shape->sql, '?');
}

static void
put_column(struct maker *m, const char *name)
{
	buf_str(&m->shape->sql, m->comma);
	sql_put_name(&m->shape->sql, span_of(name));
	m->comma = ", ";
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
	buf_printf(&m->shape->sql, "%s%s", m->comma, set->expression);
	m->comma = ", ";
}

static void
put_set_both(struct maker *m, const struct assignment *set)
{
	put_column(m, set->column);
	buf_printf(&m->shape->sql, " = %s", set->expression);
}

static void
put_values_of(struct maker *m, const char *name)
{
	buf_str(&m->shape->sql, "VALUES(");
	sql_put_name(&m->shape->sql, span_of(name));
	buf_char(&m->shape->sql, ')');
}

static void
put_set_values(struct maker *m, const struct assignment *set)
{
	put_column(m, set->column);
	buf_str(&m->shape->sql, " = ");
	put_values_of(m, set->column);
}

static void
put_insert(struct maker *m)
{
	struct buf *sql = &m->shape->sql;

	buf_str(sql, m->shape->kind == OP_REPLACE ? "REPLACE INTO " :
	    "INSERT INTO ");
	target_put_name(sql, m->t);
	m->comma = " (";
	for (size_t i = 0; i < m->t->ncolumns; i++)
		if (m->shape->row[i])
			put_column(m, m->t->columns[i].name);
	put_set(m, put_set_name);
	buf_str(sql, *m->comma == ' ' ? " () VALUES (" : ") VALUES (");
	m->comma = "";
	for (size_t i = 0; i < m->t->ncolumns; i++) {
		if (!m->shape->row[i])
			continue;
		buf_str(sql, m->comma);
		put_param(m, i);
		m->comma = ", ";
	}
	put_set(m, put_set_value);
	buf_char(sql, ')');
}

/*
 * The key, only if it is the key that was there already: where another unique
 * key clashes it becomes NULL, which no key takes, and the statement fails
 * instead of changing somebody else's row.
 */
static void
put_guard(struct maker *m)
{
	struct buf *sql = &m->shape->sql;
	const struct target_column *first = &m->t->columns[m->t->key[0]];

	put_column(m, first->name);
	buf_str(sql, " = IF(");
	for (size_t k = 0; k < m->t->nkey; k++) {
		const char *name = m->t->columns[m->t->key[k]].name;

		buf_str(sql, k ? " AND " : "");
		sql_put_name(sql, span_of(name));
		buf_str(sql, " <=> ");
		put_values_of(m, name);
	}
	buf_str(sql, ", ");
	put_values_of(m, first->name);
	buf_str(sql, ", NULL)");
}

static void
put_upsert(struct maker *m)
{
	put_insert(m);
	buf_str(&m->shape->sql, " ON DUPLICATE KEY UPDATE ");
	m->comma = "";
	put_guard(m);
	for (size_t i = 0; i < m->t->ncolumns; i++) {
		if (!m->shape->row[i] || i == m->t->key[0])
			continue;
		put_column(m, m->t->columns[i].name);
		buf_str(&m->shape->sql, " = ");
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
	struct buf *sql = &m->shape->sql;

	for (size_t k = 0; k < m->t->nkey; k++) {
		const struct target_column *col =
		    &m->t->columns[m->t->key[k]];

		buf_str(sql, k ? " AND " : " WHERE ");
		add_place(m, (struct place){ .old = true, .cell = k,
		    .at = target_put_key(sql, col), .column = col });
	}
}

/* … or of the whole old row, as far as it is known. */
static void
put_where_row(struct maker *m)
{
	struct buf *sql = &m->shape->sql;
	const char *word = " WHERE ";

	for (size_t i = 0; i < m->t->ncolumns; i++) {
		const struct target_column *col = &m->t->columns[i];

		if (!m->shape->old[i])
			continue;
		buf_str(sql, word);
		add_place(m, (struct place){ .old = true, .cell = i,
		    .at = target_put_match(sql, col), .column = col });
		word = " AND ";
	}
	buf_str(sql, " LIMIT 1");
}

static void
put_where(struct maker *m)
{
	if (is_whole_row(m->shape->kind))
		put_where_row(m);
	else
		put_where_key(m);
}

static void
put_update(struct maker *m)
{
	struct buf *sql = &m->shape->sql;
	bool keyed = m->shape->kind == OP_UPDATE;

	buf_str(sql, "UPDATE ");
	target_put_name(sql, m->t);
	m->comma = " SET ";
	for (size_t i = 0; i < m->t->ncolumns; i++) {
		const struct target_column *col = &m->t->columns[i];

		if (m->shape->row[i] ? keyed && col->key_part >= 0 :
		    !col->touches || assignment_of(m->set, col))
			continue;
		put_column(m, col->name);
		buf_str(sql, " = ");
		if (m->shape->row[i])
			put_param(m, i);
		else            /* or the server changes it */
			sql_put_name(sql, span_of(col->name));
	}
	put_set(m, put_set_both);
	if (*m->comma == ' ') {         /* nothing but the key */
		put_column(m, m->t->columns[m->t->key[0]].name);
		buf_str(sql, " = ");
		sql_put_name(sql, span_of(
		    m->t->columns[m->t->key[0]].name));
	}
	put_where(m);
}

static void
put_delete(struct maker *m)
{
	buf_str(&m->shape->sql, "DELETE FROM ");
	target_put_name(&m->shape->sql, m->t);
	put_where(m);
}

static void (*const makers[])(struct maker *) = {
	[OP_UPSERT] = put_upsert, [OP_INSERT] = put_insert,
	[OP_REPLACE] = put_insert,
	[OP_UPDATE] = put_update, [OP_REKEY] = put_update,
	[OP_DELETE] = put_delete, [OP_UPDATE_ROW] = put_update,
	[OP_DELETE_ROW] = put_delete,
};

static bool
has_cells(const char *has, const struct cell *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (has[i] != (cells[i].state != CELL_ABSENT))
			return false;
	return true;
}

static bool
shape_fits(const struct shape *s, const struct batch *b, const struct op *op,
    enum op_kind kind)
{
	size_t n = op->target->ncolumns;

	return s->kind == kind &&
	    (!op_has_row(kind) || has_cells(s->row, b->cells + op->row, n)) &&
	    (!is_whole_row(kind) || has_cells(s->old, b->cells + op->old, n));
}

static void
shape_free(struct shape *s)
{
	db_statement_free(s->prepared);
	buf_free(&s->sql);
	free(s->places);
	free(s->row);
	free(s->old);
	free(s);
}

void
shapes_free(struct target *t)
{
	struct shape *next;

	for (struct shape *s = t->shapes; s; s = next) {
		next = s->next;
		shape_free(s);
	}
	t->shapes = NULL;
}

static char *
cells_there(const struct cell *cells, size_t n)
{
	char *has = xcalloc(n + 1, 1);

	for (size_t i = 0; i < n; i++)
		has[i] = cells[i].state != CELL_ABSENT;
	return has;
}

/* The statement for a change; made at first use, the newest in front. */
struct shape *
shape_of(const struct batch *b, const struct op *op, enum op_kind kind,
    const struct assignment_list *set)
{
	struct target *t = op->target;
	struct maker m = { .t = t, .set = set };

	for (struct shape *s = t->shapes; s; s = s->next)
		if (shape_fits(s, b, op, kind))
			return s;
	m.shape = xcalloc(1, sizeof(*m.shape));
	m.shape->kind = kind;
	if (op_has_row(kind))
		m.shape->row = cells_there(b->cells + op->row, t->ncolumns);
	if (is_whole_row(kind))
		m.shape->old = cells_there(b->cells + op->old, t->ncolumns);
	makers[kind](&m);
	m.shape->next = t->shapes;
	t->shapes = m.shape;
	return m.shape;
}

void
shapes_trim(struct target *t)
{
	size_t n = 0;

	for (const struct shape *s = t->shapes; s; s = s->next)
		n++;
	if (n > MAX_SHAPES)
		shapes_free(t);
}

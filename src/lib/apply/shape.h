/* SPDX-License-Identifier: MIT
 *
 * Statements: changes of the same table, kind and columns have the same shape,
 * and run as one prepared statement with an array of rows.
 */
#ifndef APPLY_SHAPE_H
#define APPLY_SHAPE_H

#include "apply/batch.h"

/* --set COLUMN=EXPRESSION */
struct assignment {
	char *column;
	const char *expression; /* SQL */
	struct named *named;    /* did a table have the column? */
};

struct assignment_list {
	struct assignment *v;
	size_t n;
};

int shape_assignment_add(void *list, const char *text, struct err *err);
void shape_assignments_clear(struct assignment_list *list);

/* A table that is changed: which of them it has (match/named.h). */
void shape_assignment_look(const struct assignment_list *list,
    const struct target *t);

/* Does the list assign the column? */
bool shape_assignment_of(const struct assignment_list *list,
    const struct target_column *col);

/* Where a parameter's values are. */
struct place {
	bool old;               /* op->old, else op->row */
	size_t cell;            /* behind it */
	size_t at;              /* of its '?' in the text */
	bool bytes;             /* it is bytes, not text */
};

/* How a cell stands in a statement. */
enum form { FORM_ABSENT, FORM_PLAIN, FORM_CODED /* CELL_BYTES */ };

/* A statement of a table. */
struct shape {
	struct shape *next;
	enum op_kind kind;
	char *row, *old;        /* of each of their cells: enum form */
	struct statement sql;
	struct place *places;
	size_t nplaces;
	struct db_statement *prepared;
};

/* Does a change of the kind have a new row? */
static inline bool
op_has_row(enum op_kind kind)
{
	return kind != OP_DELETE && kind != OP_DELETE_ROW;
}

/* The statement for a change; made at first use, kept by its table. */
struct shape *shape_of(const struct batch *b, const struct op *op,
    enum op_kind kind, const struct assignment_list *set);

/* Between batches: no more prepared statements than a server bears. */
void shapes_trim(struct target *t);

/* Forget them all: the connection is lost, the table was altered. */
void shapes_free(struct target *t);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Changes of the same table, kind and columns, executed as one prepared
 * statement with an array of rows.
 */
#ifndef TARGET_ROW_STATEMENT_H
#define TARGET_ROW_STATEMENT_H

#include "target/assignment.h"
#include "target/batch.h"

/* Where a parameter's values are. */
struct parameter {
	bool old;               /* op->old, else op->row */
	size_t cell;            /* after it */
	size_t at;              /* of its '?' in the text */
	bool bytes;             /* it is bytes, not text */
};

/* How a cell stands in a statement. */
enum cell_form {
	FORM_ABSENT, FORM_PLAIN,
	FORM_CODED,             /* CELL_BYTES */
	FORM_DEFAULT,
};

/* A statement of a table. */
struct row_statement {
	struct row_statement *next;
	enum op_kind kind;
	char *row, *old;        /* of each of their cells: enum cell_form */
	struct statement sql;
	struct parameter *places;
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
struct row_statement *row_statement_of(const struct batch *b,
    const struct op *op, enum op_kind kind, const struct assignment_list *set);

/* Between batches: no more prepared statements than a server bears. */
void row_statements_trim(struct target *t);

/* Forget them all: the connection is lost, the table was altered. */
void row_statements_free(struct target *t);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Changes that wait for their statements.  Those of a plain table are kept as
 * the last state of each key, because the states in between are never seen;
 * those of tables whose order matters (target.h) wait in line.
 *
 * A change refers to cells by number: cells[row .. row + columns of its
 * target], and cells[old …]: the parts of the key, or a whole row if there is
 * no key.
 */
#ifndef TARGET_BATCH_H
#define TARGET_BATCH_H

#include "target/target.h"

#include "base/hash.h"

enum cell_state {
	CELL_ABSENT,
	CELL_DEFAULT,           /* of a new row, which has its column's
	                         * default */
	CELL_NULL, CELL_VALUE,
	CELL_BYTES,             /* a text, in its column's character set */
	CELL_NONE,              /* a geometry of no bytes: a row has it that is
	                         * made without the column */
};

static inline bool
cell_has_value(uint8_t state)
{
	return state >= CELL_VALUE;
}

/* Does a statement write it? */
static inline bool
cell_is_written(uint8_t state)
{
	return state > CELL_DEFAULT && state != CELL_NONE;
}

struct cell {
	size_t at;              /* in bytes */
	uint32_t n;
	uint8_t state;          /* enum cell_state */
};

enum op_kind {
	OP_UPSERT,              /* row */
	OP_INSERT,              /* row */
	OP_REPLACE,             /* row, and others that clash with it go */
	OP_UPDATE,              /* what row has, where the key is old */
	OP_REKEY,               /* the same, and the key becomes row's */
	OP_DELETE,              /* where the key is old */
	OP_UPDATE_ROW,          /* what row has, where the row is old */
	OP_DELETE_ROW,          /* where the row is old */
};

struct op {
	struct target *target;
	struct row_statement *statement;        /* while they are executed */
	size_t row, old;
	size_t now;             /* its key afterwards, of an OP_REKEY: old of
	                         * others */
	size_t next;            /* of its list, NO_OP at the end */
	uint64_t line;          /* of the input: messages */
	uint8_t kind;           /* enum op_kind */
	bool deletes;           /* … the key first: columns that row lacks
	                         * get their defaults */
	uint8_t lenient;        /* no strict mode takes it: enum lenient */
	bool whole;             /* OP_REKEY: row is, and may be put again */
	uint8_t unchecked;      /* enum unchecked */
	uint32_t marks;         /* of the batch, when it was put or merged */
};

/* A change as it was before a later one was merged into it. */
struct op_before {
	size_t number;          /* of the op */
	struct op op;
};

/* How much waited when the newest transaction of the source was finished. */
struct batch_mark {
	size_t nops, ncells, nbytes, nbefore;
	uint64_t rows;
};

/* A DELETE that waits: with the INSERT that stands at the same place of the log
 * it is a change of key. */
struct batch_half {
	bool waits;
	struct op op;
	struct buf place;
};

struct batch {
	struct buf bytes;
	struct cell *cells;
	size_t ncells, cells_cap;
	struct op *ops;
	size_t nops, ops_cap;
	struct hash places;     /* numbers of ops, by key */
	struct op_list ordered;
	struct target *touched; /* plain tables with changes, by ->busy */
	bool keep_order;        /* of all tables: --no-reorder */
	bool merges;            /* … of none: only the last state counts */
	struct batch_half half;
	uint64_t rows;          /* that were put, before they were reduced */

	struct batch_mark mark; /* what lies before it is finished … */
	uint32_t marks;         /* that were made */
	struct op_before *before;       /* what ops were before they were
	                         * merged, once for each mark, the oldest
	                         * first */
	size_t nbefore, before_cap;
};

/* Set aside what was put after the mark. */
struct batch_tail {
	struct op *ops;
	size_t nops;
	struct cell *cells;     /* all of the batch: numbers stay */
	size_t ncells;
	struct buf bytes;
	uint64_t rows;
	struct batch_half half;
};

/* n cells, absent; the number of the first. */
size_t batch_cells(struct batch *b, size_t n);

/* Are n cells and n others the same? */
bool batch_same_cells(const struct batch *b, size_t x, size_t y, size_t n);

/* Do changes of this table wait in line? */
bool batch_is_ordered(const struct batch *b, const struct target *t);

/* Take in a change, whose cells are there; now: of an OP_REKEY alone. */
void batch_put(struct batch *b, const struct op *op);

/* The first half of a change of key, and where it stands in the log (empty:
 * not known).  It is put when something else comes, … */
void batch_put_half(struct batch *b, const struct op *op, struct span place);
void batch_settle(struct batch *b);
/* … or it is taken: the key of the row that moves; … */
size_t batch_take_half(struct batch *b);
/* … or given up. */
void batch_drop_half(struct batch *b);

/* What waits now is finished. */
void batch_mark(struct batch *b);

/* Take back what was put after the mark, a half, too; an earlier one can be it
 * again, until the batch is reset. */
void batch_back(struct batch *b);

/* The same, to be put again, when what lies before it is executed and the
 * batch is empty. */
void batch_aside(struct batch *b, struct batch_tail *tail);
void batch_resume(struct batch *b, struct batch_tail *tail);

/* Make it empty; memory is kept. */
void batch_reset(struct batch *b);
void batch_free(struct batch *b);

/* How much waits, in bytes. */
size_t batch_size(const struct batch *b);

#endif

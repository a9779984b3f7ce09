/* SPDX-License-Identifier: MIT
 *
 * A run is a set of rows of one shape, collected in the executor's arrays.
 */
#ifndef TARGET_ROWS_RUN_H
#define TARGET_ROWS_RUN_H

#include "target/executor.h"

enum { MAX_ARRAY = 1000 };      /* rows of an execution: beyond, only memory
                                 * grows */

struct rows_run {
	struct row_statement *statement;
	struct target *target;
	const struct batch *batch;
	const struct op *first;
	size_t rows, bytes;
	uint8_t lenient;        /* enum lenient … */
	uint8_t asked;          /* … of its changes */
	uint8_t unchecked;      /* enum unchecked */
	bool saved;             /* a savepoint is in front of it */
};

/* Arrays for so many parameters; a row into them; the bytes of a row in a
 * packet. */
void rows_run_room(struct executor *x, size_t params);
void rows_run_take(struct executor *x, struct rows_run *run,
    const struct batch *b, const struct op *op);
size_t rows_run_bytes(const struct batch *b, const struct op *op,
    const struct row_statement *s);

/* Execute all rows, in the session's mode, whatever it is; the row alone that
 * stands at `row`; --dry-run: print the statement of each. */
int rows_run_all(struct executor *x, struct rows_run *run, uint64_t *matched,
    struct err *err);
int rows_run_one(struct executor *x, struct row_statement *s, size_t row,
    uint64_t *matched, struct err *err);
int rows_run_print(struct executor *x, const struct rows_run *run,
    struct err *err);

/* Say which rows an error is about: "table shop.orders, key 12" of the only
 * row, else the table; -1. */
int rows_run_where(struct executor *x, const struct rows_run *run,
    struct err *err);

#endif

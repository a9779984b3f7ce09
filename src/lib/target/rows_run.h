/* SPDX-License-Identifier: MIT
 *
 * Shared by the files that execute a batch: a run is a set of rows of one
 * shape, collected in the executor's arrays.
 */
#ifndef TARGET_ROWS_RUN_H
#define TARGET_ROWS_RUN_H

#include "target/execute.h"

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

/* Arrays for so many parameters; a row into them. */
void execute_make_room(struct executor *x, size_t params);
void execute_take(struct executor *x, struct rows_run *run,
    const struct batch *b, const struct op *op);

/* Execute them; in the session's mode, whatever it is; the row alone that
 * stands at `row`. */
int execute_array(struct executor *x, struct rows_run *run, uint64_t *matched,
    struct err *err);
int execute_run(struct executor *x, struct rows_run *run, uint64_t *matched,
    struct err *err);
int execute_row(struct executor *x, struct row_statement *s, size_t row,
    uint64_t *matched, struct err *err);

/* Say which rows an error is about; the second knows more. */
int execute_say_where(
    struct executor *x, const struct rows_run *run, struct err *err);
int single_say_why(struct executor *x, const struct rows_run *run,
    struct err *err);

/* Must each row have been there? */
int execute_check_matched(struct executor *x, const struct rows_run *run,
    uint64_t matched, struct err *err);

/* Does another row hold a value of a unique key? */
bool execute_clashed(const struct executor *x);

/* single.c: rows that are made one by one, after the arrays failed */
int single_replacing(struct executor *x, struct rows_run *run, struct err *err);
int single_rekeys(struct executor *x, const struct rows_run *run,
    struct err *err);
int single_pairs(struct executor *x, struct rows_run *run, struct err *err);

#endif

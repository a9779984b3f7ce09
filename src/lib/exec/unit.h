/* SPDX-License-Identifier: MIT
 *
 * What of a batch one run of a command is given: --per.
 */
#ifndef EXEC_UNIT_H
#define EXEC_UNIT_H

#include "exec/exec.h"
#include "record/record.h"

struct unit_reader {
	const struct exec_options *opt;
	struct record rec;      /* the first of them, read */
	struct buf input;       /* their lines */
	struct buf table;
	size_t *places;         /* n, in the batch */
	size_t n, cap;
};

void unit_reader_open(struct unit_reader *u, const struct exec_options *opt);
void unit_reader_free(struct unit_reader *u);

/* Take the next of a batch: 1; 0: nothing waits; -1: ERR_DATA. */
int unit_next(struct unit_reader *u, struct sink_batch *b, struct err *err);

/* It failed: -1, and of one record alone it is known which. */
int unit_failed(const struct unit_reader *u, struct sink_batch *b);

/* It is done. */
void unit_done(struct unit_reader *u, struct sink_batch *b);

/* The variables that are the same for all of it (arguments.h). */
unsigned unit_variables(const struct exec_options *opt);

#endif

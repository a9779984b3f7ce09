/* SPDX-License-Identifier: MIT
 *
 * Rows that the source has but that no strict mode accepts.  They are written
 * without it, and then the server's warnings are examined.  A warning about a
 * column that the record contains is an error; one about no column, or about a
 * computed one, comes from an expression, which warned at the source, too.
 */
#ifndef TARGET_LENIENT_H
#define TARGET_LENIENT_H

#include "target/rows_run.h"

enum lenient {
	LENIENT_LABEL = 1,      /* ENUM's error value */
	LENIENT_OMITS = 2,      /* columns that the log left out get their
	                         * types' defaults (binlog_row_image=MINIMAL) */
	LENIENT_COMPUTES = 4,   /* an expression warns */
};

/* Execute a run so. */
int lenient_run(struct executor *x, struct rows_run *run, uint64_t *matched,
    struct err *err);

/* May a run that failed be executed so?  Then it is marked. */
bool lenient_helps(struct executor *x, struct rows_run *run,
    const struct err *err);

#endif

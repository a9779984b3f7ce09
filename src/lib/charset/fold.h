/* SPDX-License-Identifier: MIT
 *
 * Names as servers compare them: two names are equal if their foldings are.
 */
#ifndef CHARSET_FOLD_H
#define CHARSET_FOLD_H

#include "base/buf.h"

enum fold_rule {
	FOLD_GENERAL,           /* utf8mb3_general_ci: case and accents do not
	                         * count.  Savepoints of MySQL and of MariaDB
	                         * before 11.5 */
	FOLD_GENERAL1400,       /* utf8mb3_general1400_as_ci: case does not.
	                         * All names since then; columns and keys always
	                         * compared nearly so */
	FOLD_LOWER,             /* what lower_case_table_names makes of a name;
	                         * servers before 11.5 know fewer capitals */
};

/* Append the folding of a name; what is not UTF-8 stays as it is. */
void fold_name(struct buf *out, struct span name, enum fold_rule rule);

#endif

/* SPDX-License-Identifier: MIT
 *
 * May the text of a statement tell values: does it have literals, or comments?
 */
#ifndef MASK_MASKER_DDL_H
#define MASK_MASKER_DDL_H

#include <stdbool.h>

#include "base/span.h"

struct masker_ddl {
	bool values;            /* literals other than lengths of types */
	bool comments;
	bool selects;           /* it reads tables */
};

/* As the session read it: sql_mode is that of sql/lex.h. */
struct masker_ddl masker_ddl_read(struct span text, unsigned sql_mode);

#endif

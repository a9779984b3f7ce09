/* SPDX-License-Identifier: MIT
 *
 * How values of one source column become parameters of a target column, and
 * what became of one.
 */
#ifndef CONVERT_CONVERSION_H
#define CONVERT_CONVERSION_H

#include "convert/encoding.h"

enum converted {
	CONVERT_BAD = -1, CONVERT_VALUE, CONVERT_NULL,
	CONVERT_BYTES,          /* a text, as bytes of the column's character
	                         * set (charset/charset.h) */
	CONVERT_NONE,           /* a geometry of no bytes (CELL_NONE) */
};

struct conversion {
	const struct target_column *to;
	enum encoding encoding;
	int64_t scale;          /* ENC_UNSCALED */
	const struct charset *from;     /* of the source's column; NULL if
	                         * nobody says, or it has none */
	bool exact;             /* the source's column is a whole number, or a
	                         * decimal one */
	const char *why;        /* CONVERT_BAD */
	const char *hint;       /* … what to do; may be NULL */
	bool none;              /* CONVERT_NONE */
	bool lenient;           /* the value is ENUM's error value, which no
	                         * strict mode takes */
};

#endif

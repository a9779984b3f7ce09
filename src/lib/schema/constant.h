/* SPDX-License-Identifier: MIT
 *
 * A column's default as a value.
 */
#ifndef SCHEMA_CONSTANT_H
#define SCHEMA_CONSTANT_H

#include "schema/schema.h"

enum constant {
	CONSTANT_UNKNOWN,        /* nobody tells it, or an expression has it */
	CONSTANT_ABSENT,         /* it has none, or NULL */
	CONSTANT_STRING,         /* the text of a string, or of a number of a
	                         * column of numbers */
	CONSTANT_DIGITS,         /* a number, of any column */
	CONSTANT_BITS,           /* digits of b'101' */
};

/* Append it.  Of expressions, those that a server keeps as a value: (5), TRUE,
 * ('text'). */
enum constant constant_of(const struct schema_column *col,
    struct buf *text);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Numbers of a record as Java's classes print them, digit for digit: a reader
 * tells by the form whether one is whole.
 */
#ifndef FORMAT_JAVA_NUMBER_H
#define FORMAT_JAVA_NUMBER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/span.h"

/* A FLOAT or DOUBLE as Double.toString() has it: 1.0, 1.0E10, 1.0E-4.  The
 * number is JSON; false: it has too many digits to be one. */
bool java_number_real(struct buf *out, struct span number);

/* A DECIMAL as BigDecimal.toString() has it: its digits, but 1E-7 for
 * 0.0000001.  false: the text is none. */
bool java_number_decimal(struct buf *out, struct span text);

/* A FLOAT or DOUBLE without an exponent, however long, and without a fraction
 * that is 0: 1, 0.0001, 10000000000. */
bool java_number_plain(struct buf *out, struct span number);

#endif

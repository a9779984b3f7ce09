/* SPDX-License-Identifier: MIT
 *
 * A value of a record as MariaDB prints it: text, a number, bytes.
 */
#ifndef FORMAT_FORMAT_TEXT_H
#define FORMAT_FORMAT_TEXT_H

#include "format/cells.h"

enum format_kind {
	VALUE_NULL,
	VALUE_NUMBER,           /* digits, as JSON has numbers */
	VALUE_TEXT,             /* characters: also dates, decimals, labels.
	                         * U+EFXX is the byte XX (cdc-event(5)) */
	VALUE_BYTES,            /* BINARY, BLOB; BIT, the highest byte first;
	                         * a geometry as the server stores it */
	VALUE_JSON,             /* an object or array that stands in the row:
	                         * embedded JSON, a vector */
};

struct format_value {
	enum format_kind kind;
	struct span bytes;
};

/*
 * Read a value; it is borrowed until the next one.  Where the column's type is
 * not known (--raw, __op) it is what the record says: a string is text.
 * -1: ERR_DATA, which names table, column and value.
 */
int format_text(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct format_value *value,
    struct err *err);

/* The number that the bytes of a BIT are. */
uint64_t format_text_bits(struct span bytes);

/* The same error, of a value that a format cannot write. */
int format_text_refuse(const struct format_table *table,
    const struct format_cell *cell, const char *why, const char *hint,
    struct err *err);

#endif

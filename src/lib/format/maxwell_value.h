/* SPDX-License-Identifier: MIT
 *
 * Values as Maxwell writes them: dates as MariaDB's text, DECIMAL as a number,
 * SET as an array, JSON embedded, a geometry as text.
 */
#ifndef FORMAT_MAXWELL_VALUE_H
#define FORMAT_MAXWELL_VALUE_H

#include "format/cells.h"

struct formatter;

/* Append a value: 0; 1 if it is null; -1: ERR_DATA, and part of it may be
 * appended. */
typedef int maxwell_printer(struct formatter *f,
    const struct format_table *table, const struct format_cell *cell,
    struct buf *out, struct err *err);

/* Of values of a column, as the stream's modes are now. */
maxwell_printer *maxwell_printer_of(const struct formatter *f,
    const struct format_column *column);

/* Is a date of only zeros printed as null? */
bool maxwell_is_zero_date(const struct format_column *column,
    struct span printed);

#endif

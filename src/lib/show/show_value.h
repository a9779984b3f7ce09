/* SPDX-License-Identifier: MIT
 *
 * A value of a row, as a person reads it: NULL, a number or a time as it is, a
 * text in quotes, bytes as x'…', bits as b'…'.  What the stream did not tell
 * how to read is shown as it is written.
 */
#ifndef SHOW_SHOW_VALUE_H
#define SHOW_SHOW_VALUE_H

#include "show/seen.h"

/* Append it; the columns that it takes are returned, at most `room`, if that is
 * TEXT_LEAST or more. */
size_t show_value(const struct show_page *p, struct buf *out,
    struct seen_column *col, struct span json, size_t room);

/* Append "name=" of a column of a key: its columns. */
size_t show_name(const struct show_page *p, struct buf *out,
    const struct seen_column *col);

#endif

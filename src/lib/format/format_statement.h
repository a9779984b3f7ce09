/* SPDX-License-Identifier: MIT
 *
 * Statements of the source by which rows go, move or get other columns, and of
 * which no record of a row tells (cdc-tail --control).  A format that does not
 * write them must not pass them over in silence.
 */
#ifndef FORMAT_FORMAT_STATEMENT_H
#define FORMAT_FORMAT_STATEMENT_H

#include "format/format.h"

/* A schema record, before its format takes it: refused or warned of, as
 * format->statements says.  -1: ERR_CONFIG. */
int format_statement_take(struct formatter *f, const struct record *rec,
    struct err *err);

/* Is it another record of the statement (its member ddl) that was asked for
 * last, of another table?  *last, empty at first, is what that was. */
bool format_statement_again(struct buf *last, const struct record *rec,
    struct span ddl);

#endif

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

#endif

/* SPDX-License-Identifier: MIT
 *
 * The only writer of CSV (RFC 4180) and of tab-separated values, which are
 * escaped as MariaDB's LOAD DATA and PostgreSQL's COPY read them.
 */
#ifndef FORMAT_CSV_FIELD_H
#define FORMAT_CSV_FIELD_H

#include "base/buf.h"

/* Append a field: quoted if need be, or where `quoted` says so. */
void csv_field_put(struct buf *out, struct span text, bool quoted);

/* The same of TSV: a tab, a line's end, NUL and a backslash as \t, \n, … */
void csv_field_put_tsv(struct buf *out, struct span text);

#endif

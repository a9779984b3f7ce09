/* SPDX-License-Identifier: MIT
 *
 * Where a line may hold the text of the statement that made a change, which may
 * tell values of any column: source.query, and what cdc-unwrap or Debezium made
 * of it, a header or a member of the row.
 */
#ifndef RECORD_QUERY_TEXT_H
#define RECORD_QUERY_TEXT_H

#include "record/record.h"

/* Is a member or header that text: does it equal the source's, or is it a
 * string called __query or __source_query? */
bool query_text_is(const struct record *rec, struct span name,
    struct span value);

/* Make *nest, a row or headers of the record, a copy in out in which it is
 * null, if it is there. */
void query_text_hide(const struct record *rec, struct span *nest,
    struct buf *out);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Rows of a result, in the binary protocol, as row images of a log, so that the
 * same printers serve both and print the same.
 * https://mariadb.com/kb/en/resultset-row/, sql/field.cc (pack)
 */
#ifndef COPY_ENCODE_IMAGE_H
#define COPY_ENCODE_IMAGE_H

#include "binlog/table_map.h"
#include "sql/statement.h"

/* Before it is bound: ENUM and SET come as the text of their labels, which the
 * server stores and tells only there without loss; where labels are alike, with
 * the number before it. */
void encode_prepare(struct table *table);

/* Append what is to be selected for it, of the table that was prepared. */
void encode_select(const struct column *col, struct statement *sql);

/* A row of all columns: null bits and values.  0; -1 and ERR_DATA, which names
 * the column, where one is not what it should be. */
int encode_row(struct buf *image, const struct table *table,
    const uint8_t *row, size_t n, struct err *err);

#endif

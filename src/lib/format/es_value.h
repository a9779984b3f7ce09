/* SPDX-License-Identifier: MIT
 *
 * Values of documents in Elasticsearch and OpenSearch.
 *
 *     what JSON has   as it stands in the record: numbers, strings, decimals,
 *                     labels, true, embedded JSON, geometries, vectors
 *     DATE            "2026-11-27"
 *     DATETIME        "2026-11-27T10:00:00", TIMESTAMP the same with Z
 *     TIME            MariaDB's text
 *     bytes, BIT(n)   base64, which a field of type binary takes
 */
#ifndef FORMAT_ES_VALUE_H
#define FORMAT_ES_VALUE_H

#include "format/format_text.h"

enum es_way { ES_UNPLANNED, ES_COPIED, ES_CONVERTED };

/* How a table's values are written, by the place of their columns. */
struct es_plan {
	unsigned char *ways;    /* enum es_way */
	size_t n;
};

enum es_way es_plan_of(struct es_plan *plan,
    const struct format_column *column);
void es_plan_clear(struct es_plan *plan);

/* Append a value that is converted.  -1: ERR_DATA. */
int es_value_put(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct buf *out, struct err *err);

#endif

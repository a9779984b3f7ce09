/* SPDX-License-Identifier: MIT
 *
 * Names of indexes in Elasticsearch and OpenSearch.
 * https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-create
 */
#ifndef FORMAT_ES_INDEX_H
#define FORMAT_ES_INDEX_H

#include "base/buf.h"
#include "base/err.h"
#include "format/format_names.h"

/* --es-index: text in which {db} and {table} stand for names.  ERR_USAGE. */
int es_index_check(const char *pattern, struct err *err);

/* Append the name of a table's index: names in small letters, and '_' for what
 * no index may have.  ERR_DATA: it is too long, or begins as none may. */
int es_index_put(struct buf *out, const char *pattern, struct span db,
    struct span table, struct err *err);

/* It is the index of that table alone.  ERR_DATA. */
int es_index_take(struct format_names *names, struct span index,
    struct span db, struct span table, struct err *err);

#endif

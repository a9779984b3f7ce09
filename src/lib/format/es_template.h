/* SPDX-License-Identifier: MIT
 *
 * Index templates for the tables that schema records describe: a line for each,
 * {"name":…,"index_template":…}, as GET _index_template lists them.
 * https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-put-index-template
 */
#ifndef FORMAT_ES_TEMPLATE_H
#define FORMAT_ES_TEMPLATE_H

#include "base/err.h"

struct formatter;

/* Append those of all tables, in the order of their names; pattern: of
 * indexes.  ERR_DATA. */
int es_template_put_all(struct formatter *f, const char *pattern,
    struct err *err);

#endif

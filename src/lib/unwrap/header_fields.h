/* SPDX-License-Identifier: MIT
 *
 * --header-to-field: headers whose values become members of the row.
 */
#ifndef UNWRAP_HEADER_FIELDS_H
#define UNWRAP_HEADER_FIELDS_H

#include "record/fields.h"
#include "record/name_set.h"

struct header_field;

struct header_fields {
	struct header_field *v;
	size_t n;
	struct name_set headers;        /* their names */
};

/* Add "HEADER=FIELD,…".  ERR_USAGE. */
int header_fields_add(struct header_fields *list, const char *text,
    struct err *err);

/* Is one of the fields called so? */
bool header_fields_make(const struct header_fields *list, struct span name);

/* The i-th field. */
struct span header_fields_name(const struct header_fields *list, size_t i);

/* Append ,"FIELD":value to the row for each header that the line has or that is
 * among those to be added, ,"name":value each. */
void header_fields_put(const struct header_fields *list,
    const struct record *rec, const struct buf *added, struct buf *row);
void header_fields_clear(struct header_fields *list);

#endif

/* SPDX-License-Identifier: MIT
 *
 * The members of schema records, each checked for the type that it must have,
 * so that code that reads them need not guess what, for example, a scale given
 * as a string means.
 */
#ifndef SCHEMA_KINDS_H
#define SCHEMA_KINDS_H

#include "base/err.h"
#include "base/span.h"

/* Check the payload of a line whose tableChanges are an array; others are none
 * of ours.  -1: ERR_DATA, which says what is of another type. */
int schema_kinds_check(struct span payload, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * The members of schema records, each of the type that it must have: who reads
 * them then need not guess what a scale that is a string was meant to be.
 */
#ifndef SCHEMA_KINDS_H
#define SCHEMA_KINDS_H

#include "base/err.h"
#include "base/span.h"

/* Check the payload of a line whose tableChanges are an array; others are none
 * of ours.  -1: ERR_DATA, which says what is of another type. */
int schema_kinds_check(struct span payload, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Parts of a line that are the same in all records with schemas.
 */
#ifndef FORMAT_CONNECT_SOURCE_H
#define FORMAT_CONNECT_SOURCE_H

#include "record/record.h"

/* Append what a line begins with: its topic, if it has one. */
void connect_source_topic(struct buf *out, struct span topic);

/* Append the source block, with all members that its schema names, and no
 * others.  -1: ERR_DATA, it lacks one that must be there. */
int connect_source_put(struct buf *out, const struct record *rec,
    struct err *err);

#endif

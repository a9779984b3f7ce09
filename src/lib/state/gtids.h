/* SPDX-License-Identifier: MIT
 *
 * A position, one GTID for each domain, as a member of a JSON object:
 * "gtid":"0-1-3,1-1-368".
 */
#ifndef STATE_GTIDS_H
#define STATE_GTIDS_H

#include "base/buf.h"
#include "base/err.h"
#include "position/gtid.h"

/* Append it, after a comma. */
void gtids_put(struct buf *out, const char *name,
    const struct gtid_list *list);

/* Read it into *list: 1, 0 if the object has no such string, -1 and the
 * error of gtid_list_parse(). */
int gtids_take(struct span object, const char *name, struct gtid_list *list,
    struct err *err);

/* A member that is one GTID. */
bool gtids_take_one(struct span object, const char *name, struct gtid *gtid);

#endif

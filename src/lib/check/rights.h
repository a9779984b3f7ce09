/* SPDX-License-Identifier: MIT
 *
 * What the account may do, by its own privileges and those of its roles.
 * https://mariadb.com/kb/en/show-grants/
 */
#ifndef CHECK_RIGHTS_H
#define CHECK_RIGHTS_H

#include "base/buf.h"
#include "check/finding.h"
#include "db/query.h"

/* Look at the privileges that the job needs, and report each. */
int check_rights(struct db *db, enum check_job job, finding_fn *report,
    void *arg, struct err *err);

/* The statements that give an account what the job needs.  ERR_DATA if its
 * name is no text. */
int check_grants(struct buf *out, const char *user, enum check_job job,
    struct err *err);

#endif

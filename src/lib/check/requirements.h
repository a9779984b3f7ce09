/* SPDX-License-Identifier: MIT
 *
 * What a server should be like for change data capture: the checks of
 * cdc-check, each with how to fix it.
 * https://mariadb.com/kb/en/replication-and-binary-log-system-variables/
 */
#ifndef CHECK_REQUIREMENTS_H
#define CHECK_REQUIREMENTS_H

#include "check/finding.h"
#include "db/query.h"

/* The words of enum check_verdict, as the questions answer and the report
 * prints them. */
extern const char *const check_words[];

/* Look at everything that matters for the job, and report each item. */
int check_all(struct db *db, enum check_job job, finding_fn *report,
    void *arg, struct err *err);

#endif

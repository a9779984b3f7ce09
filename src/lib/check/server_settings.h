/* SPDX-License-Identifier: MIT
 *
 * Settings that have one right value, and what a server leaves out of its
 * binlog.
 * https://mariadb.com/kb/en/replication-and-binary-log-system-variables/
 */
#ifndef CHECK_SERVER_SETTINGS_H
#define CHECK_SERVER_SETTINGS_H

#include "base/buf.h"
#include "check/finding.h"
#include "db/query.h"

/* Report each setting; one that the server does not have is not right. */
int check_settings(struct db *db, finding_fn *report, void *arg,
    struct err *err);

/* binlog_do_db and binlog_ignore_db, as SHOW MASTER STATUS has them in all
 * versions; variables say them from 11.7 on. */
int check_filters(struct db *db, finding_fn *report, void *arg,
    struct err *err);

/* The configuration that passes, as the lines of an option file. */
void check_config(struct buf *out);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Positions that a server is asked for, as GTID lists.
 * https://mariadb.com/kb/en/gtid/, binlog_gtid_pos/
 */
#ifndef BINLOG_LOCATE_H
#define BINLOG_LOCATE_H

#include "db/connect.h"
#include "position/gtid.h"

/* The end of its binlog. */
int locate_now(struct db *db, struct gtid_list *list, struct err *err);

/* In front of an offset of a log. */
int locate_offset(struct db *db, struct gtid_list *list, const char *file,
    uint64_t offset, struct err *err);

/* In front of the oldest log that it has. */
int locate_earliest(struct db *db, struct gtid_list *list, struct err *err);

#endif

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

/* The same as a place: its newest log (the caller frees) and the offset behind
 * what is in it, where *list ends.  1; 0 where the account may not know, or too
 * much is written; -1. */
int locate_end(struct db *db, struct gtid_list *list, char **file,
    uint64_t *pos, struct err *err);

/* In front of an offset of a log. */
int locate_offset(struct db *db, struct gtid_list *list, const char *file,
    uint64_t offset, struct err *err);

/* In front of the oldest log that it has. */
int locate_earliest(struct db *db, struct gtid_list *list, struct err *err);

#endif

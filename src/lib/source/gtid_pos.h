/* SPDX-License-Identifier: MIT
 *
 * Positions as GTID lists, obtained from a server.
 * https://mariadb.com/kb/en/gtid/, binlog_gtid_pos/
 */
#ifndef SOURCE_GTID_POS_H
#define SOURCE_GTID_POS_H

#include "db/connect.h"
#include "position/gtid.h"

/* The end of its binlog. */
int gtid_pos_now(struct db *db, struct gtid_list *list, struct err *err);

/* Its newest log (the caller frees) and the offset after what is in it.  1; 0
 * if it writes none; -1. */
int gtid_pos_newest(struct db *db, char **file, uint64_t *pos,
    struct err *err);

/* The same as a place: as of gtid_pos_newest(), and *list ends there.  1; 0
 * if the account may not know, or too much is written; -1. */
int gtid_pos_end(struct db *db, struct gtid_list *list, char **file,
    uint64_t *pos, struct err *err);

/* Did it log this one, or a later one of the same server? */
bool gtid_pos_knows(struct db *db, const struct gtid *gtid, struct err *err);

/* In front of an offset of a log; inside of a transaction, with it.
 * ERR_CONFIG if it is none of an event, or the log is not there. */
int gtid_pos_offset(struct db *db, struct gtid_list *list, const char *file,
    uint64_t offset, struct err *err);

/* The same of an offset that an option names. */
int gtid_pos_option(struct db *db, struct gtid_list *list, const char *option,
    const char *file, uint64_t offset, struct err *err);

/* Are these the GTIDs in front of a place that COM_BINLOG_DUMP takes? */
bool gtid_pos_is(struct db *db, const struct gtid_list *list, const char *file,
    uint64_t offset);

/* The same, to begin there: ERR_USAGE if it is inside of a transaction, as
 * far as the account may look. */
int gtid_pos_start(struct db *db, struct gtid_list *list, const char *file,
    uint64_t offset, struct err *err);

/*
 * The place whose GTIDs are these, also where their numbers do not grow: the
 * server's logs are searched, the newest first, as a server searches them for
 * its replica.  1, *file (owned by the caller) and *pos; 0 if they are
 * together at no place, or the account may not look; -1 (ERR_CONFIG) where one
 * log has them at two.
 */
int gtid_pos_place(struct db *db, const struct gtid_list *list,
    const char *option, char **file, uint64_t *pos, struct err *err);

/* The newest transaction: its log (owned by the caller) and its first event.
 * 1; 0 if there is none, or the account may not look. */
int gtid_pos_last(struct db *db, char **file, uint64_t *pos);

/* The number after the last dot: logs of a server, in their order. */
uint64_t gtid_pos_log_number(const char *name);

/* In front of the oldest log that it has. */
int gtid_pos_earliest(struct db *db, struct gtid_list *list, struct err *err);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Event groups: how a transaction is recognised, and how what it undid is left
 * out.
 *
 * WHAT A GROUP IS
 *
 * MariaDB writes a transaction to its log when it commits, in one piece:
 *
 *     GTID  [ANNOTATE]  TABLE_MAP  ROWS ...  TABLE_MAP  ROWS ...  XID
 *
 * The GTID event names it, and its STANDALONE flag says what ends it:
 *
 *     STANDALONE        the one statement: a QUERY, or the ROWS event that has
 *                       the flag for the end of a statement
 *     otherwise         XID (InnoDB), or a QUERY of COMMIT or ROLLBACK
 *     XA PREPARE        XA_PREPARE_LOG; its rows wait (xa.h) until an XA COMMIT
 *                       or XA ROLLBACK, a group of its own and perhaps many
 *                       logs later, decides
 *
 * In logs without GTIDs (MySQL's, and MariaDB's before 10.0) a group begins
 * with BEGIN, or with the statement itself.
 *
 * WHY IT IS READ TWICE
 *
 * The log also contains groups that end in ROLLBACK, if they touched a table
 * that cannot roll back, or a temporary one.  The flag TRANSACTIONAL does not
 * distinguish them.  And a server that crashed while writing leaves a group
 * without an end.  So nothing may be printed before the end was read.  A
 * transaction can be larger than memory, but most are small; hence two passes:
 *
 *     1. group_next() reads events up to the end of the group, and looks only
 *        at those that the grammar consists of.  The source keeps what it has
 *        returned since the GTID (source.h: a file by its offset, a server's
 *        stream in memory or in a temporary file).
 *     2. If the group committed, group_event() has the source return the same
 *        events again (replay.h), and rows are decoded now, once.
 *
 * WHAT WAS UNDONE
 *
 * In row format, all rows of a group that ends in ROLLBACK belong to tables
 * that can roll back; others are logged in groups of their own.  So all of it
 * is undone, with one exception: a statement that commits by itself, such as
 * the DROP that a failed CREATE OR REPLACE TABLE ... SELECT leaves, and
 * everything before it.
 *
 * ROLLBACK TO a savepoint is logged as well, after the rows that it undoes.
 * The first pass records the offset after each SAVEPOINT; a ROLLBACK TO makes
 * everything from there to itself an undone range, which absorbs ranges inside
 * it (savepoint.h).  The second pass skips these ranges:
 *
 *     GTID  rows A  SAVEPOINT s  rows B  ROLLBACK TO s  rows C  XID
 *                              [------- undone -------]
 *
 * WHAT THE SECOND PASS SEES
 *
 * Compressed events are decompressed, a TRANSACTION_PAYLOAD is opened into its
 * events, PARTIAL_ROW_DATA fragments are joined, and an XA COMMIT returns the
 * rows that its PREPARE left.  Code that prints rows sees none of this.
 */
#ifndef GROUP_GROUP_H
#define GROUP_GROUP_H

#include "source/source.h"
#include "group/xa.h"
#include "position/gtid.h"

enum group_verdict {
	GROUP_COMMITTED,        /* an XA COMMIT has the events of its PREPARE */
	GROUP_UNDONE,           /* it ended in ROLLBACK: nothing to print */
	GROUP_PREPARED,         /* XA PREPARE: not known yet */
};

/* How a reader is to be. */
struct group_options {
	bool tolerant;          /* what cannot be decoded is warned of,
	                         * counted and left out */
	bool xa_at_prepare;     /* give XA transactions at PREPARE, as Debezium
	                         * does, whatever becomes of them */
};

/* How a transaction is called. */
enum { GROUP_ID_TEXT = 96 };

struct group {
	struct gtid gtid;       /* MariaDB's … */
	bool has_gtid;          /* … if it has one */
	char id[GROUP_ID_TEXT]; /* its GTID, or MySQL's; "": it has none */
	enum group_verdict verdict;
	uint32_t timestamp;     /* of its GTID event, seconds since 1970 */
	uint32_t server_id;     /* of the server that made it */
	bool skip_replication;  /* @@skip_replication was set */
	uint32_t thread_id;     /* 0 if the log does not say (11.5 does) */
	bool ddl_begun;         /* START or ROLLBACK of a two-phase ALTER */
	bool statement;         /* it holds one that may change a table */
	const char *file, *path;        /* as in struct binlog_source */
	const char *rows_file, *rows_path;      /* of its rows: those of an
	                                 * XA COMMIT are in another log */
	uint64_t pos, end;      /* offsets of its first event, after its last */
};

/* Sessions that are known from their beginning: of a server those whose numbers
 * are larger; 0: all in its log, as the server's start is in the input. */
struct group_sessions {
	bool known;
	uint32_t server_id;     /* of the log in hand */
	uint64_t after;
	uint32_t log_time;      /* when that was begun, … */
	uint64_t started;       /* … and the server that is asked started: both
	                         * seconds since 1970; or 0 */
};

struct group_reader;

/* opt is kept by reference. */
struct group_reader *group_reader_new(struct binlog_source *src,
    const struct group_options *opt);
void group_reader_free(struct group_reader *r);

/* Of a server: begin after these. */
void group_begin_behind(struct group_reader *r,
    const struct gtid_list *list);

/* The next group, committed or not: 1; 0 at the end; -1.  A group that the
 * input ends in (or that a crash cut) is not given. */
int group_next(struct group_reader *r, struct group *group, struct err *err);

/* The events of the group that group_next() gave, without its undone parts:
 * 1, 0 after the last, -1. */
int group_event(struct group_reader *r, struct binlog_event *ev,
    struct err *err);

/* An event could not be decoded: 0, warned and counted, where the reader is
 * tolerant, else -1. */
int group_tolerate(struct group_reader *r, const struct binlog_event *ev,
    struct err *err);
uint64_t group_tolerated(const struct group_reader *r);

/*
 * The vector where the first log begins, from its GTID_LIST event; NULL
 * before that was read.  group_peek_start() reads so far ahead: 1, 0 if
 * the input is empty, -1.
 */
const struct gtid_list *group_start(const struct group_reader *r);
int group_peek_start(struct group_reader *r, struct err *err);

/* XA transactions that are undecided; xa_restart() says from where their rows
 * must be read again. */
const struct xa_set *group_prepared(const struct group_reader *r);

/* Name and offset after the last group (or header) that was given. */
const char *group_file(const struct group_reader *r);
uint64_t group_offset(const struct group_reader *r);

/* How many servers began a log up to the last group, by starting. */
uint64_t group_starts(const struct group_reader *r);

/* Of which sessions is everything in the input, from their beginning? */
const struct group_sessions *group_sessions(const struct group_reader *r);

/* Of the log in hand. */
const struct binlog_format *group_format(const struct group_reader *r);

/* Seconds since 1970 of the newest event seen. */
uint32_t group_time(const struct group_reader *r);

#endif

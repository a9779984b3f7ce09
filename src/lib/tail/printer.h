/* SPDX-License-Identifier: MIT
 *
 * Shared by the files of this room: the printer, and the transaction that it is
 * in.
 */
#ifndef TAIL_PRINTER_H
#define TAIL_PRINTER_H

#include "base/buf.h"
#include "binlog/table_map.h"
#include "record/lists.h"
#include "print/row_image.h"
#include "follow/action.h"
#include "ddl/ddl.h"
#include "follow/hidden_tables.h"
#include "tail/tail.h"

/* How many records of a table the transaction printed. */
struct touched {
	struct buf name;                /* db.table */
	uint64_t records;
};

struct printer {
	struct tail_options *opt;
	const struct tail_feed *feed;
	struct group_reader *reader;
	const struct gtid_list *done;   /* is wholly printed */
	struct table_cache *tables;
	struct buf prefix;              /* as a JSON string */
	struct lists lists;             /* of what is printed */
	struct buf unavailable;         /* opt's, as a JSON string; or empty */
	bool said_nameless;             /* that a log names no columns */
	uint64_t unlogged;              /* statements that were passed over
					 * without their rows */
	bool skipped[256];              /* by --skip-op: operations */
	struct temporaries temporaries;
	uint64_t starts;                /* of servers, before those were */
	struct group_sessions restored; /* of --state */

	/* the group in hand */
	const struct group *group;
	uint64_t number;                /* of the group, from 1 */
	struct buf gtid;                /* its GTID as JSON, or null */
	struct buf id;                  /* of the transaction: its GTID, or
	                                 * its place, as a JSON string */
	struct buf file;                /* its log, as a JSON string */
	struct buf file_name;           /* … and as it is */
	struct buf statement;           /* from ANNOTATE_ROWS: JSON, or null */
	struct touched *touched;        /* for END: tables in order of their */
	size_t ntouched, touched_cap;   /* first record */
	uint64_t total_order;
	int64_t ts_ms;                  /* when we made its records */

	/* the row event in hand */
	struct chunk *chunk;            /* rows that its changes are told to,
	                                 * or NULL */
	struct buf source;              /* "source":{… up to "row": */
	struct buf source_end;          /* after row, to the op */
	struct buf times;               /* "ts_ms" to "total_order": */
	struct row_image before, after;
	struct buf key, old_key, headers;

	struct log_place at;		/* or file NULL: where the reader is */
	uint64_t printed;               /* data records */
	bool cut;                       /* one more was there than was asked
					 * for */
	bool beat_due;                  /* a group was finished since a beat */
	bool said_restart;              /* did the last beat have one? */
	int64_t last_beat_ms;           /* steady clock */
};

/* data_record.c: data records and tombstones */

enum { LINE_NUMBERS = 3 * 20 };

struct tail_record {
	char op;
	uint64_t row;
	const struct buf *key;          /* NULL: null */
	const char *header;             /* "__debezium.newkey" or NULL … */
	const struct buf *header_key;   /* … and its value */
	const struct buf *before, *after;       /* NULL: null */
};

/* Set up p->source for an event of a table. */
void data_record_begin(struct printer *p, const struct binlog_event *ev,
    struct span source_names);

/* And say what its session did not check (enum rows_flag). */
void data_record_unchecked(struct printer *p, uint16_t flags);

/* Print a record (unless --skip-op); a 'd' with its tombstone. */
void data_record_print(struct printer *p, const struct record_template *plan,
    struct table *table, const struct tail_record *rec);

/* rows.c */
int rows_print(struct printer *p, const struct binlog_event *ev,
    struct err *err);

/* copied_rows.c: rows of the signal table, and rows that are copied */
bool copied_rows_are_in(const struct printer *p, struct span db,
    struct span name);
void copied_rows_row(struct printer *p, char op);
/* Behind an event of it: the rows between two watermarks, if it was the second
 * of them. */
void copied_rows_print_chunk(struct printer *p, const struct binlog_event *ev);

/* control.c: the beginning and end of transactions, heartbeats */
void control_begin(struct printer *p);
void control_end(struct printer *p);

/* Print a line that is whole but for its newline, and free it. */
void control_print(struct buf *line);

/* schema_records.c: of a table as its map says it; of a statement in UTF-8 and
 * what it changed, as far as the lists follow it (-1: they cannot take it
 * apart). */
void schema_records_print_map(struct printer *p, const struct table *table,
    const struct binlog_event *ev);
int schema_records_print_ddl(struct printer *p, const struct binlog_event *ev,
    const struct schema_changes *changes, const struct query *query,
    struct err *err);

/* … or only what became of those that are followed. */
void schema_records_print_changes(struct printer *p,
    const struct binlog_event *ev, const struct schema_changes *changes);

/* Say once of a table, whose map is ev, which of its columns may be of types
 * that nothing told. */
void doubt_tell(struct printer *p, const struct table *t,
    const struct binlog_event *ev);

/* unlogged.c: a statement whose rows are not in the log: 0 if it is on what
 * the lists leave out alone, which is counted, and said once; -1. */
int unlogged_take(struct printer *p, const struct binlog_event *ev,
    const struct query *query, struct err *err);

/* … and one of a temporary table, that calls what may change any: -1. */
int unlogged_calls(struct printer *p, const struct query *query,
    struct err *err);

/* temporary_tables.c: which temporary tables is a statement on (enum
 * temporary_use)?  -1.  One whose rest would be told of tables that are
 * followed: -1. */
int temporary_take(struct printer *p, const struct binlog_event *ev,
    const struct query *query, struct err *err);
/* As JSON, for a state; "": nothing is known of them.  Did they change since?
 */
void temporary_put(struct printer *p, struct buf *out);
bool temporary_changed(struct printer *p);
int temporary_check(struct printer *p, const struct query *query,
    enum temporary_use use, struct err *err);

/* truncate.c: print it; -1: it failed, on a table that is followed. */
int truncate_take(struct printer *p, const struct binlog_event *ev,
    const struct query *query, struct err *err);

/* border.c: does a statement move rows into a table that is followed, or out of
 * it?  Then -1.  1: it ends the change of a table by a tool whose own tables
 * are left out, and is not printed. */
int border_check(struct printer *p, const struct binlog_event *ev,
    const struct query *query, struct err *err);

/* Say how a run goes past a statement whose rows only a copy can tell: why
 * that is so before it, what else helps after it. */
void border_hint(struct printer *p, const struct action *s, const char *why,
    const char *otherwise, struct err *err);

/* Is the op left out by --skip-op? */
bool data_record_op_skipped(const struct printer *p, char op);

#endif

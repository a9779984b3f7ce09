/* SPDX-License-Identifier: MIT
 *
 * From event groups to lines: what cdc-tail prints, apart from where it starts
 * and stops.  cdc-event(5) describes the lines.
 */
#ifndef TAIL_TAIL_H
#define TAIL_TAIL_H

#include <stdbool.h>

#include "group/group.h"
#include "match/table_filter.h"
#include "schema/schema.h"
#include "tail/transaction_filter.h"
#include "value/types.h"

/* A log, as its server calls it, and an offset. */
struct log_place {
	const char *file;
	uint64_t pos;
};

struct tail_options {
	const char *prefix;             /* of topics */
	struct value_modes modes;
	struct table_filter filter;
	struct transaction_filter origin;
	const char *skip_ops;           /* letters of "cudt", or "" */
	struct schemas *schemas;
	const char *unavailable;        /* for what the log does not hold, or
	                                 * NULL: leave it out */
	bool transactions, tombstones, schema_changes, control, query;
	bool tolerant;                  /* a statement that the lists cannot
	                                 * take apart may be left out */
	uint64_t count;                 /* data records to print */
	const char *write_state;        /* a file, or NULL */
	int64_t heartbeat_ms;           /* between beats; 0: none by time */
};

/* What the input gives apart from events, found when it is opened. */
struct tail_feed {
	/* Called (where set) for a table that a statement changed: may add a
	 * record of it. */
	int (*ask)(void *arg, const char *db, const char *table,
	    struct err *err);
	/* Where the source is now; NULL: unknown. */
	int (*now)(void *arg, struct gtid_list *list, struct err *err);
	void *arg;                      /* of both */
	bool arrival;                   /* numbers of a domain need not grow */
	struct gtid_list began_at;      /* arrival: where the server was */
	struct log_place begin;         /* of the stream; file NULL: unknown */
	struct incremental *incremental;        /* copies of tables, or NULL */
	struct span temporary;          /* of --state: temporary tables that
	                                 * were there, hidden_tables.h, … */
	const char *state_file;         /* … at a place in this log, or "" */
	bool until_copied;              /* they are ended, also beyond the end
	                                 * of the window */
};

struct printer;

/* Tell of what is left out, and so of the position: event/lists.h. */
void tail_tell_lists(const struct tail_options *opt, struct lists *lists);

/* All is kept by reference; done is the vector of what is wholly printed. */
struct printer *printer_new(struct tail_options *opt,
    const struct tail_feed *feed, struct group_reader *reader,
    const struct gtid_list *done);
void printer_free(struct printer *p);

/* Print a committed group.  1; 0 if --count ended inside it; -1. */
int printer_group(struct printer *p, const struct group *g,
    struct err *err);

/* Learn from the statements of a group that is not printed; of one that was
 * undone, what stays: temporary tables.  1, -1. */
int printer_learn(struct printer *p, const struct group *g,
    struct err *err);

/* The window begins: what --state tells of sessions is so from here on.
 * restarts: how many servers began logs that lie before it. */
void printer_open(struct printer *p, uint64_t restarts);

/* How far we are: after the last group that came, or where `at` says (file
 * NULL: as before). */
struct log_place printer_place(const struct printer *p);
void printer_be_at(struct printer *p, struct log_place at);

/* With --control: a heartbeat.  beat is "first", "next" or "last". */
void printer_beat(struct printer *p, const char *beat);

/* A group cannot be printed, and nothing of it was: say up to where all is, so
 * that a sink keeps it. */
void printer_leave(struct printer *p);

/* How much was printed: data records, groups. */
uint64_t printer_records(const struct printer *p);
uint64_t printer_transactions(const struct printer *p);

/* Statements on what is left out, whose rows the log does not have. */
uint64_t printer_unlogged(const struct printer *p);

/* Are as many records printed as were asked for? */
bool printer_counted(const struct printer *p);

/* Behind "first": "next", if --heartbeat is over, or if we are about to wait
 * and a group was finished since the last beat. */
void printer_tick(struct printer *p, bool waiting);

#endif

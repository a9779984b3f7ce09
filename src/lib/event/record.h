/* SPDX-License-Identifier: MIT
 *
 * A line as a record: where its members are, and how to change a few of them
 * without touching the rest.  Accepted alike (cdc-event(5)):
 *
 *   ours       {"topic":…,"key":…,"payload":{"before":…,"op":…}}
 *   bare       {"before":…,"after":…,"source":…,"op":…}
 *   Debezium's {"schema":…,"payload":{…}}
 *   kcat -J's  {"topic":…,"partition":0,"offset":7,"key":"…","payload":"…"}
 *              where key and payload are strings that hold any of the above
 *
 * Nothing is copied, but for kcat's strings; every span is a JSON value as it
 * stands, p == NULL where there is none.  A scan stops as soon as it knows
 * what was asked for: a "bad line" is one that cannot be followed that far.
 */
#ifndef EVENT_RECORD_H
#define EVENT_RECORD_H

#include "base/buf.h"
#include "base/err.h"
#include "io/lines.h"

enum record_want {
	RECORD_TOPIC,           /* the line's topic */
	RECORD_KEY,             /* … and its key */
	RECORD_TABLE,           /* source.db and source.table */
	RECORD_OP,              /* … and the operation */
	RECORD_MEMBERS,         /* the whole line, but not db and table */
	RECORD_WHOLE,           /* everything */
};

struct splice {
	struct span old;        /* what is replaced; old.n == 0: inserted at */
	struct span with;
};

/* No tool edits a record in more places; one that did would be a bug. */
enum { MAX_SPLICES = 16 };

struct record {
	struct line line;

	/* members of the line */
	struct span topic, key, headers;
	struct span line_source, line_transaction, line_op;
	struct span payload;
	struct span payload_at; /* empty, in front of the name "payload" */

	/* members of the envelope */
	struct span before, after, op, source, transaction, ts_ms;
	struct span body;       /* the envelope itself, or what payload is */
	struct span schema;     /* Debezium's, beside the envelope */
	bool envelope;          /* it is one: it has an "op" */
	bool control;           /* heartbeat, schema, transaction, … */

	/* inside of source */
	struct span db, table;  /* between the quotes, escapes as they are */

	/* kcat's strings: `topic` etc. point into the line, body's members
	 * into text, key into key_text */
	bool stringed, key_stringed;
	struct span payload_string, key_string; /* as they stand in the line */
	size_t nsplices;

	/* from here on: kept from line to line */
	struct buf text, key_text;      /* kcat's strings, unescaped */
	struct splice splices[MAX_SPLICES];     /* nsplices of them */
	struct buf part;        /* kcat's strings, edited */
	struct buf pairs;       /* kcat's headers, added */
	struct buf scratch[2];  /* db and table, unescaped */
};

/* Read a line as far as wanted.  -1 and ERR_DATA with its number; ERR_RETRY
 * where the input ended inside it. */
int record_scan(struct record *rec, const struct line *line,
    enum record_want want, struct err *err);
void record_clear(struct record *rec);

/* The operation ('c', 'u', 'd', 'r', 't', …), from envelope or line; 0. */
char record_op(const struct record *rec);

/* A tombstone: key (or null) and nothing else. */
bool record_is_tombstone(const struct record *rec);

/* The source block, from envelope or line. */
struct span record_source(const struct record *rec);

/* The member of an object, p == NULL where it has none. */
struct span object_member(struct span object, const char *name);

/* Make *to a member that begins with this bracket, as it stands; empty where
 * the object has none. */
void object_take(struct buf *to, struct span object, const char *name,
    char bracket);

/* A member that is a whole number; 0 where it has none. */
uint64_t object_number(struct span object, const char *name);

/* A string's characters, unescaped into scratch if need be. */
struct span string_text(struct span inside, struct buf *scratch);

/*
 * The db and table of a record: from its source block, else (Debezium's
 * tombstones) the last two parts of its topic.  false where neither says.
 */
bool record_table(struct record *rec, struct span *db, struct span *table);

/* The last two parts of its topic; false where it has no two. */
bool record_topic_table(const struct record *rec, struct span *db,
    struct span *table);

/* Replace a span of this record; `with` is kept by reference until
 * record_emit().  Spans of kcat's strings and of the line mix freely; one that
 * is not there is left alone. */
void record_replace(struct record *rec, struct span old, struct span with);

/* Write the line with its replacements, in the shape in which it came. */
void record_emit(struct record *rec, struct lines *in);

#endif

/* SPDX-License-Identifier: MIT
 *
 * A line as a record: where its members are, and how to change a few of them
 * without touching the rest.  What is accepted, and what it then is, is the
 * grammar of cdc-event(5), which shape.h implements:
 *
 *   ours       {"topic":…,"key":…,"payload":{"before":…,"op":…}}
 *   bare       {"before":…,"after":…,"source":…,"op":…}
 *   Debezium's {"schema":…,"payload":{…}}
 *   kcat -J's  {"topic":…,"partition":0,"offset":7,"key":"…","payload":"…"}
 *              where key and payload are strings that hold any of the above
 *
 * HOW A LINE IS READ
 *
 * No tree is built.  A filter keeps or drops most lines because of two or three
 * short members, and the rest of the line is rows that are not looked at.  So a
 * line is read in up to four steps, each only if the one before leaves a
 * question open:
 *
 *     1. template.h   A stream repeats itself: in lines of one table the names,
 *                     and what is between them, are the same bytes.  A line
 *                     that matches an earlier one is read by comparing.
 *     2. outline.h    Otherwise one pass over the line, 64 bytes at a time,
 *                     shows whether it is JSON at all, and records where names
 *                     and brackets are, as bits.
 *     3. members.h    From bit to bit, the members of an object are found and
 *                     identified by name; their values are spans of the line.
 *     4. object.h     Members of a row are looked up if an option asks for one,
 *                     by the name that the JSON means, escaped or not.
 *
 * Nothing is copied except kcat's strings; every span is a JSON value as it is
 * written, and p == NULL means that there is none.
 *
 * HOW A LINE IS CHANGED
 *
 * record_replace() records a splice: this span becomes that text.  An insertion
 * replaces an empty span, and a removal inserts an empty text.  record_emit()
 * then writes the line from left to right, alternating pieces of the line and
 * splices.  What no splice covers leaves as the bytes that came in, and a line
 * without a splice is not even copied: it is passed on from the buffer into
 * which it was read (io/lines.h).
 */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/buf.h"
#include "base/err.h"
#include "record/shape.h"
#include "record/template.h"
#include "record/unique.h"
#include "io/lines.h"
#include "json/object.h"

enum record_kind {
	KIND_UNKNOWN,           /* a payload that is neither object nor null;
	                         * or a message (cdc-outbox) */
	KIND_ENVELOPE,
	KIND_ROW,               /* its source and op, if any, on the line */
	KIND_TOMBSTONE,
	KIND_HEARTBEAT, KIND_SCHEMA, KIND_TRANSACTION,
};

struct splice {
	struct span old;        /* what is replaced; old.n == 0: inserted at */
	struct span with;
};

/* No tool edits a record in more places; one that did would be a bug. */
enum { MAX_SPLICES = 16 };

struct record {
	struct line line;
	enum record_kind kind;
	char letter;            /* of the op, from envelope or line; 0 */

	/* members of the line */
	struct span topic, key, headers;
	struct span partition, offset;
	struct span line_source, line_transaction, line_op;
	struct span payload;
	struct span payload_at; /* empty, in front of the name "payload" */

	/* members of the envelope */
	struct span before, after, op, source, transaction, ts_ms;
	struct span body;       /* the envelope itself, or what payload is */
	struct span schema;     /* Debezium's, beside the envelope … */
	struct span wrapper;    /* … and, where that is not the line, what
	                         * holds both */

	/* inside of source */
	struct span db, table;  /* between the quotes, escapes as they are */

	/* kcat's lines; its strings: `before` etc. point into text, key into
	 * key_text */
	bool kcat;
	bool stringed, key_stringed;
	struct span payload_string, key_string; /* as they stand in the line */
	size_t nsplices;

	struct template *template;      /* that the line is like; or NULL */
	bool outlined;          /* `outline` is of this line */

	/* from here on: kept from line to line */
	enum record_shape shape;       /* set by the caller: --shape */
	struct outline outline, inner, key_outline;     /* of the line, of
	                         * kcat's payload, and of its key */
	struct members members, value, block, transaction_block;  /* of the
	                         * line, of what payload is, of its source … */
	struct templates *templates;    /* owned */
	struct unique unique;
	struct buf text, key_text;      /* kcat's strings, unescaped */
	struct splice splices[MAX_SPLICES];     /* nsplices of them */
	struct buf part;        /* kcat's strings, edited */
	struct buf pairs;       /* kcat's headers, added */
	struct buf scratch[2];  /* db and table, unescaped */
};

/* Read a line.  -1 and ERR_DATA with its number; ERR_RETRY
 * if the input ended inside it. */
int record_scan(struct record *rec, const struct line *line, struct err *err);
void record_clear(struct record *rec);

/* Heartbeat, schema or transaction? */
bool record_is_control(const struct record *rec);

/* The operation ('c', 'u', 'd', 'r', 't', of a message 'm'), from envelope or
 * line; 0. */
char record_op(const struct record *rec);

/* A tombstone: key (or null) and nothing else. */
bool record_is_tombstone(const struct record *rec);

/* The source block, from envelope or line. */
struct span record_source(const struct record *rec);

/* The outline of the text in which a value of the payload lies. */
const struct outline *record_outline(struct record *rec);

/*
 * Before rows, key or headers are looked into: is no name there twice?  Which
 * one counts is not for us to say.  -1: ERR_DATA.
 */
int record_check_rows(struct record *rec, struct err *err);
int record_check_key(struct record *rec, struct err *err);
int record_check_headers(struct record *rec, struct err *err);

/* And of a control record, in all that it holds. */
int record_check_control(struct record *rec, struct err *err);

/* ERR_DATA: the line's number, words, and its table. */
int record_fault(const struct record *rec, const char *words,
    struct err *err);

/*
 * The db and table of a record: from its source block, else (a tombstone or a
 * row, of Debezium) the last two parts of its topic.  false if neither
 * says.
 */
bool record_table(struct record *rec, struct span *db, struct span *table);

/* The last two parts of its topic; false if it has no two. */
bool record_topic_table(struct record *rec, struct span *db,
    struct span *table);

/* Replace a span of this record; `with` is kept by reference until
 * record_emit().  Spans of kcat's strings and of the line mix freely; one that
 * is not there is left alone. */
void record_replace(struct record *rec, struct span old, struct span with);

/* Write the line with its replacements, in the shape in which it came. */
void record_emit(struct record *rec, struct lines *in);

#endif

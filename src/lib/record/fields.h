/* SPDX-License-Identifier: MIT
 *
 * Metadata fields by name, as in the options add.fields and add.headers of
 * ExtractNewRecordState: "op", "table", "source.ts_ms", "transaction.id", each
 * with an optional ":newname".
 */
#ifndef RECORD_FIELDS_H
#define RECORD_FIELDS_H

#include "base/buf.h"
#include "base/err.h"
#include "record/name_set.h"
#include "record/record.h"

struct field;

struct field_list {
	struct field *all;
	size_t n;
};

/* Add a comma list. */
int field_list_add(struct field_list *list, const char *text,
    struct err *err);
void field_list_clear(struct field_list *list);

/*
 * Append a member for each field that the record has, each with a comma in
 * front: ,"<prefix>op":"c".  A bare name is op or ts_ms of the envelope, id or
 * an order of the transaction block, else a member of the source block, else
 * of the envelope; one that is nowhere is left out, as Debezium's code does
 * it; one of an absent transaction is null.
 */
void field_list_put(const struct field_list *list, const char *prefix,
    const struct record *rec, struct buf *out);

/* The same for headers, whose values are strings. */
void field_list_put_headers(const struct field_list *list,
    const char *prefix, const struct record *rec, struct buf *out);

/* The same for a name of one's own: ,"<prefix>name":"value" */
void field_put(const char *prefix, const char *name, const char *value,
    struct buf *out);

/* Does field_list_put() append a member of that name? */
bool field_list_makes(const struct field_list *list, const char *prefix,
    struct span name);

/*
 * Give the line headers: `members` (each with a comma in front; "" for none)
 * go into the headers that it has (in kcat's lines an array of names and
 * values), else new headers are appended to `before`, which is to be put in
 * front of its payload.  `members` is kept by reference until record_emit().
 * false if an object has one of them already.
 */
bool record_add_headers(struct record *rec, const struct buf *members,
    struct buf *before);

/* The same, and the line loses the headers of these names, old or added.  made
 * is kept by reference, too. */
bool record_change_headers(struct record *rec, const struct name_set *without,
    struct buf *members, struct buf *made, struct buf *before);

/* A header of the line, from an object or kcat's array; p NULL: none. */
struct span record_header(const struct record *rec, const char *name);

/* Does the list have the field `op`? */
bool field_list_has(const struct field_list *list, const char *name);

#endif

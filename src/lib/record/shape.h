/* SPDX-License-Identifier: MIT
 *
 * What a line is and what a value is: the grammar of cdc-event(5), in the one
 * place that implements it.  It looks at names and kinds of members, never at
 * the contents of a row, and never at the name of a topic.
 */
#ifndef RECORD_SHAPE_H
#define RECORD_SHAPE_H

#include "record/members.h"

/* --shape: what payloads without source and op beside them are. */
enum record_shape { SHAPE_AUTO, SHAPE_ENVELOPE, SHAPE_ROW };
extern const char *const shape_names[];

enum value_kind {
	VALUE_ROW, VALUE_ENVELOPE,
	VALUE_HEARTBEAT, VALUE_SCHEMA, VALUE_TRANSACTION,
	VALUE_EITHER,           /* --shape must say */
	VALUE_NEITHER,          /* not what --shape says */
};

/* Is an object a record, which has its value as payload?  Else it is one. */
bool shape_has_payload(const struct members *line);

/* What is wrong with such a line: NULL, or words.  *marked: it has a source and
 * an op beside its payload. */
const char *shape_line_fault(const struct members *line, bool *marked);

/* Is an object Debezium's {"schema":…,"payload":…}? */
bool shape_is_connect(const struct members *m);

/* Does a source block name db and table? */
bool shape_names_table(const struct members *source);

/* What a value is: its members, those of its source (NULL: it is no object),
 * and the record's key, null where it has a topic and no key, p NULL if it
 * has neither. */
enum value_kind shape_of_value(const struct members *value,
    const struct members *source, struct span key, enum record_shape asked);

/* Beside source and op, do this op and a row, or null, belong together?  A row
 * is of any op but a truncate, and null is of a delete alone. */
bool shape_op_fits(char letter, bool row);

/* The letter of an op, 0 if it is none.  That of a line may also be the one of
 * a message, which is no row. */
enum { SHAPE_MESSAGE = 'm' };
char shape_letter(struct span op);
char shape_line_letter(struct span op);

#endif

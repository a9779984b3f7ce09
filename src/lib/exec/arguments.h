/* SPDX-License-Identifier: MIT
 *
 * The words of a command for a record: its arguments, in which placeholders are
 * replaced, and its environment.  A value never becomes more than a part of one
 * word, whatever it contains.
 */
#ifndef EXEC_ARGUMENTS_H
#define EXEC_ARGUMENTS_H

#include "base/buf.h"
#include "base/err.h"
#include "record/record.h"

struct arguments;

/* fill: replace placeholders (format/placeholder.h), unless NULL is all that is
 * asked for.  NULL and ERR_USAGE. */
struct arguments *arguments_open(char *const *command, bool fill, int shape,
    struct err *err);
void arguments_free(struct arguments *w);

/* The arguments for a record, borrowed until the next call; NULL: ERR_DATA. */
char *const *arguments_of(struct arguments *w, struct record *rec,
    struct err *err);

/* Variables that are told: CDC_TOPIC, CDC_DB, CDC_TABLE; CDC_GTID; CDC_OP,
 * CDC_KEY, CDC_LINE. */
enum {
	ARGUMENTS_TABLE = 1, ARGUMENTS_GTID = 2, ARGUMENTS_RECORD = 4,
	ARGUMENTS_ALL = 7,
};

/* The environment: ours, those variables of a record that it has, and
 * CDC_RECORDS if n is not 0.  As arguments_of(). */
char *const *arguments_environment(struct arguments *w, struct record *rec,
    unsigned sets, size_t n, struct err *err);

#endif

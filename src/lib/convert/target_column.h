/* SPDX-License-Identifier: MIT
 *
 * A column of a target table, as far as converting values needs to know it.
 */
#ifndef CONVERT_TARGET_COLUMN_H
#define CONVERT_TARGET_COLUMN_H

#include "base/buf.h"
#include "charset/charset.h"
#include "sql/statement.h"
#include "value/sqltype.h"

struct target_column {
	char *name;
	char *type;             /* as SHOW CREATE TABLE has it: messages */
	char *charset, *collation;      /* of text, else NULL */
	const struct charset *set;      /* that charset */
	enum type_class class;  /* what it takes, and how it is asked for */
	bool is_unsigned;
	bool nullable;
	bool computed;          /* generated, or of system versioning: the
	                         * server makes its value */
	bool row_time;          /* of system versioning: the server's */
	uint64_t length;        /* characters, of text; UINT64_MAX: any */
	unsigned digits;        /* of the fraction: DECIMAL, temporals */
	bool touches;           /* ON UPDATE: it changes by itself */
	bool defaults;          /* it has a DEFAULT other than NULL */
	int key_part;           /* its place in the key; -1: none */
	bool bytes;             /* a parameter of it is bytes, not text */
	struct span *labels;    /* ENUM, SET: as the column has them */
	size_t nlabels;
	bool labels_told;       /* by a schema record, which has them all;
	                         * else as information_schema shows them */
	bool numbered;          /* … are written and compared as numbers, for
	                         * some of them are alike */
};

/* Do values of the class come as bytes? */
bool target_class_is_binary(enum type_class class);

/* Are two labels, or a label and the error value, the same to the server, which
 * looks them up by their collation? */
bool target_labels_are_alike(const struct target_column *col);

/*
 * Append a column's value as a parameter; a condition that the column has it:
 * of a key, by its index; else of whatever is there, byte for byte.  coded: it
 * is bytes of the column's character set (CELL_BYTES).  The place of the
 * parameter's '?' is returned.
 */
size_t target_put_value(struct statement *sql, const struct target_column *col,
    bool coded);
size_t target_put_key(struct statement *sql, const struct target_column *col,
    bool coded);
size_t target_put_match(struct statement *sql, const struct target_column *col);

#endif

/* SPDX-License-Identifier: MIT
 *
 * Tables of the target server, as its information_schema tells: read once,
 * and again after DDL.
 */
#ifndef APPLY_TARGET_H
#define APPLY_TARGET_H

#include "base/buf.h"
#include "db/bulk.h"
#include "charset/charset.h"

/* What a column takes, and how it is asked for; the table is in target.c. */
enum target_class {
	CLASS_OTHER, CLASS_INT, CLASS_DECIMAL, CLASS_FLOAT, CLASS_DOUBLE,
	CLASS_BIT, CLASS_YEAR, CLASS_DATE, CLASS_TIME, CLASS_DATETIME,
	CLASS_TIMESTAMP, CLASS_TEXT, CLASS_BINARY, CLASS_ENUM, CLASS_SET,
	CLASS_GEOMETRY, CLASS_VECTOR,
};

struct target_column {
	char *name;
	char *type;             /* as SHOW CREATE TABLE has it: messages */
	char *charset, *collation;      /* of text, else NULL */
	const struct charset *set;      /* that charset */
	enum target_class class;
	bool is_unsigned;
	bool nullable;
	bool computed;          /* generated, or of system versioning: the
	                         * server makes its value */
	bool row_time;          /* of system versioning: the server's */
	uint64_t length;        /* characters, of text; UINT64_MAX: any */
	unsigned digits;        /* of the fraction: DECIMAL, temporals */
	bool touches;           /* ON UPDATE: it changes by itself */
	int key_part;           /* its place in the key; -1: none */
	bool bytes;             /* a parameter of it is bytes, not text */
	struct span *labels;    /* ENUM, SET: as the column has them */
	size_t nlabels;
	bool numbered;          /* … are written and compared as numbers, for
	                         * some of them are alike */
};

#define NO_OP ((size_t)-1)

struct op_list {
	size_t first, last;     /* numbers of changes; NO_OP: none */
};

struct target {
	char *db, *name;
	struct target_column *columns;
	size_t ncolumns;
	size_t *key;            /* primary, else unique and never NULL … */
	size_t nkey;            /* … 0: rows match whole */
	bool ordered;           /* another unique key, a foreign key, a
	                         * trigger: changes keep their order */
	bool triggers, transactional;
	bool sequence;
	bool warns;             /* an expression of it does: lenient.h */
	bool no_upsert;         /* it takes no ON DUPLICATE KEY UPDATE */

	struct shape *shapes;   /* its statements: statement.h */
	struct op_list changes; /* that wait: batch.h */
	struct target *busy;    /* the next that has some */
};

/* Read a table; *target is NULL where there is none of that name.  That others
 * refer to it is not asked: references.h. */
int target_read(struct db *db, struct span schema, struct span name,
    struct target **target, struct err *err);
void target_free(struct target *t);

/* The place of a column by name, as the server compares them; or -1. */
int target_column_find(const struct target *t, struct span name);

/* `db`.`name`, borrowed. */
struct sql_part target_sql(const struct target *t);

/* Do values of the class come as bytes? */
bool target_class_is_binary(enum target_class class);

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

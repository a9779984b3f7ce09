/* SPDX-License-Identifier: MIT
 *
 * Types as SQL has them; the table is types.def.
 */
#ifndef VALUE_SQLTYPE_H
#define VALUE_SQLTYPE_H

#include "value/types.h"

/* What values of a type are to who reads, writes and compares them. */
enum type_class {
	CLASS_OTHER,            /* text that is not what is stored */
	CLASS_INT, CLASS_DECIMAL, CLASS_FLOAT, CLASS_DOUBLE, CLASS_BIT,
	CLASS_YEAR, CLASS_DATE, CLASS_TIME, CLASS_DATETIME, CLASS_TIMESTAMP,
	CLASS_TEXT, CLASS_BINARY, CLASS_ENUM, CLASS_SET, CLASS_GEOMETRY,
	CLASS_VECTOR,
};

/* How a key's value becomes SQL again, if it does. */
enum type_literal { LITERAL_NONE, LITERAL_NUMBER, LITERAL_TEXT, LITERAL_BYTES };

/* A row of the table. */
struct sql_type {
	const char *word;       /* its own name; "" of DECLARED_NONE */
	enum declared_type id;
	enum type_class class;
	enum column_type log;
	unsigned width;
	int jdbc;               /* java.sql.Types */
	enum type_literal literal;
	bool hidden;
	unsigned major, minor;  /* hidden: since this version, or 0 */
};

const struct sql_type *sqltype_get(enum declared_type declared);

/* By any of its names, in either case; DECLARED_NONE's where it is none. */
const struct sql_type *sqltype_named(struct span name);

/* What follows the first word in the i-th name that begins with it; NULL
 * if there are no more. */
const char *sqltype_longer(struct span word, size_t i);

/* The number of java.sql.Types of a name, in upper case; OTHER for those that
 * it is unknown. */
int sqltype_jdbc(const char *name);

/* Of a text the type that holds the same as bytes; of others themselves. */
const struct sql_type *sqltype_binary(const struct sql_type *type);

/* Are values bytes, which have no character set? */
bool sqltype_is_bytes(const struct sql_type *type);

/* A column's type as far as the log says it. */
struct sized_type {
	const struct sql_type *type;
	int64_t length;         /* characters, bytes, digits; -1: none */
	int64_t scale;          /* -1: none */
};

struct sized_type sqltype_of_column(const struct column *col);

#endif

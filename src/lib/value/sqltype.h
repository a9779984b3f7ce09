/* SPDX-License-Identifier: MIT
 *
 * A column's SQL type as schema records name it, as far as the log says it.
 */
#ifndef VALUE_SQLTYPE_H
#define VALUE_SQLTYPE_H

#include "value/types.h"

struct sql_type {
	const char *name;       /* "VARCHAR"; UNSIGNED is not part of it */
	int jdbc;               /* java.sql.Types */
	int64_t length;         /* characters, bytes, digits; -1: none */
	int64_t scale;          /* -1: none */
};

struct sql_type sqltype_of_column(const struct column *col);

/* A type's number by the name that a statement gives it, in upper case;
 * OTHER for names that nobody knows. */
int sqltype_jdbc(const char *name);

#endif

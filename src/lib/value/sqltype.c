/* SPDX-License-Identifier: MIT */
#include "value/sqltype.h"

#include <string.h>

enum jdbc_type {
	JDBC_NCHAR = -15, JDBC_NVARCHAR = -9, JDBC_BIT = -7,
	JDBC_BIGINT = -5, JDBC_VARBINARY = -3, JDBC_BINARY = -2,
	JDBC_CHAR = 1, JDBC_NUMERIC = 2, JDBC_DECIMAL = 3, JDBC_INTEGER = 4,
	JDBC_SMALLINT = 5, JDBC_FLOAT = 6, JDBC_REAL = 7, JDBC_DOUBLE = 8,
	JDBC_VARCHAR = 12, JDBC_BOOLEAN = 16, JDBC_DATE = 91,
	JDBC_TIME = 92, JDBC_TIMESTAMP = 93, JDBC_OTHER = 1111,
	JDBC_TIMESTAMP_TZ = 2014, JDBC_BLOB = 2004,
};

static const struct sql_type by_type[256] = {
	[COLUMN_TINY] = { "TINYINT", JDBC_SMALLINT, -1, -1 },
	[COLUMN_SHORT] = { "SMALLINT", JDBC_SMALLINT, -1, -1 },
	[COLUMN_INT24] = { "MEDIUMINT", JDBC_INTEGER, -1, -1 },
	[COLUMN_LONG] = { "INT", JDBC_INTEGER, -1, -1 },
	[COLUMN_LONGLONG] = { "BIGINT", JDBC_BIGINT, -1, -1 },
	[COLUMN_FLOAT] = { "FLOAT", JDBC_FLOAT, -1, -1 },
	[COLUMN_DOUBLE] = { "DOUBLE", JDBC_DOUBLE, -1, -1 },
	[COLUMN_YEAR] = { "YEAR", JDBC_INTEGER, -1, -1 },
	[COLUMN_DATE] = { "DATE", JDBC_DATE, -1, -1 },
	[COLUMN_NEWDATE] = { "DATE", JDBC_DATE, -1, -1 },
	[COLUMN_TIME] = { "TIME", JDBC_TIME, -1, -1 },
	[COLUMN_DATETIME] = { "DATETIME", JDBC_TIMESTAMP, -1, -1 },
	[COLUMN_TIMESTAMP] = { "TIMESTAMP", JDBC_TIMESTAMP_TZ, -1, -1 },
	[COLUMN_TIME2] = { "TIME", JDBC_TIME, -1, -1 },
	[COLUMN_DATETIME2] = { "DATETIME", JDBC_TIMESTAMP, -1, -1 },
	[COLUMN_TIMESTAMP2] = { "TIMESTAMP", JDBC_TIMESTAMP_TZ, -1, -1 },
	[COLUMN_BIT] = { "BIT", JDBC_BIT, -1, -1 },
	[COLUMN_DECIMAL] = { "DECIMAL", JDBC_DECIMAL, -1, -1 },
	[COLUMN_NEWDECIMAL] = { "DECIMAL", JDBC_DECIMAL, -1, -1 },
	[COLUMN_ENUM] = { "ENUM", JDBC_CHAR, 1, -1 },
	[COLUMN_SET] = { "SET", JDBC_CHAR, -1, -1 },
	[COLUMN_VECTOR] = { "VECTOR", JDBC_OTHER, -1, -1 },
	[COLUMN_JSON] = { "JSON", JDBC_OTHER, -1, -1 },
};

static struct sql_type
geometry_type(const struct column *col)
{
	static const char *const names[] = {
		"GEOMETRY", "POINT", "LINESTRING", "POLYGON", "MULTIPOINT",
		"MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION",
	};
	size_t n = sizeof(names) / sizeof(*names);

	return (struct sql_type){ names[col->geometry < n ? col->geometry : 0],
		JDBC_OTHER, -1, -1 };
}

/* TEXT and BLOB, by the bytes of their length prefix. */
static struct sql_type
lob_type(const struct column *col, bool binary)
{
	static const char *const text[] = {
		0, "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT",
	};
	static const char *const blob[] = {
		0, "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB",
	};

	return (struct sql_type){ (binary ? blob : text)[col->len_bytes],
		binary ? JDBC_BLOB : JDBC_VARCHAR, -1, -1 };
}

static struct sql_type
string_type(const struct column *col)
{
	bool binary = col->collation == COLLATION_BINARY;
	unsigned width = col->charset ? col->charset->mbmaxlen : 1;
	unsigned own = col->type == COLUMN_VARCHAR_COMPRESSED;
	struct sql_type type = {
		.length = col->length < own ? 0 : (col->length - own) / width,
		.scale = -1,
	};

	if (col->type == COLUMN_STRING) {
		type.name = binary ? "BINARY" : "CHAR";
		type.jdbc = binary ? JDBC_BINARY : JDBC_CHAR;
	} else {
		type.name = binary ? "VARBINARY" : "VARCHAR";
		type.jdbc = binary ? JDBC_VARBINARY : JDBC_VARCHAR;
	}
	return type;
}

static const struct sql_type by_real[] = {
	[REAL_UUID] = { "UUID", JDBC_OTHER, -1, -1 },
	[REAL_INET4] = { "INET4", JDBC_OTHER, -1, -1 },
	[REAL_INET6] = { "INET6", JDBC_OTHER, -1, -1 },
	[REAL_VECTOR] = { "VECTOR", JDBC_OTHER, -1, -1 },
	[REAL_JSON] = { "JSON", JDBC_OTHER, -1, -1 },
};

static struct sql_type
real_sql_type(const struct column *col)
{
	struct sql_type type = by_real[col->real];

	if (col->real == REAL_VECTOR)
		type.length = col->length / 4;
	return type;
}

struct sql_type
sqltype_of_column(const struct column *col)
{
	struct sql_type type = by_type[col->type];

	if (col->real && col->real != REAL_OLD_TIME)
		return real_sql_type(col);

	switch (col->type) {
	case COLUMN_BLOB:
	case COLUMN_BLOB_COMPRESSED:
		return lob_type(col, col->collation == COLLATION_BINARY);
	case COLUMN_STRING:
	case COLUMN_VARCHAR:
	case COLUMN_VAR_STRING:
	case COLUMN_VARCHAR_COMPRESSED:
		return string_type(col);
	case COLUMN_GEOMETRY:
		return geometry_type(col);
	case COLUMN_NEWDECIMAL:
		type.length = col->precision;
		type.scale = col->scale;
		break;
	case COLUMN_BIT:
		type.length = col->length;
		break;
	case COLUMN_TIME:
	case COLUMN_DATETIME:
	case COLUMN_TIMESTAMP:
	case COLUMN_TIME2:
	case COLUMN_DATETIME2:
	case COLUMN_TIMESTAMP2:
		type.length = col->fsp ? col->fsp : -1;
		break;
	default:
		break;
	}
	return type;
}

int
sqltype_jdbc(const char *name)
{
	static const struct {
		const char *name;
		int jdbc;
	} types[] = {
		{ "TINYINT", JDBC_SMALLINT }, { "INT1", JDBC_SMALLINT },
		{ "SMALLINT", JDBC_SMALLINT }, { "INT2", JDBC_SMALLINT },
		{ "BOOL", JDBC_BOOLEAN }, { "BOOLEAN", JDBC_BOOLEAN },
		{ "MEDIUMINT", JDBC_INTEGER }, { "INT3", JDBC_INTEGER },
		{ "MIDDLEINT", JDBC_INTEGER }, { "INT", JDBC_INTEGER },
		{ "INTEGER", JDBC_INTEGER }, { "INT4", JDBC_INTEGER },
		{ "YEAR", JDBC_INTEGER }, { "BIGINT", JDBC_BIGINT },
		{ "INT8", JDBC_BIGINT }, { "FLOAT", JDBC_FLOAT },
		{ "FLOAT4", JDBC_FLOAT }, { "REAL", JDBC_REAL },
		{ "DOUBLE", JDBC_DOUBLE }, { "FLOAT8", JDBC_DOUBLE },
		{ "DOUBLE PRECISION", JDBC_DOUBLE },
		{ "DECIMAL", JDBC_DECIMAL }, { "DEC", JDBC_DECIMAL },
		{ "FIXED", JDBC_DECIMAL }, { "NUMBER", JDBC_DECIMAL },
		{ "NUMERIC", JDBC_NUMERIC }, { "BIT", JDBC_BIT },
		{ "CHAR", JDBC_CHAR }, { "CHARACTER", JDBC_CHAR },
		{ "ENUM", JDBC_CHAR }, { "SET", JDBC_CHAR },
		{ "NCHAR", JDBC_NCHAR }, { "NATIONAL CHAR", JDBC_NCHAR },
		{ "NATIONAL CHARACTER", JDBC_NCHAR },
		{ "NVARCHAR", JDBC_NVARCHAR },
		{ "NATIONAL VARCHAR", JDBC_NVARCHAR },
		{ "VARCHAR", JDBC_VARCHAR }, { "VARCHAR2", JDBC_VARCHAR },
		{ "VARCHARACTER", JDBC_VARCHAR },
		{ "CHARACTER VARYING", JDBC_VARCHAR },
		{ "CHAR VARYING", JDBC_VARCHAR }, { "LONG", JDBC_VARCHAR },
		{ "LONG VARCHAR", JDBC_VARCHAR }, { "CLOB", JDBC_VARCHAR },
		{ "TINYTEXT", JDBC_VARCHAR }, { "TEXT", JDBC_VARCHAR },
		{ "MEDIUMTEXT", JDBC_VARCHAR }, { "LONGTEXT", JDBC_VARCHAR },
		{ "BINARY", JDBC_BINARY }, { "VARBINARY", JDBC_VARBINARY },
		{ "RAW", JDBC_VARBINARY }, { "LONG VARBINARY", JDBC_BLOB },
		{ "TINYBLOB", JDBC_BLOB }, { "BLOB", JDBC_BLOB },
		{ "MEDIUMBLOB", JDBC_BLOB }, { "LONGBLOB", JDBC_BLOB },
		{ "DATE", JDBC_DATE }, { "TIME", JDBC_TIME },
		{ "DATETIME", JDBC_TIMESTAMP },
		{ "TIMESTAMP", JDBC_TIMESTAMP_TZ },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strcmp(types[i].name, name) == 0)
			return types[i].jdbc;
	return JDBC_OTHER;
}

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

#define ROW(id, log, width, class, jdbc, literal, hidden, major, minor)     \
	[DECLARED_##id] = { #id, DECLARED_##id, CLASS_##class, COLUMN_##log, \
	    width, JDBC_##jdbc, LITERAL_##literal, hidden, major, minor },

static const struct sql_type types[DECLARED_TYPES] = {
	[DECLARED_NONE] = { .word = "", .jdbc = JDBC_OTHER },
#define SQL_TYPE(id, log, width, class, jdbc, literal)                       \
	ROW(id, log, width, class, jdbc, literal, false, 0, 0)
#define HIDDEN_TYPE(id, log, width, class, jdbc, literal, major, minor, ...) \
	ROW(id, log, width, class, jdbc, literal, true, major, minor)
#include "value/types.def"
};

static const struct name {
	const char *word;
	enum declared_type id;
	int jdbc;
} names[] = {
#define SQL_TYPE(id, log, width, class, jdbc, literal)                       \
	{ #id, DECLARED_##id, JDBC_##jdbc },
#define TYPE_NAME(word, id, jdbc) { word, DECLARED_##id, JDBC_##jdbc },
#include "value/types.def"
};

enum { NAMES = sizeof(names) / sizeof(*names) };

const struct sql_type *
sqltype_get(enum declared_type declared)
{
	return &types[declared];
}

static const struct name *
find_name(struct span name)
{
	for (size_t i = 0; i < NAMES; i++)
		if (span_is_nocase(name, names[i].word))
			return &names[i];
	return NULL;
}

const struct sql_type *
sqltype_named(struct span name)
{
	const struct name *found = find_name(name);

	return &types[found ? found->id : DECLARED_NONE];
}

const char *
sqltype_longer(struct span word, size_t i)
{
	for (size_t at = 0; at < NAMES; at++)
		if (strlen(names[at].word) > word.n &&
		    names[at].word[word.n] == ' ' &&
		    memcmp(names[at].word, word.p, word.n) == 0 && i-- == 0)
			return names[at].word + word.n + 1;
	return NULL;
}

int
sqltype_jdbc(const char *name)
{
	const struct name *found = find_name(span_of(name));

	return found ? found->jdbc : JDBC_OTHER;
}

const struct sql_type *
sqltype_binary(const struct sql_type *type)
{
	if (type->class != CLASS_TEXT || type->hidden)
		return type;
	for (size_t i = 0; i < DECLARED_TYPES; i++)
		if (types[i].class == CLASS_BINARY &&
		    types[i].log == type->log && types[i].width == type->width)
			return &types[i];
	return type;
}

bool
sqltype_is_bytes(const struct sql_type *type)
{
	return type->class == CLASS_BINARY || type->class == CLASS_VECTOR ||
	    (type->class == CLASS_OTHER && type->hidden);
}

bool
declared_type_fits(const struct column *col, enum declared_type declared)
{
	const struct sql_type *t = sqltype_get(declared);

	if (value_is_old_temporal(col->type))
		return value_type(col->type)->as == declared;
	if (!t->hidden || t->log != col->type)
		return false;
	switch (value_type(col->type)->meta) {
	case META_CHAR:
		return col->length == t->width;
	case META_VARCHAR:
		return col->length % t->width == 0;
	case META_LOB:
		return col->len_bytes == t->width;
	default:
		return true;
	}
}

static const struct sql_type *
type_of(const struct column *col)
{
	const struct sql_type *type = &types[value_type(col->type)->as];

	if (col->declared)
		return &types[col->declared];
	if (type->id == DECLARED_GEOMETRY &&
	    col->geometry <= DECLARED_GEOMETRYCOLLECTION - DECLARED_GEOMETRY)
		return type + col->geometry;
	if (type->id == DECLARED_TINYTEXT)
		type += col->len_bytes - 1;
	return col->collation == COLLATION_BINARY ? sqltype_binary(type) : type;
}

/* Of CHAR, VARCHAR and their like: how often the longest element fits. */
static int64_t
elements(const struct column *col, const struct sql_type *type)
{
	unsigned own = col->type == COLUMN_VARCHAR_COMPRESSED;
	unsigned width = (col->charset ? col->charset->mbmaxlen : 1) *
	    (type->width ? type->width : 1);

	return col->length < own ? 0 : (col->length - own) / width;
}

struct sized_type
sqltype_of_column(const struct column *col)
{
	struct sized_type t = { type_of(col), -1, -1 };

	switch (value_type(col->type)->meta) {
	case META_DECIMAL:
		t.length = col->precision;
		t.scale = col->scale;
		break;
	case META_BIT:
		t.length = col->length;
		break;
	case META_CHAR:
		if (!t.type->hidden)
			t.length = elements(col, t.type);
		break;
	case META_VARCHAR:
		t.length = elements(col, t.type);
		break;
	default:
		t.length = t.type->id == DECLARED_ENUM ? 1 :
		    col->fsp ? col->fsp : -1;
	}
	return t;
}

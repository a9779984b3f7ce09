/* SPDX-License-Identifier: MIT */
#include "evolve/define_key.h"

#include "charset/charset.h"

enum {
	KEY_BYTES = 3072,       /* of all columns of an index of InnoDB */
	OTHER_BYTES = 32,       /* more than a column that is no text */
};

/* The bytes of a value's longest character, or byte. */
static uint64_t
unit_of(const struct schema_column *col)
{
	const struct charset *set = schema_column_is_text(col) ?
	    charset_named(col->charset) : NULL;

	return set && set->mbmaxlen ? set->mbmaxlen : 1;
}

static bool
is_long(const struct schema_column *col)
{
	return value_type(schema_column_type(col)->log)->meta == META_LOB;
}

/* May an index have its beginning alone? */
static bool
has_beginning(const struct schema_column *col)
{
	enum type_class class = schema_column_type(col)->class;

	return class == CLASS_TEXT || class == CLASS_BINARY || is_long(col);
}

/* Of a whole value, at most; more than an index takes: any number. */
static uint64_t
bytes_of(const struct schema_column *col)
{
	if (!has_beginning(col))
		return OTHER_BYTES;
	if (is_long(col))
		return KEY_BYTES + 1;
	return (col->length < 0 ? 1 : (uint64_t)col->length) * unit_of(col);
}

/* How many bytes each text may have so that all fit; 0: as many as it has. */
static uint64_t
share_of(const struct schema_table *t, const struct schema_key *key)
{
	uint64_t all = 0, others = 0, texts = 0;

	for (size_t i = 0; i < key->ncolumns; i++) {
		const struct schema_column *col = schema_column_find(t,
		    span_of(key->columns[i]));

		all += bytes_of(col);
		if (has_beginning(col))
			texts++;
		else
			others += OTHER_BYTES;
	}
	return all <= KEY_BYTES || !texts || others >= KEY_BYTES ? 0 :
	    (KEY_BYTES - others) / texts;
}

static int
check_columns(const struct schema_table *t, const struct schema_key *key,
    struct err *err)
{
	for (size_t i = 0; i < key->ncolumns; i++)
		if (!schema_column_find(t, span_of(key->columns[i])))
			return err_set(err, ERR_DATA, "the primary key of the "
			    "source has a column '%s' that its table does not "
			    "have",
			    key->columns[i]);
	return 0;
}

int
define_key(struct statement *sql, const struct schema_table *t,
    const struct schema_key *key, struct err *err)
{
	uint64_t share;

	if (check_columns(t, key, err) < 0)
		return -1;
	share = share_of(t, key);
	statement_add(sql, share ? SQL(", KEY") : SQL(", PRIMARY KEY"));
	for (size_t i = 0; i < key->ncolumns; i++) {
		const struct schema_column *col = schema_column_find(t,
		    span_of(key->columns[i]));

		statement_add(sql, i ? SQL(", ") : SQL(" ("),
		    SQL_NAME(span_of(key->columns[i])));
		if (share && has_beginning(col) && bytes_of(col) > share)
			statement_add(sql, SQL("("),
			    SQL_NUMBER(share / unit_of(col)), SQL(")"));
	}
	statement_add(sql, SQL(")"));
	return 0;
}

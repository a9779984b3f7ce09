/* SPDX-License-Identifier: MIT */
#include "evolve/define.h"

#include <inttypes.h>

#include "charset/charset.h"
#include "json/scan.h"
#include "schema/type_name.h"

/* What stands in parentheses behind a type. */
enum form { FORM_PLAIN, FORM_LENGTH, FORM_MUST, FORM_BOTH, FORM_LABELS };

enum { NUMERIC = 1, TEXT = 2 }; /* may be UNSIGNED; has a character set */

/* THE TABLE: every type that a server has; all others are refused. */
static const struct type {
	struct sql_part name;   /* type_name_plain(), and kinds of GEOMETRY */
	enum form form;
	unsigned flags;
	int64_t most, most_scale;
} types[] = {
	{ SQL_INIT("TINYINT"), FORM_PLAIN, NUMERIC, 0, 0 },
	{ SQL_INIT("SMALLINT"), FORM_PLAIN, NUMERIC, 0, 0 },
	{ SQL_INIT("MEDIUMINT"), FORM_PLAIN, NUMERIC, 0, 0 },
	{ SQL_INIT("INT"), FORM_PLAIN, NUMERIC, 0, 0 },
	{ SQL_INIT("BIGINT"), FORM_PLAIN, NUMERIC, 0, 0 },
	{ SQL_INIT("FLOAT"), FORM_PLAIN, NUMERIC, 0, 0 },
	{ SQL_INIT("DOUBLE"), FORM_PLAIN, NUMERIC, 0, 0 },
	{ SQL_INIT("DECIMAL"), FORM_BOTH, NUMERIC, 65, 38 },
	{ SQL_INIT("BIT"), FORM_LENGTH, 0, 64, 0 },
	{ SQL_INIT("YEAR"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("DATE"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("TIME"), FORM_LENGTH, 0, 6, 0 },
	{ SQL_INIT("DATETIME"), FORM_LENGTH, 0, 6, 0 },
	{ SQL_INIT("TIMESTAMP"), FORM_LENGTH, 0, 6, 0 },
	{ SQL_INIT("CHAR"), FORM_LENGTH, TEXT, 255, 0 },
	{ SQL_INIT("VARCHAR"), FORM_MUST, TEXT, 65535, 0 },
	{ SQL_INIT("TINYTEXT"), FORM_PLAIN, TEXT, 0, 0 },
	{ SQL_INIT("TEXT"), FORM_PLAIN, TEXT, 0, 0 },
	{ SQL_INIT("MEDIUMTEXT"), FORM_PLAIN, TEXT, 0, 0 },
	{ SQL_INIT("LONGTEXT"), FORM_PLAIN, TEXT, 0, 0 },
	{ SQL_INIT("BINARY"), FORM_LENGTH, 0, 255, 0 },
	{ SQL_INIT("VARBINARY"), FORM_MUST, 0, 65535, 0 },
	{ SQL_INIT("TINYBLOB"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("BLOB"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("MEDIUMBLOB"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("LONGBLOB"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("ENUM"), FORM_LABELS, TEXT, 0, 0 },
	{ SQL_INIT("SET"), FORM_LABELS, TEXT, 0, 0 },
	{ SQL_INIT("JSON"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("UUID"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("INET4"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("INET6"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("VECTOR"), FORM_MUST, 0, 65532 / 4, 0 },
	{ SQL_INIT("GEOMETRY"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("POINT"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("LINESTRING"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("POLYGON"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("MULTIPOINT"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("MULTILINESTRING"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("MULTIPOLYGON"), FORM_PLAIN, 0, 0, 0 },
	{ SQL_INIT("GEOMETRYCOLLECTION"), FORM_PLAIN, 0, 0, 0 },
};

static const struct type *
find_type(const char *name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (span_is(types[i].name.one, name))
			return &types[i];
	return NULL;
}

static const struct type *
type_of(const struct schema_column *col)
{
	const struct type *t = find_type(col->type);

	return t ? t : find_type(type_name_plain(col->type));
}

static int
refuse(const struct schema_column *col, struct err *err, const char *what)
{
	return err_set(err, ERR_DATA, "column %s of the source: %s", col->name,
	    what);
}

/* Of sets whose ASCII is not a byte each, a label is not its UTF-8. */
static bool
is_wide(const char *charset)
{
	return charset && (strncmp(charset, "utf16", 5) == 0 ||
	    strcmp(charset, "ucs2") == 0 || strcmp(charset, "utf32") == 0);
}

/* A label's grammar has no introducer: X'…' is its bytes in the column's
 * character set, which for some texts we do not know. */
static bool
goes_by_bytes(struct span text, const char *charset)
{
	bool ascii = true;

	for (size_t i = 0; i < text.n; i++)
		ascii = ascii && (unsigned char)text.p[i] < 0x80;
	return ascii ? !is_wide(charset) :
	    charset && strncmp(charset, "utf8", 4) == 0;
}

static int
put_labels(struct statement *sql, const struct schema_column *col,
    struct err *err)
{
	const struct charset *set = charset_named(col->charset);
	struct buf text = { 0 };
	int status = 0;

	if (!col->nlabels)
		return refuse(col, err, "its labels are not known");
	for (size_t i = 0; i < col->nlabels && status == 0; i++) {
		struct span label;
		enum taken taken;

		text.n = 0;
		if (!json_unescape(&text, json_inside(span_of(
		    col->labels[i])))) {
			status = refuse(col, err, "a label that is not text");
			break;
		}
		statement_add(sql, i ? SQL(",") : SQL("("));
		taken = charset_take(set, set, &text, 0);
		label = buf_view(&text);
		if (taken == TAKEN_NOT)
			status = refuse(col, err, "a label with bytes that "
			    "are no characters");
		else if (taken == TAKEN_BYTES)
			statement_add(sql, SQL_BYTES(label));
		else if (!label.n || !memchr(label.p, '\\', label.n))
			statement_add(sql, SQL_LABEL(label));
		else if (goes_by_bytes(label, col->charset))
			statement_add(sql, SQL_BYTES(label));
		else
			status = refuse(col, err, "a label with a backslash, "
			    "in its character set");
	}
	statement_add(sql, SQL(")"));
	buf_free(&text);
	return status;
}

static int
put_length(struct statement *sql, const struct type *type,
    const struct schema_column *col, struct err *err)
{
	if (col->length < 0 && (type->form == FORM_MUST ||
	    (type->form == FORM_BOTH && col->scale >= 0)))
		return refuse(col, err, "its type has no length");
	if (type->form == FORM_PLAIN || col->length < 0)
		return 0;
	if (col->length > type->most || (type->form == FORM_BOTH &&
	    (col->scale > type->most_scale || col->scale > col->length)))
		return refuse(col, err, "its type is longer than a server "
		    "has it");
	statement_add(sql, SQL("("), SQL_SIGNED(col->length));
	if (type->form == FORM_BOTH)
		statement_add(sql, SQL(","),
		    SQL_SIGNED(col->scale < 0 ? 0 : col->scale));
	statement_add(sql, SQL(")"));
	return 0;
}

static bool
in_key(const struct schema_table *t, const char *name)
{
	for (size_t k = 0; k < t->nkeys; k++)
		for (size_t i = 0; i < t->keys[k].ncolumns; i++)
			if (strcmp(t->keys[k].columns[i], name) == 0)
				return true;
	return false;
}

static int
put_charset(struct statement *sql, const struct schema_table *t,
    const struct schema_column *col, struct err *err)
{
	struct span set = span_of(col->charset);

	if (!charset_collation(col->charset))
		return err_set(err, ERR_DATA, "column %s of the source: no "
		    "character set is called '%s'", col->name, col->charset);
	statement_add(sql, SQL(" CHARACTER SET "), SQL_WORD(set));
	if (in_key(t, col->name) && strcmp(col->charset, "binary") != 0)
		statement_add(sql, SQL(" COLLATE "), SQL_WORD(set),
		    SQL("_bin"));
	return 0;
}

/* " UNSIGNED ZEROFILL": words that a type may have behind it. */
static bool
is_suffix(const char *suffix)
{
	static const char *const words[] = {
		" UNSIGNED", " SIGNED", " ZEROFILL", " BINARY",
	};
	const char *p = suffix ? suffix : "";

	for (size_t i = 0; *p && i < sizeof(words) / sizeof(*words); i++)
		if (strncmp(p, words[i], strlen(words[i])) == 0) {
			p += strlen(words[i]);
			i = (size_t)-1;
		}
	return !*p;
}

/* The type alone: a character set belongs to it, and is put on demand. */
static int
put_type(struct statement *sql, const struct schema_column *col,
    const struct type **found, struct err *err)
{
	const struct type *type = *found = type_of(col);

	if (!type || !is_suffix(col->suffix))
		return err_set(err, ERR_DATA, "column %s of the source: no "
		    "type is called '%s%s'", col->name, col->type,
		    col->suffix ? col->suffix : "");
	statement_add(sql, type->name);
	if ((type->form == FORM_LABELS ? put_labels(sql, col, err) :
	    put_length(sql, type, col, err)) < 0)
		return -1;
	if (type->flags & NUMERIC && col->is_unsigned)
		statement_add(sql, SQL(" UNSIGNED"));
	return 0;
}

int
define_type(struct statement *sql, const struct schema_column *col,
    struct err *err)
{
	const struct type *type;

	return put_type(sql, col, &type, err);
}

int
define_column(struct statement *sql, const struct schema_table *t,
    const struct schema_column *col, struct span name, struct err *err)
{
	const struct type *type;

	statement_add(sql, SQL_NAME(name), SQL(" "));
	if (put_type(sql, col, &type, err) < 0)
		return -1;
	return type->flags & TEXT && col->charset ?
	    put_charset(sql, t, col, err) : 0;
}

static int
check_key(const struct schema_table *t, const struct schema_key *key,
    struct err *err)
{
	for (size_t i = 0; i < key->ncolumns; i++)
		if (!schema_column_find(t, span_of(key->columns[i])))
			return err_set(err, ERR_DATA, "the primary key of the "
			    "source has a column '%s' that it does not have",
			    key->columns[i]);
	return 0;
}

int
define_table(struct statement *sql, const struct schema_table *t,
    struct span db, struct span name, bool history, struct err *err)
{
	struct sql_part comma = SQL(" (");

	statement_add(sql, SQL("CREATE TABLE IF NOT EXISTS "),
	    SQL_TABLE(db, name));
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct schema_column *col = &t->columns[i];

		if (col->row_time && !history)
			continue;
		statement_add(sql, comma);
		if (define_column(sql, t, col, span_of(col->name), err) < 0)
			return -1;
		statement_add(sql, col->required || in_key(t, col->name) ?
		    SQL(" NOT NULL") : SQL(" NULL"));
		comma = SQL(", ");
	}
	for (size_t k = 0; k < t->nkeys && t->keys[k].primary; k++) {
		if (check_key(t, &t->keys[k], err) < 0)
			return -1;
		statement_add(sql, SQL(", PRIMARY KEY"));
		for (size_t i = 0; i < t->keys[k].ncolumns; i++)
			statement_add(sql, i ? SQL(", ") : SQL(" ("),
			    SQL_NAME(span_of(t->keys[k].columns[i])));
		statement_add(sql, SQL(")"));
	}
	statement_add(sql, SQL(") ENGINE=InnoDB"));
	return 0;
}

/* SPDX-License-Identifier: MIT */
#include "evolve/define.h"

#include <inttypes.h>

#include "charset/charset.h"
#include "evolve/define_key.h"
#include "json/scan.h"

/* What is in parentheses after a type, and the most of it. */
enum brackets { NO_BRACKETS, LENGTH, MUST_LENGTH, BOTH };

static const struct form {
	enum brackets brackets;
	int64_t most, most_scale;
} forms[] = {
	[META_NONE] = { NO_BRACKETS, 0, 0 }, [META_BIT] = { LENGTH, 64, 0 },
	[META_FSP] = { LENGTH, 6, 0 }, [META_DECIMAL] = { BOTH, 65, 38 },
	[META_CHAR] = { LENGTH, 255, 0 },
	[META_VARCHAR] = { MUST_LENGTH, 65535, 0 },
};

static struct form
form_of(const struct sql_type *type)
{
	enum column_meta meta = value_type(type->log)->meta;
	struct form form = forms[meta == META_CHAR && type->hidden ?
	    META_NONE : meta];

	if (meta == META_VARCHAR)
		form.most /= type->width;
	return form;
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
		return refuse(col, err, "its labels are unknown");
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
			    "are not characters");
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
put_length(struct statement *sql, const struct sql_type *type,
    const struct schema_column *col, struct err *err)
{
	struct form form = form_of(type);

	if (col->length < 0 && (form.brackets == MUST_LENGTH ||
	    (form.brackets == BOTH && col->scale >= 0)))
		return refuse(col, err, "its type has no length");
	if (form.brackets == NO_BRACKETS || col->length < 0)
		return 0;
	if (col->length > form.most || (form.brackets == BOTH &&
	    (col->scale > form.most_scale || col->scale > col->length)))
		return refuse(col, err, "its type is longer than a server "
		    "allows");
	statement_add(sql, SQL("("), SQL_SIGNED(col->length));
	if (form.brackets == BOTH)
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
		return err_set(err, ERR_DATA, "column %s of the source: "
		    "unknown character set '%s'", col->name, col->charset);
	statement_add(sql, SQL(" CHARACTER SET "), SQL_WORD(set));
	if (in_key(t, col->name) && strcmp(col->charset, "binary") != 0)
		statement_add(sql, SQL(" COLLATE "), SQL_WORD(set),
		    SQL("_bin"));
	return 0;
}

/* " UNSIGNED ZEROFILL": words that may follow a type. */
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

/* A character set belongs to it, and is put on demand. */
int
define_type(struct statement *sql, const struct schema_column *col,
    struct err *err)
{
	const struct sql_type *type = schema_column_type(col);
	bool labels = type->class == CLASS_ENUM || type->class == CLASS_SET;

	if (!type->id || !is_suffix(col->suffix))
		return err_set(err, ERR_DATA, "column %s of the source: "
		    "unknown type '%s%s'", col->name, col->type,
		    col->suffix ? col->suffix : "");
	statement_add(sql, SQL_WORD(span_of(type->word)));
	if ((labels ? put_labels(sql, col, err) :
	    put_length(sql, type, col, err)) < 0)
		return -1;
	if (value_type(type->log)->numeric && type->class != CLASS_YEAR &&
	    col->is_unsigned)
		statement_add(sql, SQL(" UNSIGNED"));
	return 0;
}

int
define_column(struct statement *sql, const struct schema_table *t,
    const struct schema_column *col, struct span name, struct err *err)
{
	statement_add(sql, SQL_NAME(name), SQL(" "));
	if (define_type(sql, col, err) < 0)
		return -1;
	return schema_column_is_text(col) && col->charset ?
	    put_charset(sql, t, col, err) : 0;
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
		define_default(sql, col);
		comma = SQL(", ");
	}
	for (size_t k = 0; k < t->nkeys && t->keys[k].primary; k++)
		if (define_key(sql, t, &t->keys[k], err) < 0)
			return -1;
	statement_add(sql, SQL(") ENGINE=InnoDB"));
	return 0;
}

/* SPDX-License-Identifier: MIT
 *
 * https://mariadb.com/kb/en/alter-table/#character-sets-and-collations,
 * text/, varchar/
 */
#include "ddl/settle.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "ddl/phrases.h"
#include "ddl/key.h"
#include "schema/type_name.h"
#include "charset/charset.h"

/* What a VARCHAR has at most, in bytes. */
enum { MAX_VARCHAR = 65535 - 2 - 1 };

static bool
is_lob(const struct sql_type *type)
{
	return (type->class == CLASS_TEXT || type->class == CLASS_BINARY) &&
	    type->log == COLUMN_BLOB && !type->hidden;
}

static bool
is_varchar(const struct sql_type *type)
{
	return type->log == COLUMN_VARCHAR && !type->hidden;
}

/* What the length of a TEXT or BLOB can count. */
static int64_t
most_of(const struct sql_type *type)
{
	return ((int64_t)1 << 8 * type->width) - 1;
}

/* The smallest TEXT that holds so many bytes. */
static const struct sql_type *
text_for(int64_t bytes)
{
	const struct sql_type *type = sqltype_get(DECLARED_TINYTEXT);

	while (bytes > most_of(type) && type->id != DECLARED_LONGTEXT)
		type++;
	return type;
}

/* Bytes of the longest character: from, to where it is not known which.
 * "utf8" is one or the other, by the server's old_mode. */
struct width {
	int64_t least, most;
};

static struct width
width_of(struct schema_table *t, const struct schema_column *col)
{
	const struct charset *set;

	if (!schema_column_is_text(col))
		return (struct width){ 1, 1 };
	set = col->charset ? charset_of_collation(charset_collation(
	    col->charset)) : NULL;
	if (col->charset && !set)
		phrase_trouble(t, "a character set that is not known");
	if (!set)
		return (struct width){ 1, 4 };
	if (strcmp(col->charset, "utf8") == 0)
		return (struct width){ 3, 4 };
	return (struct width){ set->mbmaxlen, set->mbmaxlen };
}

static void
become_size(struct schema_table *t, struct schema_column *col,
    struct width bytes)
{
	const struct sql_type *is = text_for(bytes.most);

	if (is != text_for(bytes.least))
		phrase_trouble(t, "a length whose type depends on the "
		    "character set, which is not known");
	if (!schema_column_is_text(col))
		is = sqltype_binary(is);
	if (is == schema_column_type(col))
		return;
	type_name_become(col, is->word);
	col->length = -1;
}

/* TEXT(300), VARCHAR(70000): what holds so many characters. */
static void
choose_size(struct schema_table *t, struct schema_column *col)
{
	const struct sql_type *type = schema_column_type(col);
	struct width one = width_of(t, col), all = {
		one.least * col->length, one.most * col->length };

	if (col->length <= 0 || col->length > UINT32_MAX)
		return;
	if (is_lob(type)) {
		become_size(t, col, all);
	} else if (is_varchar(type) && all.most > MAX_VARCHAR) {
		if (all.least <= MAX_VARCHAR)
			phrase_trouble(t, "a length whose type depends "
			    "on the character set, which is not known");
		become_size(t, col, all);
	}
}

/* Text of bytes has other names. */
static void
be_binary(struct schema_column *col)
{
	const struct sql_type *type = schema_column_type(col);

	if (!col->charset || strcmp(col->charset, "binary") != 0 ||
	    sqltype_binary(type) == type)
		return;
	type_name_become(col, sqltype_binary(type)->word);
	free(col->charset);
	free(col->suffix);
	col->charset = col->suffix = NULL;
}

static bool
is_ascii_based(const char *charset)
{
	static const char *const others[] = { "binary", "ucs2", "utf16",
		"utf16le", "utf32" };

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (strcmp(charset, others[i]) == 0)
			return false;
	return true;
}

/* The server takes the bytes of labels as they are: those of ASCII stay what
 * they were. */
static bool
keeps_labels(const struct schema_column *col, const char *charset)
{
	if (!col->charset)
		return false;
	if (strcmp(col->charset, charset) == 0)
		return true;
	if (!is_ascii_based(col->charset) || !is_ascii_based(charset))
		return false;
	for (size_t i = 0; i < col->nlabels; i++)
		for (const char *p = col->labels[i]; *p; p++)
			if ((unsigned char)*p >= 0x80 || *p == '\\')
				return false;
	return true;
}

/* TEXT keeps its characters, for which it may have to be larger. */
static void
convert_column(struct schema_table *t, struct schema_column *col,
    const char *charset)
{
	const struct sql_type *type = schema_column_type(col);
	struct width was = width_of(t, col);

	if (type->id == DECLARED_JSON) {        /* by its CHECK, still */
		bool binary = strcmp(charset, "binary") == 0;

		free(col->charset);
		col->charset = binary ? NULL : xstrdup(charset);
		if (binary)
			type_name_become(col, "LONGBLOB");
	}
	if (!schema_column_is_text(col))
		return;
	if (col->nlabels && !col->fresh && !keeps_labels(col, charset))
		phrase_trouble(t, "labels in another character set");
	if (col->charset && strcmp(col->charset, "binary") == 0)
		return;
	free(col->charset);
	col->charset = xstrdup(charset);
	if (is_lob(type) && type->id != DECLARED_LONGTEXT && !col->fresh) {
		struct width now = width_of(t, col);

		become_size(t, col, (struct width){
			most_of(type) / was.most * now.least,
			most_of(type) / was.least * now.most });
	} else if (!col->fresh && is_varchar(type)) {
		choose_size(t, col);
	}
}

/* The first TIMESTAMP is the row's time, others are zero, where
 * explicit_defaults_for_timestamp is off. */
void
settle_timestamps(struct schema_table *t)
{
	bool first = true;

	for (size_t i = 0; i < t->ncolumns; i++) {
		struct schema_column *col = &t->columns[i];
		bool was_first = first;

		if (schema_column_type(col)->id != DECLARED_TIMESTAMP)
			continue;
		first = false;
		if (!col->required || col->generated || col->row_time ||
		    col->fallback)
			continue;
		if (was_first && !col->on_update) {
			col->fallback = xstrdup("current_timestamp()");
			col->computed = true;
			col->on_update = true;
		} else if (col->fresh) {
			col->fallback = xstrdup("0000-00-00 00:00:00");
		}
	}
}

void
settle_table(struct schema_table *t, const char *convert)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		struct schema_column *col = &t->columns[i];
		bool text = schema_column_is_text(col);

		if (!text && col->charset && col->fresh) {      /* JSON's */
			free(col->charset);
			col->charset = NULL;
		}
		if (text && !col->charset && t->charset && (col->fresh ||
		    !convert))
			col->charset = xstrdup(t->charset);
		if (convert)
			convert_column(t, col, convert);
		if (col->fresh)
			choose_size(t, col);
		if (text)
			be_binary(col);
		col->fresh = false;
	}
	keys_settle(t);
}

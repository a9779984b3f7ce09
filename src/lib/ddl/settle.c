/* SPDX-License-Identifier: MIT
 *
 * https://mariadb.com/kb/en/alter-table/#character-sets-and-collations,
 * text/, varchar/
 */
#include "ddl/settle.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "ddl/definition.h"
#include "ddl/key.h"
#include "schema/type_name.h"
#include "charset/charset.h"

/* What a VARCHAR has at most, and what each kind of TEXT has, in bytes. */
enum { MAX_VARCHAR = 65535 - 2 - 1 };

static const struct size {
	int64_t most;
	const char *text, *blob;
} sizes[] = {
	{ 255, "TINYTEXT", "TINYBLOB" }, { 65535, "TEXT", "BLOB" },
	{ 16777215, "MEDIUMTEXT", "MEDIUMBLOB" },
	{ INT64_MAX, "LONGTEXT", "LONGBLOB" },
};

static const struct size *
size_for(int64_t bytes)
{
	const struct size *size = sizes;

	while (bytes > size->most)
		size++;
	return size;
}

/* Of TEXT and BLOB, by any name; NULL for other types. */
static const struct size *
size_of(const struct schema_column *col)
{
	const char *type = type_name_plain(col->type);

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		if (strcmp(type, sizes[i].text) == 0 ||
		    strcmp(type, sizes[i].blob) == 0)
			return &sizes[i];
	return NULL;
}

static bool
is_varchar(const struct schema_column *col)
{
	const char *type = type_name_plain(col->type);

	return strcmp(type, "VARCHAR") == 0 || strcmp(type, "VARBINARY") == 0;
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
		definition_trouble(t, "a character set that is not known");
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
	const struct size *size = size_for(bytes.most), *was = size_of(col);

	if (size != size_for(bytes.least))
		definition_trouble(t, "a length whose type depends on the "
		    "character set, which is not known");
	if (size == was)
		return;
	type_name_become(col, schema_column_is_text(col) ? size->text :
	    size->blob);
	col->length = -1;
}

/* TEXT(300), VARCHAR(70000): what holds so many characters. */
static void
choose_size(struct schema_table *t, struct schema_column *col)
{
	struct width one = width_of(t, col), all = {
		one.least * col->length, one.most * col->length };

	if (col->length <= 0 || col->length > UINT32_MAX)
		return;
	if (size_of(col)) {
		become_size(t, col, all);
	} else if (is_varchar(col) && all.most > MAX_VARCHAR) {
		if (all.least <= MAX_VARCHAR)
			definition_trouble(t, "a length whose type depends "
			    "on the character set, which is not known");
		become_size(t, col, all);
	}
}

/* Text of bytes has other names. */
static void
be_binary(struct schema_column *col)
{
	static const char *const names[][2] = {
		{ "CHAR", "BINARY" }, { "VARCHAR", "VARBINARY" },
		{ "TINYTEXT", "TINYBLOB" }, { "TEXT", "BLOB" },
		{ "MEDIUMTEXT", "MEDIUMBLOB" }, { "LONGTEXT", "LONGBLOB" },
	};
	const char *type = type_name_plain(col->type);

	if (!col->charset || strcmp(col->charset, "binary") != 0)
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(type, names[i][0]) == 0) {
			type_name_become(col, names[i][1]);
			free(col->charset);
			free(col->suffix);
			col->charset = col->suffix = NULL;
			return;
		}
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
	const struct size *size = size_of(col);
	struct width was = width_of(t, col);

	if (strcmp(col->type, "JSON") == 0 && strcmp(charset, "binary") == 0)
		type_name_become(col, "LONGBLOB");
	if (!schema_column_is_text(col))
		return;
	if (col->nlabels && !col->fresh && !keeps_labels(col, charset))
		definition_trouble(t, "labels in another character set");
	if (col->charset && strcmp(col->charset, "binary") == 0)
		return;
	free(col->charset);
	col->charset = xstrdup(charset);
	if (size && size->most < UINT32_MAX && !col->fresh) {
		struct width now = width_of(t, col);

		become_size(t, col, (struct width){
			size->most / was.most * now.least,
			size->most / was.least * now.most });
	} else if (!col->fresh && is_varchar(col)) {
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

		if (strcmp(col->type, "TIMESTAMP") != 0)
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

		if (!text && col->charset) {    /* JSON's, if any */
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

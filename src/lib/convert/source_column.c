/* SPDX-License-Identifier: MIT */
#include "convert/source_column.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "base/array.h"
#include "json/scan.h"

/* "decimal(10,2) unsigned", for messages and limits. */
static char *
type_text(const struct schema_column *from)
{
	struct buf text = { 0 };

	buf_str(&text, from->type);
	for (size_t i = 0; i < text.n; i++)
		text.p[i] = (char)tolower((unsigned char)text.p[i]);
	if (from->length >= 0) {
		buf_char(&text, '(');
		buf_i64(&text, from->length);
		if (from->scale >= 0) {
			buf_char(&text, ',');
			buf_i64(&text, from->scale);
		}
		buf_char(&text, ')');
	}
	if (from->is_unsigned)
		buf_str(&text, " unsigned");
	return buf_cstr(&text);
}

static void
take_labels(struct target_column *as, const struct schema_column *from)
{
	struct buf text = { 0 };

	as->labels_told = true;
	for (size_t i = 0; i < from->nlabels; i++) {
		text.n = 0;
		json_unescape(&text, json_inside(span_of(from->labels[i])));
		*ARRAY_ADD(as->labels, as->nlabels) = (struct span){
			xmemdup(text.p ? text.p : "", text.n), text.n };
	}
	buf_free(&text);
}

/* Its place in the key by which rows are found: the primary one, else what the
 * record names in its stead. */
static int
part_of(const struct schema_table *table, const struct schema_column *from)
{
	const struct schema_key *key = table->nkeys ? &table->keys[0] : NULL;

	for (size_t i = 0; key && i < key->ncolumns; i++)
		if (schema_same_name(key->columns[i], span_of(from->name)))
			return (int)i;
	return -1;
}

void
source_column_take(struct target_column *as, const struct schema_table *table,
    const struct schema_column *from)
{
	const struct sql_type *type = schema_column_type(from);
	bool counts = type->class == CLASS_TEXT || type->class == CLASS_BINARY;

	*as = (struct target_column){
		.name = xstrdup(from->name), .type = type_text(from),
		.class = type->class, .is_unsigned = from->is_unsigned,
		.computed = from->generated, .row_time = from->row_time,
		.length = counts && from->length >= 0 ?
		    (uint64_t)from->length : UINT64_MAX,
		.key_part = part_of(table, from),
	};
	if (!sqltype_is_bytes(type) && from->charset)
		as->charset = xstrdup(from->charset);
	as->set = charset_named(as->charset);
	as->nullable = !from->required && as->key_part < 0;
	if (type->class == CLASS_DECIMAL)
		as->digits = from->scale > 0 ? (unsigned)from->scale : 0;
	else if (!counts && from->length > 0)
		as->digits = (unsigned)from->length;
	as->bytes = target_class_is_binary(type->class);
	if (type->class == CLASS_ENUM || type->class == CLASS_SET)
		take_labels(as, from);
	as->numbered = target_labels_are_alike(as);
}

void
source_column_clear(struct target_column *as)
{
	for (size_t i = 0; i < as->nlabels; i++)
		free((void *)as->labels[i].p);
	free(as->labels);
	free(as->name);
	free(as->type);
	free(as->charset);
	*as = (struct target_column){ 0 };
}

void
source_column_bind(struct conversion *c, const struct target_column *as,
    const struct schema_column *from, const struct known_modes *modes)
{
	*c = (struct conversion){ .to = as,
		.from = charset_named(from->charset),
		.encoding = encoding_of(from, modes, as),
		.scale = from->scale < 0 ? 0 : from->scale,
		.exact = encoding_is_exact(from, modes) };
}

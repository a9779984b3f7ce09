/* SPDX-License-Identifier: MIT */
#include "convert/target_column.h"

#include <string.h>

#include "charset/fold.h"

bool
target_class_is_binary(enum type_class class)
{
	return class == CLASS_BIT || class == CLASS_BINARY ||
	    class == CLASS_GEOMETRY || class == CLASS_VECTOR;
}

/* ---- labels */

/* Are characters beyond U+FFFF others to it, and not all the same? */
static bool
tells_wide(const char *collation)
{
	return !collation || strstr(collation, "_bin") ||
	    strstr(collation, "_520") || strstr(collation, "uca1400");
}

/* As the collations that take most for the same fold it. */
static void
fold_label(struct buf *out, struct span label)
{
	out->n = 0;
	fold_name(out, label, FOLD_GENERAL);
}

bool
target_labels_are_alike(const struct target_column *col)
{
	bool alike = false, wide = tells_wide(col->collation);
	struct buf x = { 0 }, y = { 0 };

	for (size_t i = 0; i < col->nlabels; i++)
		if (col->labels[i].n == 0)
			return true;
	for (size_t i = 0; i < col->nlabels && !alike; i++) {
		fold_label(&x, col->labels[i]);
		if (wide && memchr(x.p, '?', x.n))
			continue;       /* two that are shown so are others */
		for (size_t k = 0; k < i && !alike; k++) {
			fold_label(&y, col->labels[k]);
			alike = span_eq(buf_view(&x), buf_view(&y));
		}
	}
	buf_free(&x);
	buf_free(&y);
	return alike;
}

/* ---- in statements */

/*
 * How a value is compared.  In a key so that the index is used: a number that
 * came as text would be compared as a DOUBLE.  In a whole row by bytes: '?' is
 * the parameter, '@' the column, '#' its character set, '$' SIGNED or not, or a
 * scale.
 */
#define AS(value) SQL_INIT("@ = " value), SQL_INIT("@ <=> " value)
#define AS_TEXT SQL_INIT("@ = ?"),                                           \
	SQL_INIT("BINARY @ <=> BINARY CONVERT(? USING #)")

static const struct compare_row {
	struct sql_part key, match;
} compares[] = {
	[CLASS_OTHER] = { AS("?") },
	[CLASS_INT] = { AS("CAST(? AS $)") },
	[CLASS_DECIMAL] = { AS("CAST(? AS DECIMAL(65,$))") },
	[CLASS_FLOAT] = { AS("CAST(? AS FLOAT)") },
	[CLASS_DOUBLE] = { AS("CAST(? AS DOUBLE)") },
	[CLASS_BIT] = { AS("CAST(CONV(HEX(?), 16, 10) AS UNSIGNED)") },
	[CLASS_YEAR] = { AS("CAST(? AS UNSIGNED)") },
	[CLASS_DATE] = { AS("?") },
	[CLASS_TIME] = { AS("?") },
	[CLASS_DATETIME] = { AS("?") },
	[CLASS_TIMESTAMP] = { AS("?") },
	[CLASS_TEXT] = { AS_TEXT },
	[CLASS_BINARY] = { AS("?") },
	[CLASS_ENUM] = { AS_TEXT },
	[CLASS_SET] = { AS_TEXT },
	[CLASS_GEOMETRY] = { SQL_INIT("BINARY @ = ?"),
	    SQL_INIT("BINARY @ <=> ?") },
	[CLASS_VECTOR] = { SQL_INIT("@ = ?"),
	    SQL_INIT("BINARY @ <=> ?") },
};

static size_t
put_compare(struct statement *sql, struct sql_part form,
    const struct target_column *col)
{
	return statement_form(sql, form, (const struct sql_part[]){
	    SQL_NAME(span_of(col->name)),
	    SQL_WORD(span_of(col->charset ? col->charset : "utf8mb4")),
	    col->class == CLASS_DECIMAL ? SQL_NUMBER(col->digits) :
	    col->is_unsigned ? SQL("UNSIGNED") : SQL("SIGNED") });
}

/* The column's collation is named, for that of a conversion weighs as much. */
size_t
target_put_key(struct statement *sql, const struct target_column *col,
    bool coded)
{
	size_t at = put_compare(sql, coded ? SQL("@ = CONVERT(? USING #)") :
	    col->numbered ? SQL("@ = CAST(? AS UNSIGNED)") :
	    compares[col->class].key, col);

	if (coded)
		statement_add(sql, SQL(" COLLATE "),
		    SQL_WORD(span_of(col->collation)));
	return at;
}

size_t
target_put_match(struct statement *sql, const struct target_column *col)
{
	if (col->numbered)
		return put_compare(sql, SQL("@ <=> CAST(? AS UNSIGNED)"), col);
	return put_compare(sql, compares[col->class].match, col);
}

size_t
target_put_value(struct statement *sql, const struct target_column *col,
    bool coded)
{
	return put_compare(sql, coded ? SQL("CONVERT(? USING #)") :
	    col->numbered ? SQL("CAST(? AS UNSIGNED)") : SQL("?"), col);
}

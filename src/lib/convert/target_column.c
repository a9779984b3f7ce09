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

/* SPDX-License-Identifier: MIT
 *
 * What --template says: text, and placeholders where something of a record
 * belongs.
 *
 *     {{ }}                   a brace of the text
 *     {id}                    a column of the row after the change; of a
 *                             delete, before it
 *     {before.id} {after.id} {key.id}
 *     {op} {source.gtid}      a field of the record (meta.h)
 *     {`op`} {key.`a``b|c}`}  a column, whatever its name holds
 *     {id|sql}                in a form of placeholder_forms
 */
#ifndef FORMAT_PLACEHOLDER_H
#define FORMAT_PLACEHOLDER_H

#include "base/err.h"
#include "base/span.h"
#include "format/meta.h"

enum placeholder_kind {
	PLACE_TEXT,             /* no placeholder */
	PLACE_FIELD,
	PLACE_ROW, PLACE_BEFORE, PLACE_AFTER, PLACE_KEY,
};

enum placeholder_form {
	FORM_PLAIN, FORM_JSON, FORM_SH, FORM_SQL, FORM_CSV, FORM_URL,
};

/* Their names, as they stand after '|'; of FORM_PLAIN "".  NULL after the
 * last. */
extern const char *const placeholder_forms[];

struct placeholder {
	enum placeholder_kind kind;
	enum placeholder_form form;
	struct span text;       /* PLACE_TEXT; else the name of the column */
	const struct format_meta *field;        /* PLACE_FIELD */
};

struct placeholders {
	struct placeholder *v;
	size_t n;
	char *bytes;            /* that they are spans of */
};

/* Read a template, which need not be terminated, nor UTF-8.  -1: ERR_USAGE. */
int placeholder_read(struct placeholders *all, struct span text,
    struct err *err);
void placeholder_clear(struct placeholders *all);

/* Is one of a column in that form? */
bool placeholder_has(const struct placeholders *all,
    enum placeholder_form form);

#endif

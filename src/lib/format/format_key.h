/* SPDX-License-Identifier: MIT
 *
 * A row's bytes, and its key as one text, for systems that know rows by a name.
 */
#ifndef FORMAT_FORMAT_KEY_H
#define FORMAT_FORMAT_KEY_H

#include "format/format_text.h"

/*
 * format_text(), but a text that has bytes which are no characters is the bytes
 * that its column holds, in the column's character set.
 */
int format_key_bytes(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct format_value *value,
    struct err *err);

enum format_key_form {
	KEY_BYTES,              /* its values' bytes */
	KEY_CHARACTERS,         /* bytes as hexadecimal digits: it is UTF-8 */
};

/*
 * Append the key of a change: its values, with ':' between them.  In a key of
 * several columns ':' and '%' are %3A and %25, so that different keys are
 * different texts.  -1: ERR_DATA: it has none, or one is NULL.
 */
int format_key_put(struct formatter *f, const struct format_change *c,
    struct format_cells *cells, enum format_key_form form, struct buf *out,
    struct err *err);

/* Append one part so: of a name in front of a key, too. */
void format_key_put_part(struct buf *out, struct span part);

#endif

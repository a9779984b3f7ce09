/* SPDX-License-Identifier: MIT */
#include "format/format_key.h"

#include "base/hex.h"
#include "charset/charset.h"
#include "format/format.h"

int
format_key_bytes(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct format_value *v, struct err *err)
{
	const struct charset *set = cell->column->as.set;

	if (format_text(f, table, cell, v, err) < 0)
		return -1;
	if (v->kind != VALUE_TEXT || !set || !charset_has_strays(v->bytes))
		return 0;
	if (v->bytes.p != f->scratch.p) {
		f->scratch.n = 0;
		buf_span(&f->scratch, v->bytes);
	}
	if (charset_take(set, set, &f->scratch, 0) == TAKEN_NOT)
		return format_text_refuse(table, cell, "bytes that its "
		    "character set has not", NULL, err);
	v->bytes = buf_view(&f->scratch);
	return 0;
}

void
format_key_put_part(struct buf *out, struct span part)
{
	for (size_t i = 0; i < part.n; i++)
		if (part.p[i] == ':')
			buf_str(out, "%3A");
		else if (part.p[i] == '%')
			buf_str(out, "%25");
		else
			buf_char(out, part.p[i]);
}

static int
put_value(struct formatter *f, const struct format_change *c,
    const struct format_cell *cell, enum format_key_form form, bool alone,
    struct buf *out, struct err *err)
{
	struct format_value v;
	int status = (form == KEY_BYTES ? format_key_bytes : format_text)(f,
	    c->table, cell, &v, err);

	if (status < 0)
		return -1;
	if (v.kind == VALUE_NULL)
		return format_text_refuse(c->table, cell, "a part of the key "
		    "that is NULL", "a zero date is NULL unless cdc-tail "
		    "--time string", err);
	if (v.kind == VALUE_BYTES && form == KEY_CHARACTERS)
		hex_append(out, v.bytes, hex_lower);
	else if (alone)
		buf_span(out, v.bytes);
	else
		format_key_put_part(out, v.bytes);
	return 0;
}

int
format_key_put(struct formatter *f, const struct format_change *c,
    struct format_cells *cells, enum format_key_form form, struct buf *out,
    struct err *err)
{
	if (format_cells_read(cells, f, c->table, &c->key, err) < 0)
		return -1;
	if (!cells->n) {
		err_set(err, ERR_DATA, "table %s.%s: a change without a key, "
		    "which --to %s needs", c->table->db.p, c->table->name.p,
		    f->format->name);
		return err_hint(err, "give the table a primary key, or leave "
		    "it out (cdc-filter --exclude-table)");
	}
	for (size_t i = 0; i < cells->n; i++) {
		if (i)
			buf_char(out, ':');
		if (put_value(f, c, &cells->v[i], form, cells->n == 1, out,
		    err) < 0)
			return -1;
	}
	return 0;
}

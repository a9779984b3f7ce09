/* SPDX-License-Identifier: MIT */
#include "format/format_text.h"

#include "format/format.h"
#include "json/scan.h"

enum { SHOWN = 80 };            /* bytes of a value in a message */

int
format_text_refuse(const struct format_table *table,
    const struct format_cell *cell, const char *why, const char *hint,
    struct err *err)
{
	size_t n = cell->json.n < SHOWN ? cell->json.n : SHOWN;
	const char *type = cell->column->schema ? cell->column->as.type :
	    "of no known type";

	err_set(err, ERR_DATA, "table %s.%s, column %s (%s): %.*s%s: %s",
	    table->db.p, table->name.p, cell->column->text.p, type, (int)n,
	    cell->json.p, cell->json.n > n ? "…" : "", why);
	return hint ? err_hint(err, "%s", hint) : -1;
}

uint64_t
format_text_bits(struct span bytes)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < bytes.n; i++)
		bits = bits << 8 | (unsigned char)bytes.p[i];
	return bits;
}

/* What is written as it is: the record's own characters. */
static bool
is_plain(const struct format_column *column)
{
	return !column->schema ||
	    (column->conversion.encoding == ENC_PLAIN &&
	    column->as.class != CLASS_BIT);
}

static bool
may_embed(const struct format_column *column)
{
	return column->conversion.encoding == ENC_JSON ||
	    column->conversion.encoding == ENC_SOME_JSON ||
	    column->as.class == CLASS_VECTOR;
}

/* A string's characters, from the line unless it has escapes. */
static int
take_string(struct formatter *f, struct span inside, struct format_value *v)
{
	v->kind = VALUE_TEXT;
	v->bytes = inside;
	if (!inside.n || !memchr(inside.p, '\\', inside.n))
		return 0;
	f->scratch.n = 0;
	json_unescape(&f->scratch, inside);
	buf_room(&f->scratch, 1);
	v->bytes = buf_view(&f->scratch);
	return 0;
}

static int
decode(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct format_value *v, struct err *err)
{
	struct conversion *c = &cell->column->conversion;

	f->scratch.n = 0;
	buf_room(&f->scratch, 1);
	switch (convert(c, cell->json, &f->scratch)) {
	case CONVERT_BAD:
		return format_text_refuse(table, cell, c->why, c->hint, err);
	case CONVERT_NULL:
		v->kind = VALUE_NULL;
		return 0;
	case CONVERT_NONE:      /* a geometry of no bytes */
		v->kind = VALUE_BYTES;
		v->bytes = SPAN("");
		return 0;
	default:
		v->kind = c->to->bytes || encoding_is_bytes(c->encoding,
		    c->to) ? VALUE_BYTES : VALUE_TEXT;
		v->bytes = buf_view(&f->scratch);
		return 0;
	}
}

int
format_text(struct formatter *f, const struct format_table *table,
    const struct format_cell *cell, struct format_value *v, struct err *err)
{
	struct span json = cell->json;
	bool plain = is_plain(cell->column);

	v->bytes = json;
	switch (json.p[0]) {
	case 'n':
		v->kind = VALUE_NULL;
		return 0;
	case '"':
		if (plain)
			return take_string(f, json_inside(json), v);
		break;
	case '{':
	case '[':
		if (!cell->column->schema || may_embed(cell->column)) {
			v->kind = VALUE_JSON;
			return 0;
		}
		break;
	case 't':
	case 'f':
		if (!cell->column->schema) {
			v->kind = VALUE_TEXT;
			return 0;
		}
		break;
	default:
		if (plain) {
			v->kind = VALUE_NUMBER;
			return 0;
		}
	}
	return decode(f, table, cell, v, err);
}

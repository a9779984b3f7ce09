/* SPDX-License-Identifier: MIT */
#include "schema/synthesize_map.h"

#include "base/alloc.h"

static size_t
or_zero(int64_t n)
{
	return n < 0 ? 0 : (size_t)n;
}

/* Bytes of a text or binary column: its characters, each at its widest. */
static size_t
byte_length(const struct column *col, const struct schema_column *from,
    const struct sql_type *type)
{
	enum column_meta meta = value_type(type->log)->meta;
	size_t n = or_zero(from->length);

	if (meta == META_CHAR && type->width)
		return type->width;
	if (meta == META_CHAR && from->length < 0)
		n = 1;
	if (meta == META_VARCHAR)
		n *= type->width;
	return n * (col->charset ? col->charset->mbmaxlen : 1);
}

/* Bytes of an ENUM's number, of a SET's bits. */
static uint8_t
label_width(const struct schema_column *from, const struct sql_type *type)
{
	size_t n = from->nlabels;

	if (type->class == CLASS_ENUM)
		return n > 255 ? 2 : 1;
	return n > 32 ? 8 : (uint8_t)((n + 7) / 8 ? (n + 7) / 8 : 1);
}

/* The two bytes (or one, or none) that the map would have. */
static void
put_meta(uint8_t meta[2], const struct column *col,
    const struct schema_column *from, const struct sql_type *type)
{
	size_t n = byte_length(col, from, type);

	switch (value_type(type->log)->meta) {
	case META_NONE:
		break;
	case META_FLOAT:
	case META_LOB:
		meta[0] = (uint8_t)type->width;
		break;
	case META_DECIMAL:
		meta[0] = (uint8_t)or_zero(from->length);
		meta[1] = (uint8_t)or_zero(from->scale);
		break;
	case META_FSP:
		meta[0] = (uint8_t)or_zero(from->length);
		break;
	case META_BIT:
		meta[0] = (uint8_t)(or_zero(from->length) % 8);
		meta[1] = (uint8_t)(or_zero(from->length) / 8);
		break;
	case META_LABELS:
		meta[0] = (uint8_t)type->log;
		meta[1] = label_width(from, type);
		break;
	case META_CHAR:
		meta[0] = (uint8_t)(COLUMN_STRING ^ (n >> 4 & 0x30));
		meta[1] = (uint8_t)n;
		break;
	case META_VARCHAR:
		meta[0] = (uint8_t)n;
		meta[1] = (uint8_t)(n >> 8);
		break;
	}
}

static void
set_charset(struct column *col, const struct schema_column *from,
    const struct sql_type *type)
{
	bool text = schema_column_is_text(from) || type->id == DECLARED_JSON;

	col->collation = text && from->charset ?
	    charset_collation(from->charset) : COLLATION_BINARY;
	col->charset = charset_of_collation(col->collation);
}

static int
make_column(struct column *col, const struct schema_column *from,
    struct err *err)
{
	const struct sql_type *type = schema_column_type(from);
	const struct value_type *logged = value_type(type->log);
	uint8_t meta[2] = { 0, 0 };
	struct cursor in = cursor_of(meta, sizeof(meta));
	struct schema_column shown = *from;

	if (!shown.nlabels) {
		shown.labels = from->doubted;
		shown.nlabels = from->ndoubted;
	}
	if (!type->id)
		return err_set(err, ERR_DATA, "column %s: type %s is unknown",
		    from->name, from->type);
	col->type = logged->meta == META_LABELS ? COLUMN_STRING :
	    (uint8_t)type->log;
	if (logged->character || logged->meta == META_LABELS)
		set_charset(col, from, type);
	put_meta(meta, col, &shown, type);
	if (!value_read_meta(col, &in))
		return err_set(err, ERR_DATA, "column %s: %s of such a length",
		    from->name, from->type);
	if (logged->numeric) {
		col->sign_known = true;
		col->is_unsigned = from->is_unsigned;
	}
	col->nullable = !from->required;
	col->json_known = true;
	if (declared_type_fits(col, type->id))
		col->declared = (uint8_t)type->id;
	if (type->id == DECLARED_POINT)
		col->geometry = GEOMETRY_POINT;
	schema_apply_labels(col, &shown);
	return 0;
}

int
schema_make_table(struct table *t, const char *db, const char *name,
    const struct schema_table *from, struct err *err)
{
	size_t db_n = strlen(db), name_n = strlen(name);

	if (from->ncolumns > MAX_COLUMNS)
		return err_set(err, ERR_DATA, "table %s.%s: %zu columns; no "
		    "server has more than %d", db, name, from->ncolumns,
		    MAX_COLUMNS);
	*t = (struct table){ .row_start = -1, .row_end = -1, .named = true };
	t->raw = xmalloc(db_n + name_n + 1);
	memcpy(t->raw, db, db_n);
	memcpy(t->raw + db_n, name, name_n);
	t->db = (struct span){ t->raw, db_n };
	t->name = (struct span){ t->raw + db_n, name_n };
	t->columns = xcalloc(from->ncolumns + 1, sizeof(*t->columns));
	t->ncolumns = from->ncolumns;
	for (size_t i = 0; i < from->ncolumns; i++) {
		table_map_name_column(t, i, from->columns[i].name);
		if (make_column(&t->columns[i], &from->columns[i], err) < 0) {
			err_wrap(err, "table %s.%s", db, name);
			table_map_clear(t);
			return -1;
		}
		if (from->columns[i].row_time == ROW_START)
			t->row_start = (int)i;
		if (from->columns[i].row_time == ROW_END)
			t->row_end = (int)i;
	}
	schema_apply_keys(t, from);
	if (t->row_end >= 0)
		table_map_key_drop(t, (size_t)t->row_end);
	return 0;
}

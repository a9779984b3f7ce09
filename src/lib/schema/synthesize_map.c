/* SPDX-License-Identifier: MIT */
#include "schema/synthesize_map.h"


#include "base/alloc.h"
#include "schema/type_name.h"

/* What a type's metadata in a map is made of. */
enum meta {
	META_NONE, META_WIDTH, META_DECIMAL, META_FSP, META_BITS, META_LABELS,
	META_CHAR, META_VARCHAR,
};

static const struct kind {
	const char *type;       /* type_name_plain() */
	uint8_t code;
	enum meta meta;
	uint8_t width;          /* META_WIDTH; META_CHAR of a fixed length */
} kinds[] = {
	{ "TINYINT", COLUMN_TINY, META_NONE, 0 },
	{ "SMALLINT", COLUMN_SHORT, META_NONE, 0 },
	{ "MEDIUMINT", COLUMN_INT24, META_NONE, 0 },
	{ "INT", COLUMN_LONG, META_NONE, 0 },
	{ "BIGINT", COLUMN_LONGLONG, META_NONE, 0 },
	{ "FLOAT", COLUMN_FLOAT, META_WIDTH, 4 },
	{ "DOUBLE", COLUMN_DOUBLE, META_WIDTH, 8 },
	{ "DECIMAL", COLUMN_NEWDECIMAL, META_DECIMAL, 0 },
	{ "YEAR", COLUMN_YEAR, META_NONE, 0 },
	{ "DATE", COLUMN_DATE, META_NONE, 0 },
	{ "TIME", COLUMN_TIME2, META_FSP, 0 },
	{ "DATETIME", COLUMN_DATETIME2, META_FSP, 0 },
	{ "TIMESTAMP", COLUMN_TIMESTAMP2, META_FSP, 0 },
	{ "BIT", COLUMN_BIT, META_BITS, 0 },
	{ "ENUM", COLUMN_ENUM, META_LABELS, 0 },
	{ "SET", COLUMN_SET, META_LABELS, 0 },
	{ "CHAR", COLUMN_STRING, META_CHAR, 0 },
	{ "BINARY", COLUMN_STRING, META_CHAR, 0 },
	{ "UUID", COLUMN_STRING, META_CHAR, 16 },
	{ "INET4", COLUMN_STRING, META_CHAR, 4 },
	{ "INET6", COLUMN_STRING, META_CHAR, 16 },
	{ "VARCHAR", COLUMN_VARCHAR, META_VARCHAR, 1 },
	{ "VARBINARY", COLUMN_VARCHAR, META_VARCHAR, 1 },
	{ "VECTOR", COLUMN_VARCHAR, META_VARCHAR, 4 },
	{ "TINYTEXT", COLUMN_BLOB, META_WIDTH, 1 },
	{ "TEXT", COLUMN_BLOB, META_WIDTH, 2 },
	{ "MEDIUMTEXT", COLUMN_BLOB, META_WIDTH, 3 },
	{ "LONGTEXT", COLUMN_BLOB, META_WIDTH, 4 },
	{ "JSON", COLUMN_BLOB, META_WIDTH, 4 },
	{ "TINYBLOB", COLUMN_BLOB, META_WIDTH, 1 },
	{ "BLOB", COLUMN_BLOB, META_WIDTH, 2 },
	{ "MEDIUMBLOB", COLUMN_BLOB, META_WIDTH, 3 },
	{ "LONGBLOB", COLUMN_BLOB, META_WIDTH, 4 },
	{ "GEOMETRY", COLUMN_GEOMETRY, META_WIDTH, 4 },
};

static const struct kind *
kind_of(const char *type)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].type, type_name_plain(type)) == 0)
			return &kinds[i];
	return NULL;
}

static size_t
or_zero(int64_t n)
{
	return n < 0 ? 0 : (size_t)n;
}

/* Bytes of a text or binary column: its characters, each at its widest. */
static size_t
byte_length(const struct column *col, const struct schema_column *from,
    const struct kind *kind)
{
	size_t n = or_zero(from->length);

	if (kind->meta == META_CHAR && kind->width)
		return kind->width;
	if (kind->meta == META_CHAR && from->length < 0)
		n = 1;
	if (kind->meta == META_VARCHAR)
		n *= kind->width;
	return n * (col->charset ? col->charset->mbmaxlen : 1);
}

/* Bytes of an ENUM's number, of a SET's bits. */
static uint8_t
label_width(const struct schema_column *from, uint8_t code)
{
	size_t n = from->nlabels;

	if (code == COLUMN_ENUM)
		return n > 255 ? 2 : 1;
	return n > 32 ? 8 : (uint8_t)((n + 7) / 8 ? (n + 7) / 8 : 1);
}

/* The two bytes (or one, or none) that the map would have. */
static void
put_meta(uint8_t meta[2], const struct column *col,
    const struct schema_column *from, const struct kind *kind)
{
	size_t n = byte_length(col, from, kind);

	switch (kind->meta) {
	case META_WIDTH:
		meta[0] = kind->width;
		break;
	case META_DECIMAL:
		meta[0] = (uint8_t)or_zero(from->length);
		meta[1] = (uint8_t)or_zero(from->scale);
		break;
	case META_FSP:
		meta[0] = (uint8_t)or_zero(from->length);
		break;
	case META_BITS:
		meta[0] = (uint8_t)(or_zero(from->length) % 8);
		meta[1] = (uint8_t)(or_zero(from->length) / 8);
		break;
	case META_LABELS:
		meta[0] = kind->code;
		meta[1] = label_width(from, kind->code);
		break;
	case META_CHAR:
		meta[0] = (uint8_t)(COLUMN_STRING ^ (n >> 4 & 0x30));
		meta[1] = (uint8_t)n;
		break;
	case META_VARCHAR:
		meta[0] = (uint8_t)n;
		meta[1] = (uint8_t)(n >> 8);
		break;
	default:
		break;
	}
}

static void
set_charset(struct column *col, const struct schema_column *from)
{
	uint64_t id = from->charset ? charset_collation(from->charset) : 0;

	if (!schema_column_is_text(from) || !from->charset)
		id = strcmp(from->type, "JSON") == 0 && from->charset ?
		    charset_collation(from->charset) : COLLATION_BINARY;
	col->collation = id;
	col->charset = charset_of_collation(id);
}

static int
make_column(struct column *col, const struct schema_column *from,
    struct err *err)
{
	const struct kind *kind = kind_of(from->type);
	uint8_t meta[2] = { 0, 0 };
	struct cursor in = cursor_of(meta, sizeof(meta));
	enum declared_type real = type_name_real(from->type);
	struct schema_column shown = *from;

	if (!shown.nlabels) {
		shown.labels = from->doubted;
		shown.nlabels = from->ndoubted;
	}
	if (!kind)
		return err_set(err, ERR_DATA, "column %s: type %s is not known",
		    from->name, from->type);
	col->type = kind->meta == META_LABELS ? COLUMN_STRING : kind->code;
	if (kind->meta != META_NONE && kind->meta != META_DECIMAL &&
	    kind->meta != META_FSP && kind->meta != META_BITS)
		set_charset(col, from);
	put_meta(meta, col, &shown, kind);
	if (!value_read_meta(col, &in))
		return err_set(err, ERR_DATA, "column %s: %s of such a length",
		    from->name, from->type);
	if (value_type(col->type)->numeric) {
		col->sign_known = true;
		col->is_unsigned = from->is_unsigned;
	}
	col->nullable = !from->required;
	col->json_known = true;
	if (declared_type_fits(col, real))
		col->real = (uint8_t)real;
	if (strcmp(from->type, "POINT") == 0)
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

/* SPDX-License-Identifier: MIT
 *
 * THE TABLE: column type -> its name, its metadata, who prints it.
 */
#include "value/types.h"

static void refuse_type(struct column *col, const struct value_modes *modes);

/* numeric and character say which columns the optional metadata counts:
 * YEAR is numeric, GEOMETRY is a character column (in MariaDB, not in
 * MySQL), BIT is neither. */
static const struct value_type types[256] = {
    [COLUMN_DECIMAL] = {"DECIMAL (before 5.0)", 0, true, false, refuse_type},
    [COLUMN_TINY] = {"TINYINT", 0, true, false, value_bind_integer},
    [COLUMN_SHORT] = {"SMALLINT", 0, true, false, value_bind_integer},
    [COLUMN_LONG] = {"INT", 0, true, false, value_bind_integer},
    [COLUMN_FLOAT] = {"FLOAT", 1, true, false, value_bind_float},
    [COLUMN_DOUBLE] = {"DOUBLE", 1, true, false, value_bind_float},
    [COLUMN_TIMESTAMP] = {"TIMESTAMP (mariadb-5.3)", 0, false, false,
	value_bind_legacy_temporal},
    [COLUMN_LONGLONG] = {"BIGINT", 0, true, false, value_bind_integer},
    [COLUMN_INT24] = {"MEDIUMINT", 0, true, false, value_bind_integer},
    [COLUMN_DATE] = {"DATE", 0, false, false, value_bind_date},
    [COLUMN_TIME] = {"TIME (mariadb-5.3)", 0, false, false,
	value_bind_legacy_temporal},
    [COLUMN_DATETIME] = {"DATETIME (mariadb-5.3)", 0, false, false,
	value_bind_legacy_temporal},
    [COLUMN_YEAR] = {"YEAR", 0, true, false, value_bind_year},
    [COLUMN_NEWDATE] = {"DATE", 0, false, false, value_bind_date},
    [COLUMN_VARCHAR] = {"VARCHAR", 2, false, true, value_bind_bytes},
    [COLUMN_BIT] = {"BIT", 2, false, false, value_bind_bit},
    [COLUMN_TIMESTAMP2] = {"TIMESTAMP", 1, false, false, value_bind_timestamp},
    [COLUMN_DATETIME2] = {"DATETIME", 1, false, false, value_bind_datetime},
    [COLUMN_TIME2] = {"TIME", 1, false, false, value_bind_time},
    [COLUMN_BLOB_COMPRESSED] = {"BLOB COMPRESSED", 1, false, true,
	value_bind_compressed},
    [COLUMN_VARCHAR_COMPRESSED] = {"VARCHAR COMPRESSED", 2, false, true,
	value_bind_compressed},
    [COLUMN_VECTOR] = {"VECTOR (MySQL)", 1, false, true, value_bind_vector},
    [COLUMN_JSON] = {"JSON (MySQL)", 1, false, false, value_bind_mysql_json},
    [COLUMN_NEWDECIMAL] = {"DECIMAL", 2, true, false, value_bind_decimal},
    [COLUMN_ENUM] = {"ENUM", 2, false, false, value_bind_label},
    [COLUMN_SET] = {"SET", 2, false, false, value_bind_label},
    [COLUMN_BLOB] = {"BLOB", 1, false, true, value_bind_bytes},
    [COLUMN_VAR_STRING] = {"VARCHAR", 2, false, true, value_bind_bytes},
    [COLUMN_STRING] = {"CHAR", 2, false, true, value_bind_bytes},
    [COLUMN_GEOMETRY] = {"GEOMETRY", 1, false, true, value_bind_geometry},
};

const struct value_type *
value_type(uint8_t type)
{
	return types[type].name ? &types[type] : NULL;
}

static void
refuse_type(struct column *col, const struct value_modes *modes)
{
	(void)modes;
	col->refused = "a type of MySQL 4, whose values cannot be told apart";
}

void
value_bind_column(struct column *col, const struct value_modes *modes)
{
	col->print = NULL;
	col->refused = NULL;
	types[col->type].bind(col, modes);
	if (declared_type_printer(col->real))
		col->print = declared_type_printer(col->real);
}

/*
 * CHAR, BINARY, ENUM and SET share type 254.  Its two bytes are the real type
 * and the length; lengths above 255 steal two bits of the type:
 *   b0 = real type with bits 4,5 flipped by (length >> 8), b1 = length & 255
 */
static bool
read_string_meta(struct column *col, uint8_t b0, uint8_t b1)
{
	if (b0 == COLUMN_ENUM || b0 == COLUMN_SET) {
		col->type = b0;
		col->length = b1;
		return b1 >= 1 && b1 <= (b0 == COLUMN_ENUM ? 2 : 8);
	}
	col->length = b1;
	if ((b0 & 0x30) != 0x30) {
		col->length |= ((b0 & 0x30u) ^ 0x30u) << 4;
		b0 |= 0x30;
	}
	col->len_bytes = col->length > 255 ? 2 : 1;
	return b0 == COLUMN_STRING;
}

static bool
read_bit_meta(struct column *col, uint8_t bits, uint8_t bytes)
{
	col->length = bits + 8u * bytes;
	return bits < 8 && col->length >= 1 && col->length <= 64;
}

static bool
read_decimal_meta(struct column *col, uint8_t precision, uint8_t scale)
{
	col->precision = precision;
	col->scale = scale;
	return precision >= 1 && precision <= 65 && scale <= precision;
}

bool
value_read_meta(struct column *col, struct cursor *meta)
{
	const struct value_type *type = value_type(col->type);
	uint8_t b0 = type->meta_bytes > 0 ? take_u8(meta) : 0;
	uint8_t b1 = type->meta_bytes > 1 ? take_u8(meta) : 0;

	if (meta->bad)
		return false;
	col->meta = (uint16_t)(b0 | b1 << 8);
	switch (col->type) {
	case COLUMN_STRING:
		return read_string_meta(col, b0, b1);
	case COLUMN_BIT:
		return read_bit_meta(col, b0, b1);
	case COLUMN_NEWDECIMAL:
		return read_decimal_meta(col, b0, b1);
	case COLUMN_VARCHAR:
	case COLUMN_VAR_STRING:
	case COLUMN_VARCHAR_COMPRESSED:
		col->length = col->meta;
		col->len_bytes = col->length > 255 ? 2 : 1;
		return true;
	case COLUMN_BLOB:
	case COLUMN_BLOB_COMPRESSED:
	case COLUMN_GEOMETRY:
	case COLUMN_JSON:
	case COLUMN_VECTOR:
		col->len_bytes = b0;
		return b0 >= 1 && b0 <= 4;
	case COLUMN_TIMESTAMP2:
	case COLUMN_DATETIME2:
	case COLUMN_TIME2:
		col->fsp = b0;
		return b0 <= 6;
	case COLUMN_FLOAT:
		return b0 == 4;
	case COLUMN_DOUBLE:
		return b0 == 8;
	default:
		return true;
	}
}

/* SPDX-License-Identifier: MIT */
#include "value/types.h"

static void refuse_type(struct column *col, const struct value_modes *modes);

/* What the optional metadata counts: numeric, character. */
#define NUMERIC true, false
#define CHARACTER false, true
#define NEITHER false, false

static const struct value_type types[256] = {
#define LOG_TYPE(id, number, word, meta, counts, bind, encode, as)           \
	[number] = { word, META_##meta, counts, DECLARED_##as, bind },
#include "value/types.def"
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
	if (declared_type_printer(col->declared))
		col->print = declared_type_printer(col->declared);
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

size_t
value_meta_bytes(enum column_meta meta)
{
	return meta == META_NONE ? 0 : meta <= META_FSP ? 1 : 2;
}

bool
value_is_old_temporal(uint8_t type)
{
	return type == COLUMN_TIME || type == COLUMN_DATETIME ||
	    type == COLUMN_TIMESTAMP;
}

bool
value_read_meta(struct column *col, struct cursor *in)
{
	enum column_meta meta = value_type(col->type)->meta;
	size_t n = value_meta_bytes(meta);
	uint8_t b0 = n > 0 ? take_u8(in) : 0;
	uint8_t b1 = n > 1 ? take_u8(in) : 0;

	if (in->bad)
		return false;
	col->meta = (uint16_t)(b0 | b1 << 8);
	switch (meta) {
	case META_CHAR:
		return read_string_meta(col, b0, b1);
	case META_BIT:
		return read_bit_meta(col, b0, b1);
	case META_DECIMAL:
		return read_decimal_meta(col, b0, b1);
	case META_VARCHAR:
		col->length = col->meta;
		col->len_bytes = col->length > 255 ? 2 : 1;
		return true;
	case META_LOB:
		col->len_bytes = b0;
		return b0 >= 1 && b0 <= 4;
	case META_FSP:
		col->fsp = b0;
		return b0 <= 6;
	case META_FLOAT:
		return b0 == (col->type == COLUMN_FLOAT ? 4 : 8);
	case META_NONE:
	case META_LABELS:
		break;
	}
	return true;
}

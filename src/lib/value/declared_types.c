/* SPDX-License-Identifier: MIT
 *
 * Types that a table map shows as something else: UUID, INET4 and INET6 are
 * BINARY there, MariaDB's VECTOR is VARBINARY; a schema tells them apart
 * (column->real).  MySQL's VECTOR has a type of its own.
 *   UUID     16 bytes in the order of its text
 *   INET4/6  4 or 16 bytes, network order; zero bytes at the end are cut off,
 *            as of UUID
 *   VECTOR   IEEE floats, little-endian
 */
#include "value/types.h"

#include <arpa/inet.h>
#include <math.h>

#include "base/uuid.h"

enum { INET4 = 4, INET6 = 16, FLOAT = 4 };

/* A fixed-length value with the zero bytes that were cut off. */
static int
take_padded(const struct column *col, struct cursor *in, uint8_t *to,
    size_t n)
{
	struct span bytes = take_span(in, take_le(in, col->len_bytes));

	if (in->bad)
		return -1;
	if (bytes.n > n)
		return value_bad(in, "it is too long");
	memset(to, 0, n);
	memcpy(to, bytes.p, bytes.n);
	return 0;
}

static int
put_uuid(const struct column *col, struct cursor *in, struct buf *out)
{
	uint8_t bytes[UUID_BYTES];

	if (take_padded(col, in, bytes, UUID_BYTES) < 0)
		return -1;
	buf_char(out, '"');
	uuid_put(buf_room(out, UUID_TEXT), bytes);
	out->n += UUID_TEXT;
	buf_char(out, '"');
	return 0;
}

static int
put_inet(int family, const uint8_t *bytes, struct buf *out)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(family, bytes, text, sizeof(text));
	buf_char(out, '"');
	buf_str(out, text);
	buf_char(out, '"');
	return 0;
}

static int
put_inet4(const struct column *col, struct cursor *in, struct buf *out)
{
	uint8_t bytes[INET4];

	return take_padded(col, in, bytes, INET4) < 0 ? -1 :
	    put_inet(AF_INET, bytes, out);
}

static int
put_inet6(const struct column *col, struct cursor *in, struct buf *out)
{
	uint8_t bytes[INET6];

	return take_padded(col, in, bytes, INET6) < 0 ? -1 :
	    put_inet(AF_INET6, bytes, out);
}

static int
put_vector(const struct column *col, struct cursor *in, struct buf *out)
{
	struct span bytes = take_span(in, take_le(in, col->len_bytes));

	if (in->bad)
		return -1;
	if (bytes.n % FLOAT)
		return value_bad(in, "no vector of floats");
	buf_char(out, '[');
	for (size_t i = 0; i < bytes.n; i += FLOAT) {
		uint32_t bits = (uint32_t)load_le(
		    (const uint8_t *)bytes.p + i, FLOAT);
		float v;

		memcpy(&v, &bits, sizeof(v));
		if (!isfinite(v))
			return value_bad(in, "a vector of no numbers");
		if (i)
			buf_char(out, ',');
		value_put_float(out, v);
	}
	buf_char(out, ']');
	return 0;
}

bool
declared_type_fits(const struct column *col, enum declared_type real)
{
	switch (real) {
	case REAL_UUID:
		return col->type == COLUMN_STRING &&
		    col->length == UUID_BYTES;
	case REAL_INET4:
		return col->type == COLUMN_STRING && col->length == INET4;
	case REAL_INET6:
		return col->type == COLUMN_STRING && col->length == INET6;
	case REAL_VECTOR:
		return col->type == COLUMN_VARCHAR && col->length % FLOAT == 0;
	case REAL_JSON:
		return col->type == COLUMN_BLOB && col->len_bytes == 4;
	case REAL_OLD_TIME:
		return col->type == COLUMN_TIME ||
		    col->type == COLUMN_DATETIME ||
		    col->type == COLUMN_TIMESTAMP;
	default:
		return false;
	}
}

value_fn *
declared_type_printer(enum declared_type real)
{
	static value_fn *const printers[] = {
		[REAL_UUID] = put_uuid, [REAL_INET4] = put_inet4,
		[REAL_INET6] = put_inet6, [REAL_VECTOR] = put_vector,
		[REAL_JSON] = NULL,     /* text like others: bytes.c */
		[REAL_OLD_TIME] = NULL, /* legacy_temporal.c */
	};

	return printers[real];
}

void
value_bind_vector(struct column *col, const struct value_modes *modes)
{
	(void)modes;
	col->print = put_vector;
}

/* SPDX-License-Identifier: MIT
 *
 * Types that a table map shows as something else: UUID, INET4 and INET6 are
 * BINARY there, MariaDB's VECTOR is VARBINARY; a schema tells them apart
 * (column->declared).  MySQL's VECTOR has a type of its own.
 *   UUID     16 bytes in the order of its text
 *   INET4/6  4 or 16 bytes, network order; zero bytes at the end are cut off,
 *            as of UUID
 *   VECTOR   IEEE floats, little-endian
 */
#include "value/sqltype.h"

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

value_fn *
declared_type_printer(enum declared_type declared)
{
	static value_fn *const printers[DECLARED_TYPES] = {
#define HIDDEN_TYPE(id, log, width, class, jdbc, literal, major, minor, put, \
    encode) [DECLARED_##id] = put,
#include "value/types.def"
	};

	return printers[declared];
}

void
value_bind_vector(struct column *col, const struct value_modes *modes)
{
	(void)modes;
	col->print = put_vector;
}

/* SPDX-License-Identifier: MIT
 *
 * Everything with a length in front: CHAR, VARCHAR, TEXT, and BINARY,
 * VARBINARY, BLOB, which differ by their character set alone.
 */
#include "value/types.h"

#include "json/scan.h"
#include "json/write.h"

static const char base64[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char base64_url[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void
put_base64(struct buf *out, const uint8_t *p, size_t n, bool url_safe)
{
	const char *set = url_safe ? base64_url : base64;
	char *start = buf_room(out, (n + 2) / 3 * 4 + 2);
	char *to = start;

	*to++ = '"';
	for (; n >= 3; n -= 3, p += 3, to += 4) {
		unsigned v = (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2];

		to[0] = set[v >> 18];
		to[1] = set[v >> 12 & 63];
		to[2] = set[v >> 6 & 63];
		to[3] = set[v & 63];
	}
	if (n > 0) {
		unsigned v = (unsigned)p[0] << 16 |
		    (n > 1 ? (unsigned)p[1] << 8 : 0);

		*to++ = set[v >> 18];
		*to++ = set[v >> 12 & 63];
		*to++ = n > 1 ? set[v >> 6 & 63] : '=';
		*to++ = '=';
	}
	*to++ = '"';
	out->n += (size_t)(to - start);
}

void
put_hex(struct buf *out, const uint8_t *p, size_t n)
{
	static const char hex[] = "0123456789abcdef";
	char *start = buf_room(out, 2 * n + 2);
	char *to = start;

	*to++ = '"';
	for (size_t i = 0; i < n; i++) {
		*to++ = hex[p[i] >> 4];
		*to++ = hex[p[i] & 15];
	}
	*to++ = '"';
	out->n += (size_t)(to - start);
}

/* The bytes behind the length prefix. */
static inline struct span
take_value(const struct column *col, struct cursor *in)
{
	return take_span(in, take_le(in, col->len_bytes));
}

static int
put_text(const struct column *col, struct cursor *in, struct buf *out)
{
	struct span text = take_value(col, in);

	if (in->bad)
		return -1;
	charset_put(col->charset, out, text);
	return 0;
}

/* MariaDB's JSON is LONGTEXT COLLATE utf8mb4_bin; whether a CHECK makes it
 * JSON is not in the log, so a text that is none stays a string. */
static int
put_embedded(const struct column *col, struct cursor *in, struct buf *out)
{
	struct cursor again = *in;
	struct span text = take_value(col, in);

	if (in->bad)
		return -1;
	if (!utf8_valid(text) || !json_valid(text))
		return put_text(col, &again, out);
	for (size_t i = 0; i < text.n; i++)
		buf_char(out, text.p[i] == '\n' || text.p[i] == '\r' ?
		    ' ' : text.p[i]);
	return 0;
}

/* The value of a binary column; BINARY(n) gets back the zero bytes that the
 * server took from its end. */
static int
take_binary(const struct column *col, struct cursor *in, struct buf *padded,
    struct span *bytes)
{
	*bytes = take_value(col, in);
	if (in->bad)
		return -1;
	if (col->type != TYPE_STRING || bytes->n >= col->length)
		return 0;
	buf_span(padded, *bytes);
	while (padded->n < col->length)
		buf_char(padded, '\0');
	*bytes = buf_view(padded);
	return 0;
}

static int
put_binary_as(const struct column *col, struct cursor *in, struct buf *out,
    enum binary_mode mode)
{
	struct buf padded = { 0 };
	struct span bytes;

	if (take_binary(col, in, &padded, &bytes) < 0)
		return -1;
	if (mode == BINARY_HEX)
		put_hex(out, (const uint8_t *)bytes.p, bytes.n);
	else
		put_base64(out, (const uint8_t *)bytes.p, bytes.n,
		    mode == BINARY_BASE64_URL_SAFE);
	buf_free(&padded);
	return 0;
}

static int
put_binary(const struct column *col, struct cursor *in, struct buf *out)
{
	return put_binary_as(col, in, out, BINARY_BASE64);
}

static int
put_binary_url(const struct column *col, struct cursor *in, struct buf *out)
{
	return put_binary_as(col, in, out, BINARY_BASE64_URL_SAFE);
}

static int
put_binary_hex(const struct column *col, struct cursor *in, struct buf *out)
{
	return put_binary_as(col, in, out, BINARY_HEX);
}

void
bind_bytes(struct column *col, const struct value_modes *modes)
{
	static value_fn *const binary[] = {
		[BINARY_BASE64] = put_binary,
		[BINARY_BASE64_URL_SAFE] = put_binary_url,
		[BINARY_HEX] = put_binary_hex,
	};

	if (!col->collation)
		col->refused = "the log does not say its character set";
	else if (!col->charset)
		col->refused = "its collation is unknown";
	else if (col->collation == COLLATION_BINARY)
		col->print = binary[modes->binary];
	else if (!col->charset->put)
		col->refused = "its character set is not decoded yet";
	else if (modes->json == JSON_EMBED && col->type == TYPE_BLOB &&
	    col->len_bytes == 4 && col->collation == COLLATION_UTF8MB4_BIN)
		col->print = put_embedded;
	else
		col->print = put_text;
}

/* SPDX-License-Identifier: MIT
 *
 * Everything with a length in front: CHAR, VARCHAR, TEXT, and BINARY,
 * VARBINARY, BLOB, which differ by their character set alone.
 */
#include "value/types.h"

#include "base/base64.h"
#include "base/hex.h"
#include "json/scan.h"
#include "json/write.h"

enum { MAX_BINARY = 1023 };     /* bytes of type 254, by its metadata */

void
value_put_base64(struct buf *out, struct span bytes, bool url_safe)
{
	buf_char(out, '"');
	base64_append(out, bytes, url_safe);
	buf_char(out, '"');
}

void
value_put_hex(struct buf *out, struct span bytes)
{
	buf_char(out, '"');
	hex_append(out, bytes, hex_lower);
	buf_char(out, '"');
}

void
value_put_unscaled(struct buf *out, const uint8_t *p, size_t n)
{
	for (; n > 1 && ((p[0] == 0x00 && p[1] < 0x80) ||
	    (p[0] == 0xFF && p[1] >= 0x80)); p++)
		n--;
	value_put_base64(out, (struct span){ (const char *)p, n }, false);
}

static void
put_text(const struct column *col, struct span text, struct buf *out)
{
	charset_put(col->charset, out, text);
}

static bool
is_json_string(struct span text)
{
	while (text.n && json_is_blank(*text.p))
		text = (struct span){ text.p + 1, text.n - 1 };
	return text.n && *text.p == '"';
}

/* MariaDB's JSON is LONGTEXT COLLATE utf8mb4_bin; where no schema says
 * whether a CHECK makes it JSON, a text that is none stays a string, and so
 * does JSON's string, or one could not be told from the other. */
static void
put_some_json(const struct column *col, struct span text, struct buf *out)
{
	if (json_fate(text) != JSON_EMBEDS || is_json_string(text))
		put_text(col, text, out);
	else
		json_put_line(out, text);
}

/* The text in UTF-8; as it is where it has bytes that are no characters. */
static struct span
in_utf8(const struct column *col, struct span text, struct buf *scratch)
{
	struct buf quoted = { 0 };
	bool whole;

	if (charset_is_utf8(col->charset))
		return text;
	charset_put(col->charset, &quoted, text);
	whole = json_unescape(scratch, json_inside(buf_view(&quoted)));
	buf_free(&quoted);
	return whole && !charset_has_strays(buf_view(scratch)) ?
	    buf_view(scratch) : text;
}

/* Of a column that is JSON.  False where it is another text, which it has only
 * where a session did not check. */
static bool
take_json(const struct column *col, struct span text, struct buf *out)
{
	struct buf scratch = { 0 };
	struct span utf8 = in_utf8(col, text, &scratch);
	enum json_fate fate = json_fate(utf8);

	if (fate == JSON_EMBEDS)
		json_put_line(out, utf8);
	else
		put_text(col, text, out);
	buf_free(&scratch);
	return fate != JSON_IS_NONE;
}

static void
put_json(const struct column *col, struct span text, struct buf *out)
{
	take_json(col, text, out);
}

static int
print_json(const struct column *col, struct cursor *in, struct buf *out)
{
	struct span text = take_span(in, take_le(in, col->len_bytes));

	if (in->bad)
		return -1;
	return take_json(col, text, out) ? 0 : value_bad(in, "a text that is "
	    "not JSON, which --json embed cannot tell from a JSON string "
	    "(--json string can)");
}

static void
put_binary(const struct column *col, struct span bytes, struct buf *out)
{
	(void)col;
	value_put_base64(out, bytes, false);
}

static void
put_binary_url(const struct column *col, struct span bytes, struct buf *out)
{
	(void)col;
	value_put_base64(out, bytes, true);
}

static void
put_binary_hex(const struct column *col, struct span bytes, struct buf *out)
{
	(void)col;
	value_put_hex(out, bytes);
}

/* A value as it is after its length prefix. */
static int
print_bytes(const struct column *col, struct cursor *in, struct buf *out)
{
	struct span bytes = take_span(in, take_le(in, col->len_bytes));

	if (in->bad)
		return -1;
	col->put_bytes(col, bytes, out);
	return 0;
}

/* The same for UTF-8, the most frequent of all, without a detour. */
static int
print_utf8(const struct column *col, struct cursor *in, struct buf *out)
{
	struct span text = take_span(in, take_le(in, col->len_bytes));

	if (in->bad)
		return -1;
	json_data(out, text);
	return 0;
}

/* BINARY(n) gets back the zero bytes that the server took from its end. */
static int
print_padded(const struct column *col, struct cursor *in, struct buf *out)
{
	struct span bytes = take_span(in, take_le(in, col->len_bytes));
	char padded[MAX_BINARY] = { 0 };

	if (in->bad)
		return -1;
	if (bytes.n < col->length && col->length <= MAX_BINARY) {
		if (bytes.n)
			memcpy(padded, bytes.p, bytes.n);
		bytes = (struct span){ padded, col->length };
	}
	col->put_bytes(col, bytes, out);
	return 0;
}

static void
put_utf8(const struct column *col, struct span text, struct buf *out)
{
	(void)col;
	json_data(out, text);
}

static bool
may_be_json(const struct column *col)
{
	if (col->json_known)
		return col->declared == DECLARED_JSON;
	return col->len_bytes == 4 && col->collation == COLLATION_UTF8MB4_BIN;
}

void
value_bind_bytes(struct column *col, const struct value_modes *modes)
{
	static bytes_fn *const binary[] = {
		[BINARY_BASE64] = put_binary,
		[BINARY_BASE64_URL_SAFE] = put_binary_url,
		[BINARY_HEX] = put_binary_hex,
	};

	if (!col->collation) {  /* unknown: bytes, which lose nothing */
		col->print = print_utf8;
		col->put_bytes = put_utf8;
		return;
	}
	if (!col->charset || (col->collation != COLLATION_BINARY &&
	    !col->charset->put)) {
		col->refused = "its character set is not known";
		return;
	}
	col->print = print_bytes;
	col->put_bytes = put_text;
	if (col->collation == COLLATION_BINARY) {
		col->put_bytes = binary[modes->binary];
		if (col->type == COLUMN_STRING)
			col->print = print_padded;
	} else if (modes->json == JSON_EMBED && may_be_json(col)) {
		if (col->json_known)
			col->print = print_json;
		col->put_bytes = col->json_known ? put_json : put_some_json;
	} else if (charset_is_utf8(col->charset)) {
		col->print = print_utf8;
	}
}

/* SPDX-License-Identifier: MIT
 *
 * MySQL's binary JSON (sql-common/json_binary.h) to JSON text.
 *
 *   value   = type u8, then by type:
 *   object  = count, size, count * (key offset, key length u16),
 *             count * (type u8, inlined value or offset), keys, values
 *   array   = the same without keys
 * Counts, sizes and offsets are u16 in small containers, u32 in large ones;
 * offsets count from the container's start.
 */
#include "value/types.h"

#include "base/base64.h"
#include "json/scan.h"
#include "json/write.h"

enum json_type {
	SMALL_OBJECT, LARGE_OBJECT, SMALL_ARRAY, LARGE_ARRAY, LITERAL,
	INT16, UINT16, INT32, UINT32, INT64, UINT64, DOUBLE, STRING,
	OPAQUE = 15,
};

enum {
	MAX_DEPTH = 100,        /* MySQL's own limit */
	PACKED_TIME = 8,
};

struct json_in {
	struct cursor *in;      /* for value_bad() */
	struct buf *out;
	unsigned depth;
};

static int put_value(struct json_in *j, uint8_t type, struct span at);

static int
bad(struct json_in *j)
{
	return value_bad(j->in, "malformed JSON");
}

static struct cursor
cursor_at(struct span at)
{
	return cursor_of(at.p, at.n);
}

/* A length of 7 bits a byte, the lowest first. */
static uint64_t
take_length(struct cursor *c)
{
	uint64_t n = 0;

	for (unsigned shift = 0; shift < 35; shift += 7) {
		uint8_t byte = take_u8(c);

		n |= (uint64_t)(byte & 0x7F) << shift;
		if (!(byte & 0x80))
			return n;
	}
	c->bad = true;
	return 0;
}

static int
put_literal(struct json_in *j, uint8_t v)
{
	static const char *const words[] = { "null", "true", "false" };

	if (v > 2)
		return bad(j);
	buf_str(j->out, words[v]);
	return 0;
}

static int64_t
sign_extend(uint64_t v, size_t bytes)
{
	unsigned spare = (unsigned)(64 - 8 * bytes);

	return (int64_t)(v << spare) >> spare;
}

static int
put_number(struct json_in *j, uint8_t type, struct cursor *c)
{
	static const uint8_t widths[] = {
		[INT16] = 2, [UINT16] = 2, [INT32] = 4, [UINT32] = 4,
		[INT64] = 8, [UINT64] = 8, [DOUBLE] = 8,
	};
	uint64_t v = take_le(c, widths[type]);
	double real;

	if (c->bad)
		return bad(j);
	if (type == DOUBLE) {
		memcpy(&real, &v, sizeof(real));
		if (real - real != 0)
			return bad(j);
		value_put_double(j->out, real);
	} else if (type == INT16 || type == INT32 || type == INT64) {
		buf_i64(j->out, sign_extend(v, widths[type]));
	} else {
		buf_u64(j->out, v);
	}
	return 0;
}

/* DATE, TIME and DATETIME: a packed i64, microseconds in its low 24 bits,
 * and above them the bits of DATETIME2 or TIME2 without their offset. */
static int
put_packed_time(struct json_in *j, uint8_t type, struct cursor *c)
{
	int64_t packed = (int64_t)take_le(c, PACKED_TIME);
	uint64_t v = (uint64_t)(packed < 0 ? -packed : packed);
	unsigned micros = (unsigned)(v & 0xFFFFFF);
	unsigned ym, second, minute, hour, day;

	if (c->bad)
		return bad(j);
	v >>= 24;
	second = v & 63;
	minute = v >> 6 & 63;
	hour = (unsigned)(v >> 12) & (type == COLUMN_TIME ? 1023 : 31);
	day = v >> 17 & 31;
	ym = (unsigned)(v >> 22 & 0x1FFFF);
	if (type == COLUMN_TIME)
		buf_printf(j->out, "\"%s%02u:%02u:%02u.%06u\"",
		    packed < 0 ? "-" : "", hour, minute, second, micros);
	else if (type == COLUMN_DATE)
		buf_printf(j->out, "\"%04u-%02u-%02u\"", ym / 13, ym % 13,
		    day);
	else
		buf_printf(j->out, "\"%04u-%02u-%02u %02u:%02u:%02u.%06u\"",
		    ym / 13, ym % 13, day, hour, minute, second, micros);
	return 0;
}

static int
put_decimal(struct json_in *j, struct cursor *c)
{
	static const struct value_modes plain = { .decimal = DECIMAL_STRING };
	struct column col = { .type = COLUMN_NEWDECIMAL };
	struct buf text = { 0 };
	int status = -1;

	col.precision = take_u8(c);
	col.scale = take_u8(c);
	if (!c->bad && col.precision >= 1 && col.precision <= 65 &&
	    col.scale <= 38 && col.scale <= col.precision) {
		value_bind_decimal(&col, &plain);
		status = col.print(&col, c, &text);
	}
	if (status == 0)
		buf_put(j->out, text.p + 1, text.n - 2);
	buf_free(&text);
	return status == 0 ? 0 : bad(j);
}

/* What JSON has no type for: field type u8, length, bytes. */
static int
put_opaque(struct json_in *j, struct cursor *c)
{
	uint8_t type = take_u8(c);
	struct span bytes = take_span(c, take_length(c));
	struct cursor inside;

	if (c->bad)
		return bad(j);
	inside = cursor_at(bytes);
	if (type == COLUMN_NEWDECIMAL)
		return put_decimal(j, &inside);
	if (type == COLUMN_DATE || type == COLUMN_TIME ||
	    type == COLUMN_DATETIME || type == COLUMN_TIMESTAMP)
		return put_packed_time(j, type, &inside);
	buf_printf(j->out, "\"base64:type%u:", type);
	base64_append(j->out, bytes, false);
	buf_char(j->out, '"');
	return 0;
}

static int
put_scalar(struct json_in *j, uint8_t type, struct span at)
{
	struct cursor c = cursor_at(at);
	struct span text;

	switch (type) {
	case LITERAL:
		return put_literal(j, take_u8(&c));
	case STRING:
		text = take_span(&c, take_length(&c));
		if (c.bad)
			return bad(j);
		json_string(j->out, text);
		return 0;
	case OPAQUE:
		return put_opaque(j, &c);
	default:
		return type >= INT16 && type <= DOUBLE ?
		    put_number(j, type, &c) : bad(j);
	}
}

/* A container, opened. */
struct container {
	struct span all;        /* size bytes, from its start */
	struct cursor entries;
	uint64_t count;
	size_t word;            /* 2 small, 4 large */
};

/* Does a value of this type stand in its entry itself? */
static bool
is_inlined(uint8_t type, size_t word)
{
	return type == LITERAL || type == INT16 || type == UINT16 ||
	    (word == 4 && (type == INT32 || type == UINT32));
}

/* The value of the next entry: type u8, then the value or its offset.  An
 * offset points beyond all entries, so nothing contains itself. */
static int
put_entry(struct json_in *j, struct container *box, size_t front)
{
	uint8_t type = take_u8(&box->entries);
	struct span at = take_span(&box->entries, box->word);
	uint64_t offset;

	if (box->entries.bad)
		return bad(j);
	if (is_inlined(type, box->word))
		return put_value(j, type, at);
	offset = load_le((const uint8_t *)at.p, box->word);
	if (offset < front || offset >= box->all.n)
		return bad(j);
	return put_value(j, type, (struct span){ box->all.p + offset,
	    box->all.n - (size_t)offset });
}

static int
put_key(struct json_in *j, const struct container *box, struct cursor *keys)
{
	uint64_t offset = take_le(keys, box->word);
	uint64_t n = take_u16(keys);

	if (keys->bad || offset > box->all.n || n > box->all.n - offset)
		return bad(j);
	json_string(j->out, (struct span){ box->all.p + offset, n });
	buf_char(j->out, ':');
	return 0;
}

static int
put_container(struct json_in *j, uint8_t type, struct span at)
{
	bool object = type <= LARGE_OBJECT;
	struct container box = { .word =
	    type == LARGE_OBJECT || type == LARGE_ARRAY ? 4 : 2 };
	struct cursor c = cursor_at(at), keys;
	uint64_t size;
	size_t key_entry = object ? box.word + 2 : 0, front;

	box.count = take_le(&c, box.word);
	size = take_le(&c, box.word);
	if (c.bad || size > at.n || ++j->depth > MAX_DEPTH ||
	    box.count > size / (key_entry + 1 + box.word))
		return bad(j);
	box.all = (struct span){ at.p, (size_t)size };
	front = 2 * box.word + (size_t)box.count * (key_entry + 1 + box.word);
	if (front > size)
		return bad(j);
	keys = cursor_of(at.p + 2 * box.word, size - 2 * box.word);
	box.entries = keys;
	take(&box.entries, (size_t)box.count * key_entry);
	buf_char(j->out, object ? '{' : '[');
	for (uint64_t i = 0; i < box.count; i++) {
		if (i)
			buf_char(j->out, ',');
		if ((object && put_key(j, &box, &keys) < 0) ||
		    put_entry(j, &box, front) < 0)
			return -1;
	}
	buf_char(j->out, object ? '}' : ']');
	j->depth--;
	return 0;
}

static int
put_value(struct json_in *j, uint8_t type, struct span at)
{
	/* A stored byte is six characters at most; values that overlap, as
	 * only an attacker's do, would be more and more. */
	if (j->out->n / 64 > cursor_left(j->in) + 64)
		return bad(j);
	return type <= LARGE_ARRAY ? put_container(j, type, at) :
	    put_scalar(j, type, at);
}

static int
read_json(const struct column *col, struct cursor *in, struct buf *text)
{
	struct span value = take_span(in, take_le(in, col->len_bytes));
	struct cursor whole = cursor_at(value);
	struct json_in j = { .in = &whole, .out = text };

	if (in->bad)
		return -1;
	if (value.n == 0) {
		buf_str(text, "null");
		return 0;
	}
	if (put_value(&j, (uint8_t)value.p[0],
	    (struct span){ value.p + 1, value.n - 1 }) < 0)
		return value_bad(in, whole.why);
	return 0;
}

static int
put_json_text(const struct column *col, struct cursor *in, struct buf *out)
{
	struct buf text = { 0 };
	int status = read_json(col, in, &text);

	if (status == 0)
		json_data(out, buf_view(&text));
	buf_free(&text);
	return status;
}

/* Nested: through a buffer, so that the limit counts this value alone. */
static int
put_json_embedded(const struct column *col, struct cursor *in,
    struct buf *out)
{
	struct buf text = { 0 };
	int status = read_json(col, in, &text);

	if (status == 0 && json_fate(buf_view(&text)) == JSON_STAYS_TEXT)
		json_data(out, buf_view(&text));
	else if (status == 0)
		buf_span(out, buf_view(&text));
	buf_free(&text);
	return status;
}

void
value_bind_mysql_json(struct column *col, const struct value_modes *modes)
{
	col->print = modes->json == JSON_EMBED ? put_json_embedded :
	    put_json_text;
}

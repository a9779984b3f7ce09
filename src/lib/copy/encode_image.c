/* SPDX-License-Identifier: MIT */
#include "copy/encode_image.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/clock.h"
#include "base/integer.h"
#include "base/uuid.h"

enum {
	NULL_BITS_OFFSET = 2,           /* of a result row */
	DIGITS = 9, DIGITS_BYTES = 4,   /* of a DECIMAL's full group */
	HOURS_DAY = 24, SECONDS_DAY = 86400, DAYS_MAX = 34,
	LABELS_MAX = 65535,             /* bytes of a SET's text */
};

/* Read a value at the cursor, append what a log holds of it; false where it
 * is no such value. */
typedef bool encode_fn(const struct column *col, struct cursor *in,
    struct buf *out);

static bool
copy_bytes(struct cursor *in, struct buf *out, size_t n)
{
	const uint8_t *p = take(in, n);

	if (p)
		buf_put(out, p, n);
	return p != NULL;
}

static bool
encode_1(const struct column *col, struct cursor *in, struct buf *out)
{
	(void)col;
	return copy_bytes(in, out, 1);
}

static bool
encode_2(const struct column *col, struct cursor *in, struct buf *out)
{
	(void)col;
	return copy_bytes(in, out, 2);
}

static bool
encode_4(const struct column *col, struct cursor *in, struct buf *out)
{
	(void)col;
	return copy_bytes(in, out, 4);
}

static bool
encode_8(const struct column *col, struct cursor *in, struct buf *out)
{
	(void)col;
	return copy_bytes(in, out, 8);
}

/* MEDIUMINT travels in four bytes. */
static bool
encode_24(const struct column *col, struct cursor *in, struct buf *out)
{
	(void)col;
	return copy_bytes(in, out, 3) && take(in, 1);
}

static void
put_be(struct buf *out, uint64_t v, size_t n)
{
	while (n-- > 0)
		buf_char(out, (char)(v >> 8 * n));
}

/* The number of a year since 1900, 0 for 0000. */
static bool
encode_year(const struct column *col, struct cursor *in, struct buf *out)
{
	uint16_t year = take_u16(in);

	(void)col;
	buf_char(out, (char)(year ? year - 1900 : 0));
	return !in->bad;
}

/* Text or bytes, after their length. */
static bool
encode_bytes(const struct column *col, struct cursor *in, struct buf *out)
{
	struct span bytes = take_span(in, take_lenenc(in));

	if (in->bad || (col->len_bytes < 4 &&
	    bytes.n >> 8 * col->len_bytes))
		return false;
	buf_le(out, bytes.n, col->len_bytes);
	buf_span(out, bytes);
	return true;
}

/* The bits, high byte first. */
static bool
encode_bit(const struct column *col, struct cursor *in, struct buf *out)
{
	size_t n = (col->length + 7) / 8;
	struct span bytes = take_span(in, take_lenenc(in));

	if (in->bad || bytes.n > n)
		return false;
	put_be(out, 0, n - bytes.n);
	buf_span(out, bytes);
	return true;
}

/* Digits in groups of nine, the first (or last) group shorter; high byte
 * first, the sign bit flipped, all bits of a negative number. */
struct decimal {
	uint8_t digits[2 * 65];
	size_t whole, scale;
	bool negative;
};

/* "-12.50" with its zeros; false where it has more digits than its column. */
static bool
read_decimal(struct decimal *d, const struct column *col, struct span text)
{
	const char *dot;
	size_t whole;

	d->whole = (size_t)(col->precision - col->scale);
	d->scale = col->scale;
	d->negative = text.n > 0 && text.p[0] == '-';
	text = (struct span){ text.p + d->negative, text.n - d->negative };
	while (text.n > 1 && text.p[0] == '0' && text.p[1] != '.')
		text = (struct span){ text.p + 1, text.n - 1 };
	dot = memchr(text.p, '.', text.n);
	whole = dot ? (size_t)(dot - text.p) : text.n;
	if (whole == 1 && text.p[0] == '0' && d->whole == 0)
		text = (struct span){ text.p + whole, text.n - whole },
		whole = 0;
	if (whole > d->whole || text.n - whole > d->scale + 1)
		return false;
	memset(d->digits, 0, sizeof(d->digits));
	for (size_t i = 0; i < whole; i++)
		d->digits[d->whole - whole + i] = (uint8_t)(text.p[i] - '0');
	for (size_t i = whole + 1; i < text.n; i++)
		d->digits[d->whole + i - whole - 1] =
		    (uint8_t)(text.p[i] - '0');
	for (size_t i = 0; i < d->whole + d->scale; i++)
		if (d->digits[i] > 9)
			return false;
	return true;
}

static void
put_group(struct buf *out, const struct decimal *d, size_t from, size_t n)
{
	static const uint8_t bytes[DIGITS + 1] = {
		0, 1, 1, 2, 2, 3, 3, 4, 4, DIGITS_BYTES,
	};
	uint32_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + d->digits[from + i];
	put_be(out, d->negative ? ~v : v, bytes[n]);
}

static bool
encode_decimal(const struct column *col, struct cursor *in, struct buf *out)
{
	struct span text = take_span(in, take_lenenc(in));
	struct decimal d;
	size_t start = out->n, at;

	if (in->bad || !read_decimal(&d, col, text))
		return false;
	put_group(out, &d, 0, d.whole % DIGITS);
	for (at = d.whole % DIGITS; at < d.whole; at += DIGITS)
		put_group(out, &d, at, DIGITS);
	for (; at + DIGITS <= d.whole + d.scale; at += DIGITS)
		put_group(out, &d, at, DIGITS);
	put_group(out, &d, at, d.whole + d.scale - at);
	out->p[start] ^= '\x80';
	return true;
}

/* A time in the protocol: what is zero at its end is not sent. */
struct moment {
	bool negative;
	uint32_t days;
	unsigned year, month, day, hour, minute, second, micros;
};

static bool
plausible(const struct moment *m)
{
	return m->days <= DAYS_MAX && m->year <= 9999 && m->month <= 12 &&
	    m->day <= 31 && m->hour < 24 && m->minute < 60 &&
	    m->second < 60 && m->micros < 1000000;
}

/* length | year u16 | month | day | hour | minute | second | micros u32 */
static bool
take_datetime(struct cursor *in, struct moment *m)
{
	uint8_t n = take_u8(in);
	struct cursor at = cursor_of(take(in, n), in->bad ? 0 : n);

	*m = (struct moment){ 0 };
	if (in->bad || (n != 0 && n != 4 && n != 7 && n != 11))
		return false;
	if (n >= 4) {
		m->year = take_u16(&at);
		m->month = take_u8(&at);
		m->day = take_u8(&at);
	}
	if (n >= 7) {
		m->hour = take_u8(&at);
		m->minute = take_u8(&at);
		m->second = take_u8(&at);
	}
	if (n == 11)
		m->micros = take_u32(&at);
	return plausible(m);
}

/* length | is negative | days u32 | hour | minute | second | micros u32 */
static bool
take_time(struct cursor *in, struct moment *m)
{
	uint8_t n = take_u8(in);
	struct cursor at = cursor_of(take(in, n), in->bad ? 0 : n);

	*m = (struct moment){ 0 };
	if (in->bad || (n != 0 && n != 8 && n != 12))
		return false;
	if (n >= 8) {
		m->negative = take_u8(&at);
		m->days = take_u32(&at);
		m->hour = take_u8(&at);
		m->minute = take_u8(&at);
		m->second = take_u8(&at);
	}
	if (n == 12)
		m->micros = take_u32(&at);
	return plausible(m);
}

static bool
encode_date(const struct column *col, struct cursor *in, struct buf *out)
{
	struct moment m;

	(void)col;
	if (!take_datetime(in, &m))
		return false;
	buf_le(out, m.day | m.month << 5 | m.year << 9, 3);
	return true;
}

/* The fraction in as many bytes as its digits need, two digits in each. */
static void
put_fraction(struct buf *out, unsigned micros, unsigned fsp)
{
	static const unsigned divisors[] = { 0, 10000, 100, 1 };
	unsigned n = (fsp + 1) / 2;

	if (n)
		put_be(out, micros / divisors[n], n);
}

static bool
encode_datetime(const struct column *col, struct cursor *in, struct buf *out)
{
	struct moment m;
	uint64_t ymd, hms;

	if (!take_datetime(in, &m))
		return false;
	ymd = (uint64_t)(m.year * 13 + m.month) << 5 | m.day;
	hms = m.hour << 12 | m.minute << 6 | m.second;
	put_be(out, (ymd << 17 | hms) + ((uint64_t)1 << 39), 5);
	put_fraction(out, m.micros, col->fsp);
	return true;
}

/* In a session whose time zone is UTC. */
static bool
encode_timestamp(const struct column *col, struct cursor *in,
    struct buf *out)
{
	struct moment m;
	int64_t seconds = 0;

	if (!take_datetime(in, &m) || (m.year && (!m.month || !m.day)))
		return false;
	if (m.year)
		seconds = clock_days_from_civil(m.year, m.month, m.day) *
		    SECONDS_DAY + m.hour * 3600 + m.minute * 60 + m.second;
	put_be(out, (uint64_t)seconds, 4);
	put_fraction(out, m.micros, col->fsp);
	return true;
}

/* Hours above a day are days; a negative one is below an offset. */
static bool
encode_time(const struct column *col, struct cursor *in, struct buf *out)
{
	static const unsigned divisors[] = { 0, 10000, 100, 1 };
	unsigned n = (col->fsp + 1u) / 2;
	struct moment m;
	int64_t packed;
	uint64_t offset = (uint64_t)1 << (23 + 8 * n);

	if (!take_time(in, &m))
		return false;
	packed = (int64_t)(m.days * HOURS_DAY + m.hour) << 12 |
	    m.minute << 6 | m.second;
	packed <<= 8 * n;
	if (n)
		packed += m.micros / divisors[n];
	put_be(out, offset + (uint64_t)(m.negative ? -packed : packed),
	    3 + n);
	return true;
}

static bool
encode_uuid(const struct column *col, struct cursor *in, struct buf *out)
{
	struct span text = take_span(in, take_lenenc(in));
	uint8_t uuid[UUID_BYTES];

	if (in->bad || !uuid_take(uuid, text))
		return false;
	buf_le(out, UUID_BYTES, col->len_bytes);
	buf_put(out, uuid, UUID_BYTES);
	return true;
}

static bool
encode_inet(int family, const struct column *col, struct cursor *in,
    struct buf *out)
{
	struct span text = take_span(in, take_lenenc(in));
	char copy[INET6_ADDRSTRLEN];
	uint8_t bytes[16];

	if (in->bad || text.n >= sizeof(copy))
		return false;
	memcpy(copy, text.p, text.n);
	copy[text.n] = '\0';
	buf_le(out, col->length, col->len_bytes);
	if (inet_pton(family, copy, bytes) != 1)
		return false;
	buf_put(out, bytes, col->length);
	return true;
}

static bool
encode_inet4(const struct column *col, struct cursor *in, struct buf *out)
{
	return encode_inet(AF_INET, col, in, out);
}

static bool
encode_inet6(const struct column *col, struct cursor *in, struct buf *out)
{
	return encode_inet(AF_INET6, col, in, out);
}

/* "3:c" of a column whose labels are alike. */
static bool
encode_label(const struct column *col, struct cursor *in, struct buf *out)
{
	struct span text = take_span(in, take_lenenc(in));
	uint64_t number = 0;

	(void)col;
	if (in->bad || !integer_take(&text, UINT64_MAX, &number) ||
	    text.n == 0 || text.p[0] != ':' || text.n - 1 > LABELS_MAX)
		return false;
	buf_le(out, number, 8);
	buf_le(out, text.n - 1, 2);
	buf_put(out, text.p + 1, text.n - 1);
	return true;
}

static encode_fn *
encoder_of(const struct column *col)
{
	static encode_fn *const logged[256] = {
#define LOG_TYPE(id, number, word, meta, counts, bind, encode, as)           \
	[number] = encode,
#include "value/types.def"
	}, *const hidden[DECLARED_TYPES] = {
#define HIDDEN_TYPE(id, log, width, class, jdbc, literal, major, minor, put, \
    encode) [DECLARED_##id] = encode,
#include "value/types.def"
	};

	return hidden[col->declared] ? hidden[col->declared] :
	    logged[col->type];
}

void
encode_prepare(struct table *t)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		struct column *col = &t->columns[i];

		if (col->type != COLUMN_ENUM && col->type != COLUMN_SET)
			continue;
		if (col->collation == COLLATION_BINARY)
			col->collation = 0;     /* labels are texts always */
		col->spelled = enum_set_labels_alike(col);
		if (col->spelled)
			continue;
		col->type = COLUMN_VARCHAR;
		col->length = LABELS_MAX;
		col->len_bytes = 2;
	}
}

void
encode_select(const struct column *col, struct statement *sql)
{
	if (!col->spelled) {
		statement_add(sql, SQL_NAME(col->name));
		return;
	}
	statement_add(sql, SQL("CONCAT("), SQL_NAME(col->name),
	    SQL(" | 0, ':', CAST("), SQL_NAME(col->name),
	    SQL(" AS BINARY))"));
}

static int
no_value(const struct table *t, size_t i, struct err *err)
{
	return err_set(err, ERR_DATA, "table %.*s.%.*s: column %.*s: not a "
	    "value of its type", (int)t->db.n, t->db.p, (int)t->name.n,
	    t->name.p, (int)t->columns[i].name.n, t->columns[i].name.p);
}

int
encode_row(struct buf *image, const struct table *t, const uint8_t *row,
    size_t n, struct err *err)
{
	struct cursor in = cursor_of(row, n);
	const uint8_t *nulls = take(&in, (t->ncolumns + NULL_BITS_OFFSET + 7) /
	    8);
	size_t start = image->n;

	if (!nulls)
		return err_set(err, ERR_DATA, "a result row is cut short");
	for (size_t i = 0; i < (t->ncolumns + 7) / 8; i++)
		buf_char(image, '\0');
	for (size_t i = 0; i < t->ncolumns; i++) {
		size_t bit = i + NULL_BITS_OFFSET;

		if (nulls[bit / 8] >> bit % 8 & 1)
			image->p[start + i / 8] |= (char)(1 << i % 8);
		else if (!encoder_of(&t->columns[i])(&t->columns[i], &in,
		    image))
			return no_value(t, i, err);
	}
	return cursor_left(&in) == 0 ? 0 : err_set(err, ERR_DATA,
	    "table %.*s.%.*s: a result row is too long", (int)t->db.n, t->db.p,
	    (int)t->name.n, t->name.p);
}

/* SPDX-License-Identifier: MIT */
#include "convert/omitted.h"

#include <ctype.h>
#include <strings.h>

#include "base/base64.h"
#include "base/hex.h"
#include "base/integer.h"
#include "convert/convert.h"
#include "convert/source_column.h"
#include "json/write.h"
#include "schema/constant.h"

/* A default, on its way to a record. */
struct omitted {
	const struct schema_column *from;
	const struct target_column *as; /* from, as a target would have it */
	enum encoding encoding;
	enum constant kind;
	struct span text;
	struct buf *json;
};

static void
put_text(const struct omitted *o, struct span text)
{
	json_string(o->json, text);
}

/* ---- numbers */

/* "-12.50" as its digits: -12, 50.  Of anything else false. */
static bool
split(struct span text, bool *negative, struct span *whole,
    struct span *fraction)
{
	const char *point;

	*negative = text.n && *text.p == '-';
	if (*negative)
		text = (struct span){ text.p + 1, text.n - 1 };
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '.' && !isdigit((unsigned char)text.p[i]))
			return false;
	point = memchr(text.p, '.', text.n);
	*whole = point ? span_between(text.p, point) : text;
	*fraction = point ? span_between(point + 1, text.p + text.n) :
	    (struct span){ text.p, 0 };
	return whole->n && !memchr(fraction->p, '.', fraction->n);
}

/* A number with this many digits after its point, none of which is cut. */
static bool
put_number(const struct omitted *o, int64_t scale)
{
	struct span whole, fraction;
	bool negative;

	if (!split(o->text, &negative, &whole, &fraction))
		return false;
	for (; whole.n > 1 && *whole.p == '0'; whole.n--)
		whole.p++;
	while (fraction.n && (scale < 0 || fraction.n > (size_t)scale) &&
	    fraction.p[fraction.n - 1] == '0')
		fraction.n--;
	if (scale >= 0 && fraction.n > (size_t)scale)
		return false;
	if (negative && (strspn(whole.p, "0") < whole.n ||
	    strspn(fraction.p, "0") < fraction.n))
		buf_char(o->json, '-');
	buf_span(o->json, whole);
	if (fraction.n || scale > 0)
		buf_char(o->json, '.');
	buf_span(o->json, fraction);
	for (size_t i = fraction.n; scale > 0 && i < (size_t)scale; i++)
		buf_char(o->json, '0');
	return true;
}

static bool
put_integer(const struct omitted *o)
{
	return put_number(o, 0);
}

static bool
put_decimal(const struct omitted *o)
{
	return put_number(o, o->from->scale > 0 ? o->from->scale : 0);
}

static bool
put_real(const struct omitted *o)
{
	return put_number(o, o->from->scale);
}

static bool
put_bits(const struct omitted *o)
{
	uint64_t value = 0;

	if (o->kind == CONSTANT_DIGITS)
		return put_integer(o);
	if (o->text.n > 63 || o->kind == CONSTANT_STRING)
		return false;
	for (size_t i = 0; i < o->text.n; i++) {
		if (o->text.p[i] != '0' && o->text.p[i] != '1')
			return false;
		value = value << 1 | (o->text.p[i] == '1');
	}
	buf_u64(o->json, value);
	return true;
}

/* ---- times */

/* Is it of this form, '0' being any digit? */
static bool
is_like(struct span text, const char *form)
{
	if (text.n != strlen(form))
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (form[i] == '0' ? !isdigit((unsigned char)text.p[i]) :
		    text.p[i] != form[i])
			return false;
	return true;
}

/* Without its fraction, which is at most as long as the column's. */
static bool
cut_fraction(const struct omitted *o, struct span *text)
{
	const char *point = memchr(text->p, '.', text->n);
	size_t digits = point ? (size_t)(text->p + text->n - point - 1) : 0;

	for (size_t i = 0; i < digits; i++)
		if (!isdigit((unsigned char)point[1 + i]))
			return false;
	text->n -= point ? digits + 1 : 0;
	return (int64_t)digits <= (o->from->length < 0 ? 0 : o->from->length);
}

static bool
put_year(const struct omitted *o)
{
	if (!is_like(o->text, "0000"))
		return false;
	put_text(o, o->text);
	return true;
}

static bool
put_date(const struct omitted *o)
{
	if (!is_like(o->text, "0000-00-00"))
		return false;
	put_text(o, o->text);
	return true;
}

static bool
put_time(const struct omitted *o)
{
	struct span text = o->text;

	if (!cut_fraction(o, &text))
		return false;
	if (text.n && *text.p == '-')
		text = (struct span){ text.p + 1, text.n - 1 };
	if (!is_like(text, "00:00:00") && !is_like(text, "000:00:00"))
		return false;
	put_text(o, o->text);
	return true;
}

static bool
put_datetime(const struct omitted *o)
{
	struct span text = o->text;

	if (!cut_fraction(o, &text) || !is_like(text, "0000-00-00 00:00:00"))
		return false;
	put_text(o, o->text);
	return true;
}

/* Of another than zero it is unknown in which time zone it was written. */
static bool
put_timestamp(const struct omitted *o)
{
	struct span text = o->text;

	if (!cut_fraction(o, &text) || !span_is(text, "0000-00-00 00:00:00"))
		return false;
	put_text(o, o->text);
	return true;
}

/* ---- texts */

/* U+EF00 to U+EFFF stand for bytes in a record, and for themselves here. */
static bool
has_byte_signs(struct span text)
{
	for (size_t i = 0; i + 1 < text.n; i++)
		if ((uint8_t)text.p[i] == 0xEE &&
		    (uint8_t)text.p[i + 1] >= 0xBC)
			return true;
	return false;
}

/* Is a number the same as a string?  Not 007. */
static bool
is_plain(const struct omitted *o)
{
	struct span whole, fraction;
	bool negative;

	return o->kind != CONSTANT_DIGITS || (split(o->text, &negative,
	    &whole, &fraction) && !fraction.n && (*whole.p != '0' ||
	    (whole.n == 1 && !negative)));
}

static bool
is_fixed(const struct omitted *o)
{
	const struct sql_type *type = schema_column_type(o->from);

	return type->id == DECLARED_CHAR || type->id == DECLARED_BINARY;
}

static bool
put_characters(const struct omitted *o)
{
	struct span text = o->text;

	if (schema_column_type(o->from)->id == DECLARED_JSON ||
	    has_byte_signs(text) || !is_plain(o))
		return false;
	while (is_fixed(o) && text.n && text.p[text.n - 1] == ' ')
		text.n--;
	put_text(o, text);
	return true;
}

/* ASCII: of other characters it is unknown which bytes they were. */
static bool
put_bytes(const struct omitted *o)
{
	struct buf bytes = { 0 };
	bool known = (o->encoding == ENC_BASE64 || o->encoding == ENC_HEX) &&
	    is_plain(o);

	for (size_t i = 0; i < o->text.n; i++)
		known = known && (uint8_t)o->text.p[i] < 0x80;
	buf_span(&bytes, o->text);
	while (is_fixed(o) && (int64_t)bytes.n < o->from->length)
		buf_char(&bytes, '\0');
	if (known && is_fixed(o) && o->from->length < 0)
		known = bytes.n == 1;
	if (known) {
		buf_char(o->json, '"');
		if (o->encoding == ENC_HEX)
			hex_append(o->json, buf_view(&bytes), hex_lower);
		else
			base64_append(o->json, buf_view(&bytes), false);
		buf_char(o->json, '"');
	}
	buf_free(&bytes);
	return known;
}

/* The number of a label from 0, or of none their number. */
static size_t
find_label(const struct omitted *o, struct span text)
{
	size_t i = 0;

	while (i < o->as->nlabels && !span_eq(o->as->labels[i], text))
		i++;
	return i;
}

static bool
put_label(const struct omitted *o)
{
	size_t i = find_label(o, o->text);
	uint64_t number;

	if (o->kind == CONSTANT_DIGITS)
		i = integer_read(o->text, o->as->nlabels, &number) && number ?
		    (size_t)number - 1 : o->as->nlabels;
	if (i == o->as->nlabels || o->as->numbered)
		return false;
	put_text(o, o->as->labels[i]);
	return true;
}

/* Its labels in their order, as a SET has them. */
static bool
put_labels(const struct omitted *o)
{
	struct span rest = o->text;
	size_t last = 0;

	while (rest.n) {
		const char *comma = memchr(rest.p, ',', rest.n);
		const char *end = comma ? comma : rest.p + rest.n;
		size_t i = find_label(o, span_between(rest.p, end));

		if (i == o->as->nlabels || i + 1 <= last)
			return false;
		last = i + 1;
		rest = span_between(comma ? comma + 1 : end,
		    rest.p + rest.n);
	}
	if (o->as->numbered || o->kind == CONSTANT_DIGITS)
		return false;
	put_text(o, o->text);
	return true;
}

/* UUID and the like: the target reads it as the source did. */
static bool
put_other(const struct omitted *o)
{
	put_text(o, o->text);
	return true;
}

/* ---- all */

/* THE TABLE: by class, how a default becomes JSON, and what a column has that
 * has none and is NOT NULL. */
static const struct {
	bool (*put)(const struct omitted *o);
	const char *none;
} classes[] = {
	[CLASS_OTHER] = { put_other, NULL },
	[CLASS_INT] = { put_integer, "0" },
	[CLASS_DECIMAL] = { put_decimal, "0" },
	[CLASS_FLOAT] = { put_real, "0" },
	[CLASS_DOUBLE] = { put_real, "0" },
	[CLASS_BIT] = { put_bits, "0" },
	[CLASS_YEAR] = { put_year, "0000" },
	[CLASS_DATE] = { put_date, "0000-00-00" },
	[CLASS_TIME] = { put_time, "00:00:00" },
	[CLASS_DATETIME] = { put_datetime, "0000-00-00 00:00:00" },
	[CLASS_TIMESTAMP] = { put_timestamp, "0000-00-00 00:00:00" },
	[CLASS_TEXT] = { put_characters, "" },
	[CLASS_BINARY] = { put_bytes, "" },
	[CLASS_ENUM] = { put_label, NULL },
	[CLASS_SET] = { put_labels, "" },
	[CLASS_GEOMETRY] = { NULL, NULL },
	[CLASS_VECTOR] = { NULL, NULL },
};

/* … of a type that is not like the others of its class. */
static const struct {
	enum declared_type id;
	const char *none;
} others[] = {
	{ DECLARED_UUID, "00000000-0000-0000-0000-000000000000" },
	{ DECLARED_INET6, "::" }, { DECLARED_INET4, "0.0.0.0" },
};

/* What a type has; p NULL: it is not known. */
static struct span
none_of(const struct omitted *o)
{
	const struct sql_type *type = schema_column_type(o->from);
	const char *none = classes[type->class].none;

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (others[i].id == type->id)
			none = others[i].none;
	if (type->class == CLASS_ENUM && o->as->nlabels)
		return o->as->labels[0];
	return none ? span_of(none) : (struct span){ NULL, 0 };
}

/* A number or a text looks the same in columns of any like it; all else only
 * in one of its own class. */
static bool
is_like_class(const struct omitted *o, const struct target_column *to)
{
	const struct sql_type *type = schema_column_type(o->from);
	bool exact = type->class == CLASS_INT || type->class == CLASS_DECIMAL;

	if (type->class == CLASS_OTHER)
		return strncasecmp(to->type, type->word,
		    strlen(type->word)) == 0;
	return to->class == type->class || (exact &&
	    to->class >= CLASS_INT && to->class <= CLASS_DOUBLE);
}

/* Would the source's own column have it unchanged? */
static bool
is_own(const struct omitted *o, const struct known_modes *modes, size_t at)
{
	struct conversion c;
	struct buf out = { 0 };
	enum converted got;

	source_column_bind(&c, o->as, o->from, modes);
	got = convert(&c, (struct span){ o->json->p + at, o->json->n - at },
	    &out);
	buf_free(&out);
	return got == CONVERT_VALUE && !c.lenient;
}

static bool
put_default(struct omitted *o, const struct known_modes *modes,
    const struct target_column *to)
{
	enum type_class class = schema_column_type(o->from)->class;
	size_t at = o->json->n;

	if (o->kind == CONSTANT_ABSENT)
		o->text = none_of(o);
	if (class >= CLASS_DATE && class <= CLASS_TIMESTAMP && o->text.p &&
	    span_is(o->text, "0"))
		o->text = span_of(classes[class].none);
	if (!o->text.p || !classes[class].put || !is_like_class(o, to))
		return false;
	if (classes[class].put(o) && is_own(o, modes, at))
		return true;
	o->json->n = at;
	return false;
}

bool
omitted_value(const struct schema_table *table,
    const struct schema_column *from, const struct known_modes *modes,
    const struct target_column *to, struct buf *json)
{
	struct target_column as;
	struct buf text = { 0 };
	struct omitted o = { .from = from, .as = &as, .json = json };
	bool known = true;

	source_column_take(&as, table, from);
	o.encoding = encoding_of(from, modes, &as);
	o.kind = constant_of(from, &text);
	o.text = (struct span){ text.p ? text.p : "", text.n };
	if (o.kind == CONSTANT_UNKNOWN)
		known = false;
	else if (o.kind == CONSTANT_ABSENT && as.nullable)
		buf_str(json, "null");
	else
		known = put_default(&o, modes, to);
	buf_free(&text);
	source_column_clear(&as);
	return known;
}

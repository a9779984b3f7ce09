/* SPDX-License-Identifier: MIT */
#include "convert/check_value.h"

#include <stdlib.h>

#include "base/integer.h"

/* Digits after the point, without zeros at the end. */
static size_t
fraction(struct span text)
{
	const char *point = memchr(text.p, '.', text.n);
	size_t n = point ? (size_t)(text.p + text.n - point - 1) : 0;

	while (n > 0 && point[n] == '0')
		n--;
	return n;
}

static const char *
check_int(const struct target_column *to, struct span text)
{
	size_t i = text.n && text.p[0] == '-';

	(void)to;
	if (i == text.n)
		return "not a whole number";
	for (; i < text.n; i++)
		if (text.p[i] < '0' || text.p[i] > '9')
			return "not a whole number";
	return NULL;
}

/* An exponent. */
static bool
small_number(struct span text, int64_t *value)
{
	*value = 0;
	return text.n <= 5 && integer_read_signed(text, value);
}

/* An exponent moves the point. */
static const char *
check_decimal(const struct target_column *to, struct span text)
{
	int64_t digits, moved = 0;

	for (size_t i = 0; i < text.n; i++) {
		size_t from = i + 1 + (i + 1 < text.n && text.p[i + 1] == '+');

		if ((text.p[i] | 0x20) != 'e')
			continue;
		if (!small_number((struct span){ text.p + from,
		    text.n - from }, &moved))
			return "not a number";
		text.n = i;
	}
	digits = (int64_t)fraction(text) - moved;
	return digits > (int64_t)to->digits ? "it would be rounded" : NULL;
}

static const char *
check_temporal(const struct target_column *to, struct span text)
{
	return fraction(text) > to->digits ?
	    "its fraction would be cut" : NULL;
}

static const char *
check_time(const struct target_column *to, struct span text)
{
	if (!text.n || !memchr(text.p, ':', text.n))
		return "not a time";
	return memchr(text.p, ' ', text.n) ? "its date would be cut" :
	    check_temporal(to, text);
}

/* Of other numbers the server makes years of this century or the last. */
static const char *
check_year(const struct target_column *to, struct span text)
{
	(void)to;
	return text.n == 4 && (span_is(text, "0000") || text.p[0] == '1' ||
	    text.p[0] == '2') ? NULL : "not a year";
}

static const char *
check_date(const struct target_column *to, struct span text)
{
	(void)to;
	for (size_t i = 10; i < text.n; i++)
		if (text.p[i] >= '1' && text.p[i] <= '9')
			return "its time of day would be cut";
	return NULL;
}

/* Is it CHAR or BINARY, whose values all have one length?  They are written
 * without the blanks, and with the zero bytes, that this takes. */
static bool
is_fixed(const struct target_column *to, const char *type)
{
	return strncmp(to->type, type, strlen(type)) == 0;
}

/* Blanks at the end are cut without a word. */
static const char *
check_text(const struct target_column *to, struct span text)
{
	uint64_t n = 0;

	if (text.n == 0 || text.p[text.n - 1] != ' ')
		return NULL;
	if (is_fixed(to, "char("))
		return "CHAR would cut the blanks at its end";
	if (text.n <= to->length)
		return NULL;
	for (size_t i = 0; i < text.n; i++)
		n += ((unsigned char)text.p[i] & 0xC0) != 0x80;
	return n > to->length ? "it is too long" : NULL;
}

static const char *
check_binary(const struct target_column *to, struct span bytes)
{
	return is_fixed(to, "binary(") && bytes.n < to->length ?
	    "BINARY would append zero bytes to it" : NULL;
}

static bool
has_label(const struct target_column *col, struct span label)
{
	for (size_t i = 0; i < col->nlabels; i++)
		if (span_eq(col->labels[i], label))
			return true;
	return false;
}

/* Digits that are no label would be taken as a label's number. */
static bool
is_number(struct span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
	return text.n > 0;
}

static const char *
check_enum(const struct target_column *to, struct span text)
{
	if (is_number(text) && !has_label(to, text))
		return "not one of its labels";
	return NULL;
}

static const char *
check_set(const struct target_column *to, struct span text)
{
	return is_number(text) && !has_label(to, text) ?
	    "not one of its labels" : NULL;
}

/* What the server would take, but not as it is. */
/*
 * A decimal number in binary: as many digits always come back as they were, and
 * whole numbers of so many bits.
 */
static const char *
check_real(const struct target_column *to, struct span text)
{
	bool single = to->class == CLASS_FLOAT;
	uint64_t whole = 0, most = single ? 1u << 24 : 1ull << 53;
	size_t digits = 0, zeros = 0, point = 0;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '.')
			point++;
		else if (c == '0' && digits)
			zeros++;
		else if (c >= '1' && c <= '9') {
			digits += zeros + 1;
			zeros = 0;
		}
		if (c >= '0' && c <= '9' && whole <= most)
			whole = whole * 10 + (uint64_t)(c - '0');
	}
	return digits <= (single ? 6 : 15) || (!point && whole <= most) ?
	    NULL : "it would be rounded";
}

static const char *(*const checks[])(const struct target_column *,
    struct span) = {
	[CLASS_INT] = check_int, [CLASS_DECIMAL] = check_decimal,
	[CLASS_DATE] = check_date, [CLASS_TIME] = check_time,
	[CLASS_YEAR] = check_year,
	[CLASS_DATETIME] = check_temporal, [CLASS_TIMESTAMP] = check_temporal,
	[CLASS_TEXT] = check_text, [CLASS_BINARY] = check_binary,
	[CLASS_ENUM] = check_enum,
	[CLASS_SET] = check_set, [CLASS_VECTOR] = NULL,
};

const char *
check_value_misfit(const struct target_column *to, struct span text, bool exact,
    bool *no_label)
{
	*no_label = to->class == CLASS_ENUM && text.n == 0 &&
	    !has_label(to, text);
	if (exact && (to->class == CLASS_FLOAT || to->class == CLASS_DOUBLE))
		return check_real(to, text);
	return checks[to->class] ? checks[to->class](to, text) : NULL;
}

/* 999999.99 of FLOAT(8,2) */
static bool
put_limit(const char *type, bool negative, struct buf *out)
{
	const char *sign = strchr(type, '(');
	struct span rest = span_of(sign ? sign + 1 : "");
	uint64_t m, d;

	if (!integer_take(&rest, 255, &m) || !one_of(rest.p[0], ","))
		return false;
	rest = span_of(rest.p + 1);
	if (!integer_take(&rest, m, &d) || !one_of(rest.p[0], ")"))
		return false;
	if (negative)
		buf_char(out, '-');
	for (uint64_t i = 0; i < m; i++) {
		if (i == m - d)
			buf_char(out, '.');
		buf_char(out, '9');
	}
	return true;
}

/* Are two texts the same value of the type? */
static bool
same_value(enum type_class class, const char *x, const char *y)
{
	return class == CLASS_FLOAT ? strtof(x, NULL) == strtof(y, NULL) :
	    strtod(x, NULL) == strtod(y, NULL);
}

void
check_value_at_limit(const struct target_column *to, struct buf *out, size_t at)
{
	static const char most[] = "3.4028234663852886e38";
	struct buf limit = { 0 };
	const char *text;
	bool negative;

	if ((to->class != CLASS_FLOAT && to->class != CLASS_DOUBLE) ||
	    out->n == at)
		return;
	buf_char(out, '\0');
	text = out->p + at;
	negative = *text == '-';
	if (!put_limit(to->type, negative, &limit) &&
	    to->class == CLASS_FLOAT)
		buf_printf(&limit, "%s%s", negative ? "-" : "", most);
	out->n--;
	if (limit.n && same_value(to->class, text, buf_cstr(&limit))) {
		out->n = at;
		buf_span(out, buf_view(&limit));
	}
	buf_free(&limit);
}

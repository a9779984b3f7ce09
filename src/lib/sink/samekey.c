/* SPDX-License-Identifier: MIT */
#include "sink/samekey.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/hash.h"
#include "record/unique.h"
#include "json/object.h"
#include "json/scan.h"

enum { MAX_PARTS = 64, MAX_EXPONENT_DIGITS = 9 };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Over digits: how many. */
static size_t
skip_digits(const char **p, const char *end)
{
	const char *from = *p;

	while (*p < end && is_digit(**p))
		++*p;
	return (size_t)(*p - from);
}

/* The parts of 12.50e3, of which none is calculated with. */
struct number {
	bool negative;
	struct span whole, fraction;
	long exponent;
};

static bool
read_exponent(struct number *n, const char *p, const char *end)
{
	bool negative = p < end && *p == '-';
	size_t digits;

	p += p < end && (*p == '-' || *p == '+');
	for (digits = 0; p < end && is_digit(*p); p++, digits++)
		n->exponent = 10 * n->exponent + (digits <
		    MAX_EXPONENT_DIGITS ? *p - '0' : 0);
	if (negative)
		n->exponent = -n->exponent;
	return digits && digits <= MAX_EXPONENT_DIGITS && p == end;
}

static bool
read_number(struct number *n, struct span text)
{
	const char *p = text.p, *end = text.p + text.n;

	*n = (struct number){ .negative = text.n && *p == '-' };
	p += n->negative;
	n->whole.p = p;
	n->whole.n = skip_digits(&p, end);
	if (!n->whole.n)
		return false;
	if (p < end && *p == '.') {
		n->fraction.p = ++p;
		n->fraction.n = skip_digits(&p, end);
	}
	if (p < end && (*p == 'e' || *p == 'E'))
		return read_exponent(n, p + 1, end);
	return p == end;
}

/* Its digits without zeros around them, and where the point is. */
static void
put_number(struct buf *out, const struct number *n)
{
	size_t start = out->n, zeros = 0;
	long point;

	buf_span(out, n->whole);
	if (n->fraction.n)
		buf_span(out, n->fraction);
	while (out->n > start && out->p[out->n - 1] == '0')
		out->n--;
	while (start + zeros < out->n && out->p[start + zeros] == '0')
		zeros++;
	if (out->n == start) {
		buf_char(out, '0');
		return;
	}
	memmove(out->p + start, out->p + start + zeros, out->n - start -
	    zeros);
	out->n -= zeros;
	point = (long)n->whole.n + n->exponent - (long)zeros;
	buf_printf(out, "%se%ld", n->negative ? "-" : "", point);
}

/* Letters that are one in some collation; 0: a character that some ignore. */
static char
letter_class(unsigned char c)
{
	static const char classes[][4] = { "ijy", "uvw" };
	char low = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);

	if (c < ' ' || c == 0x7f)
		return 0;
	for (size_t i = 0; i < 2; i++)
		if (memchr(classes[i], low, 3))
			return classes[i][0];
	return low;
}

/* Numbers are read of what collations leave of a text, too: "1 " is 1. */
static bool
put_text(struct buf *out, struct span text)
{
	size_t start = out->n;
	struct number number;
	struct buf digits = { 0 };

	while (text.n && text.p[text.n - 1] == ' ')
		text.n--;
	for (size_t i = 0; i < text.n; i++) {
		char c = letter_class((unsigned char)text.p[i]);

		if ((unsigned char)text.p[i] >= 0x80)
			return false;
		if (c && (c != ' ' || out->n > start))
			buf_char(out, c);
	}
	if (read_number(&number, (struct span){ out->p + start,
	    out->n - start })) {
		put_number(&digits, &number);
		out->n = start;
		buf_span(out, buf_view(&digits));
	}
	buf_free(&digits);
	return true;
}

/* name= */
static bool
put_column(struct buf *out, struct span name, struct span value)
{
	struct buf text = { 0 };
	bool good = put_text(out, json_string_text(name, &text));

	(void)value;
	buf_char(out, '=');
	buf_free(&text);
	return good;
}

/* name=value */
static bool
put_part(struct buf *out, struct span name, struct span value)
{
	struct buf text = { 0 };
	bool good = put_column(out, name, value);

	if (span_is(value, "true") || span_is(value, "false"))
		value = value.p[0] == 't' ? SPAN("1") : SPAN("0");
	if (value.p[0] == '"')
		value = json_string_text(json_inside(value), &text);
	else if (value.p[0] == '{' || value.p[0] == '[')
		good = false;
	good = good && put_text(out, value);
	buf_free(&text);
	return good;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Parts that `put` makes of a key's members, in an order of their own. */
static bool
put_parts(struct buf *out, struct span key,
    bool (*put)(struct buf *out, struct span name, struct span value))
{
	struct json_pos at = json_at(key);
	char *parts[MAX_PARTS];
	struct span name, value;
	size_t n = 0;
	bool good = unique_json(key) && json_enter(&at, '{');

	while (good && json_next(&at, &name) > 0 && json_value(&at, &value)) {
		struct buf part = { 0 };

		good = n < MAX_PARTS && put(&part, name, value);
		if (good)
			parts[n++] = xstrdup(buf_cstr(&part));
		buf_free(&part);
	}
	qsort(parts, n, sizeof(*parts), by_text);
	for (size_t i = 0; i < n; i++) {
		buf_str(out, parts[i]);
		buf_char(out, ',');
		free(parts[i]);
	}
	return good && n > 0;
}

bool
samekey_put(struct buf *out, struct span key)
{
	return put_parts(out, key, put_part);
}

bool
samekey_put_columns(struct buf *out, struct span key)
{
	return put_parts(out, key, put_column);
}

/* In a topic, each character that it cannot have is '_'. */
void
samekey_put_table(struct buf *out, struct span table)
{
	for (size_t i = 0; i < table.n; i++) {
		unsigned char c = (unsigned char)table.p[i];

		if (c >= 'A' && c <= 'Z')
			buf_char(out, (char)(c + 32));
		else if (is_digit((char)c) || (c >= 'a' && c <= 'z') ||
		    c == '.' || c == '-')
			buf_char(out, (char)c);
		else if ((c & 0xC0) != 0x80)
			buf_char(out, '_');
	}
}

uint64_t
samekey_hash(struct buf *scratch, struct span table, struct span key)
{
	scratch->n = 0;
	samekey_put_table(scratch, table);
	if (key.p && !samekey_put(scratch, key))
		buf_span(scratch, key);
	return hash_span(buf_view(scratch), hash_seed());
}

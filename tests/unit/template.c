/* SPDX-License-Identifier: MIT
 *
 * Lines that are nearly like one another, read by a record that remembers lines
 * and by one that has read none: what they say must be the same.
 */
#include "record/template.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "record/record.h"
#include "tap.h"

#define ROW_SOURCE "\"source\":{\"name\":\"mariadb\",\"ts_ms\":1795722414000," \
	"\"db\":\"shop\",\"table\":\"orders\",\"gtid\":\"0-1-304\",\"pos\":1099," \
	"\"row\":0,\"thread\":null,\"query\":null}"
#define TRANSACTION "\"transaction\":{\"id\":\"0-1-304\",\"total_order\":1," \
	"\"data_collection_order\":1}"

static const char *const lines[] = {
	"{\"topic\":\"mariadb.shop.orders\",\"key\":{\"id\":7},\"payload\":{"
	"\"before\":null,\"after\":{\"id\":7,\"name\":\"a long one that goes "
	"over sixteen bytes\",\"n\":-1.50,\"x\":null,\"j\":{\"a\":[1,\"b\",true"
	"]}}," ROW_SOURCE ",\"op\":\"c\",\"ts_ms\":1795722437028," TRANSACTION
	"}}",
	"{\"topic\":\"mariadb.shop.orders\",\"key\":{\"id\":7},\"payload\":{"
	"\"before\":{\"id\":7,\"id2\":\"\"},\"after\":{\"id\":7,\"id2\":\"\\u00e9"
	"\\n\"}," ROW_SOURCE ",\"op\":\"u\",\"ts_ms\":1,\"transaction\":null}}",
	"{\"before\":{\"id\":7},\"after\":null," ROW_SOURCE ",\"op\":\"d\"}",
	"{\"topic\":\"t.shop.orders\",\"key\":null,\"headers\":{\"h\":\"v\"},"
	ROW_SOURCE "," TRANSACTION ",\"op\":\"c\",\"payload\":{\"id\":1,"
	"\"op\":\"d\",\"n\":0}}",
	"{\"schema\":{\"type\":\"struct\",\"fields\":[1,2]},\"payload\":{"
	"\"after\":{\"a\":\"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
	"\xC3\xA9\xC3\xA9\xC3\xA9\"}," ROW_SOURCE ",\"op\":\"r\"}}",
	"{ \"topic\": \"x\", \"payload\": { \"after\": { \"a\": 1 }, "
	ROW_SOURCE ", \"op\": \"r\" , \"ts_ms\" : 5 } }",
	"{\"topic\":\"x\",\"partition\":0,\"offset\":5,\"key\":\"{\\\"id\\\":1}"
	"\",\"payload\":\"{\\\"after\\\":{},\\\"op\\\":\\\"c\\\"," "\\\"source"
	"\\\":{\\\"db\\\":\\\"d\\\",\\\"table\\\":\\\"t\\\"}}\"}",
	"{\"topic\":\"x\",\"key\":{\"a\":1},\"payload\":null}",
	"{\"topic\":\"x\",\"key\":{\"a\":1},\"payload\":{\"a\":1,\"b\":\"c\"}}",
	" {\"after\":{\"a\":1}," ROW_SOURCE ",\"op\":\"c\"}\r",
	"{\"topic\":\"x\",\"key\":{\"a\":1},\"payload\":{\"ts_ms\":1,\"beat\":"
	"\"first\",\"gtid\":\"0-1-1\"}}",
};

/* What a value becomes: other values, and what is none. */
static const char *const values[] = {
	"0", "7", "12345678901234567890123", "-1", "1.5e+7", "01", "1.", "-",
	"+1", "1e", "\"\"", "\"x\"", "\"sixteen bytes and a few more\"",
	"\"a \\\" quote behind sixteen bytes\"", "\"\\u00e9\"", "\"\\ud83d"
	"\\ude00\"", "\"\\ud83d\"", "\"\\x\"", "\"\\\"", "\"tab\there\"",
	"\"\xE2\x82\xAC and more than sixteen \xE2\x82\xAC\"", "\"\xE2\x82\"",
	"\"\xFF\"", "null", "true", "false", "nul", "nulll", "[]", "{}", "[1]",
	"{\"a\":1,\"a\":2}", "c", "\"c\"", "\"u\"", "\"d\"", "\"z\"",
	"\"\\u0063\"", "", " 5 ", "\"a\",\"b\":1", "5,\"op\":\"c\"",
	"\"first\"",
};

enum { LINES = sizeof(lines) / sizeof(*lines),
	VALUES = sizeof(values) / sizeof(*values) };

static uint64_t seed = 88172645463325252u;

static size_t
below(size_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (size_t)(seed >> 20) % n;
}

static bool
is_value_end(char c)
{
	return c == ',' || c == '}' || c == ']';
}

/* Put another value behind the next of the text's colons; its place, or the
 * text's end. */
static size_t
put_value(struct buf *text, size_t at, const char *value)
{
	struct buf new = { 0 };
	size_t end;
	bool quoted;

	while (at < text->n && text->p[at] != ':')
		at++;
	if (at + 1 >= text->n)
		return text->n;
	end = ++at;
	quoted = text->p[at] == '"';
	for (end += quoted; end < text->n && (quoted ? text->p[end] != '"' :
	    !is_value_end(text->p[end])); )
		end++;
	end += quoted && end < text->n;
	buf_put(&new, text->p, at);
	buf_str(&new, value);
	buf_put(&new, text->p + end, text->n - end);
	buf_free(text);
	*text = new;
	return at;
}

static void
change_value(struct buf *text)
{
	put_value(text, below(text->n), values[below(VALUES)]);
}

static void
change_byte(struct buf *text)
{
	static const char bytes[] = "\"\\{}[]:,01-ex \n\t\x80\xC3";
	size_t at = below(text->n);

	text->p[at] = bytes[below(sizeof(bytes) - 1)];
	if (text->p[at] == '\n')        /* no line has one */
		text->p[at] = '\r';
}

static void
cut_or_double(struct buf *text)
{
	size_t at = below(text->n), n = below(text->n - at) % 24 + 1;

	if (at + n > text->n)
		return;
	if (below(2)) {
		memmove(text->p + at, text->p + at + n, text->n - at - n);
		text->n -= n;
		return;
	}
	buf_room(text, n);
	memmove(text->p + at + n, text->p + at, text->n - at);
	text->n += n;
}

static bool strings;            /* kcat's: each record has its own */

static bool
same_span(struct span a, struct span b, const char *what)
{
	if (a.p == b.p ? !a.p || a.n == b.n :
	    strings && a.p && b.p && span_eq(a, b))
		return true;
	printf("# %s: %.*s, not %.*s\n", what, (int)a.n, a.p ? a.p : "",
	    (int)b.n, b.p ? b.p : "");
	return false;
}

static bool
same_members(const struct members *a, const struct members *b)
{
	bool same = a->seen == b->seen;

	for (unsigned i = 0; same && i < MEMBERS; i++)
		same = !(a->seen & BIT(i)) || same_span(a->v[i], b->v[i],
		    "a member");
	return same && (!a->seen || a->others == b->others);
}

static bool
same_spans(const struct record *a, const struct record *b)
{
#define SAME(field) same_span(a->field, b->field, #field)
	return SAME(topic) && SAME(key) &&
	    SAME(headers) && SAME(partition) && SAME(offset) &&
	    SAME(line_source) && SAME(line_transaction) && SAME(line_op) &&
	    SAME(payload) && SAME(payload_at) && SAME(before) && SAME(after) &&
	    SAME(op) && SAME(source) && SAME(transaction) && SAME(ts_ms) &&
	    SAME(body) && SAME(schema) && SAME(wrapper) && SAME(db) &&
	    SAME(table);
#undef SAME
}

static bool
same_outline(const struct outline *a, const struct outline *b)
{
	return a->text.n == b->text.n && a->escapes == b->escapes && memcmp(a->blocks, b->blocks,
	    (a->text.n + 63) / 64 * sizeof(*a->blocks)) == 0;
}

/* The members of an object, as those who look into it find them. */
static bool
same_walk(const struct outline *a, const struct outline *b, struct span object)
{
	struct outline_pos at, bt;
	struct span name, other;
	bool more;

	if (!object.p || object.p[0] != '{')
		return true;
	at = outline_at(a, object);
	bt = outline_at(b, object);
	outline_enter(&at);
	outline_enter(&bt);
	do {
		more = outline_next(&at, &name);
		if (more != outline_next(&bt, &other) || (more &&
		    (!same_span(name, other, "a name") || !same_span(
		    outline_value(&at), outline_value(&bt), "a value"))))
			return false;
	} while (more);
	return true;
}

static bool
same_checks(struct record *a, struct record *b)
{
	struct err err = { 0 };

	return record_check_rows(a, &err) == record_check_rows(b, &err) &&
	    record_check_key(a, &err) == record_check_key(b, &err) &&
	    record_check_headers(a, &err) == record_check_headers(b, &err);
}

static bool
same_records(struct record *a, struct record *b)
{
	strings = a->stringed || a->key_stringed;
	return a->kind == b->kind && a->letter == b->letter &&
	    a->kcat == b->kcat && a->stringed == b->stringed &&
	    a->key_stringed == b->key_stringed && same_spans(a, b) &&
	    same_members(&a->members, &b->members) &&
	    same_members(&a->value, &b->value) &&
	    same_members(&a->block, &b->block) &&
	    same_members(&a->transaction_block, &b->transaction_block) &&
	    same_checks(a, b) &&
	    same_outline(record_outline(a), record_outline(b)) &&
	    (strings || (same_walk(record_outline(a), record_outline(b),
	    a->after) && same_walk(record_outline(a), record_outline(b),
	    a->body)));
}

/* What was met; all of it must be. */
struct met {
	unsigned long alike, read, refused;
};

/* One line, in memory that ends where it does. */
static bool
agree(struct record *rec, const struct buf *text, struct met *met)
{
	struct record fresh = { .shape = rec->shape };
	struct err a = { 0 }, b = { 0 };
	struct line line = { { xmemdup(text->p, text->n), text->n }, 1, false };
	int got = record_scan(rec, &line, &a);
	bool same = got == record_scan(&fresh, &line, &b);

	if (got < 0) {
		same = same && strcmp(a.text, b.text) == 0;
		met->refused++;
	} else {
		met->alike += rec->template != NULL;
		met->read += rec->template == NULL;
		same = same && same_records(rec, &fresh);
	}
	if (!same)
		printf("# shape %d: %.*s\n", (int)rec->shape, (int)text->n,
		    text->p);
	record_clear(&fresh);
	free((char *)line.text.p);
	return same;
}

static void
change(struct buf *text)
{
	size_t kind = below(16);

	if (kind < 12)
		change_value(text);
	else if (kind < 14)
		change_byte(text);
	else
		cut_or_double(text);
}

static void
vary(unsigned shapes, unsigned long rounds)
{
	struct record rec = { .shape = SHAPE_AUTO };
	struct met met = { 0 };
	bool same = true;
	size_t which = 0;

	for (unsigned long i = 0; same && i < rounds; i++) {
		struct buf text = { 0 };

		which = below(8) ? which : below(LINES);
		rec.shape = (enum record_shape)below(shapes);
		buf_str(&text, lines[which]);
		for (size_t n = below(3) ? 0 : below(4); n && text.n; n--)
			change(&text);
		if (text.n)
			same = agree(&rec, &text, &met);
		buf_free(&text);
	}
	record_clear(&rec);
	result(same, "lines alike are what they are alone");
	printf("# alike %lu, read %lu, refused %lu\n", met.alike, met.read,
	    met.refused);
	result(met.alike > rounds / 50 && met.read > rounds / 50 &&
	    met.refused > rounds / 50, "... and many of each kind");
}

/* A line, and the same with each of the values behind a colon; the next. */
static size_t
try_values(const char *text, size_t at, struct met *met, bool *same)
{
	struct record rec = { 0 };
	size_t next = at;

	for (size_t i = 0; *same && i <= 2 * VALUES; i++) {
		struct buf line = { 0 };

		buf_str(&line, text);
		if (i)
			next = put_value(&line, at, values[i % VALUES]);
		*same = agree(&rec, &line, met);
		buf_free(&line);
	}
	record_clear(&rec);
	return next;
}

static void
all_values(void)
{
	struct met met = { 0 };
	bool same = true;

	for (size_t i = 0; i < LINES; i++)
		for (size_t at = 0; same && at < strlen(lines[i]); )
			at = try_values(lines[i], at, &met, &same);
	result(same, "each value in each place");
	printf("# alike %lu, read %lu, refused %lu\n", met.alike, met.read,
	    met.refused);
	result(met.alike > 1000 && met.read > 1000 && met.refused > 1000,
	    "... and many of each kind");
}

/* Numbers and strings of all lengths around those of a block. */
static void
lengths(void)
{
	struct record rec = { 0 };
	struct met met = { 0 };
	bool same = true;

	for (size_t n = 0; same && n < 200; n++) {
		struct buf text = { 0 };

		buf_str(&text, "{\"after\":{\"a\":\"");
		for (size_t i = 0; i < n; i++)
			buf_char(&text, 'x');
		buf_str(&text, "\",\"n\":1");
		for (size_t i = 0; i < n; i++)
			buf_char(&text, '0');
		buf_str(&text, "},\"source\":{\"db\":\"d\",\"table\":\"t\"},"
		    "\"op\":\"c\"}");
		same = agree(&rec, &text, &met);
		buf_free(&text);
	}
	record_clear(&rec);
	result(same && met.alike == 198, "values of any length");
}

int
main(int argc, char **argv)
{
	int many = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 50000;

	lengths();
	all_values();
	vary(1, many);
	vary(3, many);
	return done();
}

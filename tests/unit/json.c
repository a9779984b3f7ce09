/* SPDX-License-Identifier: MIT */
#include "json/outline.h"
#include "json/blocks.h"
#include "json/scan.h"
#include "json/valid.h"
#include "json/write.h"
#include "tap.h"

static void
strings(void)
{
	static const struct { const char *text, *json; } vectors[] = {
		{ "", "\"\"" },
		{ "plain", "\"plain\"" },
		{ "eight by", "\"eight by\"" },
		{ "a \"quoted\" text", "\"a \\\"quoted\\\" text\"" },
		{ "back\\slash", "\"back\\\\slash\"" },
		{ "\b\f\n\r\t\x01\x1f", "\"\\b\\f\\n\\r\\t\\u0001\\u001f\"" },
		{ "\x7f/", "\"\x7f/\"" },
		{ "é日本😀", "\"é日本😀\"" },
		{ "long enough for words, then ü", "\"long enough for words, then ü\"" },
	};
	static const struct { const char *text, *json; } strays[] = {
		{ "\xff", "\"\xee\xbf\xbf" "\"" },
		{ "a\xc3", "\"a\xee\xbf\x83" "\"" },
		{ "\xc0\x80", "\"\xee\xbf\x80" "\xee\xbe\x80" "\"" },
		{ "\xed\xa0\x80", "\"\xee\xbf\xad" "\xee\xbe\xa0" "\xee\xbe\x80" "\"" },
		{ "\xf4\x90\x80\x80", "\"\xee\xbf\xb4" "\xee\xbe\x90" "\xee\xbe\x80" "\xee\xbe\x80" "\"" },
		{ "12345678\x80z", "\"12345678\xee\xbe\x80" "z\"" },
	};

	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct buf out = { 0 };
		struct buf back = { 0 };

		json_string(&out, span_of(vectors[i].text));
		is_text(buf_view(&out), vectors[i].json, "json_string");
		json_unescape(&back, json_inside(buf_view(&out)));
		buf_char(&back, '.');
		back.n--;
		is_text(buf_view(&back), vectors[i].text, "and back");
		buf_free(&out);
		buf_free(&back);
	}
	for (size_t i = 0; i < sizeof(strays) / sizeof(*strays); i++) {
		struct buf out = { 0 };

		json_string(&out, span_of(strays[i].text));
		is_text(buf_view(&out), strays[i].json,
		    "what is not UTF-8 survives as U+EFXX");
		buf_free(&out);
	}
}

/* What stands for a byte is, in data, bytes itself. */
static void
data(void)
{
	struct buf out = { 0 };

	json_data(&out, SPAN("a\xff\xee\xbc\x80z\xee\xbb\xbf\xef\x80\x80"));
	is_text(buf_view(&out), "\"a\xee\xbf\xbf\xee\xbf\xae\xee\xbe\xbc"
	    "\xee\xbe\x80z\xee\xbb\xbf\xef\x80\x80\"", "data loses nothing");
	buf_free(&out);
}

/* Letters at the borders of Unicode's table 3-7, what JSON escapes, and bytes
 * that are no letters whatever comes after them; in data, if that differs. */
static const struct piece { const char *text, *json, *data; } text_pieces[] = {
	{ "plain ASCII, more than half a block", NULL, NULL },
	{ "a", NULL, NULL }, { " ", NULL, NULL }, { "\x7f", NULL, NULL }, { "\xc2\x80", NULL, NULL },
	{ "\xdf\xbf", NULL, NULL }, { "\xd0\x96", NULL, NULL },
	{ "\xe0\xa0\x80", NULL, NULL }, { "\xe0\xbf\xbf", NULL, NULL },
	{ "\xe5\xa4\xa9", NULL, NULL }, { "\xec\xbf\xbf", NULL, NULL },
	{ "\xed\x9f\xbf", NULL, NULL }, { "\xee\x80\x80", NULL, NULL },
	{ "\xef\xbf\xbd", NULL, NULL }, { "\xf0\x90\x80\x80", NULL, NULL },
	{ "\xf3\xbf\xbf\xbf", NULL, NULL }, { "\xf4\x8f\xbf\xbf", NULL, NULL },
	{ "\"", "\\\"" }, { "\\", "\\\\" }, { "\n", "\\n" },
	{ "\x01", "\\u0001" }, { "\xff", "\xee\xbf\xbf" },
	{ "\xc0", "\xee\xbf\x80" }, { "\xf5", "\xee\xbf\xb5" },
	{ "\xe5\xa4.", "\xee\xbf\xa5" "\xee\xbe\xa4" "." },
	{ "\xe0\x9f\xbf", "\xee\xbf\xa0" "\xee\xbe\x9f" "\xee\xbe\xbf" },
	{ "\xed\xa0\x80", "\xee\xbf\xad" "\xee\xbe\xa0" "\xee\xbe\x80" },
	{ "\xf0\x8f\xbf\xbf", "\xee\xbf\xb0" "\xee\xbe\x8f" "\xee\xbe\xbf"
	    "\xee\xbe\xbf" },
	{ "\xf4\x90\x80\x80", "\xee\xbf\xb4" "\xee\xbe\x90" "\xee\xbe\x80"
	    "\xee\xbe\x80" },
	{ "\xee\xbc\x80", NULL, "\xee\xbf\xae" "\xee\xbe\xbc" "\xee\xbe\x80" },
	{ "\xee\xbf\xbf", NULL, "\xee\xbf\xae" "\xee\xbe\xbf" "\xee\xbe\xbf" },
};

/* Long texts of such pieces, at random: seldom one that is not a letter, so
 * that there are blocks without any. */
static void
texts(bool data)
{
	enum { PIECES = sizeof(text_pieces) / sizeof(*text_pieces), GOOD = 17 };
	struct buf text = { 0 }, want = { 0 }, out = { 0 };
	uint64_t seed = 4711;
	int wrong = 0;

	for (int round = 0; round < 20000; round++) {
		text.n = want.n = out.n = 0;
		buf_char(&want, '"');
		for (int n = round % 97; n > 0; n--) {
			const struct piece *p;
			uint64_t r;

			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			r = seed >> 20;
			p = &text_pieces[r % 64 < (unsigned)round % 40 ?
			    r / 64 % PIECES : r / 64 % GOOD];
			buf_str(&text, p->text);
			buf_str(&want, data && p->data ? p->data :
			    p->json ? p->json : p->text);
		}
		buf_char(&want, '"');
		(data ? json_data : json_string)(&out, buf_view(&text));
		if (!span_eq(buf_view(&out), buf_view(&want)) && !wrong++)
			is_text(buf_view(&out), buf_cstr(&want),
			    "a text of letters and others");
	}
	is_number(wrong, 0, "texts of letters and others");
	buf_free(&text);
	buf_free(&want);
	buf_free(&out);
}

static void
lossy(void)
{
	struct buf out = { 0 };

	json_words(&out, SPAN("a\xff" "b\xc3"));
	is_text(buf_view(&out), "\"a\xEF\xBF\xBD" "b\xEF\xBF\xBD\"",
	    "json_words replaces");
	buf_free(&out);
}

static void
escapes(void)
{
	static const char *const bad[] = {
		"\\", "\\x", "\\u12", "\\ud800", "\\ud800\\u0041", "\\udc00",
	};
	struct buf out = { 0 };

	json_unescape(&out, SPAN("\\ud83d\\ude00\\u00e9\\/\\u0000"));
	is_number((long long)out.n, 8, "surrogates, accents, slash, NUL");
	buf_free(&out);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		result(!json_unescape(&out, span_of(bad[i])), bad[i]);
		buf_free(&out);
	}
}

/* json_value() must stop exactly at `rest`, wherever the text lies. */
static void
skips(void)
{
	static const char *const values[] = {
		"1", "-1.5e+10", "true", "null", "\"\"", "\"a\\\"b\"",
		"\"\\\\\"", "{}", "[]", "{\"a\":{\"b\":[1,2,{\"c\":\"}\"}]}}",
		"[\"]\",\"\\\\\",\"\\\\\\\"]\"]",
		"{\"long\":\"0123456789012345678901234567890123456789012345"
		"678901234567890123456789\\\\\",\"b\":\"{\\\"\"}",
	};
	char text[512];

	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		bool good = true;

		for (int shift = 0; shift < 70; shift++) {
			struct json_pos at;
			struct span value;

			snprintf(text, sizeof(text), "%*s%s , 7", shift, "",
			    values[i]);
			at = json_at(span_of(text));
			good = good && json_value(&at, &value) &&
			    span_is(value, values[i]) &&
			    json_peek(&at) == ',';
		}
		result(good, values[i]);
	}
}

/* One value that can be followed, and blanks. */
static bool
is_whole(struct span text)
{
	struct json_pos at = json_at(text);
	struct span value;

	return json_value(&at, &value) && json_peek(&at) == '\0' &&
	    at.p == at.end;
}

static void
broken(void)
{
	static const char *const bad[] = {
		"", "{", "[", "\"", "\"\\", "\"\\\"", "{\"a\":\"}", "[[]",
		"{\"a\":1", "@", "[1,2",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		result(!is_whole(span_of(bad[i])), "cannot be followed");
}

static void
members(void)
{
	struct json_pos at = json_at(SPAN(" { \"a\" : 1 , \"b\":[2,3] } "));
	struct span name, value;
	int more;

	result(json_enter(&at, '{'), "enter");
	result(json_next(&at, &name) == 1 && json_value(&at, &value),
	    "first member");
	is_text(name, "a", "its name");
	is_text(value, "1", "its value");
	result(json_next(&at, &name) == 1 && json_value(&at, &value),
	    "second member");
	is_text(value, "[2,3]", "its value");
	more = json_next(&at, &name);
	is_number(more, 0, "no third");
	at = json_at(SPAN("{\"a\" 1}"));
	json_enter(&at, '{');
	is_number(json_next(&at, &name), -1, "a missing colon");
	at = json_at(SPAN("{\"a\":1 \"b\":2}"));
	json_enter(&at, '{');
	json_next(&at, &name);
	json_value(&at, &value);
	is_number(json_next(&at, &name), -1, "a missing comma");
}

static void
validity(void)
{
	static const char *const good[] = {
		"0", "-0.5e-3", "\"\\u00e9\\n\"", "[]", "[1,[2],{}]",
		" {\"a\": [true, false, null]} ", "{\"a\":1,\"a\":2}",
	};
	static const char *const bad[] = {
		"", "01", "1.", ".5", "+1", "1e", "nul", "tru", "\"\t\"",
		"\"\\x\"", "[1,]", "[,1]", "{\"a\"}", "{a:1}", "{\"a\":1,}",
		"[1}", "{\"a\":1]", "1 2", "[", "\"",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		result(json_valid(span_of(good[i])), good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		result(!json_valid(span_of(bad[i])), bad[i]);
}

static unsigned
random_below(unsigned n)
{
	static uint32_t state = 1;

	state = state * 1664525u + 1013904223u;
	return (state >> 8) % n;
}

/* Tokens in a row, most of them in no good order. */
static struct span
random_text(char *to)
{
	static const char *const tokens[] = {
		"{", "}", "[", "]", ",", ":", "{\"a\":", "\"a\"", "\"b\":",
		"[1,2]", "{\"a\":1}", ",\"c\":", "0", "01", "-1.5e+10", "12",
		"null", "true", "nul", "-", "\"\\u00e4\\n\"", "\"\\ud83d\"",
		"\"\\ud83d\\ude00\"", "\"{[:,]}\"", "\"\\\\\"", "\"\\\"\"",
		" ", "\t", "\"\xc3\xa4\"", "\"\xff\"", "\"", "\\", "\x01",
		"1234567890123456789012345678901234567890",
		"\"a name that is longer than a block of sixty-four bytes, it is\":",
		"\"and a text, which is: more than one block { long }, as texts are\"",
	};
	size_t n = 1, count = 1 + random_below(24);

	to[0] = '{';
	for (size_t i = 0; i < count; i++) {
		const char *t = tokens[random_below(
		    sizeof(tokens) / sizeof(*tokens))];

		memcpy(to + n, t, strlen(t));
		n += strlen(t);
	}
	return (struct span){ to, n };
}

/* A value that is one; its length. */
static size_t
random_value(char *to, int depth)
{
	static const char *const scalars[] = {
		"0", "-0.5E-7", "null", "\"\"", "\"a\\\"b\"", "\"\xc3\xa4\"",
		"\"a text { of, more: than } one block \\\\, as texts often are\"",
	};
	static const char *const names[] = {
		"\"a\":", "\"\":", "\"op\":", "\"b\\\"c\":",
		"\"a name that is longer than a block of sixty-four bytes, it is\":",
	};
	unsigned kind = depth > 3 ? 2 : random_below(4);
	const char *t = scalars[random_below(7)];
	size_t n = 1, count = random_below(5);

	if (kind > 1) {
		memcpy(to, t, strlen(t));
		return strlen(t);
	}
	to[0] = kind ? '{' : '[';
	for (size_t i = 0; i < count; i++) {
		const char *name = kind ? names[random_below(5)] : "";

		if (i)
			to[n++] = ',';
		memcpy(to + n, name, strlen(name));
		n += strlen(name);
		n += random_value(to + n, depth + 1);
	}
	to[n] = kind ? '}' : ']';
	return n + 1;
}

/* The fast way and the plain one judge alike, and find the same. */
static void
outlines(void)
{
	static char text[1 << 17];
	static struct outline_block blocks[(1 << 17) / 64 + 1];
	struct outline o = { 0 };
	size_t good = 0, differ = 0;

	for (size_t i = 0; i < 100000; i++) {
		struct span t = { text, 0 };
		size_t n;
		bool is;

		if (i % 2)
			t = random_text(text);
		else
			t.n = random_value(text, 0);
		if (i % 4 == 2)
			text[random_below((unsigned)t.n)] =
			    "{}[],:\"\\0a\x01\x80"[random_below(12)];
		if (text[0] == ' ' || text[0] == '\t')
			continue;
		n = t.n / 64 + 1;
		memset(blocks, 0, n * sizeof(*blocks));
		is = json_judge(t, blocks);
		good += is;
		differ += outline_read(&o, t) != is || (is && memcmp(blocks,
		    o.blocks, (o.text.n + 63) / 64 * sizeof(*blocks)) != 0);
	}
	is_number((long long)differ, 0, "the fast way reads as the plain one");
	result(good > 20000 && good < 80000, "and both, texts of both kinds");
	outline_free(&o);
}

static void
outline_members(void)
{
	static const char text[] =
	    " {\"a\":1,\"b\" : {\"c\":[{\"d\":2}]} , \"e\":\"}\"}";
	struct outline o = { 0 };
	struct outline_pos at;
	struct span name;

	result(outline_read(&o, span_of(text)), "an outline");
	at = outline_at(&o, o.text);
	outline_enter(&at);
	result(outline_next(&at, &name) && span_is(name, "a"), "a name");
	is_text(outline_value(&at), "1", "its value");
	result(outline_next(&at, &name) && span_is(name, "b"), "the next");
	is_text(outline_value(&at), "{\"c\":[{\"d\":2}]}", "an object");
	result(outline_next(&at, &name) && span_is(name, "e"), "the last");
	is_text(outline_value(&at), "\"}\"", "a string");
	result(!outline_next(&at, &name), "and no other");
	outline_free(&o);
}

/* What the byte is, in the simplest words. */
static bool
is_special(unsigned char c)
{
	return c < ' ' || c > 0x7F || c == '"' || c == '\\';
}

/* Pieces of up to n bytes, each byte in each place of them. */
static void
pieces(void)
{
	char a[80], b[80];
	bool same = true, special = true, digits = true;

	memset(a, '5', sizeof(a));
	memcpy(b, a, sizeof(b));
	for (size_t n = 0; n < sizeof(a); n++)
		same = same && json_same_bytes(a, b, n);
	for (size_t i = 0; i < sizeof(a); i++)
		for (int c = 0; c < 256; c++) {
			b[i] = (char)c;
			for (size_t n = i + 1; n < sizeof(a); n++)
				same = same && json_same_bytes(a, b, n) ==
				    (b[i] == a[i]);
			special = special && json_find_special(b, b +
			    sizeof(b)) == b + (is_special((unsigned char)c) ?
			    i : sizeof(b));
			digits = digits && json_find_no_digit(b, b +
			    sizeof(b)) == b + (c >= '0' && c <= '9' ?
			    sizeof(b) : i);
			b[i] = a[i];
		}
	result(same, "the same bytes are, and no others");
	result(special, "bytes that are looked at in strings");
	result(digits, "where digits end");
}

int
main(void)
{
	pieces();
	strings();
	data();
	texts(false);
	texts(true);
	lossy();
	escapes();
	skips();
	broken();
	members();
	validity();
	outlines();
	outline_members();
	return done();
}

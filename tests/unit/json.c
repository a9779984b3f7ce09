/* SPDX-License-Identifier: MIT */
#include "json/scan.h"
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

static void
broken(void)
{
	static const char *const bad[] = {
		"", "{", "[", "\"", "\"\\", "\"\\\"", "{\"a\":\"}", "[[]",
		"{\"a\":1", "@", "[1,2",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		result(!json_whole(span_of(bad[i])), "cannot be followed");
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

int
main(void)
{
	strings();
	lossy();
	escapes();
	skips();
	broken();
	members();
	validity();
	return done();
}

/* SPDX-License-Identifier: MIT */
#include "predicate/exact.h"
#include "predicate/like.h"
#include "predicate/predicate.h"
#include "predicate/where.h"
#include "tap.h"

static void
numbers(void)
{
	static const struct {
		const char *a, *b;
		int order;
	} cases[] = {
		{ "1", "1.0", 0 }, { "-0", "0.00", 0 }, { "1e3", "1000", 0 },
		{ "0.1", "1e-1", 0 }, { ".5", "0.50", 0 }, { "5.", "5", 0 },
		{ "9", "10", -1 }, { "-9", "-10", 1 }, { "-1", "1", -1 },
		{ "0.09", "0.1", -1 }, { "1e-400", "0", 1 },
		{ "-1e-400", "0", -1 }, { "1e400", "9e399", 1 },
		{ "9223372036854775807", "9223372036854775808", -1 },
		{ "18446744073709551615", "18446744073709551616", -1 },
		{ "0.1000000000000000055511151231257827", "0.1", 1 },
		{ "00012", "12", 0 }, { "+3", "3", 0 }, { "12.50", "12.5", 0 },
		{ "1e99999999999999999999", "1e9", 1 }, { "100", "20", 1 },
	};
	static const char *const none[] = {
		"", ".", "-", "1e", "e1", "1.2.3", "0x1F", " 1", "1 ", "abc",
		"--1", "1e+", "NaN", "inf",
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct span a = span_of(cases[i].a), b = span_of(cases[i].b);

		result(exact_is_number(a) && exact_is_number(b), cases[i].a);
		is_number(exact_compare(a, b), cases[i].order, cases[i].b);
		is_number(exact_compare(b, a), -cases[i].order, cases[i].a);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		result(!exact_is_number(span_of(none[i])), none[i]);
	result(exact_is_zero(SPAN("-0.00e5")), "a zero");
	result(!exact_is_zero(SPAN("0.0001")), "none");
}

static void
likes(void)
{
	static const struct {
		const char *pattern, *text;
		bool matches;
	} cases[] = {
		{ "", "", true }, { "", "a", false }, { "%", "", true },
		{ "a%", "abc", true }, { "%c", "abc", true },
		{ "%b%", "abc", true }, { "a_c", "abc", true },
		{ "a_c", "aäc", true }, { "__", "ä", false },
		{ "a_c", "abbc", false }, { "\\%", "%", true },
		{ "\\%", "a", false }, { "a\\_c", "abc", false },
		{ "%ab%ab", "abxabab", true }, { "A%", "abc", false },
		{ "%%%_", "x", true }, { "a%b", "a\nb", true },
		{ "abc\\", "abc\\", true }, { "_", "\xFF", true },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		is_number(like_matches(span_of(cases[i].pattern), SPAN("\\"),
		    span_of(cases[i].text)), cases[i].matches,
		    cases[i].pattern);
	result(like_matches(SPAN("a|%"), SPAN("|"), SPAN("a%")), "ESCAPE");
	result(!like_matches(SPAN("a|%"), SPAN("|"), SPAN("ab")),
	    "ESCAPE: no other");
}

/* d is a DECIMAL, v a VARCHAR; of x nobody tells. */
static enum predicate_type
type_of(void *arg, struct span column)
{
	(void)arg;
	return span_is(column, "d") ? PREDICATE_NUMBER :
	    span_is(column, "v") ? PREDICATE_TEXT : PREDICATE_UNKNOWN;
}

static int
holds(const char *condition, bool flat)
{
	struct err err = { 0 };
	struct predicate *p = predicate_new(condition, &err);
	struct predicate_row row = {
		.row = SPAN("{\"i\":7,\"n\":null,\"d\":\"12.50\",\"v\":\"9\","
		    "\"x\":\"10.0\",\"s\":\"pa\\u0069d\",\"t\":true,"
		    "\"j\":{\"a\":1},\"a b\":1,\"name\":\"O'Brien\"}"),
		.before = SPAN("{\"i\":6,\"s\":\"new\"}"),
		.flat = flat, .type = type_of,
	};
	int got;

	if (!p)
		return -(int)err.kind;
	row.after = row.row;
	got = predicate_holds(p, &row, &err);
	predicate_free(p);
	return got < 0 ? -(int)err.kind : got;
}

/* What MariaDB's documentation says they are; tests/server/where.t asks a
 * server about others. */
static void
conditions(void)
{
	static const struct {
		const char *condition;
		int holds;
	} cases[] = {
		{ "i = 7", 1 }, { "i = 7.0", 1 }, { "i <> 7", 0 },
		{ "i != 8", 1 }, { "i>=7 AND i<8", 1 }, { "i = '7'", 1 },
		{ "i = 'seven'", -65 }, { "s = 'paid'", 1 },
		{ "s = \"paid\"", 1 }, { "s = 'PAID'", 0 }, { "s > 5", -65 },
		{ "n = 1", 0 }, { "NOT n = 1", 0 }, { "n <=> NULL", 1 },
		{ "n IS NULL", 1 }, { "i IS NOT NULL", 1 },
		{ "(n = 1) IS UNKNOWN", 1 }, { "n = 1 OR i = 7", 1 },
		{ "n = 1 AND i = 7", 0 }, { "NOT (n = 1 AND i = 8)", 1 },
		{ "i IN (1, 7)", 1 }, { "i IN (1, NULL)", 0 },
		{ "i NOT IN (1, NULL)", 0 }, { "i NOT IN (1, 2)", 1 },
		{ "i BETWEEN 7 AND 8", 1 }, { "i NOT BETWEEN 8 AND n", 1 },
		{ "s LIKE 'p%'", 1 }, { "s NOT LIKE 'p_'", 1 },
		{ "s LIKE 'p|%' ESCAPE '|'", 0 }, { "s REGEXP '^pa'", 1 },
		{ "s RLIKE 'ai'", 1 }, { "s NOT REGEXP '^ai'", 1 },
		{ "s REGEXP '('", -64 }, { "i LIKE '7'", 1 },
		{ "lower(s) = 'paid'", -64 },
		{ "before.s <> after.s", 1 }, { "before.i = 6", 1 },
		{ "after.i = 7", 1 }, { "before.nosuch = 1", -65 },
		{ "other.i = 7", -64 }, { "`a b` = 1", 1 }, { "t", -64 },
		{ "t IS TRUE", 1 }, { "t = TRUE", 1 }, { "s IS TRUE", -65 },
		{ "i = 7 XOR i = 8", 1 }, { "i = 7 XOR n", 0 },
		{ "! i = 7", 0 }, { "!(i = 7) || i && 1", 1 },
		{ "i = 1 OR i = 7 AND i = 8", 0 }, { "1 = 1 = 1", -64 }, { "i = 7 = 1", 1 },
		{ "\"s\" = 'paid'", -64 },
		{ "NOT i = 8", 1 }, { "i = 8 IS FALSE", 1 },
		{ "d = 12.5", 1 }, { "d = '12.5'", 1 }, { "d > '9'", 1 },
		{ "v > '10'", 1 }, { "x > '9'", -65 }, { "x = '10'", -65 },
		{ "x + 0 = '10'", 1 }, { "x + 0 > 9", 1 },
		{ "CAST(x AS CHAR) > '9'", 0 }, { "x = 10", 1 },
		{ "x = 'ten'", 0 }, { "x + 1 > 9", -64 }, { "s + 0 = 1", -65 },
		{ "j LIKE '{%'", 1 }, { "name = 'O''Brien'", 1 },
		{ "name = 'O\\'Brien'", 1 }, { "i = 8 AND nosuch = 1", 0 },
		{ "i = 7 AND nosuch = 1", -65 }, { "i = 7 OR nosuch", 1 },
		{ "status!=paid", -65 }, { "i = ", -64 }, { "= 7", -64 },
		{ "i == 7", -64 }, { "i = 7 AND", -64 }, { "i ~ 7", -64 },
		{ "i = 7 i", -64 }, { "(i = 7", -64 }, { "i = 7)", -64 },
		{ "i IN ()", -64 }, { "i IN 7", -64 }, { "s = 'paid", -64 },
		{ "i BETWEEN 1", -64 }, { "i LIKE", -64 }, { "i NOT", -64 },
		{ "i IS 7", -64 }, { "and = 1", -64 }, { "", -64 },
		{ "i = 7 -- and a comment", 1 }, { "i = -7", 0 },
		{ "i = 70e-1", 1 }, { "i = 7abc", -65 }, { "i % 2 = 1", -64 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		is_number(holds(cases[i].condition, false), cases[i].holds,
		    cases[i].condition);
	is_number(holds("before.i = 6", true), -65, "a flat row: no before");
	is_number(holds("after.i = 7", true), 1, "a flat row is after");
}

/* What could be a stack or a heap without end. */
static void
deep(void)
{
	struct buf text = { 0 };

	for (int i = 0; i < 100000; i++)
		buf_char(&text, '(');
	buf_char(&text, '\0');
	is_number(holds(text.p, false), -64, "100,000 parentheses");
	text.n = 0;
	for (int i = 0; i < 100000; i++)
		buf_char(&text, '!');
	buf_char(&text, '\0');
	is_number(holds(text.p, false), -64, "100,000 times not");
	text.n = 0;
	for (int i = 0; i < 100000; i++)
		buf_str(&text, "1=");
	buf_str(&text, "1");
	buf_char(&text, '\0');
	is_number(holds(text.p, false), -64, "100,000 comparisons");
	text.n = 0;
	buf_str(&text, "i IN (7");
	for (int i = 0; i < 100000; i++)
		buf_str(&text, ",1");
	buf_str(&text, ")");
	buf_char(&text, '\0');
	is_number(holds(text.p, false), 1, "100,000 values");
	buf_free(&text);
}

/* The forms that need no quotes. */
static void
old_forms(void)
{
	static const struct {
		const char *text;
		int matches;
	} cases[] = {
		{ "i=7", 1 }, { "i=7.0", 0 }, { "i = 7.0", 1 }, { "s=a b", 1 },
		{ "s~a.*", 1 }, { "s~b", 0 }, { "n=null", 1 }, { "n=", 0 },
		{ "nosuch=1", 0 }, { "nosuch = 1", -65 }, { "s!=paid", -65 },
		{ "s==a b", -64 }, { "i=7 AND s='a b'", 1 },
		{ "i=7 and", -64 }, { "s='a b'", 1 }, { "i", -64 },
		{ "=7", -64 }, { "s<a", -65 }, { "i<>8", 1 }, { "i=>7", -64 },
		{ "a-b=5", 1 }, { "a-b~5", 1 }, { "a-b>=5", -64 },
		{ "i= 7 OR i =8", 1 }, { "\"a=b", 0 },
		{ "i=7 -- x", 1 }, { "i=7 # x", 1 }, { "i=7 /* x */", 1 },
	};
	struct predicate_row row = {
		.row = SPAN("{\"i\":7,\"s\":\"a b\",\"n\":null,\"a-b\":5}"),
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct where where = { 0 };
		struct err err = { 0 };
		int got = where_add(&where, cases[i].text, &err);

		if (got == 0)
			got = where_matches(&where, &row, &err);
		is_number(got < 0 ? -(int)err.kind : got, cases[i].matches,
		    cases[i].text);
		where_clear(&where);
	}
}

int
main(void)
{
	numbers();
	likes();
	conditions();
	deep();
	old_forms();
	return done();
}

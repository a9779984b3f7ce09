/* SPDX-License-Identifier: MIT
 *
 * Keys that some server takes for one; those that it does not need not differ,
 * but the plain ones do: otherwise every record would wait for every other.
 */
#include "sink/samekey.h"
#include "tap.h"

/* What is one to the server of the case: its type, collation. */
static const char *const same[][2] = {
	{ "{\"id\":1}", "{\"id\":1}" },
	{ "{\"id\":1}", "{ \"id\" : 1 }" },
	{ "{\"id\":1}", "{\"ID\":1}" },
	{ "{\"id\":1}", "{\"\\u0069d\":\"\\u0031\"}" },
	{ "{\"id\":1}", "{\"id\":\"1\"}" },
	{ "{\"id\":1}", "{\"id\":1.0}" },
	{ "{\"id\":1}", "{\"id\":\"01.000\"}" },
	{ "{\"id\":1}", "{\"id\":true}" },
	{ "{\"id\":0}", "{\"id\":false}" },
	{ "{\"id\":0}", "{\"id\":-0.00}" },
	{ "{\"id\":100}", "{\"id\":1e2}" },
	{ "{\"id\":100}", "{\"id\":1.00E+2}" },
	{ "{\"id\":0.05}", "{\"id\":5e-2}" },
	{ "{\"id\":18446744073709551615}",
	    "{\"id\":\"18446744073709551615\"}" },
	{ "{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}" },
	{ "{\"v\":\"a\"}", "{\"v\":\"A\"}" },
	{ "{\"v\":\"a\"}", "{\"v\":\"a  \"}" },          /* PAD SPACE */
	{ "{\"v\":\"ij\"}", "{\"v\":\"yy\"}" },          /* Danish … */
	{ "{\"v\":\"vw\"}", "{\"v\":\"WU\"}" },          /* Swedish */
	{ "{\"v\":\"a\"}", "{\"v\":\"\\u0001a\"}" },     /* ignored */
};

static const char *const differ[][2] = {
	{ "{\"id\":1}", "{\"id\":2}" },
	{ "{\"id\":1}", "{\"id\":10}" },
	{ "{\"id\":1}", "{\"id\":-1}" },
	{ "{\"id\":1}", "{\"id\":0.1}" },
	{ "{\"id\":18446744073709551615}", "{\"id\":18446744073709551614}" },
	{ "{\"id\":9007199254740993}", "{\"id\":9007199254740992}" },
	{ "{\"a\":1,\"b\":2}", "{\"a\":2,\"b\":1}" },
	{ "{\"a\":1}", "{\"b\":1}" },
	{ "{\"v\":\"a\"}", "{\"v\":\"b\"}" },
};

/* It may be equal to any. */
static const char *const unknown[] = {
	"null", "1", "\"a\"", "[1]", "{}", "{\"v\":\"\xC3\xA9\"}",
	"{\"v\":\"\\u00e9\"}", "{\"v\":[1]}", "{\"v\":{\"wkb\":\"\"}}",
	"{\"id\":1,\"id\":2}", "{\"\xC3\xA9\":1}",
	"{\"id\":1,\"i\\u0064\":2}",
};

static const struct {
	const char *table, *want;
} tables[] = {
	{ "shop.Orders", "shop.orders" },
	{ "shop.a b", "shop.a_b" },
	{ "shop.a_b", "shop.a_b" },
	{ "shop.a-b", "shop.a-b" },
	{ "shop.t\xC3\xA9", "shop.t_" },
};

static bool
equal(const char *one, const char *other, bool *known)
{
	struct buf a = { 0 }, b = { 0 };
	bool same_text;

	*known = samekey_put(&a, span_of(one)) && samekey_put(&b,
	    span_of(other));
	same_text = strcmp(buf_cstr(&a), buf_cstr(&b)) == 0;
	buf_free(&a);
	buf_free(&b);
	return same_text;
}

/* Longer than what a key may have: unknown, not cut. */
static void
many_parts(size_t n, bool want)
{
	struct buf key = { 0 }, out = { 0 };

	for (size_t i = 0; i < n; i++)
		buf_printf(&key, "%s\"c%zu\":1", i ? "," : "{", i);
	buf_char(&key, '}');
	result(samekey_put(&out, buf_view(&key)) == want, "many parts");
	buf_free(&key);
	buf_free(&out);
}

/* A key of other columns is never found to be another one. */
static void
columns(void)
{
	struct buf one = { 0 }, same_names = { 0 }, other = { 0 };

	result(samekey_put_columns(&one, SPAN("{\"a\":1,\"B\":\"x\"}")) &&
	    samekey_put_columns(&same_names, SPAN("{\"b\":2,\"a\":null}")) &&
	    samekey_put_columns(&other, SPAN("{\"a\":1}")), "columns");
	is_text(buf_view(&one), buf_cstr(&same_names), "of the same names");
	result(strcmp(buf_cstr(&one), buf_cstr(&other)) != 0, "of others");
	buf_free(&one);
	buf_free(&same_names);
	buf_free(&other);
}

int
main(void)
{
	bool known;

	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		result(equal(same[i][0], same[i][1], &known) && known,
		    same[i][1]);
	for (size_t i = 0; i < sizeof(differ) / sizeof(*differ); i++)
		result(!equal(differ[i][0], differ[i][1], &known) && known,
		    differ[i][1]);
	for (size_t i = 0; i < sizeof(unknown) / sizeof(*unknown); i++) {
		struct buf out = { 0 };

		result(!samekey_put(&out, span_of(unknown[i])), unknown[i]);
		buf_free(&out);
	}
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		struct buf out = { 0 };

		samekey_put_table(&out, span_of(tables[i].table));
		is_text(buf_view(&out), tables[i].want, tables[i].table);
		buf_free(&out);
	}
	columns();
	many_parts(64, true);
	many_parts(65, false);
	return done();
}

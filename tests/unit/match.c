/* SPDX-License-Identifier: MIT */
#include "record/lists.h"
#include "match/table_filter.h"
#include "match/rule.h"
#include "match/spelled.h"
#include "tap.h"

static bool
keeps(struct table_filter *f, const char *db, const char *table)
{
	bool first = table_filter_keeps(f, span_of(db), span_of(table));

	return first && table_filter_keeps(f, span_of(db), span_of(table));
}

static void
tables(void)
{
	struct table_filter f = { 0 };
	struct err err = { 0 };

	result(keeps(&f, "a", "b"), "no lists: everything");
	name_list_add(&f.include_table, "shop\\.(orders|items), x\\.y{1,2}",
	    &err);
	name_list_add(&f.exclude_table, "shop\\.items", &err);
	result(keeps(&f, "shop", "orders"), "included");
	result(keeps(&f, "SHOP", "Orders"), "case does not matter");
	result(!keeps(&f, "shop", "orders2"), "the whole name");
	result(!keeps(&f, "shop", "items"), "the exclusion wins");
	result(keeps(&f, "x", "yy"), "a comma in braces does not separate");
	result(!keeps(&f, "y", "x"), "another");
	table_filter_clear(&f);
}

/* The fingerprint of a filter with these lists. */
static void
print_of(char text[FINGERPRINT_TEXT], const char *include, const char *more,
    const char *exclude)
{
	struct table_filter f = { 0 };
	struct lists lists = { 0 };
	struct err err = { 0 };

	if (include)
		name_list_add(&f.include_table, include, &err);
	if (more)
		name_list_add(&f.include_table, more, &err);
	if (exclude)
		name_list_add(&f.exclude_table, exclude, &err);
	lists_add_filter(&lists, &f);
	lists_fingerprint(&lists, text);
	lists_clear(&lists);
	table_filter_clear(&f);
}

static void
fingerprints(void)
{
	char x[FINGERPRINT_TEXT], y[FINGERPRINT_TEXT];
	struct lists was = { 0 }, are = { 0 };
	struct buf text = { 0 };

	print_of(x, NULL, NULL, NULL);
	is_text(span_of(x), "f88f6e2e4d2eb7f5", "no lists at all");
	print_of(x, "x", NULL, NULL);
	print_of(y, NULL, NULL, "x");
	result(strcmp(x, y) != 0, "other lists: another fingerprint");
	print_of(x, "b,a{1,2}, b", NULL, NULL);
	print_of(y, "a{1,2}", "b", NULL);
	is_text(span_of(x), y, "the same in another order: the same");
	lists_add(&was, "include-table", SPAN("a"));
	lists_add(&are, "include-table", SPAN("a,b"));
	lists_compare(&was, &are, &text);
	is_text(buf_view(&text), "now --include-table 'a,b'; no longer "
	    "--include-table 'a'", "what changed");
	buf_free(&text);
	lists_clear(&was);
	lists_take(&was, SPAN("{\"source\":[\"a=\\\"[,]\"],\"filters\":"
	    "[\"b=2\",\"a=1\"]}"));
	is_number((long long)was.n, 3, "read back");
	is_text(span_of(was.v[0]), "a=\"[,]", "with what JSON escapes");
	lists_clear(&was);
	lists_take_source(&was, SPAN("{\"source\":[\"no option\"]}"));
	lists_compare(&was, &are, &text);
	is_text(buf_view(&text), "now --include-table 'a,b'",
	    "what is no option is not told");
	buf_free(&text);
	lists_clear(&was);
	lists_clear(&are);
}

static void
bad_lists(void)
{
	static const char *const bad[] = { "", "a,", ",a", "(", "a,[" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct name_list list = { 0 };
		struct err err = { 0 };

		result(name_list_add(&list, bad[i], &err) < 0 &&
		    err.kind == ERR_USAGE, bad[i]);
		name_list_clear(&list);
	}
}

static void
rules(void)
{
	static const struct {
		const char *regex, *replacement, *text, *want;
	} vectors[] = {
		{ "([^.]+)\\.([^.]+)", "$2-$1", "a.b", "b-a" },
		{ "(.)(.)?", "<$2>", "x", "<>" },
		{ "(a)b", "$10", "ab", "a0" },
		{ "(?<n>.*)", "${n}\\$\\\\", "q", "q$\\" },
		{ ".*", "fixed", "ü", "fixed" },
		{ ".*", "$0$0", "ab", "abab" },
	};
	static const char *const bad[] = { "$1", "${x}", "${x", "$", "$a" };

	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct err err = { 0 };
		struct buf out = { 0 };
		struct rule *rule = rule_new(span_of(vectors[i].regex),
		    span_of(vectors[i].replacement), &err);

		result(rule && rule_apply(rule, span_of(vectors[i].text),
		    &out), "matches");
		buf_cstr(&out);
		is_text(buf_view(&out), vectors[i].want,
		    vectors[i].replacement);
		buf_free(&out);
		rule_free(rule);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct err err = { 0 };

		result(!rule_new(SPAN(".*"), span_of(bad[i]), &err) &&
		    err.kind == ERR_USAGE, bad[i]);
	}
}

/* Which names lists spell out; "open": they do not say which databases. */
static void
spelling(void)
{
	static const struct {
		const char *tables, *dbs, *want;
	} vectors[] = {
		{ "shop\\.orders", NULL, "shop.orders" },
		{ "shop.orders", NULL, "shop.orders" },
		{ "Shop\\.Orders", NULL, "Shop.Orders" },
		{ "shop\\.(a|b)", NULL, "shop.a shop.b" },
		{ "(?:x|y)\\.a", NULL, "x.a y.a" },
		{ "s[12]\\.a,t\\.b?c", NULL, "s1.a s2.a t.bc t.c" },
		{ "shop\\..*", NULL, "shop" },
		{ "shop\\.o.*,a\\.b", NULL, "shop a.b" },
		{ "\\Qa.b\\E", NULL, "a.b" },
		{ "gr\u00f6\u00dfe\\.a", NULL, "gr\u00f6\u00dfe.a" },
		{ ".*\\.a", "x|y", "x y" },
		{ NULL, "x|y", "x y" },
		{ "shop\\.a", ".*", "shop.a" },
		{ ".*\\.a", NULL, "open" },
		{ "sh.*", NULL, "open" },
		{ "sh.p\\.a", NULL, "open" },
		{ "[^a]\\.a", NULL, "open" },
		{ "[\u00e0-\u00f6]\\.a", NULL, "open" },
		{ "(?!x)a\\.a", NULL, "open" },
		{ "\\x{e4}\\.a", NULL, "open" },
		{ "a\\.a", "x,.*", "a.a" },
		{ NULL, "x.*", "open" },
		{ NULL, NULL, "open" },
	};

	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct table_filter f = { 0 };
		struct spelled names = { 0 };
		struct err err = { 0 };
		struct buf got = { 0 };

		if (vectors[i].tables)
			name_list_add(&f.include_table, vectors[i].tables,
			    &err);
		if (vectors[i].dbs)
			name_list_add(&f.include_db, vectors[i].dbs, &err);
		if (!spelled_tables(&f, &names))
			buf_str(&got, "open");
		else for (size_t k = 0; k < names.n; k++)
			buf_printf(&got, "%s%s%s%s", k ? " " : "",
			    names.v[k].db, names.v[k].table ? "." : "",
			    names.v[k].table ? names.v[k].table : "");
		buf_cstr(&got);
		is_text(buf_view(&got), vectors[i].want, vectors[i].tables ?
		    vectors[i].tables : "databases");
		buf_free(&got);
		spelled_clear(&names);
		table_filter_clear(&f);
	}
}

int
main(void)
{
	tables();
	spelling();
	fingerprints();
	bad_lists();
	rules();
	return done();
}

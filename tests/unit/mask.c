/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/hex.h"
#include "base/hmac.h"
#include "json/write.h"
#include "mask/mask_columns.h"
#include "mask/masked_type.h"
#include "mask/masker_ddl.h"
#include "mask/tokenize.h"
#include "sql/lex.h"
#include "tap.h"

/* RFC 4231, 4.2 to 4.8 but for 4.6, which cuts its result. */
static void
hmacs(void)
{
	static const struct { const char *key, *text, *mac; } vectors[] = {
		{ "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
		    "b0344c61d8db38535ca8afceaf0bf12b"
		    "881dc200c9833da726e9376c2e32cff7" },
		{ "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468"
		    "696e673f", "5bdcc146bf60754e6a042426089575c7"
		    "5a003f089d2739839dec58b964ec3843" },
		{ "0102030405060708090a0b0c0d0e0f10111213141516171819",
		    "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"
		    "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
		    "82558a389a443c0ea4cc819899f2083a"
		    "85f0faa3e578f8077a2e3ff46729665b" },
	};
	struct err err = { 0 };

	for (size_t i = 0; i < 3; i++) {
		struct buf key = { 0 }, text = { 0 }, mac = { 0 };
		uint8_t out[HMAC_SIZE];
		struct hmac *h;

		hex_take(&key, span_of(vectors[i].key));
		hex_take(&text, span_of(vectors[i].text));
		h = hmac_new(buf_view(&key), &err);
		hmac_of(h, buf_view(&text), out);
		hmac_of(h, buf_view(&text), out);
		hex_append(&mac, (struct span){ (char *)out, HMAC_SIZE },
		    hex_lower);
		is_text(buf_view(&mac), vectors[i].mac, "RFC 4231");
		hmac_free(h);
		buf_free(&key);
		buf_free(&text);
		buf_free(&mac);
	}
}

/* A key that is longer than a block: RFC 4231, 4.7. */
static void
long_key(void)
{
	struct err err = { 0 };
	struct buf key = { 0 }, mac = { 0 };
	uint8_t out[HMAC_SIZE];
	struct hmac *h;

	for (int i = 0; i < 131; i++)
		buf_char(&key, '\xaa');
	h = hmac_new(buf_view(&key), &err);
	hmac_of(h, SPAN("Test Using Larger Than Block-Size Key - Hash Key "
	    "First"), out);
	hex_append(&mac, (struct span){ (char *)out, HMAC_SIZE }, hex_lower);
	is_text(buf_view(&mac), "60e431591ee0b67f0d8a26aacbf5b77f"
	    "8e0bc6213728c5140546040f0ee37f54", "RFC 4231, a long key");
	hmac_free(h);
	buf_free(&key);
	buf_free(&mac);
}

static struct tokenizer
tokenizer_of(const char *key)
{
	struct err err = { 0 };

	return (struct tokenizer){ .hmac = hmac_new(span_of(key), &err) };
}

static void
tokenizer_end(struct tokenizer *t)
{
	hmac_free(t->hmac);
	tokenize_clear(t);
}

/* The token of a number, which must be one of as many digits. */
static long
token_of_number(struct tokenizer *t, long v, int width)
{
	struct buf text = { 0 }, token = { 0 };
	long n;

	buf_printf(&text, "%0*ld", width, v);
	tokenize(t, buf_view(&text), &token);
	n = token.n == text.n ? atol(buf_cstr(&token)) : -1;
	buf_free(&text);
	buf_free(&token);
	return n;
}

/* All numbers from first to last get all numbers of that range. */
static void
permutes(long first, long last, int width, const char *name)
{
	struct tokenizer t = tokenizer_of("0123456789abcdef");
	size_t n = (size_t)(last - first + 1);
	char *seen = xcalloc(n, 1);
	bool good = true;
	size_t same = 0;

	for (long v = first; v <= last && good; v++) {
		long token = token_of_number(&t, v, width);

		same += token == v;
		good = token >= first && token <= last &&
		    !seen[token - first]++;
	}
	result(good && same < n / 8 + 4, name);
	free(seen);
	tokenizer_end(&t);
}

static void
is_token(struct tokenizer *t, const char *text, const char *form)
{
	struct buf token = { 0 };
	bool good;

	tokenize(t, span_of(text), &token);
	good = token.n == strlen(form);
	for (size_t i = 0; good && i < token.n; i++) {
		char c = token.p[i];

		good = form[i] == '9' ? c >= '0' && c <= '9' :
		    form[i] == '1' ? c >= '1' && c <= '9' :
		    form[i] == 'A' ? c >= 'A' && c <= 'Z' :
		    form[i] == 'a' ? c >= 'a' && c <= 'z' :
		    form[i] == '?' ? (unsigned char)c >= 0x80 : c == form[i];
	}
	if (!result(good && (!strpbrk(text, "123456789abc") ||
	    !span_is(buf_view(&token), text)), text))
		printf("# got %.*s\n", (int)token.n, token.p);
	buf_free(&token);
}

static void
forms(void)
{
	struct tokenizer t = tokenizer_of("0123456789abcdef");

	is_token(&t, "", "");
	is_token(&t, "--  ", "--  ");
	is_token(&t, "Ann O'Neil", "Aaa A'Aaaa");
	is_token(&t, "+49 (170) 1234567", "+99 (999) 9999999");
	is_token(&t, "123-45-6789", "999-99-9999");
	is_token(&t, "02134", "09999");
	is_token(&t, "12345", "19999");
	is_token(&t, "-12.50", "-19.10");
	is_token(&t, "0.5", "9.1");
	is_token(&t, "-3", "-1");
	is_token(&t, "-0", "-0");
	is_token(&t, "-3.00", "-1.00");
	is_token(&t, "1.2.3", "9.9.9");
	is_token(&t, "Zo\303\253 \360\237\230\200", "Aa?? ????");
	is_token(&t, "\344\272\247\345\223\201", "??????");
	is_token(&t, "bob@example.com", "aaa@aaaaaaa.aaa");
	tokenizer_end(&t);
}

/* Texts of two letters, of every script: different ones get different tokens of
 * the same length, and those that differ in case tokens that do. */
static void
letters(void)
{
	static const char *const scripts[] = { "Az", "\303\204\303\274",
		"\316\261\316\251", "\320\226\321\217", "\327\220\327\252",
		"\330\247\331\205", "\340\244\205", "\340\270\201",
		"\343\201\202\343\202\242", "\344\270\200", "\352\260\200",
		"\342\202\254", "\360\237\230\200", "\302\200", "\364\217\277\277",
		"\356\277\277", "\357\277\275" };
	struct tokenizer t = tokenizer_of("0123456789abcdef");
	struct buf a = { 0 }, b = { 0 };

	for (size_t i = 0; i < sizeof(scripts) / sizeof(*scripts); i++) {
		struct span text = span_of(scripts[i]);

		a.n = b.n = 0;
		tokenize(&t, text, &a);
		tokenize(&t, text, &b);
		result(a.n == text.n && span_eq(buf_view(&a), buf_view(&b)),
		    scripts[i]);
	}
	a.n = b.n = 0;
	tokenize(&t, SPAN("Stra\303\237e \303\204\316\251\320\226 x"), &a);
	tokenize(&t, SPAN("sTRA\303\237E \303\244\317\211\320\266 X"), &b);
	for (size_t i = 0; i < a.n; i++)
		a.p[i] = (char)(a.p[i] >= 'A' && a.p[i] <= 'Z' ?
		    a.p[i] + 32 : a.p[i]);
	for (size_t i = 0; i < b.n; i++)
		b.p[i] = (char)(b.p[i] >= 'A' && b.p[i] <= 'Z' ?
		    b.p[i] + 32 : b.p[i]);
	result(memcmp(a.p, b.p, 6) == 0, "the same but for case");
	buf_free(&a);
	buf_free(&b);
	tokenizer_end(&t);
}

/* All characters beyond ASCII but half pairs: alone, each becomes another of
 * its own kind, and no two the same. */
static void
characters(void)
{
	struct tokenizer t = tokenizer_of("0123456789abcdef");
	char *seen = xcalloc(0x110000, 1);
	struct buf text = { 0 }, token = { 0 };
	bool good = true;

	for (uint32_t c = 0x80; c < 0x110000 && good; c++) {
		const unsigned char *p;
		uint32_t to;

		if (c >= 0xD800 && c < 0xE000)
			continue;
		text.n = token.n = 0;
		json_utf8_put(&text, c);
		tokenize(&t, buf_view(&text), &token);
		p = (const unsigned char *)token.p;
		to = token.n == 2 ? (p[0] & 31u) << 6 | (p[1] & 63u) :
		    token.n == 3 ? (p[0] & 15u) << 12 | (p[1] & 63u) << 6 |
		    (p[2] & 63u) : (p[0] & 7u) << 18 | (p[1] & 63u) << 12 |
		    (p[2] & 63u) << 6 | (p[3] & 63u);
		good = token.n == text.n && json_utf8_valid(buf_view(&token)) &&
		    !seen[to]++;
		if (!good)
			printf("# U+%04X -> U+%04X\n", c, to);
	}
	result(good, "a permutation of all characters");
	free(seen);
	buf_free(&text);
	buf_free(&token);
	tokenizer_end(&t);
}

/* Whole numbers stay in the types that hold them. */
static void
ranges(void)
{
	static const struct { const char *text, *last; } numbers[] = {
		{ "2147483647", "2147483647" }, { "1000000000", "2147483647" },
		{ "-2147483648", "-2147483648" }, { "4294967295", "4294967295" },
		{ "9223372036854775807", "9223372036854775807" },
		{ "-9223372036854775808", "-9223372036854775808" },
		{ "18446744073709551615", "18446744073709551615" },
		{ "10000000000000000000", "18446744073709551615" },
	};
	struct tokenizer t = tokenizer_of("fedcba9876543210");
	struct buf token = { 0 };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		token.n = 0;
		tokenize(&t, span_of(numbers[i].text), &token);
		result(token.n == strlen(numbers[i].last) &&
		    strcmp(buf_cstr(&token), numbers[i].last) <= 0,
		    numbers[i].text);
	}
	buf_free(&token);
	tokenizer_end(&t);
}

/* What was printed once is printed for ever: joins outlive releases.  (By
 * tests/stage/tokens.py.) */
static void
fixed(void)
{
	static const struct { const char *text, *token; } tokens[] = {
		{ "x", "d" },
		{ "7", "5" },
		{ "42", "36" },
		{ "12345", "82554" },
		{ "2147483647", "1995891997" },
		{ "-2147483648", "-1876897958" },
		{ "18446744073709551615", "17160326549578442712" },
		{ "-12.50", "-94.60" },
		{ "0.5", "8.4" },
		{ "02134", "07789" },
		{ "Ann O'Neil", "Afm B'Dpmz" },
		{ "Zo\303\253 \303\204rger", "Nj\303\240 \303\213cqld" },
		{ "\344\272\247\345\223\201", "\347\246\216\351\226\236" },
		{ "bob@example.com", "aff@ztffyvd.edr" },
		{ "123-45-6789", "692-91-9268" },
		{ "\360\237\230\200", "\360\274\233\275" },
		{ "\316\251\316\274\316\255\316\263\316\261",
		    "\316\246\316\277\325\245\316\261\316\265" },
		{ "\320\226\321\203\320\272", "\320\247\320\263\320\270" },
		{ "The quick brown fox jumps over the lazy dog 0123456789",
		    "Rwt kgdfx bqzsa nat pidqs btxd vrp njnt gtv 0281616947" },
	};
	struct tokenizer t = tokenizer_of("0123456789abcdef");
	struct buf token = { 0 };

	for (size_t i = 0; i < sizeof(tokens) / sizeof(*tokens); i++) {
		token.n = 0;
		tokenize(&t, span_of(tokens[i].text), &token);
		is_text(buf_view(&token), tokens[i].token, tokens[i].text);
	}
	buf_free(&token);
	tokenizer_end(&t);
}

/* ---- rules */

static void
takes(enum mask_kind kind, const char *text, const char *column,
    const char *argument)
{
	struct mask_rules rules = { 0 };
	struct err err = { 0 };
	const struct mask_rule *r;

	if (!result(mask_rules_add(&rules, kind, text, &err) == 0, text)) {
		printf("# %s\n", err.text);
		return;
	}
	r = mask_rules_find(&rules, SPAN("d"), SPAN("t"), span_of(column));
	result(r && r->kind == kind, "it applies");
	if (r && argument)
		is_text(r->text.n ? buf_view(&r->text) : SPAN(""), argument,
		    "its argument");
	mask_rules_clear(&rules);
}

static void
refuses(enum mask_kind kind, const char *text, const char *words)
{
	struct mask_rules rules = { 0 };
	struct err err = { 0 };

	result(mask_rules_add(&rules, kind, text, &err) < 0 &&
	    err.kind == ERR_USAGE && strstr(err.text, words), text);
	mask_rules_clear(&rules);
}

static void
rule_texts(void)
{
	takes(MASK_REDACT, "d\\.t\\.c=a=b,c", "c", "a=b,c");
	takes(MASK_REDACT, "x\\.y\\.z,d\\.t\\.c=", "c", "");
	takes(MASK_REDACT, "d\\.t\\.a\\=b=x", "a=b", "x");
	takes(MASK_REDACT, "d\\.t\\.a[=+]b=x", "a=b", "x");
	takes(MASK_REDACT, "(?=d)d\\.t\\.(?<=\\.)c(?=$)=x", "c", "x");
	takes(MASK_HASH, "d\\.t\\.c", "c", "SHA-256");
	takes(MASK_HASH, "D\\.T\\.C=sha-512/256", "c", "sha-512/256");
	takes(MASK_EMAIL, "d\\.t\\.c", "c", "masked.invalid");
	takes(MASK_STARS, ".*\\.c=65535", "c", "65535");
	takes(MASK_NULL, ".*\\.a=b", "a=b", NULL);
	refuses(MASK_STARS, ".*\\.c", "has no argument");
	refuses(MASK_STARS, ".*\\.c=65536", "needs a number");
	refuses(MASK_TRUNCATE, ".*\\.c=-1", "needs a number");
	refuses(MASK_TRUNCATE, ".*\\.c=", "needs a number");
	refuses(MASK_HASH, ".*\\.c=SHA-0", "there is no hash");
	refuses(MASK_EMAIL, ".*\\.c=a@b", "needs a domain");
	refuses(MASK_NULL, "c", "matches no column");
	refuses(MASK_NULL, ".*\\.c,", "empty pattern");
	refuses(MASK_REDACT, ".*\\.c(=x", "bad regular expression");
	refuses(MASK_REDACT, ".*\\.c=\377", "not UTF-8");
}

/* A dot in a name is not the one between names, where that would let more
 * pass. */
static void
dots(void)
{
	struct mask_rules rules = { 0 };
	struct err err = { 0 };
	const struct mask_rule *r;

	mask_rules_add(&rules, MASK_PASS, "shop\\..*", &err);
	mask_rules_add(&rules, MASK_NULL, ".*\\.ssn", &err);
	r = mask_rules_find(&rules, SPAN("shop"), SPAN("t"), SPAN("ssn"));
	result(r && r->kind == MASK_PASS, "the first rule");
	r = mask_rules_find(&rules, SPAN("shop.x"), SPAN("t"), SPAN("ssn"));
	result(r && r->kind == MASK_NULL, "not of shop.x");
	result(mask_rules_may_mask(&rules, SPAN("a"), SPAN("b")), "may mask");
	mask_rules_clear(&rules);
	mask_rules_add(&rules, MASK_NULL, "shop\\.t\\.ssn", &err);
	result(mask_rules_may_mask(&rules, SPAN("shop"), SPAN("t")) &&
	    !mask_rules_may_mask(&rules, SPAN("shop"), SPAN("tt")),
	    "nor another table");
	mask_rules_clear(&rules);
}

/* ---- statements */

static void
tells(const char *ddl, bool values, bool comments)
{
	struct masker_ddl is = masker_ddl_read(span_of(ddl), 0);

	result(is.values == values && is.comments == comments, ddl);
}

static void
statements(void)
{
	tells("CREATE TABLE t (a INT(11), b VARCHAR(20), d DECIMAL(10,2))",
	    false, false);
	tells("ALTER TABLE `t` ADD KEY (a(10)), ADD b DATETIME(6)", false,
	    false);
	tells("DROP TABLE t", false, false);
	tells("ALTER TABLE t ADD a INT DEFAULT 5", true, false);
	tells("ALTER TABLE t ADD a INT DEFAULT (5)", true, false);
	tells("ALTER TABLE t ADD a INT COMMENT 'x'", true, false);
	tells("ALTER TABLE t ADD a VARCHAR(20) DEFAULT \"x\"", true, false);
	tells("ALTER TABLE t ADD CHECK (f(123) < a)", true, false);
	tells("ALTER TABLE t AUTO_INCREMENT=12345", true, false);
	tells("CREATE TABLE t (a INT) PARTITION BY RANGE (a) (PARTITION p "
	    "VALUES LESS THAN (10))", true, false);
	tells("ALTER TABLE t ADD a INT DEFAULT 0x41", true, false);
	tells("ALTER TABLE t ADD a BIT DEFAULT b'1'", true, false);
	tells("DROP TABLE t /* alice */", false, true);
	tells("DROP TABLE t -- alice", false, true);
	tells("DROP TABLE t # alice", false, true);
	tells("DROP TABLE /*!50000 t */", false, true);
	tells("DROP TABLE t /* unended", false, true);
	tells("DROP TABLE 'unended", true, false);
	result(!masker_ddl_read(SPAN("DROP TABLE \"t\""), SQL_ANSI_QUOTES)
	    .values, "ANSI_QUOTES");
}

int
main(void)
{
	hmacs();
	long_key();
	permutes(0, 9, 1, "a digit");
	permutes(10, 99, 2, "two");
	permutes(10000, 99999, 5, "five");
	permutes(0, 9999, 5, "a leading zero");
	forms();
	letters();
	characters();
	ranges();
	fixed();
	rule_texts();
	dots();
	statements();
	return done();
}

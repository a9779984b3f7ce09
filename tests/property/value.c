/* Names and values that have deceived somebody, and some by chance. */
#include "property.h"

#include <string.h>

static const char *const names[] = {
	"op", "source", "status", "beat", "ddl", "tableChanges", "payload",
	"before", "after", "topic", "key", "schema", "transaction", "ts_ms",
	"headers", "snapshot", "id", "gtid", "db", "table", "databaseName",
	"event_count", "total_order", "partition", "offset", "name", "x",
	"a\"b", "back\\slash", "\\\"", "\\u006fp", "new\nline", "tab\there",
	"cr\rhere", "\x01", "\x7f", "a\xc3\xa4", "\xf0\x9f\x98\x80",
	"\xee\xbc\x80", "\xee\xbf\xbf", "\xef\xbf\xbd", "\xef\xbb\xbf",
	"\xe2\x80\xa8", "", " ", ".", "..", "a.b", ".*", "^$", "a|b", "(", ")",
	"[a", "a{2}", "x+", "?", "$1", "${x}", "\\E", "\\Q", "#", "--", "-t",
	"'", "''", "`", "a`b", ";", "/*", "*/", "%s", "%n", "null", "true",
	"0", "-1", "1.10", "NaN", "{", "}", "[]", ",", ":", "{}", "\"op\":\"d\"",
	"}},\"op\":\"t\"", "secret", "__op", "__proto__", "constructor",
	"0123456789012345678901234567890123456789012345678901234567890123",
};

static struct text
name_by_chance(void)
{
	struct buf b = { 0 };
	struct text t;
	unsigned n = 1 + below(12);

	for (unsigned i = 0; i < n; i++) {
		char c = (char)(1 + below(126));

		if (chance(150))
			put_str(&b, names[below(sizeof names / sizeof *names)]);
		else if (chance(30))
			put(&b, "\0", 1);
		else
			put(&b, &c, 1);
	}
	t = text_dup(b.p, b.n);
	buf_free(&b);
	return t;
}

struct text
name_make(void)
{
	if (left_out & NO_NAMES)
		return fmt("n%u", below(100000));
	if (chance(150))
		return name_by_chance();
	return str(names[below(sizeof names / sizeof *names)]);
}

/* An object that would be an envelope or a control record elsewhere. */
struct node *
envelope_like(void)
{
	struct node *n = j_object(), *source = j_object();

	source = with_s(source, "db", j_string(str("shop")));
	source = with_s(source, "table", j_string(str("orders")));
	switch (below(5)) {
	case 0:
		n = with_s(n, "status", j_string(str("END")));
		n = with_s(n, "id", j_string(str("1-1-1")));
		return with_s(n, "ts_ms", j_number(str("1")));
	case 1:
		n = with_s(n, "ts_ms", j_number(str("1")));
		n = with_s(n, "beat", j_string(str("last")));
		return with_s(n, "gtid", j_string(str("0-1-4294967295")));
	case 2:
		n = with_s(n, "source", source);
		n = with_s(n, "databaseName", j_string(str("shop")));
		n = with_s(n, "ddl", j_string(str("DROP TABLE x")));
		return with_s(n, "tableChanges", j_array(NULL, 0));
	case 3:
		n = with_s(n, "schema", j_word(J_NULL));
		return with_s(n, "payload", source);
	}
	n = with_s(n, "before", j_word(J_NULL));
	n = with_s(n, "after", j_word(J_NULL));
	n = with_s(n, "source", source);
	return with_s(n, "op", j_string(str("t")));
}

static struct node *
long_number(void)
{
	static const char *const some[] = {
		"0", "-0", "1", "-1", "9223372036854775807",
		"-9223372036854775808", "18446744073709551615", "1.10",
		"0.1", "1e400", "-1E-400", "1.7976931348623157e308",
		"0.000000000000000000000000000000000001",
		"123456789012345678901234567890.123456789012345678901234567890",
	};
	char digits[400];

	if (!chance(20))
		return j_number(str(some[below(sizeof some / sizeof *some)]));
	for (size_t i = 0; i < sizeof digits; i++)
		digits[i] = (char)('1' + below(9));
	return j_number(text_dup(digits, sizeof digits));
}

static struct node *
long_string(void)
{
	size_t n = chance(2) ? 1 << 20 : 1u << below(13);
	char *s = arena(n + 1);

	memset(s, "x\\\"\n{ "[below(6)], n);
	s[n] = '\0';
	return j_string((struct text){ s, n });
}

static struct node *
nested(void)
{
	struct node *v = envelope_like();
	unsigned depth = chance(20) ? 200 : below(6);

	while (depth--)
		v = below(2) ? j_array(&v, 1) :
		    with(j_object(), name_make(), v);
	return v;
}

static struct node *
secret_value(void)
{
	struct node *v = j_string(chance(500) ? str(TOKEN) :
	    fmt("%s%u\"\\\n%s", TOKEN, below(100), TOKEN));

	switch (below(6)) {
	case 0:
		return j_array(&v, 1);
	case 1:
		return with(j_object(), name_make(), v);
	case 2:
		return with_s(j_object(), TOKEN, j_word(J_NULL));
	case 3:
		return with_s(envelope_like(), "after", v);
	case 4:
		return j_embed(with_s(envelope_like(), "after", v));
	}
	return v;
}

struct node *
value_make(bool secret)
{
	if (secret)
		return secret_value();
	switch (below(16)) {
	case 0:
	case 1:
		return j_word(J_NULL);
	case 2:
		return j_word(below(2) ? J_TRUE : J_FALSE);
	case 3:
	case 4:
	case 5:
		return long_number();
	case 6:
		return nested();
	case 7:
		return j_embed(envelope_like());
	case 8:
		return chance(100) ? long_string() : j_string(name_make());
	case 9:
		return below(2) ? j_array(NULL, 0) : j_object();
	default:
		return j_string(name_make());
	}
}

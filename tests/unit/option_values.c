/* SPDX-License-Identifier: MIT
 *
 * Values of options: numbers, sizes, durations, operations.
 */
#include "cli/value.h"
#include "tap.h"

enum reader { COUNT, SIZE, DURATION };

/* error NULL: it is this number. */
static const struct {
	enum reader reader;
	const char *text;
	long long want;
	const char *error;
} numbers[] = {
	{ COUNT, "0", 0, NULL },
	{ COUNT, "007", 7, NULL },
	{ COUNT, "9223372036854775807", INT64_MAX, NULL },
	{ COUNT, "18446744073709551616", 0,
	    "'18446744073709551616' is not a number" },
	{ COUNT, "", 0, "'' is not a number" },
	{ COUNT, "-1", 0, "'-1' is not a number" },
	{ COUNT, "+1", 0, "'+1' is not a number" },
	{ COUNT, " 1", 0, "' 1' is not a number" },
	{ COUNT, "1k", 0, "'1k' is not a number" },
	{ COUNT, "0x10", 0, "'0x10' is not a number" },

	{ SIZE, "0", 0, NULL },
	{ SIZE, "12", 12, NULL },
	{ SIZE, "3k", 3072, NULL },
	{ SIZE, "3K", 3072, NULL },
	{ SIZE, "5M", 5 << 20, NULL },
	{ SIZE, "4G", 4ll << 30, NULL },
	{ SIZE, "8589934591G", 8589934591ll << 30, NULL },
	{ SIZE, "8589934592G", 0,
	    "'8589934592G' is not a size (bytes, or with k, M, G)" },
	{ SIZE, "9007199254740991k", 9007199254740991ll << 10, NULL },
	{ SIZE, "9007199254740992k", 0,
	    "'9007199254740992k' is not a size (bytes, or with k, M, G)" },
	{ SIZE, "9223372036854775807", INT64_MAX, NULL },
	{ SIZE, "9223372036854775808", 0,
	    "'9223372036854775808' is not a size (bytes, or with k, M, G)" },
	{ SIZE, "1g", 0, "'1g' is not a size (bytes, or with k, M, G)" },
	{ SIZE, "1kk", 0, "'1kk' is not a size (bytes, or with k, M, G)" },
	{ SIZE, "M", 0, "'M' is not a size (bytes, or with k, M, G)" },

	{ DURATION, "500ms", 500, NULL },
	{ DURATION, "10", 10000, NULL },
	{ DURATION, "10s", 10000, NULL },
	{ DURATION, "2m", 120000, NULL },
	{ DURATION, "1h", 3600000, NULL },
	{ DURATION, "2562047788015h", 2562047788015ll * 3600000, NULL },
	{ DURATION, "2562047788016h", 0,
	    "'2562047788016h' is not a duration (500ms, 10s, 2m, 1h)" },
	{ DURATION, "1d", 0,
	    "'1d' is not a duration (500ms, 10s, 2m, 1h)" },
	{ DURATION, "1.5s", 0,
	    "'1.5s' is not a duration (500ms, 10s, 2m, 1h)" },
	{ DURATION, "1 s", 0,
	    "'1 s' is not a duration (500ms, 10s, 2m, 1h)" },
};

/* want NULL: error is what is said. */
static const struct {
	const char *text, *want, *error;
} lists[] = {
	{ "c", "c", NULL },
	{ "c,u,d,t,r", "cudtr", NULL },
	{ "d,d,c,d", "dc", NULL },
	{ "none", "", NULL },
	{ "", NULL, "'' is not a list of operations (c, u, d, t, r)" },
	{ "c,", NULL, "'c,' is not a list of operations (c, u, d, t, r)" },
	{ ",c", NULL, "',c' is not a list of operations (c, u, d, t, r)" },
	{ "cu", NULL, "'cu' is not a list of operations (c, u, d, t, r)" },
	{ "c,x", NULL, "'c,x' is not a list of operations (c, u, d, t, r)" },
	{ "C", NULL, "'C' is not a list of operations (c, u, d, t, r)" },
};

static int
read_number(enum reader reader, const char *text, long long *value,
    struct err *err)
{
	uint64_t count = 0;
	size_t size = 0;
	int64_t ms = 0;
	int status = reader == COUNT ? value_count(&count, text, err) :
	    reader == SIZE ? value_size(&size, text, err) :
	    value_duration(&ms, text, err);

	*value = reader == COUNT ? (long long)count : reader == SIZE ?
	    (long long)size : ms;
	return status;
}

static void
numbers_are_read(void)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		struct err err = { 0 };
		long long value = 0;
		int status = read_number(numbers[i].reader, numbers[i].text,
		    &value, &err);

		if (numbers[i].error)
			is_text(span_of(err.text), numbers[i].error,
			    numbers[i].text);
		else
			is_number(status == 0 ? value : -1, numbers[i].want,
			    numbers[i].text);
	}
}

static void
lists_are_read(void)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		struct err err = { 0 };
		struct ops ops = { "" };
		int status = value_ops(&ops, lists[i].text, &err);

		if (lists[i].error)
			is_text(span_of(err.text), lists[i].error,
			    lists[i].text);
		else
			is_text(span_of(status == 0 ? ops.v : "?"),
			    lists[i].want, lists[i].text);
	}
}

static void
choices_are_read(void)
{
	static const char *const words[] = { "none", "some", "all", NULL };
	struct err err = { 0 };
	int value = -1;

	is_number(value_choice(&value, "all", words, &err) + value, 2,
	    "a word is its number");
	value_choice(&value, "al", words, &err);
	is_text(span_of(err.text), "'al' is not one of none, some, all",
	    "another is none");
}

int
main(void)
{
	numbers_are_read();
	lists_are_read();
	choices_are_read();
	return done();
}

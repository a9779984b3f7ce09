/* SPDX-License-Identifier: MIT
 *
 * States at random: written, and read again, they are what they were.
 *
 * usage: state                   the checks, as TAP
 *        state print             states, a line each
 *        state facts             what is in them, for a reader of another kind
 *        state same <STATES      are these the same?  Says which are not.
 */
#include "tap.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "json/object.h"
#include "json/write.h"
#include "state/state.h"

enum { STATES = 3000 };

static uint64_t seed;

static uint64_t
any(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static uint64_t
below(uint64_t n)
{
	return (any() >> 11) % n;
}

/* Small, or as large as it can be. */
static uint64_t
number(uint64_t most)
{
	return below(3) == 0 ? most - below(3) : below(1000) + 1;
}

/* Whatever UTF-8 can hold. */
static void
put_text(struct buf *out)
{
	static const uint32_t ranges[][2] = {
		{ 0, 0x20 }, { ' ', 0x7F }, { '"', '"' + 1 },
		{ '\\', '\\' + 1 }, { 0x7F, 0x800 }, { 0x800, 0xD800 },
		{ 0xEF00, 0xF000 }, { 0xE000, 0x10000 },
		{ 0x10000, 0x110000 },
	};

	for (uint64_t n = below(12); n > 0; n--) {
		const uint32_t *r = ranges[below(sizeof(ranges) /
		    sizeof(*ranges))];

		json_utf8_put(out, r[0] + (uint32_t)below(r[1] - r[0]));
	}
}

static void
put_gtids(struct gtid_list *list)
{
	for (uint64_t n = below(4); n > 0; n--)
		gtid_list_set(list, &(struct gtid){
			.domain = (uint32_t)number(UINT32_MAX),
			.server = (uint32_t)number(UINT32_MAX),
			.seq = number(UINT64_MAX) });
}

/* Objects in objects, with names, texts and numbers of keys. */
static void
put_json(struct buf *out, int depth)
{
	struct buf text = { 0 };
	uint64_t n = below(4);

	buf_char(out, '{');
	for (uint64_t i = 0; i < n; i++) {
		text.n = 0;
		put_text(&text);
		buf_printf(&text, "%" PRIu64, i);       /* names differ */
		if (i)
			buf_char(out, ',');
		json_string(out, buf_view(&text));
		buf_char(out, ':');
		if (depth < 3 && below(3) == 0)
			put_json(out, depth + 1);
		else if (below(2))
			json_string(out, buf_view(&text));
		else
			buf_printf(out, "%s%" PRIu64 "%s", below(2) ? "-" : "",
			    number(UINT64_MAX), below(2) ? "123456789" : "");
	}
	buf_char(out, '}');
	buf_free(&text);
}

static void
put_snapshot(struct buf *out, bool whole)
{
	struct buf key = { 0 };

	put_json(&key, 0);
	buf_str(out, "{\"start\":\"1-1-5\",");
	if (whole)
		buf_str(out, "\"until\":\"1-1-9\"}");
	else
		buf_printf(out, "\"done\":[],\"table\":\"t\",\"key\":%s}",
		    buf_cstr(&key));
	buf_free(&key);
}

/* Each time other states, of a number the same. */
static void
make(struct state *s, uint64_t i)
{
	seed = i * 0x9E3779B97F4A7C15u + 1;
	for (int k = 0; k < 8; k++)
		any();
	put_text(&s->name);
	put_gtids(&s->done);
	put_text(&s->file);
	s->pos = number(UINT64_MAX);
	if (below(3) == 0) {
		s->partial = (struct gtid){ 1, 2, number(UINT64_MAX) };
		s->partial_order = number(UINT64_MAX);
	}
	s->restarts = below(3) == 0;
	for (size_t k = 0; s->restarts && k < s->done.n; k++)
		gtid_list_set(&s->restart, &s->done.v[k]);
	if (below(3) == 0)
		put_snapshot(&s->snapshot, below(2));
	if (below(3) == 0)
		put_json(&s->incremental, 0);
	if (below(3) == 0)
		put_json(&s->temporary, 0);
	if (below(3))
		buf_printf(&s->filter, "%016" PRIx64, any());
	if (below(3) == 0)
		put_json(&s->lists, 0);
	if (below(3) == 0)
		put_json(&s->modes, 0);
}

static bool
same_bytes(const struct buf *a, const struct buf *b)
{
	return span_eq(buf_view(a), buf_view(b));
}

/* exact: JSON, too, byte for byte. */
static bool
same_json(const struct buf *a, const struct buf *b, bool exact)
{
	return exact || !a->n ? same_bytes(a, b) :
	    json_same(buf_view(a), buf_view(b));
}

static bool
same(const struct state *a, const struct state *b, bool exact)
{
	return same_bytes(&a->name, &b->name) &&
	    gtid_list_equal(&a->done, &b->done) &&
	    same_bytes(&a->file, &b->file) && a->pos == b->pos &&
	    a->partial_order == b->partial_order && (!a->partial_order ||
	    gtid_equal(&a->partial, &b->partial)) &&
	    a->restarts == b->restarts &&
	    (!a->restarts || gtid_list_equal(&a->restart, &b->restart)) &&
	    same_json(&a->snapshot, &b->snapshot, exact) &&
	    same_json(&a->incremental, &b->incremental, exact) &&
	    same_json(&a->temporary, &b->temporary, exact) &&
	    same_bytes(&a->filter, &b->filter) &&
	    same_json(&a->lists, &b->lists, exact) &&
	    same_json(&a->modes, &b->modes, exact);
}

/* ---- what another program reads */

static void
put_hex(const struct buf *b)
{
	for (size_t i = 0; i < b->n; i++)
		printf("%02x", (unsigned char)b->p[i]);
	putchar(' ');
}

static void
print_facts(const struct state *s)
{
	struct buf list = { 0 };
	char gtid[GTID_TEXT];

	put_hex(&s->name);
	gtid_list_print(&s->done, &list);
	printf("%s ", list.n ? buf_cstr(&list) : "");
	put_hex(&s->file);
	printf("%" PRIu64 " ", s->pos);
	gtid_print(gtid, &s->partial);
	if (s->partial_order)
		printf("%s:%" PRIu64, gtid, s->partial_order);
	list.n = 0;
	gtid_list_print(&s->restart, &list);
	printf(" %s ", s->restarts ? buf_cstr(&list) : "-");
	put_hex(&s->filter);
	printf("%d%d%d%d%d\n", s->snapshot.n > 0, s->incremental.n > 0,
	    s->temporary.n > 0, s->lists.n > 0, s->modes.n > 0);
	buf_free(&list);
}

static void
print(bool facts)
{
	for (uint64_t i = 0; i < STATES; i++) {
		struct state s = { 0 };
		struct buf text = { 0 };

		make(&s, i);
		if (facts) {
			print_facts(&s);
		} else {
			state_print(&s, &text);
			fwrite(text.p, 1, text.n, stdout);
		}
		buf_free(&text);
		state_clear(&s);
	}
}

static int
compare(void)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	uint64_t i = 0;
	int wrong = 0;

	while ((n = getline(&line, &cap, stdin)) > 0) {
		struct state s = { 0 }, was = { 0 };
		struct err err = { 0 };

		make(&was, i);
		if (state_read(&s, (struct span){ line, (size_t)n - 1 },
		    &err) < 0 || !same(&was, &s, false)) {
			printf("state %" PRIu64 ": %s: %s", i, err.text, line);
			wrong++;
		}
		state_clear(&s);
		state_clear(&was);
		i++;
	}
	free(line);
	printf("%" PRIu64 " states, %d differ\n", i, wrong);
	return wrong > 0 || i != STATES;
}

/* ---- here and back */

static void
here_and_back(void)
{
	int wrong = 0, copied = 0;

	for (uint64_t i = 0; i < STATES; i++) {
		struct state s = { 0 }, back = { 0 }, copy = { 0 };
		struct buf text = { 0 };
		struct err err = { 0 };

		make(&s, i);
		make(&copy, i + 1);             /* of which nothing is left */
		state_copy(&copy, &s);
		state_print(&s, &text);
		if (state_read(&back, buf_view(&text), &err) < 0 ||
		    !same(&s, &back, true))
			printf("# state %d: %s: %s", wrong++, err.text,
			    buf_cstr(&text));
		copied += same(&s, &copy, true);
		state_clear(&s);
		state_clear(&back);
		state_clear(&copy);
		buf_free(&text);
	}
	is_number(wrong, 0, "written and read, states are what they were");
	is_number(copied, STATES, "and copied");
}

/* What is read where nobody wrote it so. */
static void
odd_states(void)
{
	static const struct {
		const char *text, *error;
	} odd[] = {
		{ "{\"version\":1,\"gtid\":\"1-1-8\",\"pos\":12.5}",
		    "it is not a state of version 1: its pos is no whole "
		    "number" },
		{ "{\"version\":1,\"gtid\":\"1-1-8\","
		    "\"pos\":18446744073709551616}",
		    "it is not a state of version 1: its pos is no whole "
		    "number" },
		{ "{\"version\":1,\"gtid\":\"1-1-8\",\"partial\":{}}",
		    "it is not a state of version 1: its partial is no part "
		    "of a transaction" },
		{ "{\"version\":1,\"gtid\":\"1-1-8\",\"x\":\"\\ud800\"}",
		    "it is no state: no JSON at byte 40" },
		{ "{\"version\":1,\"gtid\":\"1-1-8\",\"g\\u0074id\":\"\"}",
		    "it is no state: a name occurs twice" },
		{ "{\"version\":1,\"gtid\":7}",
		    "it is not a state of version 1: its gtid is no list of "
		    "GTIDs" },
		{ "{\"version\":1,\"gtid\":null}", "a state without gtid" },
		{ "{\"v\\u0065rsion\":1,\"\\u0067tid\":\"1-1-8\",\"x\":1e999,"
		    "\"y\":18446744073709551616,\"pos\":18446744073709551615}",
		    "" },
	};

	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		struct state s = { 0 };
		struct err err = { 0 };

		state_read(&s, span_of(odd[i].text), &err);
		is_text(span_of(err.text), odd[i].error, odd[i].text);
		state_clear(&s);
	}
}

/* What is handed on in lines is on one, however it came. */
static void
one_line(void)
{
	struct state s = { 0 };
	struct buf text = { 0 };
	struct err err = { 0 };

	state_read(&s, SPAN("{\n \"version\": 1,\n \"gtid\": \"1-1-8\",\n"
	    " \"lists\": {\r\n  \"source\": []\n }\n}\n"), &err);
	state_print(&s, &text);
	is_text(buf_view(&s.lists), "{    \"source\": []  }",
	    "of several lines one");
	is_number((char *)memchr(text.p, '\n', text.n) - text.p,
	    (long long)text.n - 1, "so that a state is one");
	state_clear(&s);
	buf_free(&text);
}

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "same") == 0)
		return compare();
	if (argc > 1) {
		print(strcmp(argv[1], "facts") == 0);
		return 0;
	}
	here_and_back();
	odd_states();
	one_line();
	return done();
}

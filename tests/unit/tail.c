/* SPDX-License-Identifier: MIT
 *
 * Copies in the stream: what is left of a chunk, what signals ask for.
 */
#include <stdlib.h>

#include "incremental/chunk.h"
#include "incremental/queue.h"
#include "incremental/signal_row.h"
#include "tap.h"

/* ---- chunks */

/* "key row;" of what is left. */
static void
show(const struct chunk *c, struct buf *out)
{
	struct span key, json;

	out->n = 0;
	for (size_t i = 0; i < c->n; i++)
		if (chunk_row(c, i, &key, &json))
			buf_printf(out, "%.*s %.*s;", (int)key.n, key.p,
			    (int)json.n, json.p);
	buf_cstr(out);
}

/* What the stream tells of a chunk of rows {"a":1,"b":1} and {"a":2,"b":2},
 * whose keys are 1 and 2, in its order: a key, and "after", or that it is gone
 * or moved. */
static const struct telling {
	const char *name;
	struct told {
		const char *key, *after;
	} told[3];
	const char *left;
} tellings[] = {
	{ "nothing", { { 0 } }, "1 {\"a\":1,\"b\":1};2 {\"a\":2,\"b\":2};" },
	{ "a delete", { { "1", 0 } }, "2 {\"a\":2,\"b\":2};" },
	{ "a whole row", { { "2", "{\"a\":2,\"b\":7}" } },
	    "1 {\"a\":1,\"b\":1};" },
	{ "a part of it", { { "2", "{\"b\":7}" } },
	    "1 {\"a\":1,\"b\":1};2 {\"a\":2,\"b\":7};" },
	{ "two parts", { { "2", "{\"b\":7}" }, { "2", "{\"b\":null}" } },
	    "1 {\"a\":1,\"b\":1};2 {\"a\":2,\"b\":null};" },
	{ "what is unavailable", { { "2", "{\"a\":2,\"b\":\"?\"}" } },
	    "1 {\"a\":1,\"b\":1};2 {\"a\":2,\"b\":2};" },
	{ "another row", { { "3", "{\"a\":3,\"b\":3}" } },
	    "1 {\"a\":1,\"b\":1};2 {\"a\":2,\"b\":2};" },
	{ "a delete, then a part", { { "1", 0 }, { "1", "{\"b\":7}" } },
	    "2 {\"a\":2,\"b\":2};" },
};

static void
chunks(void)
{
	struct chunk c = { 0 };
	struct buf left = { 0 };

	for (size_t i = 0; i < sizeof(tellings) / sizeof(*tellings); i++) {
		const struct telling *t = &tellings[i];

		chunk_clear(&c);
		chunk_add(&c, SPAN("1"), SPAN("{\"a\":1,\"b\":1}"));
		chunk_add(&c, SPAN("2"), SPAN("{\"a\":2,\"b\":2}"));
		for (int k = 0; k < 3 && t->told[k].key; k++) {
			const struct told *told = &t->told[k];

			if (told->after)
				chunk_change(&c, span_of(told->key),
				    span_of(told->after), SPAN("\"?\""));
			else
				chunk_forget(&c, span_of(told->key));
		}
		show(&c, &left);
		is_text(buf_view(&left), t->left, t->name);
	}
	chunk_free(&c);
	buf_free(&left);
}

/* ---- signals */

static const struct row {
	const char *id, *type, *data;
	bool taken;
	const char *left;               /* paused, then each copy's tables */
} rows[] = {
	{ "1", "execute-snapshot", "{\"data-collections\":[\"s.b\",\"s.a\"]}",
	    true, "b a" },
	{ "1", "execute-snapshot", "{\"data-collections\":[\"s.c\"]}", false,
	    "b a" },
	{ "2", "execute-snapshot", "{\"data-collections\":[\"S\\\\..*\"],\n"
	    "\"type\":\"Incremental\"}", true, "b a|a b c" },
	{ "3", "pause-snapshot", "", true, "- b a|a b c" },
	{ "4", "stop-snapshot", "{\"data-collections\":[\"s.[ab]\"]}", true,
	    "- c" },
	{ "5", "resume-snapshot", "{}", true, "c" },
	{ "6", "stop-snapshot", "{\"data-collections\":[]}", true, "c" },
	{ "7", "pause-snapshot", "{\"type\":\"incremental\"}", true, "- c" },
	{ "8", "stop-snapshot", "", true, "" },
	{ "9", "execute-snapshot", "{\"data-collections\":[\"t.a\"]}", true,
	    "" },
	{ "10", "execute-snapshot", "{\"data-collections\":\"s.a\"}", false,
	    "" },
	{ "11", "execute-snapshot", "[]", false, "" },
	{ "12", "execute-snapshot", "", false, "" },
	{ "13", "execute-snapshot", "{\"data-collections\":[1]}", false, "" },
	{ "14", "execute-snapshot", "{\"data-collections\":[\"s.a\"],"
	    "\"additional-conditions\":[{\"filter\":\"1\"}]}", false, "" },
	{ "15", "execute-snapshot", "{\"data-collections\":[\"s.a\"]} x",
	    false, "" },
	{ "16", "", "{}", false, "" },
	{ "17", "execute-snapshot", "{\"data-collections\":[\"s.a\"],"
	    "\"additional-conditions\":[{\"data-collection\":\"s.b\","
	    "\"filter\":\"no\"},{\"data-collection\":\"s.a\",\"filter\":"
	    "\"a > \\\"1\\\"\"}]}", true, "a" },
};

static void
show_queue(const struct queue *q, struct buf *out)
{
	out->n = 0;
	buf_str(out, q->paused ? "- " : "");
	for (size_t i = 0; i < q->ncopies; i++)
		for (size_t k = 0; k < q->copies[i].tables.n; k++)
			buf_printf(out, "%s%s", k ? " " : i ? "|" : "",
			    q->copies[i].tables.v[k].name);
	buf_cstr(out);
}

/* What a heartbeat says of a queue is all of it. */
static void
store_and_load(struct queue *q)
{
	struct buf json = { 0 }, again = { 0 };
	struct err err = { 0 };

	queue_put(q, &json);
	if (json.n) {
		queue_clear(q);
		is_number(queue_load(q, buf_view(&json), &err), 0, "loaded");
		queue_put(q, &again);
		is_text(buf_view(&again), buf_cstr(&json), "the same again");
		is_number(memchr(json.p, '\n', json.n) == NULL, 1, "a line");
	}
	buf_free(&json);
	buf_free(&again);
}

static void
signals(void)
{
	struct queue q = { 0 };
	struct queue_tables all = { 0 };
	struct buf left = { 0 };

	for (const char *name = "abc"; *name; name++)
		queue_tables_add(&all, SPAN("s"), (struct span){ name, 1 });
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct row *r = &rows[i];

		is_number(signal_take(&q, span_of(r->id), span_of(r->type),
		    span_of(r->data)), r->taken, r->id);
		store_and_load(&q);
		if (q.nsignals)
			signal_obey(&q, &all);
		store_and_load(&q);
		show_queue(&q, &left);
		is_text(buf_view(&left), r->left, r->id);
	}
	is_text(signal_filter(&q.copies[0]), "\"a > \\\"1\\\"\"",
	    "the filter of a table");
	buf_str(&q.copies[0].key, "{\"id\":7}");
	q.copies[0].rows = 7;
	store_and_load(&q);
	is_text(buf_view(&q.copies[0].key), "{\"id\":7}", "a key");
	is_number((long long)q.copies[0].rows, 7, "rows");
	queue_table_done(&q);
	is_number(queue_current(&q) == NULL, 1, "all is done");
	queue_clear(&q);
	queue_tables_clear(&all);
	buf_free(&left);
}

static void
states(void)
{
	static const char *const bad[] = {
		"{}", "{\"signals\":[],\"copies\":[{}]}",
		"{\"signals\":[{\"id\":\"1\"}],\"copies\":[]}",
		"{\"signals\":[],\"copies\":[{\"signal\":\"1\",\"tables\":"
		"[]}]}", "{\"signals\":[],\"copies\":[{\"signal\":\"1\","
		"\"tables\":[{\"db\":\"a\"}]}]}",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct queue q = { 0 };
		struct err err = { 0 };

		is_number(queue_load(&q, span_of(bad[i]), &err), -1, bad[i]);
		queue_clear(&q);
	}
}

int
main(void)
{
	chunks();
	signals();
	states();
	return done();
}

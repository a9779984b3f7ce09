/* SPDX-License-Identifier: MIT
 *
 * The member `incremental` of a state up to the first newline, then signals: an
 * id, a type and a JSON object, each behind a NUL.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "incremental/signal_row.h"

/* Up to an end, and over it. */
static struct span
next(struct span *rest, char end)
{
	const char *p = memchr(rest->p, end, rest->n);
	struct span one = { rest->p, p ? (size_t)(p - rest->p) : rest->n };
	size_t over = one.n + (p != NULL);

	*rest = (struct span){ rest->p + over, rest->n - over };
	return one;
}

/* What a queue says of itself is one. */
static void
check(const struct queue *q)
{
	struct queue other = { 0 };
	struct buf json = { 0 };
	struct err err = { 0 };

	queue_put(q, &json);
	if (json.n && (memchr(json.p, '\n', json.n) ||
	    queue_load(&other, buf_view(&json), &err) < 0))
		abort();
	queue_clear(&other);
	buf_free(&json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span rest = { (const char *)data, size };
	struct span state = next(&rest, '\n');
	struct queue_tables all = { 0 };
	struct queue q = { 0 };
	struct err err = { 0 };

	queue_tables_add(&all, SPAN("s"), SPAN("a"));
	queue_tables_add(&all, SPAN("s"), SPAN("b"));
	if (!state.n || queue_load(&q, state, &err) == 0) {
		while (rest.n) {
			struct span id = next(&rest, '\0');
			struct span type = next(&rest, '\0');

			signal_take(&q, id, type, next(&rest, '\0'));
			check(&q);
			while (q.nsignals)
				signal_obey(&q, &all);
			if (queue_current(&q))
				signal_filter(queue_current(&q));
		}
		check(&q);
	}
	queue_clear(&q);
	queue_tables_clear(&all);
	return 0;
}

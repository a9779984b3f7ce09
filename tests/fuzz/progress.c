/* SPDX-License-Identifier: MIT
 *
 * A stream as a sink follows it: lines, and then the state that it leads to,
 * from which it goes on with the same lines.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "cdc.h"
#include "sink/progress.h"

static int
follow(struct progress *p, struct record *rec, struct err *err)
{
	if (!record_is_control(rec))
		return progress_record(p, rec, err);
	if (rec->kind == KIND_SCHEMA)
		return progress_schema(p, rec, err);
	return progress_control(p, rec, err);
}

static void
run_lines(struct progress *p, struct lines *in, size_t size)
{
	static struct record rec;
	struct err err = { 0 };
	char *at = in->buf, *end = in->buf + size;

	for (uint64_t number = 1; at < end; number++) {
		char *newline = memchr(at, '\n', (size_t)(end - at) + 1);
		struct line line = { { at, (size_t)(newline - at) }, number,
			false };

		at = newline + 1;
		if (record_scan(&rec, &line, &err) < 0 ||
		    follow(p, &rec, &err) < 0)
			break;
		progress_at_rest(p);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct progress first = { .keeps = true }, again = { .keeps = true };
	static struct lines in;
	struct buf text = { 0 };

	/* as lines.c gives it: in its buffer, a newline behind it */
	in.buf = xmalloc(size + 1);
	memcpy(in.buf, data, size);
	in.buf[size] = '\n';
	run_lines(&first, &in, size);
	state_print(&first.state, &text);
	state_copy(&again.state, &first.state);
	again.known = true;
	run_lines(&again, &in, size);
	progress_clear(&first);
	progress_clear(&again);
	buf_free(&text);
	free(in.buf);
	return 0;
}

/* SPDX-License-Identifier: MIT
 *
 * A line of JSON as the filters see it: scanned, looked into, edited.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "cdc.h"

static void
look_into(struct record *rec)
{
	struct span db, table;
	struct buf scratch = { 0 };

	record_table(rec, &db, &table);
	record_op(rec);
	record_is_tombstone(rec);
	object_member(record_source(rec), "gtid");
	string_text(object_member(rec->after, "a"), &scratch);
	buf_free(&scratch);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct record rec;
	static struct lines in;
	struct line line = { { NULL, size }, 1, false };
	struct err err = { 0 };

	/* as lines.c gives it: in its buffer, a newline behind it */
	in.buf = xmalloc(size + 1);
	memcpy(in.buf, data, size);
	in.buf[size] = '\n';
	line.text.p = in.buf;
	for (int want = RECORD_TOPIC; want <= RECORD_WHOLE; want++) {
		err = (struct err){ 0 };
		if (size == 0 || record_scan(&rec, &line,
		    (enum record_want)want, &err) < 0)
			continue;
		look_into(&rec);
		if (want < RECORD_MEMBERS)
			continue;
		record_replace(&rec, rec.before, SPAN("null"));
		record_replace(&rec, rec.topic, SPAN("\"t\""));
		record_replace(&rec, rec.key, SPAN("{\"a\":\"\\u0000\"}"));
		record_emit(&rec, &in);
	}
	json_valid(line.text);
	json_whole(line.text);
	lines_settle(&in);
	free(in.buf);
	return 0;
}

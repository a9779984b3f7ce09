/* SPDX-License-Identifier: MIT
 *
 * A line of JSON as the filters see it: scanned, looked into, edited.  What is
 * taken is JSON, by the fast way and the plain one alike, and what leaves is
 * JSON again, on one line.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cdc.h"
#include "route/router.h"
#include "unwrap/unwrap.h"

static int out_fd = -1;

/* What was written since the last call. */
static void
check_output(void)
{
	struct err err = { 0 };
	struct buf text = { 0 };
	off_t n;

	out_flush(&err);
	n = lseek(out_fd, 0, SEEK_CUR);
	if (n > 0) {
		ssize_t got = pread(out_fd, buf_room(&text, (size_t)n),
		    (size_t)n, 0);
		const char *p = text.p, *end;

		if (got != n || p[n - 1] != '\n')
			abort();
		for (; p < text.p + n; p = end + 1) {
			end = memchr(p, '\n', (size_t)(text.p + n - p));
			if (!json_valid(span_between(p, end)))
				abort();
		}
	}
	buf_free(&text);
	if (ftruncate(out_fd, 0) < 0)
		abort();
	lseek(out_fd, 0, SEEK_SET);
}

static void
look_into(struct record *rec)
{
	struct span db, table;
	struct buf scratch = { 0 };
	struct err err = { 0 };

	record_table(rec, &db, &table);
	record_topic_table(rec, &db, &table);
	record_check_rows(rec, &err);
	record_check_key(rec, &err);
	record_check_headers(rec, &err);
	object_member(record_source(rec), "gtid");
	json_string_text(object_member(rec->after, "a"), &scratch);
	buf_free(&scratch);
}

static void
edit(struct record *rec, struct lines *in)
{
	look_into(rec);
	record_replace(rec, rec->before, SPAN("null"));
	record_replace(rec, rec->topic, SPAN("\"t\""));
	record_replace(rec, rec->key, SPAN("{\"a\":\"\\u0000\"}"));
	record_emit(rec, in);
}

static void
unwrap(struct record *rec, struct lines *in)
{
	static struct unwrap_options opt = { .fields_prefix = "\"",
		.headers_prefix = "_\n" };
	static struct unwrapper st = { .opt = &opt,
		.mode = { "rewrite", DELETE_REWRITE, true } };
	struct err err = { 0 };

	if (!opt.fields.n) {
		field_list_add(&opt.fields, "op,source.ts_ms,a", &err);
		field_list_add(&opt.headers, "op,table,transaction", &err);
		name_set_add(&opt.drop, "b", &err);
		opt.drop_header.text = "drop";
		opt.drop_from_key = true;
		opt.route_field.text = "a";
		opt.pass_unknown = true;
		opt.changed = "c\"";
		opt.unchanged = "u";
		opt.diff = "__d";
		opt.only_changed = true;
		header_fields_add(&opt.to_fields, "h=__h,c\"=__c", &err);
	}
	if (unwrap_record(&st, rec, &err) > 0)
		record_emit(rec, in);
}

/* What tells the router that a to z are times. */
static void
tell(struct router *r)
{
	static const char told[] = "{\"source\":{\"db\":\"d\",\"table\":\"t\"},"
	    "\"databaseName\":\"d\",\"ddl\":null,\"tableChanges\":[{\"type\":"
	    "\"CREATE\",\"id\":\"\\\"d\\\".\\\"t\\\"\",\"table\":{\"columns\":["
	    "{\"name\":\"a\",\"typeName\":\"DATETIME\"},"
	    "{\"name\":\"b\",\"typeName\":\"TIMESTAMP\"},"
	    "{\"name\":\"id\",\"typeName\":\"INT\"}]}}]}";
	struct line line = { { told, sizeof(told) - 1 }, 1, false };
	struct record rec = { 0 };
	struct err err = { 0 };

	if (record_scan(&rec, &line, &err) < 0 ||
	    told_take(&r->told, &rec, &err) < 0)
		abort();
	record_clear(&rec);
}

static void
route_all(struct record *rec, struct lines *in)
{
	static char *words[] = { (char *)"(.*)", (char *)"$1\"" };
	struct route_options opt = { .topics = { .key_field = "k\"" },
		.partition = { .count = 7, .hash = HASH_DEBEZIUM },
		.times = { .timestamp_zone = "+05:30",
		    .datetime_zone = "-01:00", .time = TIME_ADAPTIVE },
		.tombstones = true };
	struct err err = { 0 };
	struct router r;

	partition_add_fields(&opt.partition.by, "change.a|change.id,"
	    "source.table,after.b", &err);
	key_columns_add(&opt.keys, "d.t:a.*,id", &err);
	name_list_add(&opt.times.columns.exclude_column, ".*[.][^ab]", &err);
	if (router_open(&r, &opt, 2, words, &err) < 0)
		abort();
	tell(&r);
	router_record(&r, rec, in, &err);
	router_clear(&r);
}

static void
without_column(struct record *rec, struct lines *in)
{
	static struct table_filter lists;
	static struct column_filter *columns;
	struct span kept = rec->kind == KIND_ROW ? rec->body : rec->after;
	struct span row = kept;
	struct buf out = { 0 };
	struct err err = { 0 };

	if (!columns) {
		name_list_add(&lists.exclude_column, ".*[.](b|after)", &err);
		columns = column_filter_new(&lists);
	}
	if (column_filter_row(columns, record_outline(rec), SPAN("d"),
	    SPAN("t"), &kept, &out)) {
		if (kept.p != row.p)
			record_replace(rec, row, kept);
		record_emit(rec, in);
	}
	buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const uses[])(struct record *, struct lines *) = {
		edit, unwrap, without_column, route_all,
	};
	static struct record rec;
	static struct lines in;
	struct line line = { { NULL, size }, 1, false };
	struct err err = { 0 };

	if (out_fd < 0) {
		out_fd = memfd_create("out", MFD_CLOEXEC);
		dup2(out_fd, STDOUT_FILENO);
	}
	if (size == 0 || memchr(data, '\n', size))
		return 0;
	/* as lines.c gives it: in its buffer, a newline behind it */
	in.buf = xmalloc(size + 1);
	memcpy(in.buf, data, size);
	in.buf[size] = '\n';
	line.text.p = in.buf;
	if (outline_read(&rec.outline, line.text) != json_valid(line.text))
		abort();
	for (size_t i = 0; i < 12; i++) {
		err = (struct err){ 0 };
		rec.shape = (enum record_shape)(i / 4);
		if (record_scan(&rec, &line, &err) == 0)
			uses[i % 4](&rec, &in);
		lines_settle(&in);
		check_output();
	}
	record_clear(&rec);
	free(in.buf);
	return 0;
}
